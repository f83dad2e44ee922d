#include "app/reading/finding/finder.hpp"

#include <algorithm>
#include <array>
#include <numbers>

namespace kiosk::reading::finding {
namespace {

constexpr float leastQuality = 0.5F;
// On the way there. Of 2,150 places in frames of cards that fell behind, one became good enough to look for
// its neighbours.
constexpr float leastAtFirst = 0.3F, leastAfterARound = 0.37F;
constexpr float flattest = 0.45F; // of one side to the other: a pattern seen at 60 degrees

struct Cell {
    float u, v, weight; // weight: sums to zero over the pattern
};

/// Nine by nine modules: the pattern and the light ring around it, which counts half: a finger may cover it.
constexpr auto pattern = [] {
    std::array<Cell, 81> cells{};
    float light = 0, dark = 0;
    std::size_t i = 0;
    for (int y = -4; y <= 4; ++y)
        for (int x = -4; x <= 4; ++x, ++i) {
            const int ring = std::max(x < 0 ? -x : x, y < 0 ? -y : y);
            const float weight = ring == 4 ? 0.5F : 1.0F;
            const bool isLight = ring == 2 || ring == 4;
            cells[i] = {static_cast<float>(x), static_cast<float>(y), isLight ? weight : -weight};
            (isLight ? light : dark) += weight;
        }
    for (auto& c : cells) c.weight /= c.weight > 0 ? light : dark;
    return cells;
}();

/// Correlation of the grey levels with the pattern, both freed of their mean; each cell's share of the
/// variance is its weight's.
float correlate(const GreyView& picture, Point centre, Point a, Point b) {
    float between = 0, mean = 0, square = 0, mass = 0;
    const auto place = [&](std::size_t i) { return centre + a * pattern[i].u + b * pattern[i].v; };
    eachGrey(picture, pattern.size(), place, [&](std::size_t i, float grey) {
        const float weight = std::abs(pattern[i].weight);
        between += pattern[i].weight * grey;
        mean += weight * grey;
        square += weight * grey * grey;
        mass += weight;
    });
    mean /= mass;
    const float variance = square / mass - mean * mean;
    // Two levels d apart have a deviation of d / 2 when light and dark weigh the same, as they do.
    return variance < 1 ? 0 : between / (2 * std::sqrt(variance));
}

std::optional<Finder> climb(const GreyView& picture, Finder f) {
    f.quality = correlate(picture, f.centre, f.a, f.b);
    if (f.quality < leastAtFirst) return std::nullopt;
    const float module = f.module();
    for (const float step : {0.5F, 0.25F, 0.125F})
        for (int round = 0; round < 3; ++round) {
            const float before = f.quality;
            const auto attempt = [&](Point& value, float by) {
                for (const Point way : {Point{by, 0}, {-by, 0}, {0, by}, {0, -by}}) {
                    const Point kept = value;
                    value = value + way;
                    const float quality = correlate(picture, f.centre, f.a, f.b);
                    if (quality > f.quality)
                        f.quality = quality;
                    else
                        value = kept;
                }
            };
            attempt(f.centre, step * module);
            attempt(f.a, step * module / 4);
            attempt(f.b, step * module / 4);
            if (f.quality < leastAfterARound) return std::nullopt;
            if (f.quality - before < 0.005F) break;
        }
    const float la = length(f.a), lb = length(f.b), sine = std::abs(cross(f.a, f.b)) / (la * lb);
    if (f.quality < leastQuality || la < flattest * lb || lb < flattest * la || sine < 0.6F)
        return std::nullopt;
    return f;
}

constexpr int turns = 4; // within a right angle; after that all sides have been seen

Point direction(int turn) {
    const float angle = static_cast<float>(turn) * std::numbers::pi_v<float> / (2 * turns);
    return {std::cos(angle), std::sin(angle)};
}
Point across(Point along) { return {-along.y, along.x}; }

void consider(const GreyView& picture, Finder f, Finder& best) {
    f.quality = correlate(picture, f.centre, f.a, f.b);
    if (best.module() == 0 || f.quality > best.quality) best = f;
}

} // namespace

void greysAt(const GreyView& picture, std::span<const Point> places, std::span<float> greys) {
    std::array<int, mostAtOnce> left, top, upperLeft, upperRight, lowerLeft, lowerRight;
    std::array<float, mostAtOnce> fx, fy;
    const float right = static_cast<float>(picture.width) - 1.001F,
                bottom = static_cast<float>(picture.height) - 1.001F;
    const std::size_t count = places.size();
    for (std::size_t i = 0; i < count; ++i) {
        const float x = std::min(std::max(places[i].x - 0.5F, 0.0F), right);
        const float y = std::min(std::max(places[i].y - 0.5F, 0.0F), bottom);
        left[i] = static_cast<int>(x);
        top[i] = static_cast<int>(y);
        fx[i] = x - static_cast<float>(left[i]);
        fy[i] = y - static_cast<float>(top[i]);
    }
    for (std::size_t i = 0; i < count; ++i) {
        const auto* upper = picture.row(top[i]) + left[i];
        const auto* lower = upper + picture.stride;
        upperLeft[i] = upper[0];
        upperRight[i] = upper[1];
        lowerLeft[i] = lower[0];
        lowerRight[i] = lower[1];
    }
    for (std::size_t i = 0; i < count; ++i) {
        const float above =
            static_cast<float>(upperLeft[i]) + fx[i] * static_cast<float>(upperRight[i] - upperLeft[i]);
        const float below =
            static_cast<float>(lowerLeft[i]) + fx[i] * static_cast<float>(lowerRight[i] - lowerLeft[i]);
        greys[i] = above + fy[i] * (below - above);
    }
}

std::optional<Finder> polish(const GreyView& picture, Point centre, float module) {
    Finder best;
    for (int turn = 0; turn < turns; ++turn) {
        const Point along = direction(turn);
        for (const float stretch : {1.0F, 1.25F, 0.8F}) // tilted, too
            consider(picture, {centre, along * (module * stretch), across(along) * (module / stretch)}, best);
    }
    return climb(picture, best);
}

std::optional<Finder> polishCrossed(const GreyView& picture, Point centre, Point module) {
    Finder best;
    for (int turn = 0; turn < turns; ++turn) {
        const Point along = direction(turn);
        // The row crosses the two sides that face it more, at a slant.
        const float straight = std::max(along.x, along.y);
        const bool lies = along.x >= along.y;
        const float a = straight * (lies ? module.x : module.y), b = straight * (lies ? module.y : module.x);
        consider(picture, {centre, along * a, across(along) * b}, best);
        if (2 * turn != turns) continue;
        for (const float stretch : {1.25F, 0.8F}) // at half a right angle row and column tell nothing of it
            consider(picture, {centre, along * (a * stretch), across(along) * (b / stretch)}, best);
    }
    return climb(picture, best);
}

std::optional<Finder> polish(const GreyView& picture, Point centre, Point a, Point b) {
    return climb(picture, {centre, a, b, 0});
}

void keepBest(std::vector<Finder>& finders, std::size_t most) {
    std::ranges::sort(finders, [](const auto& a, const auto& b) { return a.quality > b.quality; });
    std::vector<Finder> kept;
    for (const auto& f : finders) {
        const bool isDouble = std::ranges::any_of(
            kept, [&](const auto& k) { return length(k.centre - f.centre) < 3 * k.module(); });
        if (!isDouble && kept.size() < most) kept.push_back(f);
    }
    finders = std::move(kept);
}

} // namespace kiosk::reading::finding
