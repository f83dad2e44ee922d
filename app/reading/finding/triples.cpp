#include "app/reading/finding/triples.hpp"

#include <algorithm>
#include <optional>
#include <tuple>

namespace kiosk::reading::finding {
namespace {

constexpr float largestModuleRatio = 1.9F;            // near and far finder of a tilted card
constexpr float largestCosine = 0.62F;                // a right angle seen at 50 degrees
constexpr float largestSideRatio = 1.35F;             // in modules, which perspective does not change
constexpr float shortestSide = 12, longestSide = 185; // modules between centres; 14 .. 170

std::optional<Triple> arrange(const Finder& a, const Finder& b, const Finder& c) {
    const auto [least, most] = std::minmax({a.module(), b.module(), c.module()});
    if (most > largestModuleRatio * least) return std::nullopt;
    // The top left finder lies opposite the longest side.
    const float ab = modulesBetween(a, b), bc = modulesBetween(b, c), ca = modulesBetween(c, a);
    const Finder *corner = &a, *first = &b, *second = &c;
    float diagonal = bc, shorter = std::min(ab, ca), longer = std::max(ab, ca);
    if (ab >= bc && ab >= ca) {
        corner = &c;
        first = &a;
        second = &b;
        diagonal = ab;
        std::tie(shorter, longer) = std::minmax(bc, ca);
    } else if (ca >= ab && ca >= bc) {
        corner = &b;
        first = &a;
        second = &c;
        diagonal = ca;
        std::tie(shorter, longer) = std::minmax(ab, bc);
    }
    if (shorter < shortestSide || longer > longestSide || longer > largestSideRatio * shorter)
        return std::nullopt;
    Point x = first->centre - corner->centre, y = second->centre - corner->centre;
    if (cross(x, y) < 0) { // clockwise on a screen, where y points down
        std::swap(first, second);
        std::swap(x, y);
    }
    const float cosine = std::abs(dot(x, y)) / (length(x) * length(y));
    if (cosine > largestCosine) return std::nullopt;
    const float square = std::abs(diagonal / std::hypot(shorter, longer) - 1);
    const float doubt = 0.5F * cosine + 2 * (longer / shorter - 1) + 2 * square + 0.3F * (most / least - 1) +
                        3 - a.quality - b.quality - c.quality;
    return Triple{*corner, *first, *second, doubt};
}

} // namespace

float modulesBetween(const Finder& a, const Finder& b) {
    // Distance over scale at either end; the geometric mean of the scales divides the distance.
    return std::sqrt(a.modulesTo(b.centre) * b.modulesTo(a.centre));
}

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
