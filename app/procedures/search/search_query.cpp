// Comparing a query with the index: words found exactly, by their beginning or in spite of a typing mistake,
// then phrases scored.
#include "app/base/text.hpp"
#include "app/procedures/search/search_index.hpp"

#include <algorithm>
#include <cmath>

namespace kiosk::search {
namespace {

constexpr std::size_t longestQuery = 24; // words; the rest is not looked at
constexpr std::size_t rescored = 400;    // phrases compared closely
constexpr float unknownWord = 6;         // idf of a word that stands nowhere
constexpr float least = 0.34F;           // below this nothing of the query is really there
constexpr float toneDisagrees = 0.72F;

bool isPlain(const std::string& tone) {
    return std::all_of(tone.begin(), tone.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

/// Without tone and vowel marks; đ may stand.
bool isUnmarked(std::string tone) {
    for (auto at = tone.find("đ"); at != std::string::npos; at = tone.find("đ"))
        tone.replace(at, std::string_view("đ").size(), "d");
    return isPlain(tone);
}

bool same(const std::vector<Syllable>& a, const std::vector<Syllable>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const auto& x, const auto& y) { return x.tone == y.tone; });
}

bool isNumber(const std::string& s) {
    return std::all_of(s.begin(), s.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// One insertion, deletion, exchange or swap of neighbours apart.
bool isOneSlipApart(const std::string& a, const std::string& b) {
    const auto& s = a.size() <= b.size() ? a : b;
    const auto& l = a.size() <= b.size() ? b : a;
    if (l.size() - s.size() > 1) return false;
    std::size_t i = 0;
    while (i < s.size() && s[i] == l[i]) ++i;
    if (l.size() != s.size()) return s.compare(i, std::string::npos, l, i + 1, std::string::npos) == 0;
    if (i == s.size()) return false; // equal
    if (s.compare(i + 1, std::string::npos, l, i + 1, std::string::npos) == 0) return true;
    const bool swapped = i + 1 < s.size() && s[i] == l[i + 1] && s[i + 1] == l[i];
    return swapped && s.compare(i + 2, std::string::npos, l, i + 2, std::string::npos) == 0;
}

/// What Telex keys would have written: "ddawng" -> "dang", "kys" -> "ky".
std::string withoutTelex(const std::string& word) {
    std::string out;
    for (std::size_t i = 0; i < word.size(); ++i) {
        const char c = word[i];
        const bool doubled =
            i > 0 && c == word[i - 1] && std::string_view("aeod").find(c) != std::string_view::npos;
        if (!doubled && c != 'w') out += c;
    }
    if (out.size() > 1 && std::string_view("sfrxj").find(out.back()) != std::string_view::npos)
        out.pop_back();
    return out;
}

bool startsWith(const std::vector<Syllable>& text, std::size_t at, const std::vector<Syllable>& part) {
    if (part.empty() || at + part.size() > text.size()) return false;
    for (std::size_t i = 0; i < part.size(); ++i) {
        const auto& t = text[at + i];
        // Typed tones must agree: "mở" is not "mô".
        if (t.fold != part[i].fold || (!isPlain(t.tone) && t.tone != part[i].tone)) return false;
    }
    return true;
}

} // namespace

std::vector<std::vector<Syllable>> Index::readings(std::string_view query) const {
    std::vector<Syllable> full;
    for (const Syllable& s : syllables(query)) {
        if (full.size() >= longestQuery) break;
        if (const auto it = shortForms_.find(s.fold); it != shortForms_.end() && isUnmarked(s.tone))
            full.insert(full.end(), it->second.begin(), it->second.end());
        else
            full.push_back(s);
    }
    auto plain = withoutFillers(full);
    auto rewritten = withoutFillers(inTheLawsWords(full));
    std::vector<std::vector<Syllable>> out{plain};
    if (full.size() != plain.size()) out.push_back(std::move(full));
    if (!same(plain, rewritten)) out.push_back(std::move(rewritten));
    return out;
}

std::vector<Syllable> Index::withoutFillers(const std::vector<Syllable>& list) const {
    std::vector<Syllable> out;
    for (std::size_t i = 0; i < list.size();) {
        const auto filler = std::find_if(fillers_.begin(), fillers_.end(),
                                         [&](const auto& f) { return startsWith(list, i, f); });
        if (filler == fillers_.end())
            out.push_back(list[i++]);
        else
            i += filler->size();
    }
    return out.empty() ? list : out;
}

std::vector<Syllable> Index::inTheLawsWords(const std::vector<Syllable>& list) const {
    std::vector<Syllable> out;
    for (std::size_t i = 0; i < list.size();) {
        const auto rule = std::find_if(rewrites_.begin(), rewrites_.end(),
                                       [&](const auto& r) { return startsWith(list, i, r.first); });
        if (rule == rewrites_.end()) {
            out.push_back(list[i++]);
            continue;
        }
        out.insert(out.end(), rule->second.begin(), rule->second.end());
        i += rule->first.size();
    }
    return out;
}

void Index::matchMistyped(const std::string& word, Term& term) const {
    if (const auto it = wordIds_.find(withoutTelex(word)); it != wordIds_.end()) {
        term.matches.push_back({it->second, 0.9F});
        return;
    }
    if (word.size() < 3 || isNumber(word)) return;
    for (std::uint32_t id = 0; id < words_.size();
         ++id) // a few thousand syllables whatever the catalogue's size
        if (words_[id].size() >= 2 && isOneSlipApart(word, words_[id])) term.matches.push_back({id, 0.62F});
}

std::vector<std::string> Index::splitJoined(const std::string& word) const {
    for (std::size_t at = 2; word.size() >= 6 && at + 2 <= word.size(); ++at) {
        const auto left = word.substr(0, at), right = word.substr(at);
        const auto l = wordIds_.find(left), r = wordIds_.find(right);
        if (l != wordIds_.end() && r != wordIds_.end() && postings_[l->second].size() > 2 &&
            postings_[r->second].size() > 2)
            return {left, right};
    }
    return {};
}

void Index::matchWord(const Syllable& s, bool last, Term& term) const {
    const auto exact = wordIds_.find(s.fold);
    if (exact != wordIds_.end()) term.matches.push_back({exact->second, 1});
    if (last && (exact == wordIds_.end() || s.fold.size() > 1)) { // the word may still be being typed
        auto it = std::lower_bound(alphabetical_.begin(), alphabetical_.end(), s.fold,
                                   [&](std::uint32_t id, const std::string& w) { return words_[id] < w; });
        for (; it != alphabetical_.end() && words_[*it].starts_with(s.fold); ++it)
            if (words_[*it] != s.fold) term.matches.push_back({*it, s.fold.size() > 1 ? 0.85F : 0.7F});
    }
    if (term.matches.empty()) matchMistyped(s.fold, term);
}

Index::Terms Index::terms(const std::vector<Syllable>& list) const {
    Terms out;
    for (std::size_t i = 0; i < list.size(); ++i) {
        const bool last = i + 1 == list.size();
        Term term;
        if (!isPlain(list[i].tone)) term.tone = list[i].tone;
        matchWord(list[i], last, term);
        const bool guessed = term.matches.empty() || term.matches.front().weight < 0.8F;
        if (const auto parts = guessed ? splitJoined(list[i].fold) : std::vector<std::string>();
            !parts.empty()) {
            for (const auto& part : parts)
                out.push_back({{}, {{wordIds_.at(part), 0.95F}}, idf_[wordIds_.at(part)]});
            continue;
        }
        term.idf = term.matches.empty() ? unknownWord : idf_[term.matches.front().word];
        if (!term.matches.empty() &&
            term.matches.front().weight < 1) // unsure which: the mean, so that no rare guess rules
            for (const auto& m : term.matches) term.idf = std::min(term.idf, idf_[m.word] + 1);
        if (term.matches.empty() && last && list.size() > 1) term.idf *= 0.5F; // half a word
        out.push_back(std::move(term));
    }
    return out;
}

std::vector<std::uint32_t> Index::candidates(const Terms& terms) const {
    std::vector<float> points(phrases_.size());
    for (const Term& term : terms) {
        for (const auto& [word, weight] : term.matches) {
            const float add = weight * idf_[word];
            for (const std::uint32_t p : postings_[word]) points[p] += add;
        }
    }
    std::vector<std::uint32_t> touched;
    for (std::uint32_t p = 0; p < points.size(); ++p)
        if (points[p] > 0) touched.push_back(p);
    const auto value = [&](std::uint32_t p) {
        return points[p] / (6 + std::sqrt(phrases_[p].idf)) * priors_[phrases_[p].entry];
    };
    if (touched.size() > rescored) {
        for (const std::uint32_t p : touched) points[p] = value(p);
        std::nth_element(touched.begin(), touched.begin() + rescored, touched.end(),
                         [&](std::uint32_t a, std::uint32_t b) { return points[a] > points[b]; });
        touched.resize(rescored);
    }
    return touched;
}

float Index::score(const Phrase& phrase, const Terms& terms) const {
    constexpr std::size_t none = static_cast<std::size_t>(-1);
    float wanted = 0, found = 0, covered = 0;
    std::size_t pairs = 0, together = 0, previous = none;
    std::vector<bool> used(phrase.words.size());
    for (std::size_t t = 0; t < terms.size(); ++t) {
        const Term& term = terms[t];
        wanted += term.idf;
        std::size_t best = none;
        float bestWeight = 0;
        for (std::size_t i = 0; i < phrase.words.size(); ++i) {
            for (const auto& [word, weight] : term.matches) {
                if (word != phrase.words[i]) continue;
                float w = weight;
                if (weight == 1 && !term.tone.empty() && tones_[phrase.tones[i]] != term.tone)
                    w *= toneDisagrees;
                if (previous != none && i == previous + 1) w *= 1.001F; // among equals the neighbour
                if (used[i]) w *= 0.5F;
                if (w > bestWeight) {
                    bestWeight = w;
                    best = i;
                }
            }
        }
        if (t > 0) ++pairs;
        if (best != none) {
            found += std::min(bestWeight, 1.0F) * term.idf;
            if (!used[best] && best < 14) covered += idf_[phrase.words[best]] * std::min(bestWeight, 1.0F);
            used[best] = true;
            if (t > 0 && previous != none && best == previous + 1) ++together;
        }
        previous = best;
    }
    if (wanted <= 0 || phrase.idf <= 0) return 0;
    const float coverage = found / wanted;
    const float precision = std::min(1.0F, covered / phrase.idf);
    const float adjacency = pairs == 0 ? 1.0F : static_cast<float>(together) / static_cast<float>(pairs);
    if (coverage < 0.5F && (phrase.isName || precision < 0.97F)) return 0;
    float s = std::pow(coverage, 1.5F) * (0.58F + 0.2F * adjacency + 0.22F * precision);
    const bool whole = !phrase.isName && precision > 0.97F && together + 1 >= phrase.words.size();
    if (!phrase.isName && precision > 0.97F && phrase.words.size() > 1)
        s = std::max(s, 0.38F + 0.45F * coverage);
    if (whole) s = std::max(s, 0.55F + 0.4F * coverage); // the way people say it, with more around it
    return std::min(s, 1.0F) * phrase.weight;
}

std::vector<Hit> Index::byCode(std::string_view query, std::size_t limit) const {
    std::vector<Hit> out;
    for (std::size_t i = 0; i + 2 < query.size(); ++i) {
        const bool starts = i == 0 || !(query[i - 1] >= '0' && query[i - 1] <= '9');
        if (!starts || query[i] < '1' || query[i] > '9' || query[i + 1] != '.') continue;
        const auto code =
            query.substr(i, std::min(query.find_first_not_of("0123456789.", i), query.size()) - i);
        if (code.size() < 4) continue;
        for (const auto& e : entries_)
            if (!e.internal && e.code.starts_with(code)) out.push_back({&e, e.code == code ? 1.0 : 0.9});
    }
    std::stable_sort(out.begin(), out.end(), [](const Hit& a, const Hit& b) { return a.score > b.score; });
    if (out.size() > limit) out.resize(limit);
    return out;
}

std::vector<Hit> Index::search(std::string_view query, std::size_t limit,
                               const std::vector<std::string>& preferred) const {
    if (limit == 0 || !text::isUtf8(query)) return {};
    if (auto hits = byCode(query, limit); !hits.empty()) return hits;
    std::unordered_map<std::uint32_t, float> best;
    float factor = 1;
    for (const auto& reading : readings(query)) {
        const auto list = terms(reading);
        for (const std::uint32_t p : candidates(list)) {
            const float s = score(phrases_[p], list) * factor * priors_[phrases_[p].entry];
            if (s >= least) best[phrases_[p].entry] = std::max(best[phrases_[p].entry], s);
        }
        factor = 0.97F;
    }
    std::vector<Hit> out;
    for (const auto& [entry, s] : best) {
        const auto& e = entries_[entry];
        const bool wanted = std::find(preferred.begin(), preferred.end(), e.code) != preferred.end();
        out.push_back({&e, std::min(1.0, static_cast<double>(s) + (wanted ? 0.04 : 0))});
    }
    std::sort(out.begin(), out.end(), [](const Hit& a, const Hit& b) {
        return a.score != b.score ? a.score > b.score : a.entry->code < b.entry->code;
    });
    if (out.size() > limit) out.resize(limit);
    return out;
}

} // namespace kiosk::search
