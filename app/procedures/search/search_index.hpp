// The catalogue's index in memory: phrases of folded syllables with what they stand for, and how a query is
// compared with them.
#pragma once

#include "app/procedures/catalogue.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace kiosk::search {

/// A syllable as compared: folded for finding, with its tone (text::toneKey) for agreement.
struct Syllable {
    std::string fold, tone;
};

std::vector<Syllable> syllables(std::string_view text);

/// How people say it, from assets/catalogue/synonyms.json.
struct Synonyms {
    struct Phrase {
        std::string say;
        std::vector<std::string> codes; // the likeliest first
        double weight = 1;
    };
    std::vector<Phrase> phrases;
    std::vector<std::pair<std::string, std::string>> rewrites; // people's word -> the law's word
    std::map<std::string, std::string> shortForms;             // gcn -> giấy chứng nhận
    std::vector<std::string> fillers;                          // words that say nothing: "tôi muốn"
    std::vector<std::string> everyday;                         // codes asked for every day at a ward's office
};

/// Errors: AssetInvalid "name:line: what is wrong".
Result<Synonyms> parseSynonyms(std::string_view json, const std::string& name);

/// One word of a query and the vocabulary words it may stand for.
struct Term {
    struct Match {
        std::uint32_t word;
        float weight; // 1 exact, less for a beginning or a typing mistake
    };
    std::string tone; // as typed; empty: typed without diacritics, agrees with everything
    std::vector<Match> matches;
    float idf = 0;
};

class Index {
public:
    Index(std::vector<CatalogueEntry> entries, const Synonyms& synonyms);

    std::vector<Hit> search(std::string_view query, std::size_t limit,
                            const std::vector<std::string>& preferred) const;
    const CatalogueEntry* find(std::string_view code) const;
    std::size_t size() const { return entries_.size(); }

private:
    /// A phrase that stands for an entry: its name, or a way people say it.
    struct Phrase {
        std::uint32_t entry;
        float weight;
        bool isName;
        float idf = 0;                    // sum over the words that count
        std::vector<std::uint32_t> words; // ids
        std::vector<std::uint32_t> tones; // ids of the toned forms
    };
    using Terms = std::vector<Term>;

    void add(std::uint32_t entry, const std::string& text, float weight, bool isName);
    std::uint32_t intern(const Syllable& s);
    void finish();
    float prior(const CatalogueEntry& e) const;

    // search_query.cpp
    std::vector<std::vector<Syllable>> readings(std::string_view query) const;
    std::vector<Syllable> withoutFillers(const std::vector<Syllable>& list) const;
    std::vector<Syllable> inTheLawsWords(const std::vector<Syllable>& list) const;
    Terms terms(const std::vector<Syllable>& syllables) const;
    void matchWord(const Syllable& s, bool last, Term& term) const;
    void matchMistyped(const std::string& word, Term& term) const;
    std::vector<std::string> splitJoined(const std::string& word) const;
    std::vector<std::uint32_t> candidates(const Terms& terms) const;
    float score(const Phrase& phrase, const Terms& terms) const;
    std::vector<Hit> byCode(std::string_view query, std::size_t limit) const;

    std::vector<CatalogueEntry> entries_;
    std::vector<float> priors_;
    std::unordered_map<std::string, std::uint32_t> codes_;
    std::vector<Phrase> phrases_;
    std::vector<std::string> words_;                         // sorted after finish()
    std::unordered_map<std::string, std::uint32_t> wordIds_; // folded
    std::vector<std::string> tones_;
    std::unordered_map<std::string, std::uint32_t> toneIds_;
    std::vector<std::vector<std::uint32_t>> postings_; // word -> phrases
    std::vector<float> idf_;
    std::vector<std::uint32_t> alphabetical_; // word ids in order, for beginnings
    std::unordered_map<std::string, std::vector<Syllable>> shortForms_;
    std::vector<std::pair<std::vector<Syllable>, std::vector<Syllable>>> rewrites_;
    std::vector<std::vector<Syllable>> fillers_;
    std::unordered_map<std::string, bool> everyday_;
};

} // namespace kiosk::search
