// Comparing a query with the index: words found exactly, by their beginning, by their sound or in spite of a
// typing mistake, then phrases scored.
#include "app/base/text.hpp"
#include "app/procedures/search/phonetic.hpp"
#include "app/procedures/search/search_index.hpp"

#include <algorithm>
#include <cmath>

namespace kiosk::search {
namespace {

constexpr std::size_t rescored = 400; // phrases compared closely
constexpr float mostTelling = 4;      // idf of a word that stands nowhere, and the most that any may have
constexpr float least = 0.15F;        // below this nothing of the query is really there
constexpr float leastOfName = 0.4F;   // share of the query that a name must hold to count,
constexpr float leastOfSaying = 0.1F; // and a way people say it
constexpr float shareOfScore = 0.35F; // weight of an entry's own words beside its best phrase
constexpr std::size_t none = static_cast<std::size_t>(-1);

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

} // namespace

/// Which terms of a query a toned form answers, and how well.
class Index::Lookup {
public:
    struct Answer {
        std::size_t term;
        float weight;
        std::uint32_t next; // 0: no further
    };

    Lookup(const Terms& terms, std::size_t forms) : first_(forms), answers_(1) {
        for (std::size_t t = terms.size(); t-- > 0;)
            for (const auto& [form, weight] : terms[t].forms) {
                answers_.push_back({t, weight, first_[form]});
                first_[form] = static_cast<std::uint32_t>(answers_.size() - 1);
            }
    }

