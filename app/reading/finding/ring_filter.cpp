#include "app/reading/finding/ring_filter.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <numbers>

namespace kiosk::reading::finding {
namespace {

constexpr int points = 12; // on each circle; as many in the disc
constexpr float least = 6; // grey levels

struct Offset {
    int x, y;
};
using Offsets = std::array<Offset, points>;

Offsets circle(float radius) {
    Offsets out{};
    for (int i = 0; i < points; ++i) {
        const float angle = static_cast<float>(i) * 2 * std::numbers::pi_v<float> / points;
        out[static_cast<std::size_t>(i)] = {static_cast<int>(std::lround(radius * std::cos(angle))),
                                            static_cast<int>(std::lround(radius * std::sin(angle)))};
    }
    return out;
}

/// Sums of the px at `offsets` around each px of a row from `left` on.
void addUp(const GreyView& picture, int left, int y, int width, const Offsets& offsets, std::uint16_t* sums) {
    std::fill_n(sums, width, std::uint16_t{0});
    for (const auto& o : offsets) {
        const auto* line = picture.row(y + o.y) + left + o.x;
        for (int x = 0; x < width; ++x) sums[x] = static_cast<std::uint16_t>(sums[x] + line[x]);
    }
}

} // namespace

std::vector<Ring> findRings(const GreyView& picture, Area area, float module, std::size_t most) {
    const int margin = static_cast<int>(3.4F * module) + 2;
    const int left = std::max(area.left, margin), top = std::max(area.top, margin);
    const int width = std::min(area.left + area.width, picture.width - margin) - left;
    const int bottom = std::min(area.top + area.height, picture.height - margin);
    if (width <= 0 || bottom <= top) return {};
    auto disc = circle(0.9F * module);
    for (std::size_t i = 0; i < disc.size(); i += 2) disc[i] = {0, 0}; // half of its weight in the middle
    const auto light = circle(2.3F * module), dark = circle(3.4F * module);
    const auto count = static_cast<std::size_t>(width);
    std::vector<std::uint16_t> inner(count), ring(count), outer(count);
    std::vector<std::int16_t> line(count);
    // The best of each cell a finder's core wide.
    const int cell = std::max(3, static_cast<int>(3 * module));
    const auto cells = (count + static_cast<std::size_t>(cell) - 1) / static_cast<std::size_t>(cell);
    std::vector<Ring> best(cells), out;
    const auto flush = [&] {
        for (auto& b : best)
            if (b.contrast > least) out.push_back(b);
        std::ranges::fill(best, Ring{});
    };
    for (int y = top; y < bottom; ++y) {
        addUp(picture, left, y, width, disc, inner.data());
        addUp(picture, left, y, width, light, ring.data());
        addUp(picture, left, y, width, dark, outer.data());
        for (std::size_t x = 0; x < count; ++x)
            line[x] = static_cast<std::int16_t>(ring[x] - std::max(inner[x], outer[x]));
        for (std::size_t c = 0; c < cells; ++c) {
            const auto from = line.begin() + static_cast<std::ptrdiff_t>(c) * cell;
            const auto to = line.begin() + static_cast<std::ptrdiff_t>(
                                               std::min(count, (c + 1) * static_cast<std::size_t>(cell)));
            std::int16_t top16 = 0;
            for (auto i = from; i != to; ++i) top16 = std::max(top16, *i);
            const float contrast = static_cast<float>(top16) / points;
            if (contrast <= best[c].contrast) continue;
            const auto x = std::find(from, to, top16) - line.begin();
            best[c] = {{static_cast<float>(left + x) + 0.5F, static_cast<float>(y) + 0.5F}, module, contrast};
        }
        if ((y - top) % cell == cell - 1) flush();
    }
    flush();
    std::ranges::sort(out, [](const auto& a, const auto& b) { return a.contrast > b.contrast; });
    if (out.size() > most) out.resize(most);
    return out;
}

} // namespace kiosk::reading::finding
