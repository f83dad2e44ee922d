// Syllables and the replacement of words.
#include "app/procedures/search/rules.hpp"

#include "app/base/text.hpp"
#include "app/procedures/search/phonetic.hpp"

#include <algorithm>

namespace kiosk::search {

namespace {

std::vector<std::string_view> words(std::string_view text) {
    std::vector<std::string_view> out;
    for (std::size_t from = 0; from < text.size();) {
        const auto to = std::min(text.find(' ', from), text.size());
        if (to > from) out.push_back(text.substr(from, to - from));
        from = to + 1;
    }
    return out;
}

} // namespace

std::vector<Syllable> syllables(std::string_view text) {
    const auto toned = text::toneKey(text), folded = text::fold(text);
    const auto tones = words(toned), folds = words(folded);
    std::vector<Syllable> out;
    if (tones.size() != folds.size()) return out; // marks without letters: no text
    out.reserve(tones.size());
    for (std::size_t i = 0; i < tones.size(); ++i)
        out.push_back({std::string(folds[i]), std::string(tones[i])});
    return out;
}

bool holds(const std::vector<Syllable>& text, std::size_t at, const std::vector<Syllable>& part, bool lax) {
    if (part.empty() || at + part.size() > text.size()) return false;
    for (std::size_t i = 0; i < part.size(); ++i) {
        const auto& t = text[at + i];
        if (t.fold != part[i].fold) return false;
        const bool agrees = isPlain(t.tone) && (lax || part.size() > 1);
        if (!agrees && t.tone != part[i].tone) return false;
    }
    return true;
}

void Rules::add(std::vector<Syllable> from, std::vector<Syllable> to) {
    if (from.empty()) return;
    const auto first = from.front().fold;
    byFirst_[first].push_back({std::move(from), std::move(to)});
}

void Rules::finish() {
    for (auto& [first, rules] : byFirst_)
        std::stable_sort(rules.begin(), rules.end(),
                         [](const Rule& a, const Rule& b) { return a.from.size() > b.from.size(); });
}

const Rules::Rule* Rules::at(const std::vector<Syllable>& list, std::size_t place, bool lax) const {
    const auto found = byFirst_.find(list[place].fold);
    if (found == byFirst_.end()) return nullptr;
    for (const Rule& rule : found->second)
        if (holds(list, place, rule.from, lax)) return &rule;
    return nullptr;
}

std::vector<Syllable> Rules::applied(const std::vector<Syllable>& list, bool lax) const {
    std::vector<Syllable> out;
    out.reserve(list.size());
    for (std::size_t i = 0; i < list.size();) {
        const Rule* rule = at(list, i, lax);
        if (rule == nullptr) {
            out.push_back(list[i++]);
            continue;
        }
        out.insert(out.end(), rule->to.begin(), rule->to.end());
        i += rule->from.size();
    }
    return out;
}

} // namespace kiosk::search
