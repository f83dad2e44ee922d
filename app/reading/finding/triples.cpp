#include "app/reading/finding/grid.hpp"

#include <algorithm>
#include <array>

namespace kiosk::reading::finding {
namespace {

constexpr float largestModuleRatio = 1.9F; // near and far finder of a tilted card
constexpr float largestCosine = 0.62F;     // a right angle seen at 50 degrees
constexpr float largestSideRatio = 2.0F;
constexpr float shortestSide = 9, longestSide = 200; // modules between centres; 14 .. 170, crossed at a slant

std::optional<Triple> arrange(const Finder& a, const Finder& b, const Finder& c) {
    const std::array modules{a.module, b.module, c.module};
    const auto [least, most] = std::ranges::minmax(modules);
    if (most > largestModuleRatio * least) return std::nullopt;
    // The top left finder lies opposite the longest side.
    const float ab = length(a.centre - b.centre), bc = length(b.centre - c.centre),
                ca = length(c.centre - a.centre);
    const Finder *corner = &a, *first = &b, *second = &c;
    if (ab >= bc && ab >= ca) {
        corner = &c;
        first = &a;
        second = &b;
    } else if (ca >= ab && ca >= bc) {
        corner = &b;
        first = &a;
        second = &c;
    }
    Point x = first->centre - corner->centre, y = second->centre - corner->centre;
    if (cross(x, y) < 0) { // clockwise on a screen, where y points down
        std::swap(first, second);
        std::swap(x, y);
    }
    const float lx = length(x), ly = length(y), module = (a.module + b.module + c.module) / 3;
    const auto [shorter, longer] = std::minmax(lx, ly);
    if (shorter < shortestSide * module || longer > longestSide * module ||
        longer > largestSideRatio * shorter)
        return std::nullopt;
    const float cosine = std::abs(dot(x, y)) / (lx * ly);
    if (cosine > largestCosine) return std::nullopt;
    const float doubt = cosine + (longer / shorter - 1) + (most / least - 1) +
                        0.3F / static_cast<float>(std::min({a.hits, b.hits, c.hits}));
    return Triple{*corner, *first, *second, doubt};
}

} // namespace

std::vector<Triple> findTriples(std::span<const Finder> finders, std::size_t most) {
    std::vector<Triple> out;
    for (std::size_t i = 0; i < finders.size(); ++i)
        for (std::size_t j = i + 1; j < finders.size(); ++j)
            for (std::size_t k = j + 1; k < finders.size(); ++k)
                if (const auto triple = arrange(finders[i], finders[j], finders[k])) out.push_back(*triple);
    const auto keep = std::min(most, out.size());
    std::ranges::partial_sort(out, out.begin() + static_cast<std::ptrdiff_t>(keep), {}, &Triple::doubt);
    out.resize(keep);
    return out;
}

} // namespace kiosk::reading::finding
