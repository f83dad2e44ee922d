#include "app/reading/finding/probes.hpp"

#include "app/reading/symbol/format.hpp"
#include "app/reading/symbol/layout.hpp"

#include <algorithm>
#include <array>
#include <memory>

namespace kiosk::reading::finding {
namespace {

using symbol::Layout;
using symbol::Role;

/// Weights +total/2 over the light ones and -total/2 over the dark ones.
void balance(std::vector<Probe>& probes, float total) {
    const auto light = std::ranges::count_if(probes, [](const auto& p) { return p.weight > 0; });
    const auto dark = static_cast<std::ptrdiff_t>(probes.size()) - light;
    if (light == 0 || dark == 0) {
        probes.clear();
        return;
    }
    for (auto& p : probes)
        p.weight =
            p.weight > 0 ? total / (2 * static_cast<float>(light)) : -total / (2 * static_cast<float>(dark));
}

Probe probe(int column, int row, bool dark) {
    return {static_cast<float>(column) + 0.5F, static_cast<float>(row) + 0.5F, dark ? -1.0F : 1.0F};
}

std::vector<Probe> box(const Layout& layout, int column, int row, int reach) {
    std::vector<Probe> out;
    for (int y = std::max(0, row - reach); y <= std::min(layout.size() - 1, row + reach); ++y)
        for (int x = std::max(0, column - reach); x <= std::min(layout.size() - 1, column + reach); ++x) {
            const auto role = layout.role(x, y);
            if (role == Role::Light || role == Role::Dark) out.push_back(probe(x, y, role == Role::Dark));
        }
    balance(out, static_cast<float>(out.size()));
    return out;
}

Probes make(int version) {
    const auto& layout = symbol::layout(version);
    const int size = layout.size();
    Probes out;
    for (int i = 8; i < size - 8; ++i) {
        out.topTiming.push_back(probe(i, 6, i % 2 == 0));
        out.leftTiming.push_back(probe(6, i, i % 2 == 0));
    }
    balance(out.topTiming, static_cast<float>(out.topTiming.size()));
    balance(out.leftTiming, static_cast<float>(out.leftTiming.size()));
    for (const auto& [x, y] : {std::pair{3, 3}, {size - 4, 3}, {3, size - 4}})
        for (const auto& p : box(layout, x, y, 4)) out.finders.push_back(p);
    for (const auto& place : layout.alignments())
        out.alignments.push_back(box(layout, place.column, place.row, 2));
    if (version >= 7) {
        for (int bit = 0; bit < 18; ++bit)
            for (const auto& p : symbol::versionPlaces(size, bit))
                out.version.push_back(probe(p.column, p.row, (symbol::versionBits(version) >> bit & 1) != 0));
        balance(out.version, static_cast<float>(out.version.size()));
    }
    for (const auto* part : {&out.topTiming, &out.leftTiming, &out.finders, &out.version})
        out.all.insert(out.all.end(), part->begin(), part->end());
    for (const auto& part : out.alignments) out.all.insert(out.all.end(), part.begin(), part.end());
    return out;
}

} // namespace

const Probes& probesOf(int version) {
    static const auto all = [] {
        std::array<std::unique_ptr<const Probes>, symbol::lastVersion> made;
        for (int v = symbol::firstVersion; v <= symbol::lastVersion; ++v)
            made[static_cast<std::size_t>(v - 1)] = std::make_unique<const Probes>(make(v));
        return made;
    }();
    return *all[static_cast<std::size_t>(std::clamp(version, symbol::firstVersion, symbol::lastVersion) - 1)];
}

} // namespace kiosk::reading::finding