    std::uint32_t first(std::uint32_t form) const { return first_[form]; }
    const Answer& operator[](std::uint32_t i) const { return answers_[i]; }

private:
    std::vector<std::uint32_t> first_;
    std::vector<Answer> answers_;
};

struct Index::Place {
    std::size_t term, word;
    float weight;
};

struct Index::Found {
    float wanted = 0, found = 0, covered = 0;
    std::size_t pairs = 0, together = 0;
};

void Index::addForms(std::uint32_t word, float weight, Term& term) const {
    term.words.push_back({word, weight});
    for (const std::uint32_t form : formsOf_[word]) term.forms.push_back({form, weight});
}

void Index::matchMistyped(const std::string& word, Term& term) const {
    if (const auto it = wordIds_.find(withoutTelex(word)); it != wordIds_.end())
        return addForms(it->second, 0.9F, term);
    if (word.size() < 3 || isNumber(word)) return;
    for (std::uint32_t id = 0; id < words_.size();
         ++id) // a few thousand syllables whatever the catalogue's size
        if (words_[id].size() >= 2 && isOneSlipApart(word, words_[id])) addForms(id, 0.62F, term);
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

/// The word may still be being typed.
void Index::matchBeginnings(const Syllable& s, Term& term) const {
    auto it = std::lower_bound(alphabetical_.begin(), alphabetical_.end(), s.fold,
                               [&](std::uint32_t id, const std::string& w) { return words_[id] < w; });
    for (; it != alphabetical_.end() && words_[*it].starts_with(s.fold); ++it)
        if (words_[*it] != s.fold) addForms(*it, s.fold.size() > 1 ? 0.85F : 0.7F, term);
}

/// Words that sound the same for some writers: a weaker tier, better where the typed tone agrees.
void Index::matchSounds(const Syllable& s, bool marked, Term& term) const {
    const auto key = soundKey(s.fold);
    const auto found = key.empty() ? bySound_.end() : bySound_.find(key);
    if (found == bySound_.end()) return;
    const bool plain = isPlain(s.tone) && !marked;
    for (const std::uint32_t word : found->second) {
        if (words_[word] == s.fold) continue;
        float best = 0;
        for (const std::uint32_t form : formsOf_[word]) {
            const bool sameTone = toneClass(forms_[form]) == toneClass(s.tone);
            const float weight = plain ? 0.6F : sameTone ? 0.74F : 0.5F;
            term.forms.push_back({form, weight});
            best = std::max(best, weight);
        }
        term.words.push_back({word, best});
    }
}

Term Index::term(const Syllable& s, bool last, bool marked) const {
    Term out;
    const auto exact = wordIds_.find(s.fold);
    const bool stands = exact != wordIds_.end() && !postings_[exact->second].empty();
    if (stands) {
        out.words.push_back({exact->second, 1});
        for (const std::uint32_t form : formsOf_[exact->second])
            out.forms.push_back({form, toneAgreement(s.tone, forms_[form], marked)});
    }
    if (last && (!stands || s.fold.size() > 1)) matchBeginnings(s, out);
    if (s.fold.size() > 1) matchSounds(s, marked, out);
    if (out.words.empty()) matchMistyped(s.fold, out);
    out.filler = s.weight < 1;
    out.idf = out.words.empty() ? mostTelling : idf_[out.words.front().id];
    if (!out.words.empty() && out.words.front().weight < 1) // unsure which: so that no rare guess rules
        for (const auto& m : out.words) out.idf = std::min(out.idf, idf_[m.id] + 1);
    out.idf = std::min(out.idf, mostTelling);
    out.idf *= s.weight;
    return out;
}

Index::Terms Index::terms(const Reading& list, bool marked) const {
    Terms out;
    for (std::size_t i = 0; i < list.size(); ++i) {
        const bool last = i + 1 == list.size();
        auto one = term(list[i], last, marked);
        const bool guessed = one.words.empty() || one.words.front().weight < 0.8F;
        const auto parts = guessed ? splitJoined(list[i].fold) : std::vector<std::string>();
        for (const auto& part : parts) {
            Term half;
            addForms(wordIds_.at(part), 0.95F, half);
            half.idf = idf_[wordIds_.at(part)];
            out.push_back(std::move(half));
        }
        if (!parts.empty()) continue;
        if (one.words.empty() && last && list.size() > 1) one.idf *= 0.5F; // half a word
        out.push_back(std::move(one));
    }
    return out;
}

std::vector<std::uint32_t> Index::candidates(const Terms& terms) const {
    std::vector<float> points(phrases_.size());
    for (const Term& term : terms)
        for (const auto& [word, weight] : term.words) {
            const float add = weight * idf_[word] * (term.filler ? fillerWeight : 1);
            for (const std::uint32_t p : postings_[word]) points[p] += add;
        }
    std::vector<std::uint32_t> touched;
    for (std::uint32_t p = 0; p < points.size(); ++p)
        if (points[p] > 0) {
            points[p] *= phrases_[p].norm;
            touched.push_back(p);
        }
    if (touched.size() > rescored) {
        std::nth_element(touched.begin(), touched.begin() + rescored, touched.end(),
                         [&](std::uint32_t a, std::uint32_t b) { return points[a] > points[b]; });
        touched.resize(rescored);
    }
    return touched;
}

/// The places of a phrase's words that terms answer, by term.
void Index::places(const Phrase& phrase, const Lookup& lookup, std::vector<Place>& out) {
    out.clear();
    for (std::size_t i = 0; i < phrase.forms.size(); ++i)
        for (auto a = lookup.first(phrase.forms[i]); a != 0; a = lookup[a].next)
            out.push_back({lookup[a].term, i, lookup[a].weight});
    std::stable_sort(out.begin(), out.end(), [](const Place& a, const Place& b) { return a.term < b.term; });
}

Index::Found Index::compare(const Phrase& phrase, const Terms& terms, const Lookup& lookup) const {
    thread_local std::vector<Place> answered; // kept for its memory only
    thread_local std::vector<bool> used;
    places(phrase, lookup, answered);
    used.assign(phrase.words.size(), false);
    Found out;
    std::size_t previous = none;
    auto place = answered.begin();
    for (std::size_t t = 0; t < terms.size(); ++t) {
        out.wanted += terms[t].idf;
        std::size_t best = none;
        float bestWeight = 0;
        for (; place != answered.end() && place->term == t; ++place) {
            float w = place->weight;
            if (previous != none && place->word == previous + 1) w *= 1.001F; // among equals the neighbour
            if (used[place->word]) w *= 0.5F;
            if (w <= bestWeight) continue;
            bestWeight = w;
            best = place->word;
        }
        if (best == none && terms[t].filler) continue;
        if (t > 0) ++out.pairs;
        if (best != none) {
            bestWeight = std::min(bestWeight, 1.0F);
            out.found += bestWeight * terms[t].idf;
            if (!used[best] && best < countedWords) out.covered += idf_[phrase.words[best]] * bestWeight;
            used[best] = true;
            if (t > 0 && previous != none && best == previous + 1) ++out.together;
        }
        previous = best;
    }
    return out;
}

float Index::score(const Phrase& phrase, const Terms& terms, const Lookup& lookup) const {
    const auto [wanted, found, covered, pairs, together] = compare(phrase, terms, lookup);
    if (wanted <= 0 || phrase.idf <= 0) return 0;
    const float coverage = found / wanted;
    const float precision = std::min(1.0F, covered / phrase.idf);
    const float adjacency = pairs == 0 ? 1.0F : static_cast<float>(together) / static_cast<float>(pairs);
    if (coverage < (phrase.isName ? leastOfName : leastOfSaying) && precision < 0.97F) return 0;
    float s = coverage * std::sqrt(coverage) * (0.58F + 0.2F * adjacency + 0.22F * precision);
    const bool whole = !phrase.isName && precision > 0.97F && together + 1 >= phrase.words.size();
    if (!phrase.isName && precision > 0.97F && phrase.words.size() > 1)
        s = std::max(s, 0.38F + 0.45F * coverage);
    if (whole) s = std::max(s, 0.55F + 0.4F * coverage); // the way people say it, with more around it
    if (!phrase.isName) s = std::max(s, std::sqrt(coverage * precision));
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

/// Share of the query that an entry's own words (its name and all the ways people say it) hold, wherever they
/// stand.
std::vector<float> Index::shares(const Terms& terms) const {
    std::vector<float> out(entries_.size()), one(entries_.size());
    float wanted = 0;
    for (const Term& term : terms) {
        wanted += term.idf;
        std::vector<std::uint32_t> touched;
        for (const auto& [word, weight] : term.words)
            for (const std::uint32_t e : entriesOf_[word]) {
                if (one[e] == 0) touched.push_back(e);
                one[e] = std::max(one[e], weight);
            }
        for (const std::uint32_t e : touched) {
            out[e] += one[e] * term.idf;
            one[e] = 0;
        }
    }
    if (wanted > 0)
        for (float& s : out) s /= wanted;
    return out;
}

/// Of each entry, over all readings.
std::vector<float> Index::scores(std::string_view query) const {
    const bool marked = std::any_of(query.begin(), query.end(), [](char c) { return (c & 0x80) != 0; });
    std::vector<float> best(entries_.size());
    float factor = 1;
    for (const auto& reading : readings(query)) {
        const auto list = terms(reading, marked);
        const Lookup lookup(list, forms_.size());
        std::vector<float> said(entries_.size());
        for (const std::uint32_t p : candidates(list)) {
            float& s = said[phrases_[p].entry];
            s = std::max(s, score(phrases_[p], list, lookup));
        }
        const auto share = shares(list);
        for (std::uint32_t e = 0; e < entries_.size(); ++e) {
            if (said[e] == 0) continue;
            const float s = (1 - shareOfScore) * said[e] + shareOfScore * share[e] * modesty_[e];
            best[e] = std::max(best[e], s * factor * priors_[e]);
        }
        factor = 0.97F;
    }
    return best;
}

std::vector<Hit> Index::search(std::string_view query, std::size_t limit,
                               const std::vector<std::string>& preferred) const {
    if (limit == 0 || !text::isUtf8(query)) return {};
    if (auto hits = byCode(query, limit); !hits.empty()) return hits;
    const auto best = scores(query);
    std::vector<Hit> out;
    for (std::uint32_t e = 0; e < entries_.size(); ++e) {
        if (best[e] < least) continue;
        const auto& entry = entries_[e];
        const bool wanted = std::find(preferred.begin(), preferred.end(), entry.code) != preferred.end();
        out.push_back({&entry, std::min(1.0, static_cast<double>(best[e]) + (wanted ? 0.04 : 0))});
    }
    const auto better = [](const Hit& a, const Hit& b) {
        return a.score != b.score ? a.score > b.score : a.entry->code < b.entry->code;
    };
    const auto kept = std::min(limit, out.size());
    std::partial_sort(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(kept), out.end(), better);
    out.resize(kept);
    return out;
}

} // namespace kiosk::search
