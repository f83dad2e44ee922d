// The catalogue of procedures: loading and lookup; the search itself is in search_index.
#include "app/procedures/catalogue.hpp"

#include "app/base/text.hpp"
#include "app/procedures/asset/asset_file.hpp"
#include "app/procedures/search/search_index.hpp"

namespace kiosk {
namespace {

/// The ward's People's Committee, its departments or its police: the offices under one roof with the kiosk.
bool isAtWard(const std::string& agencies) {
    const auto a = text::lower(agencies);
    return a.find("cấp xã") != std::string::npos || a.find("xã, phường") != std::string::npos;
}

} // namespace

struct Catalogue::Index : search::Index {
    using search::Index::Index;
};

Catalogue::Catalogue(std::unique_ptr<Index> index) : index_(std::move(index)) {}
Catalogue::Catalogue(Catalogue&&) noexcept = default;
Catalogue& Catalogue::operator=(Catalogue&&) noexcept = default;
Catalogue::~Catalogue() = default;

Result<Catalogue> Catalogue::load(const std::string& assetsFolder) {
    const auto path = assetsFolder + "/catalogue/procedures.csv";
    const auto content = asset::readFile(path);
    if (!content) return fail(content.error());
    const auto rows = asset::parseCsv(*content, path, "code,name,sector,agencies,promulgated_by,type,state");
    if (!rows) return fail(rows.error());
    std::vector<CatalogueEntry> entries;
    entries.reserve(rows->size());
    for (const auto& row : *rows) {
        const auto& c = row.cells;
        if (c[0].empty() || c[1].empty())
            return fail(asset::invalid(path, row.line, "an entry needs a code and a name"));
        entries.push_back({c[0], c[1], c[2], c[3], c[4], c[5] == "STANDARD_INTERNAL",
                           c[6] == "ACTIVE" || c[6] == "UPDATED", isAtWard(c[3])});
    }
    const auto synonymsPath = assetsFolder + "/catalogue/synonyms.json";
    const auto json = asset::readFile(synonymsPath);
    if (!json) return fail(json.error());
    const auto synonyms = search::parseSynonyms(*json, synonymsPath);
    if (!synonyms) return fail(synonyms.error());
    return Catalogue(std::make_unique<Index>(std::move(entries), *synonyms));
}

Catalogue Catalogue::fromEntries(std::vector<CatalogueEntry> entries, const std::string& synonymsJson) {
    const auto synonyms = search::parseSynonyms(synonymsJson, "synonyms");
    return Catalogue(std::make_unique<Index>(std::move(entries), synonyms ? *synonyms : search::Synonyms{}));
}

std::vector<Hit> Catalogue::search(std::string_view query, std::size_t limit,
                                   const std::vector<std::string>& preferred) const {
    return index_->search(query, limit, preferred);
}

const CatalogueEntry* Catalogue::find(std::string_view code) const { return index_->find(code); }

std::size_t Catalogue::size() const { return index_->size(); }

} // namespace kiosk
