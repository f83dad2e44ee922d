// Finder patterns of QR symbols (ISO/IEC 18004 clause 6.3.3) and how well a place in a picture looks like
// one.
#pragma once

#include "app/reading/finding/geometry.hpp"
#include "app/reading/grey_view.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <vector>

namespace kiosk::reading::finding {

/// What looks like a finder pattern.
struct Finder {
    Point centre;      // px; pixel centres lie at .5
    Point a, b;        // px: one module along its two sides; which side is which is not known
    float quality = 0; // correlation with a finder pattern: 0 nothing .. 1 the same

    float module() const { return std::sqrt(std::abs(cross(a, b))); } // px
    /// Modules from the centre to `p`, by this finder's own scale.
    float modulesTo(Point p) const {
        const Point d = p - centre;
        const float area = cross(a, b);
        return std::hypot(cross(d, b) / area, cross(a, d) / area);
    }
};

/// The finder pattern that fits best near `centre` with sides of about `module` px a module: its place, its
/// two sides (turned, tilted) and its quality, by normalised correlation. Nullopt when it looks like none.
std::optional<Finder> polish(const GreyView& picture, Point centre, float module);

/// The same for a place whose row and column are crossed at modules of (x, y) px.
std::optional<Finder> polishCrossed(const GreyView& picture, Point centre, Point module);

/// Polishes with sides known about, as of another finder of the same symbol.
std::optional<Finder> polish(const GreyView& picture, Point centre, Point a, Point b);

/// Drops what is another's weaker double; the best first, at most `most`.
void keepBest(std::vector<Finder>& finders, std::size_t most);

/// Grey level between pixel centres (which lie at .5), clamped at the edges of the picture.
inline float greyAt(const GreyView& picture, Point p) {
    const float x = std::min(std::max(p.x - 0.5F, 0.0F), static_cast<float>(picture.width) - 1.001F);
    const float y = std::min(std::max(p.y - 0.5F, 0.0F), static_cast<float>(picture.height) - 1.001F);
    const int left = static_cast<int>(x), top = static_cast<int>(y);
    const float fx = x - static_cast<float>(left), fy = y - static_cast<float>(top);
    const auto* upper = picture.row(top) + left;
    const auto* lower = upper + picture.stride;
    const float above = static_cast<float>(upper[0]) + fx * static_cast<float>(upper[1] - upper[0]);
    const float below = static_cast<float>(lower[0]) + fx * static_cast<float>(lower[1] - lower[0]);
    return above + fy * (below - above);
}

constexpr std::size_t mostAtOnce = 96;
/// The same, with the same results, at up to `mostAtOnce` points: all but the loads as SIMD.
void greysAt(const GreyView& picture, std::span<const Point> places, std::span<float> greys);

/// Tells `take(i, grey)` the grey level at place(i), for i from 0 to `count` - 1 in this order.
template <typename Place, typename Take>
void eachGrey(const GreyView& picture, std::size_t count, Place place, Take take) {
    std::array<Point, mostAtOnce> places;
    std::array<float, mostAtOnce> greys;
    for (std::size_t from = 0; from < count; from += mostAtOnce) {
        const std::size_t n = std::min(mostAtOnce, count - from);
        for (std::size_t i = 0; i < n; ++i) places[i] = place(from + i);
        greysAt(picture, std::span(places).first(n), greys);
        for (std::size_t i = 0; i < n; ++i) take(from + i, greys[i]);
    }
}

} // namespace kiosk::reading::finding
