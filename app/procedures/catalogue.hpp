// The national catalogue of procedures and the search over it: forgives missing diacritics, knows how people
// say it.
#pragma once

#include "app/base/result.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk {

struct CatalogueEntry {
    std::string code, name, sector, agencies, promulgatedBy;
    bool internal = false; // STANDARD_INTERNAL: never shown
    bool active = true;
    bool atWard = false; // an agency of the entry is the ward's People's Committee or its one-stop office
};

struct Hit {
    const CatalogueEntry* entry = nullptr;
    double score = 0; // 0..1, best first
};

/// Immutable after loading; may be searched from any thread.
class Catalogue {
public:
    /// Reads assets/catalogue (procedures.csv and synonyms.json). Errors: AssetMissing, AssetInvalid.
    static Result<Catalogue> load(const std::string& assetsFolder);
    /// From entries made elsewhere (benchmarks of growth).
    static Catalogue fromEntries(std::vector<CatalogueEntry> entries, const std::string& synonymsJson);
    Catalogue(Catalogue&&) noexcept;
    Catalogue& operator=(Catalogue&&) noexcept;
    ~Catalogue();

    /// At most `limit` hits; `preferred` codes (the office's own) come first among equals. Internal ones
    /// never.
    std::vector<Hit> search(std::string_view query, std::size_t limit,
                            const std::vector<std::string>& preferred = {}) const;
    const CatalogueEntry* find(std::string_view code) const;
    std::size_t size() const;

private:
    struct Index;
    explicit Catalogue(std::unique_ptr<Index> index);
    std::unique_ptr<Index> index_;
};

} // namespace kiosk
