// Building the catalogue's index.
#include "app/procedures/search/search_index.hpp"

#include "app/base/text.hpp"
#include "app/procedures/asset/reader.hpp"
#include "app/procedures/search/phonetic.hpp"

#include <algorithm>
#include <cmath>

namespace kiosk::search {
namespace {

using asset::Value;
using Kind = Value::Kind;

void readPhrases(asset::Reader& r, const Value& root, Synonyms& out) {
    const Value* list = r.required(root, "phrases", Kind::List);
    if (list == nullptr) return;
    for (const Value& item : list->items) {
        r.allowOnly(item, {"say", "codes", "weight"});
        const auto codes = r.texts(item, "codes");
        const Value* weight = r.optional(item, "weight", Kind::Number);
        if (codes.empty()) r.fail(item, "\"codes\" is missing");
        for (const auto& say : r.texts(item, "say"))
            out.phrases.push_back({say, codes, weight ? weight->number : 1.0});
    }
}

void readPairs(asset::Reader& r, const Value& root, std::string_view key,
               std::vector<std::pair<std::string, std::string>>& out) {
    const Value* v = r.optional(root, key, Kind::Object);
    if (v == nullptr) return;
    for (const auto& [from, to] : v->members) out.emplace_back(from, r.text(*v, from));
}

/// Names begin with "Thủ tục" now and then: it says nothing.
std::string_view withoutPreamble(std::string_view name) {
    for (const std::string_view start : {"Thủ tục ", "THỦ TỤC ", "Thủ tục: "})
        if (name.starts_with(start)) return name.substr(start.size());
    return name;
}

} // namespace

Result<Synonyms> parseSynonyms(std::string_view json, const std::string& name) {
    const auto root = asset::parseJson(json, name);
    if (!root) return fail(root.error());
    asset::Reader r(name);
    Synonyms out;
    if (root->kind != Kind::Object) r.fail(*root, "the file must be an object");
    r.allowOnly(*root, {"source", "phrases", "variants", "rewrites", "short", "fillers", "everyday"});
    readPhrases(r, *root, out);
    readPairs(r, *root, "variants", out.variants);
    readPairs(r, *root, "rewrites", out.rewrites);
    std::vector<std::pair<std::string, std::string>> shortForms;
    readPairs(r, *root, "short", shortForms);
    out.shortForms.insert(shortForms.begin(), shortForms.end());
    out.fillers = r.texts(*root, "fillers");
    out.everyday = r.texts(*root, "everyday");
    if (r.problem()) return fail(*r.problem());
    return out;
}

Index::Index(std::vector<CatalogueEntry> entries, const Synonyms& synonyms) : entries_(std::move(entries)) {
    for (const auto& code : synonyms.everyday) everyday_[code] = true;
    pairs_.reserve(1U << 16U);
    readRules(synonyms);
    for (std::uint32_t i = 0; i < entries_.size(); ++i) {
        codes_.emplace(entries_[i].code, i);
        priors_.push_back(prior(entries_[i]));
        if (!entries_[i].internal) add(i, std::string(withoutPreamble(entries_[i].name)), 1, true);
    }
    for (const auto& phrase : synonyms.phrases) {
        float rank = 1; // the codes of one phrase stand in order of likelihood
        for (const auto& code : phrase.codes) {
            const auto it = codes_.find(code);
            if (it != codes_.end() && !entries_[it->second].internal)
                add(it->second, phrase.say, rank * static_cast<float>(phrase.weight), false);
            rank *= 0.96F;
        }
    }
    finish();
}

void Index::readRules(const Synonyms& synonyms) {
    for (const auto& [from, to] : synonyms.variants) variants_.add(syllables(from), syllables(to));
    variants_.finish();
    for (const auto& [from, to] : synonyms.rewrites)
        rewrites_.add(variants_.applied(syllables(from)), variants_.applied(syllables(to)));
    rewrites_.finish();
    for (const auto& [from, to] : synonyms.shortForms) shortForms_[text::fold(from)] = syllables(to);
    for (const auto& filler : synonyms.fillers) fillers_.add(variants_.applied(syllables(filler)), {});
    fillers_.finish();
    const auto spelled = [&](const std::string& text) {
        std::vector<std::uint32_t> words;
        for (const Syllable& s : syllables(text)) words.push_back(intern(s).word);
        addPairs(words);
    };
    for (const auto* rules : {&synonyms.variants, &synonyms.rewrites})
        for (const auto& [from, to] : *rules) spelled(from);
    for (const auto& filler : synonyms.fillers) spelled(filler);
}

void Index::addPairs(const std::vector<std::uint32_t>& words) {
    for (std::size_t i = 0; i + 1 < words.size(); ++i)
        pairs_.insert(std::uint64_t{words[i]} << 32U | words[i + 1]);
}

Index::Ids Index::intern(const Syllable& s) {
    const auto [it, added] = wordIds_.emplace(s.fold, static_cast<std::uint32_t>(words_.size()));
    if (added) {
        words_.push_back(s.fold);
        postings_.emplace_back();
        formsOf_.emplace_back();
    }
    const auto [form, fresh] = formIds_.emplace(s.tone, static_cast<std::uint32_t>(forms_.size()));
    if (fresh) {
        forms_.push_back(s.tone);
        formsOf_[it->second].push_back(form->second);
    }
    return {it->second, form->second};
}

void Index::add(std::uint32_t entry, const std::string& text, float weight, bool isName) {
    Phrase phrase{entry, weight, isName, 0, 0, {}, {}};
    const auto id = static_cast<std::uint32_t>(phrases_.size());
    const auto list = variants_.applied(spelledOut(syllables(text)));
    for (const Syllable& s : list) {
        const auto [word, form] = intern(s);
        phrase.words.push_back(word);
        phrase.forms.push_back(form);
        auto& postings = postings_[word];
        if (postings.empty() || postings.back() != id) postings.push_back(id);
    }
    addPairs(phrase.words);
    if (!phrase.words.empty()) phrases_.push_back(std::move(phrase));
}

void Index::finish() {
    const auto total = static_cast<float>(phrases_.size());
    for (const auto& p : postings_) idf_.push_back(std::log(1 + total / (1 + static_cast<float>(p.size()))));
    for (Phrase& p : phrases_) {
        for (std::size_t i = 0; i < std::min(p.words.size(), countedWords); ++i) p.idf += idf_[p.words[i]];
        p.norm = priors_[p.entry] / (6 + std::sqrt(p.idf));
    }
    countEntries();
    alphabetical_.resize(words_.size());
    for (std::uint32_t i = 0; i < words_.size(); ++i) {
        alphabetical_[i] = i;
        if (auto key = soundKey(words_[i]); !key.empty()) bySound_[std::move(key)].push_back(i);
    }
    std::sort(alphabetical_.begin(), alphabetical_.end(),
              [&](auto a, auto b) { return words_[a] < words_[b]; });
}

void Index::countEntries() {
    entriesOf_.resize(words_.size());
    modesty_.resize(entries_.size());
    for (std::uint32_t word = 0; word < words_.size(); ++word) {
        auto& list = entriesOf_[word];
        for (const std::uint32_t p : postings_[word]) list.push_back(phrases_[p].entry);
        std::sort(list.begin(), list.end());
        list.erase(std::unique(list.begin(), list.end()), list.end());
        for (const std::uint32_t e : list) ++modesty_[e];
    }
    for (float& m : modesty_) m = 1 / (1 + 0.06F * std::sqrt(m));
}

/// Abbreviations written out.
std::vector<Syllable> Index::spelledOut(const std::vector<Syllable>& list) const {
    std::vector<Syllable> out;
    for (const Syllable& s : list)
        if (const auto it = shortForms_.find(s.fold); it != shortForms_.end() && isUnmarked(s.tone))
            out.insert(out.end(), it->second.begin(), it->second.end());
        else
            out.push_back(s);
    return out;
}

/// Among equals: what a ward's office is asked every day, then what a ward does, then what holds in the whole
/// country.
float Index::prior(const CatalogueEntry& e) const {
    float p = 0.84F;
    if (e.atWard) p += 0.05F;
    if (everyday_.contains(e.code)) p += 0.11F;
    if (e.promulgatedBy.starts_with("UBND")) p -= 0.04F;
    if (e.promulgatedBy == "Bộ Ngoại giao" || e.promulgatedBy == "Bộ Quốc phòng") p -= 0.05F;
    return p;
}

const CatalogueEntry* Index::find(std::string_view code) const {
    const auto it = codes_.find(std::string(code));
    return it == codes_.end() ? nullptr : &entries_[it->second];
}

} // namespace kiosk::search
