#include "app/procedures/usable.hpp"

#include "app/base/files.hpp"
#include "app/base/json/json.hpp"
#include "app/procedures/catalogue.hpp"
#include "app/procedures/procedure.hpp"
#include "app/procedures/units.hpp"

namespace kiosk {
namespace {

using Json = nlohmann::json;

constexpr std::size_t mostBytes = 4U << 20; // of the words of a language

tl::unexpected<Error> missing(const std::string& file, const std::string& key) {
    return fail(Code::BundleInvalid, file + ": no words for " + key);
}

/// Every word of the file the program brought must be in the new one too.
Result<void> checkWords(const std::string& assets, const std::string& baseAssets, const std::string& file) {
    const auto read = [&file](const std::string& folder) -> Result<Json> {
        const auto bytes = files::read(folder + "/" + file, mostBytes);
        if (!bytes) return fail(bytes.error());
        auto json = Json::parse(files::asText(*bytes), nullptr, false);
        if (!json.is_object()) return fail(Code::BundleInvalid, file + ": not readable");
        return json;
    };
    const auto base = read(baseAssets), now = read(assets);
    if (!base) return fail(base.error());
    if (!now) return fail(now.error());
    for (const auto& [key, words] : base->items())
        if (!now->contains(key) || !(*now)[key].is_string() || (*now)[key].get<std::string>().empty())
            return missing(file, key);
    return {};
}

tl::unexpected<Error> mistake(const Error& error) { return fail(Code::BundleInvalid, error.detail); }

} // namespace

Result<void> checkUsable(const std::string& assets, const std::string& baseAssets) {
    if (const auto catalogue = Catalogue::load(assets); !catalogue) return mistake(catalogue.error());
    if (const auto units = Units::load(assets); !units) return mistake(units.error());
    if (const auto loaded = procedure::loadAll(assets); !loaded.errors.empty())
        return mistake(loaded.errors.front());
    for (const auto* file : {"lang/vi.json", "lang/en.json"})
        if (auto good = checkWords(assets, baseAssets, file); !good) return good;
    return {};
}

} // namespace kiosk
