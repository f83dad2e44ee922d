#include "app/reading/finding/run_scan.hpp"

#include <algorithm>
#include <array>
#include <bit>

namespace kiosk::reading::finding {
namespace {

using Runs = std::array<float, 5>;

/// How far, in modules, five runs are from 1:1:3:1:1. Distances between edges of the same kind are compared,
/// because blur and a threshold off the middle move falling edges one way and rising ones the other; single
/// runs need only be there. Without branches, for SIMD.
inline float misfit(const Runs& r, float& module) {
    const float a = r[0] + r[1], b = r[1] + r[2], c = r[2] + r[3], d = r[3] + r[4]; // 2, 4, 4, 2 modules
    module = (a + b + c + d) / 12;
    const float outer = std::max(std::abs(a - 2 * module), std::abs(d - 2 * module));
    const float inner = std::max(std::abs(b - 4 * module), std::abs(c - 4 * module)) / 1.5F;
    const float least = std::min(std::min(r[0], r[1]), std::min(r[3], r[4]));
    const bool there = (r[2] > 1.7F * module) & (r[2] < 4.3F * module) & (least > 0.2F * module);
    return std::max(outer, inner) / module + (there ? 0.0F : 7.0F);
}

// In modules.
constexpr float clearTolerance = 0.35F;
constexpr float rowTolerance = 0.95F; // whole px only: finders of 1.5 px a module must pass
constexpr float lineTolerance = 0.75F;
constexpr float coarsePx = 0.8F; // rounding of whole-px runs

/// Five whole-px runs from the dark one that begins at `edges[0]`.
Runs runsFrom(const int* edges) {
    Runs runs{};
    for (std::size_t k = 0; k < 5; ++k) runs[k] = static_cast<float>(edges[k + 1] - edges[k]);
    return runs;
}

/// Which dark runs begin five that look like a finder pattern's, as far as whole px can tell. One loop
/// without branches, so that compilers make SIMD of it: among texture nearly all are none.
void judge(std::span<const int> edges, std::span<std::int32_t> fits) {
    const int* edge = edges.data();
    for (std::size_t i = 0; i < fits.size(); ++i) {
        const auto runs = runsFrom(edge + 2 * i);
        const float core = runs[2], total = runs[0] + runs[1] + core + runs[3] + runs[4];
        const bool likely = (core >= 2) & (5 * core >= total) & (3 * core <= 2 * total + 3); // three sevenths
        float module = 0;
        fits[i] = likely & (misfit(runs, module) < rowTolerance + coarsePx * 7 / total);
    }
}

} // namespace

float RunScan::above(int x, int y) const {
    return static_cast<float>(picture_.row(y)[x]) - static_cast<float>(thresholds_.at(x, y)) + 0.5F;
}

bool RunScan::cross(Point from, Point direction, float largest, Line& out) const {
    const auto inside = [&](Point p) {
        return p.x >= 0 && p.y >= 0 && p.x < static_cast<float>(picture_.width) &&
               p.y < static_cast<float>(picture_.height);
    };
    const auto level = [this](Point p) { return above(static_cast<int>(p.x), static_cast<int>(p.y)); };
    from = {std::floor(from.x) + 0.5F, std::floor(from.y) + 0.5F}; // where the px's own value lies
    if (!inside(from) || level(from) >= 0) return false;
    // Edges at distances from `from`, in steps of the direction: out to 3 on each side.
    std::array<std::array<float, 3>, 2> edges{};
    // A finder's edges lie 1.5, 2.5 and 3.5 modules from its middle; beyond these there is none.
    const std::array<float, 3> limits{2.5F * largest, 3.5F * largest, 4.5F * largest};
    for (int side = 0; side < 2; ++side) {
        const Point step = direction * (side == 0 ? -1.0F : 1.0F);
        float before = level(from);
        Point p = from;
        int count = 0;
        for (float t = 1; count < 3; ++t) {
            p = p + step;
            if (t > limits[static_cast<std::size_t>(count)]) return false;
            const bool beyond = !inside(p);
            const float now = beyond ? -before : level(p); // the picture's edge ends a run
            if ((now >= 0) != (before >= 0))
                edges[static_cast<std::size_t>(side)][static_cast<std::size_t>(count++)] =
                    t - now / (now - before);
            if (beyond) break;
            before = now;
        }
        if (count < 3) return false;
    }
    const auto& [back, front] = edges;
    const float unit = length(direction);
    const Runs runs{(back[2] - back[1]) * unit, (back[1] - back[0]) * unit, (back[0] + front[0]) * unit,
                    (front[1] - front[0]) * unit, (front[2] - front[1]) * unit};
    float module = 0;
    if (!(misfit(runs, module) < lineTolerance) || module > largest) return false;
    // The mean of the three nested middles: less noise than the inner one alone.
    const float middle = (front[0] - back[0] + front[1] - back[1] + front[2] - back[2]) / 6;
    out = {from + direction * middle, module};
    return true;
}

void RunScan::addHit(const Crossing& f) {
    for (auto& known : found_) {
        const float apart =
            std::max(std::abs(known.centre.x - f.centre.x), std::abs(known.centre.y - f.centre.y));
        if (apart > 2 * known.mean() || f.mean() > 1.5F * known.mean() || known.mean() > 1.5F * f.mean())
            continue;
        const auto n = static_cast<float>(known.hits);
        known.centre = (known.centre * n + f.centre) * (1 / (n + 1));
        known.module = (known.module * n + f.module) * (1 / (n + 1));
        ++known.hits;
        return;
    }
    found_.push_back(f);
}

void RunScan::consider(const Place& place) {
    if (isKnown(place)) return;
    const float largest = 2 * place.module + 2; // a turned pattern is crossed at a longer slant
    Line vertical, horizontal, diagonal;
    if (!cross({place.x, place.y}, {0, 1}, largest, vertical)) return;
    if (!cross({place.x, vertical.middle.y}, {1, 0}, largest, horizontal)) return;
    const Point centre{horizontal.middle.x, vertical.middle.y};
    if (horizontal.module > 2.2F * vertical.module || vertical.module > 2.2F * horizontal.module) return;
    constexpr float slant = 0.70710678F;
    if (!cross(centre, {slant, slant}, largest, diagonal) &&
        !cross(centre, {slant, -slant}, largest, diagonal))
        return;
    addHit({centre, {horizontal.module, vertical.module}, 1});
}

/// Another line through the core of a pattern that has been looked at from all sides.
bool RunScan::isKnown(const Place& place) {
    for (auto& known : found_) {
        if (std::abs(known.centre.x - place.x) > known.mean() ||
            std::abs(known.centre.y - place.y) > 1.5F * known.mean() || place.module > 1.5F * known.mean() ||
            known.mean() > 1.5F * place.module)
            continue;
        ++known.hits;
        return true;
    }
    return false;
}

/// Blocks without any contrast around them count as light and are passed over.
void RunScan::scanRow(int y, Wanted wanted) {
    const auto* level = thresholds_.row(y);
    const int columns = thresholds_.columns();
    for (int c = 0; c < columns; ++c) {
        if (level[c] == 0) continue;
        const int first = c;
        while (c < columns && level[c] != 0) ++c;
        scanStretch(y, first * Thresholds::block, std::min(c * Thresholds::block, picture_.width), wanted);
    }
}

/// Where dark and light change; even ones begin dark runs.
std::span<const int> RunScan::findEdges(int y, int left, int right) {
    int* edge = edges_.data();
    std::uint64_t before = 1; // of the px before, in the lowest bit; light
    for (int x = left; x < right; x += Thresholds::pxAtOnce) {
        const auto light = thresholds_.light(picture_.row(y), x, y);
        auto changes = light ^ (light << 1U | before);
        if (right - x < Thresholds::pxAtOnce) changes &= (std::uint64_t{1} << (right - x)) - 1;
        for (; changes != 0; changes &= changes - 1) *edge++ = x + std::countr_zero(changes);
        before = light >> 63U;
    }
    *edge++ = right;
    return {edges_.data(), edge};
}

bool RunScan::isClear(int y, std::span<const int, 6> edges) const {
    const auto* line = picture_.row(y);
    const auto* level = thresholds_.row(y);
    std::array<float, 6> fine{};
    for (std::size_t i = 0; i < 6; ++i) {
        const int at = edges[i];
        fine[i] = static_cast<float>(at);
        if (at == 0 || at == picture_.width) continue;
        const auto above = [&](int x) {
            return static_cast<float>(line[x] - level[x >> Thresholds::blockShift]) + 0.5F;
        };
        const float before = above(at - 1), now = above(at);
        if ((before < 0) != (now < 0)) fine[i] += 0.5F - now / (now - before);
    }
    Runs runs{};
    for (std::size_t i = 0; i < 5; ++i) runs[i] = fine[i + 1] - fine[i];
    float module = 0;
    return misfit(runs, module) < clearTolerance;
}

void RunScan::scanStretch(int y, int left, int right, Wanted wanted) {
    const auto edges = findEdges(y, left, right);
    if (edges.size() < 6) return;
    const auto fits = std::span(fits_).first((edges.size() - 4) / 2);
    judge(edges, fits);
    for (std::size_t i = 0; i < fits.size(); ++i) {
        if (fits[i] == 0) continue;
        const auto six = edges.subspan(2 * i).first<6>();
        Place place{static_cast<float>(six[2] + six[3]) / 2, static_cast<float>(y) + 0.5F, 0};
        misfit(runsFrom(six.data()), place.module);
        if (wanted == Wanted::Any || isClear(y, six))
            consider(place);
        else
            passedOver_.push_back(place);
    }
}

void RunScan::scan(int first, int step, Wanted wanted) {
    edges_.resize(static_cast<std::size_t>(picture_.width) + 1);
    fits_.resize(edges_.size() / 2);
    for (int y = first; y < picture_.height; y += step) scanRow(y, wanted);
}

void RunScan::scanPassedOver() {
    for (const auto& place : passedOver_) consider(place);
    passedOver_.clear();
}

std::vector<Crossing> RunScan::crossings(std::size_t most) const {
    auto out = found_;
    std::ranges::sort(out, [](const auto& a, const auto& b) { return a.hits > b.hits; });
    if (out.size() > most) out.resize(most);
    return out;
}

} // namespace kiosk::reading::finding
