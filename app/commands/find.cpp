// kiosk find: queries in, JSON lines out.
#include "app/commands/find.hpp"

#include "app/base/json/json.hpp"
#include "app/procedures/catalogue.hpp"

#include <cmath>
#include <istream>
#include <ostream>

namespace kiosk {
namespace {

using nlohmann::ordered_json;

void print(std::ostream& out, const ordered_json& line) {
    out << line.dump(-1, ' ', false, ordered_json::error_handler_t::replace) << '\n';
}

void answer(const Catalogue& catalogue, const std::string& query, std::size_t limit, std::ostream& out) {
    const auto hits = catalogue.search(query, limit);
    if (hits.empty()) print(out, {{"query", query}, {"code", nullptr}, {"name", nullptr}, {"score", 0}});
    for (const Hit& hit : hits)
        print(out, {{"query", query},
                    {"code", hit.entry->code},
                    {"name", hit.entry->name},
                    {"score", std::round(hit.score * 1e4) / 1e4}});
}

} // namespace

int runFind(const FindOptions& options, std::istream& in, std::ostream& out, std::ostream& err) {
    const auto catalogue = Catalogue::load(options.assetsFolder);
    if (!catalogue) {
        err << "kiosk find: " << name(catalogue.error().code) << ": " << catalogue.error().detail << '\n';
        return 1;
    }
    if (!options.fromStdin) answer(*catalogue, options.text, options.limit, out);
    for (std::string line; options.fromStdin && std::getline(in, line);) {
        if (!line.empty() && line.back() == '\r') line.pop_back();
        answer(*catalogue, line, options.limit, out);
    }
    out.flush();
    return out ? 0 : 1;
}

} // namespace kiosk
