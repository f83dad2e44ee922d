// The catalogue's index in memory: phrases of folded syllables with what they stand for, and how a query is
// compared with them.
#pragma once

#include "app/procedures/catalogue.hpp"
#include "app/procedures/search/rules.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace kiosk::search {

constexpr std::size_t countedWords = 14; // of a long official name only the beginning says what it is about
constexpr float fillerWeight = 0.12F;    // of a word that says little, beside 1

/// How people say it, from assets/catalogue/synonyms.json.
struct Synonyms {
    struct Phrase {
        std::string say;
        std::vector<std::string> codes; // the likeliest first
        double weight = 1;
    };
    std::vector<Phrase> phrases;
    std::vector<std::pair<std::string, std::string>> variants; // another word for the same, on both sides
    std::vector<std::pair<std::string, std::string>> rewrites; // people's word -> the law's word
    std::map<std::string, std::string> shortForms;             // gcn -> giấy chứng nhận
    std::vector<std::string> fillers;                          // words that say little: "tôi muốn"
    std::vector<std::string> everyday;                         // codes asked for every day at a ward's office
};

/// Errors: AssetInvalid "name:line: what is wrong".
Result<Synonyms> parseSynonyms(std::string_view json, const std::string& name);

/// One word of a query and the vocabulary words it may stand for.
struct Term {
    struct Match {
        std::uint32_t id; // in words: of a folded word; in forms: of a toned form
        float weight;     // 1 exact, less for a beginning, a like sound or a typing mistake
    };
    std::vector<Match> words, forms;
    float idf = 0; // how much it tells, fillers discounted
    bool filler = false;
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
        float norm = 0;                   // of the first, rough comparison
        std::vector<std::uint32_t> words; // ids
        std::vector<std::uint32_t> forms; // ids of the toned forms
    };
    struct Ids {
        std::uint32_t word, form;
    };
    using Terms = std::vector<Term>;
    using Reading = std::vector<Syllable>;
    struct Place; // search_query.cpp: a word of a phrase that a term answers
    struct Found; // search_query.cpp: what of a query one phrase holds
    class Lookup; // search_query.cpp: which terms a toned form answers

    void add(std::uint32_t entry, const std::string& text, float weight, bool isName);
    Ids intern(const Syllable& s);
    void readRules(const Synonyms& synonyms);
    std::vector<Syllable> spelledOut(const std::vector<Syllable>& list) const;
    void addPairs(const std::vector<std::uint32_t>& words);
    void finish();
    void countEntries();
    float prior(const CatalogueEntry& e) const;

    // search_readings.cpp
    std::vector<Reading> readings(std::string_view query) const;
    void discountFillers(Reading& list) const;
    Reading corrected(const Reading& list) const;
    std::vector<std::uint32_t> soundingLike(const Syllable& s) const;
    bool isPair(const std::string& a, const std::string& b) const;
    bool correctPair(Reading& list, std::size_t at) const;

    // search_query.cpp
    Terms terms(const Reading& list, bool marked) const;
    Term term(const Syllable& s, bool last, bool marked) const;
    void matchBeginnings(const Syllable& s, Term& term) const;
    void matchSounds(const Syllable& s, bool marked, Term& term) const;
    void matchMistyped(const std::string& word, Term& term) const;
    void addForms(std::uint32_t word, float weight, Term& term) const;
    std::vector<std::string> splitJoined(const std::string& word) const;
    std::vector<std::uint32_t> candidates(const Terms& terms) const;
    static void places(const Phrase& phrase, const Lookup& lookup, std::vector<Place>& out);
    Found compare(const Phrase& phrase, const Terms& terms, const Lookup& lookup) const;
    float score(const Phrase& phrase, const Terms& terms, const Lookup& lookup) const;
    std::vector<float> shares(const Terms& terms) const;
    std::vector<float> scores(std::string_view query) const;
    std::vector<Hit> byCode(std::string_view query, std::size_t limit) const;

    std::vector<CatalogueEntry> entries_;
    std::vector<float> priors_;
    std::unordered_map<std::string, std::uint32_t> codes_;
    std::vector<Phrase> phrases_;
    std::vector<std::string> words_;                         // sorted after finish()
    std::unordered_map<std::string, std::uint32_t> wordIds_; // folded
    std::vector<std::string> forms_;                         // toned
    std::unordered_map<std::string, std::uint32_t> formIds_;
    std::vector<std::vector<std::uint32_t>> formsOf_; // word -> its toned forms
    std::unordered_map<std::string, std::vector<std::uint32_t>> bySound_;
    std::unordered_set<std::uint64_t> pairs_;           // words that stand beside each other somewhere
    std::vector<std::vector<std::uint32_t>> postings_;  // word -> phrases
    std::vector<std::vector<std::uint32_t>> entriesOf_; // word -> entries that say it in some phrase
    std::vector<float> idf_;
    std::vector<float> modesty_;              // entry -> less than 1 the more words it has
    std::vector<std::uint32_t> alphabetical_; // word ids in order, for beginnings
    std::unordered_map<std::string, std::vector<Syllable>> shortForms_;
    Rules variants_, rewrites_, fillers_;
    std::unordered_map<std::string, bool> everyday_;
};

} // namespace kiosk::search
