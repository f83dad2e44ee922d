// A query's readings: as typed, with spelling put right, and in the law's words; fillers discounted.
#include "app/base/text.hpp"
#include "app/procedures/search/phonetic.hpp"
#include "app/procedures/search/search_index.hpp"

#include <algorithm>

namespace kiosk::search {
namespace {

constexpr std::size_t longestQuery = 24; // words; the rest is not looked at
constexpr std::size_t mostLike = 16;     // words of one sound that are tried

bool same(const std::vector<Syllable>& a, const std::vector<Syllable>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const auto& x, const auto& y) { return x.tone == y.tone; });
}

} // namespace

std::vector<Index::Reading> Index::readings(std::string_view query) const {
    auto typed = spelledOut(syllables(query));
    if (typed.size() > longestQuery) typed.resize(longestQuery);
    const auto spelled = corrected(typed);
    const auto plain = variants_.applied(spelled);
    std::vector<Reading> out{plain};
    if (auto rewritten = rewrites_.applied(plain); !same(plain, rewritten))
        out.push_back(std::move(rewritten));
    if (std::all_of(plain.begin(), plain.end(), [](const Syllable& s) { return isPlain(s.tone); }))
        if (auto lax = variants_.applied(spelled, true); !same(plain, lax)) out.push_back(std::move(lax));
    if (!same(spelled, typed)) out.push_back(variants_.applied(typed));
    for (Reading& reading : out) discountFillers(reading);
    return out;
}

void Index::discountFillers(Reading& list) const {
    for (std::size_t i = 0; i < list.size();) {
        const auto* filler = fillers_.at(list, i);
        const std::size_t size = filler == nullptr ? 1 : filler->from.size();
        for (std::size_t k = 0; filler != nullptr && k < size; ++k) list[i + k].weight = fillerWeight;
        i += size;
    }
}

bool Index::isPair(const std::string& a, const std::string& b) const {
    const auto x = wordIds_.find(a), y = wordIds_.find(b);
    return x != wordIds_.end() && y != wordIds_.end() &&
           pairs_.contains(std::uint64_t{x->second} << 32U | y->second);
}

/// Words of the vocabulary spelt so that this may be meant; a typed tone must be among their tones.
std::vector<std::uint32_t> Index::soundingLike(const Syllable& s) const {
    std::vector<std::uint32_t> out;
    const auto key = soundKey(s.fold);
    const auto found = key.empty() ? bySound_.end() : bySound_.find(key);
    if (found == bySound_.end()) return out;
    for (const std::uint32_t word : found->second) {
        const auto& forms = formsOf_[word];
        const bool agrees = isPlain(s.tone) || std::any_of(forms.begin(), forms.end(), [&](std::uint32_t f) {
                                return toneClass(forms_[f]) == toneClass(s.tone);
                            });
        if (agrees && words_[word] != s.fold && out.size() < mostLike) out.push_back(word);
    }
    return out;
}

/// Puts right the words at `at` and behind it, if together they then make sense: first one of them, then
/// both.
bool Index::correctPair(Reading& list, std::size_t at) const {
    auto& a = list[at];
    auto& b = list[at + 1];
    const auto likeA = soundingLike(a), likeB = soundingLike(b);
    const auto meant = [&](std::uint32_t word) { return Syllable{words_[word], words_[word]}; };
    for (const std::uint32_t y : likeB)
        if (isPair(a.fold, words_[y])) return b = meant(y), true;
    for (const std::uint32_t x : likeA)
        if (isPair(words_[x], b.fold)) return a = meant(x), true;
    for (const std::uint32_t x : likeA)
        for (const std::uint32_t y : likeB)
            if (isPair(words_[x], words_[y])) return a = meant(x), b = meant(y), true;
    return false;
}

/// Words that stand beside each other nowhere, but would if written as others that sound the same, are taken
/// for those: "tạm chú" for "tạm trú".
Index::Reading Index::corrected(const Reading& list) const {
    auto out = list;
    std::vector<bool> known(out.size() + 1); // of the pair behind each word
    for (std::size_t i = 0; i + 1 < out.size(); ++i) known[i] = isPair(out[i].fold, out[i + 1].fold);
    for (std::size_t i = 0; i + 1 < out.size(); ++i) {
        if (known[i]) continue;
        const bool leftKnown = i > 0 && known[i - 1];
        const bool rightKnown = i + 2 < out.size() && known[i + 1];
        if (leftKnown && rightKnown) continue; // two sensible groups side by side
        auto trial = out;
        if (!correctPair(trial, i)) continue;
        if (leftKnown && trial[i].fold != out[i].fold) continue;
        if (rightKnown && trial[i + 1].fold != out[i + 1].fold) continue;
        out = std::move(trial);
        known[i] = true;
    }
    return out;
}

} // namespace kiosk::search
