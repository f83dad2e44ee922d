#include "app/reading/finding/grid.hpp"

#include "app/reading/finding/probes.hpp"
#include "app/reading/finding/spline.hpp"
#include "app/reading/symbol/layout.hpp"

#include <algorithm>

namespace kiosk::reading::finding {
namespace {

constexpr int bendStep = 4;         // modules
constexpr float leastInner = 0.12F; // of the finders' contrast, for a version to be believed at all
constexpr float certainInner = 0.7F;
constexpr float leastFit = 0.35F;                           // correlation
constexpr float goodFit = 0.6F, likelyFinder = 0.65F;       // no need, and no use, to look further
constexpr std::array<std::size_t, 4> allPoints{0, 1, 2, 3}; // of a quad
constexpr std::array<std::size_t, 1> withoutFinder{2};
constexpr float strongestSlant = 0.4F; // change of scale across a symbol

float weighted(const GreyView& picture, const Homography& map, std::span<const Probe> probes) {
    float sum = 0;
    eachGrey(
        picture, probes.size(), [&](std::size_t i) { return map(probes[i].u, probes[i].v); },
        [&](std::size_t i, float grey) { sum += probes[i].weight * grey; });
    return sum;
}

float weightOf(std::span<const Probe> probes) {
    float sum = 0;
    for (const auto& p : probes) sum += std::abs(p.weight);
    return sum / 2;
}

/// Normalised: 0 nothing .. 1 exactly two levels, light where light is known and dark where dark is.
float correlation(const GreyView& picture, const Homography& map, std::span<const Probe> probes) {
    float between = 0, mean = 0, square = 0, mass = 0;
    eachGrey(
        picture, probes.size(), [&](std::size_t i) { return map(probes[i].u, probes[i].v); },
        [&](std::size_t i, float grey) {
            const float weight = std::abs(probes[i].weight);
            between += probes[i].weight * grey;
            mean += weight * grey;
            square += weight * grey * grey;
            mass += weight;
        });
    mean /= mass;
    const float variance = square / mass - mean * mean;
    return variance < 1 ? 0 : std::max(0.0F, between / mass / std::sqrt(variance));
}

/// The homography that keeps three finder centres and has `g` and `h` as its slant along the top and the left
/// side; as the quad of the finder centres and where a fourth would be.
std::array<Point, 4> slanted(const std::array<Point, 3>& c, float g, float h) {
    const auto& [topLeft, topRight, bottomLeft] = c;
    const Point fourth = topRight * (1 + g) + bottomLeft * (1 + h) - topLeft;
    return {topLeft, topRight, fourth * (1 / (1 + g + h)), bottomLeft};
}

struct Slant {
    float value = 0, agreement = -1;
};

/// The slant that two finders' sizes tell: a module's area goes with the third power of its nearness.
float slantBetween(const Finder& near, const Finder& far) {
    return std::clamp(std::pow(near.module() / far.module(), 2.0F / 3) - 1, -strongestSlant, strongestSlant);
}

/// A timing pattern depends on the slant along its own side: a search in one dimension each. It lies three
/// modules beside the line of the finders' centres, where the slant along the `other` side moves it too, by
/// up to a module; what the finders tell is exact enough for that.
Slant findSlant(const GreyView& picture, const std::array<Point, 3>& centres, int size, bool top, float other,
                std::span<const Probe> timing) {
    const float step = 1.0F / static_cast<float>(size - 7); // moves the middle by a quarter of a module
    const int steps = static_cast<int>(strongestSlant / step);
    Slant best;
    for (int i = -steps; i <= steps; ++i) {
        const float s = static_cast<float>(i) * step;
        const Homography map(3.5F, static_cast<float>(size) - 3.5F,
                             slanted(centres, top ? s : other, top ? other : s));
        const float agreement = weighted(picture, map, timing);
        if (agreement > best.agreement) best = {s, agreement};
    }
    return best;
}

/// Both slants at once, by the alignment patterns, around what the finders' sizes tell.
std::array<float, 2> findSlants(const GreyView& picture, const std::array<Point, 3>& centres, int size,
                                std::array<float, 2> about, const Probes& probes) {
    constexpr int steps = 6;
    constexpr float step = 0.025F;
    std::array<float, 2> best = about;
    float most = 0;
    for (int i = -steps; i <= steps; ++i)
        for (int j = -steps; j <= steps; ++j) {
            const std::array<float, 2> slants{about[0] + static_cast<float>(i) * step,
                                              about[1] + static_cast<float>(j) * step};
            const Homography map(3.5F, static_cast<float>(size) - 3.5F,
                                 slanted(centres, slants[0], slants[1]));
            float agreement = 0;
            for (const auto& pattern : probes.alignments) agreement += weighted(picture, map, pattern);
            if (agreement <= most) continue;
            most = agreement;
            best = slants;
        }
    return best;
}

/// Versions that the distance between finders allows, nearest first.
std::vector<int> plausibleVersions(const Triple& t) {
    const float size =
        (modulesBetween(t.topLeft, t.topRight) + modulesBetween(t.topLeft, t.bottomLeft)) / 2 + 7;
    const float version = (size - 17) / 4;
    std::vector<int> out;
    const int nearest = static_cast<int>(std::lround(version)), reach = 1 + nearest / 8;
    for (int v = nearest - reach; v <= nearest + reach; ++v)
        if (v >= symbol::firstVersion && v <= symbol::lastVersion) out.push_back(v);
    std::ranges::sort(out, {}, [&](int v) { return std::abs(static_cast<float>(v) - version); });
    return out;
}

} // namespace

Grid::Grid(int version, const std::array<Point, 4>& quad)
    : version_(version), size_(symbol::sizeOf(version)), quad_(quad),
      map_(3.5F, static_cast<float>(size_) - 3.5F, quad) {}

Point Grid::at(float u, float v) const {
    if (bend_.empty()) return map_(u, v);
    const float last = static_cast<float>(bendSide_) - 1.001F;
    const float x = std::clamp(u / bendStep, 0.0F, last), y = std::clamp(v / bendStep, 0.0F, last);
    const int left = static_cast<int>(x), top = static_cast<int>(y);
    const float fx = x - static_cast<float>(left), fy = y - static_cast<float>(top);
    const auto* cell = bend_.data() + static_cast<std::ptrdiff_t>(top) * bendSide_ + left;
    const Point above = cell[0] + (cell[1] - cell[0]) * fx;
    const Point below = cell[bendSide_] + (cell[bendSide_ + 1] - cell[bendSide_]) * fx;
    const Point offset = above + (below - above) * fy;
    return map_(u + offset.x, v + offset.y);
}

std::array<Point, 4> Grid::corners() const {
    const auto far = static_cast<float>(size_);
    return {at(0, 0), at(far, 0), at(far, far), at(0, far)};
}

float Grid::modulePx() const {
    const auto middle = static_cast<float>(size_) / 2;
    const Point c = at(middle, middle), x = at(middle + 1, middle) - c, y = at(middle, middle + 1) - c;
    return std::sqrt(std::abs(cross(x, y)));
}

/// Coordinate descent over some of the points by `step` modules: the surface is smooth within half a module,
/// where the start lies.
void Grid::climb(const GreyView& picture, std::span<const std::size_t> points, float step, float& best) {
    const auto& probes = probesOf(version_).all;
    const float by = step * modulePx(), high = static_cast<float>(size_) - 3.5F;
    for (int round = 0; round < 3; ++round) {
        bool better = false;
        for (const auto i : points)
            for (const Point way : {Point{by, 0}, {-by, 0}, {0, by}, {0, -by}}) {
                const Point before = quad_[i];
                quad_[i] = before + way;
                const Homography moved(3.5F, high, quad_);
                const float agreement = weighted(picture, moved, probes);
                if (agreement > best) {
                    best = agreement;
                    map_ = moved;
                    better = true;
                } else {
                    quad_[i] = before;
                }
            }
        if (!better) break;
    }
}

/// `moved`: the points that may be further off than a quarter of a module.
void Grid::refine(const GreyView& picture, std::span<const std::size_t> moved) {
    const auto& probes = probesOf(version_).all;
    float best = weighted(picture, map_, probes);
    climb(picture, moved, 0.5F, best);
    climb(picture, allPoints, 0.25F, best);
    climb(picture, allPoints, 0.125F, best);
    fit_ = correlation(picture, map_, probes);
}

void Grid::setBend(std::span<const Point> places, std::span<const Point> offsets) {
    const Spline spline(places, offsets);
    bendSide_ = (size_ + bendStep - 1) / bendStep + 1;
    bend_.clear();
    for (int y = 0; y < bendSide_; ++y)
        for (int x = 0; x < bendSide_; ++x)
            bend_.push_back(spline.at({static_cast<float>(x * bendStep), static_cast<float>(y * bendStep)}));
}

namespace {

/// Known patterns and where their middles lie: finders and alignment patterns.
std::vector<std::pair<Point, std::vector<Probe>>> patternsOf(int version) {
    const auto& layout = symbol::layout(version);
    const auto& probes = probesOf(version);
    std::vector<std::pair<Point, std::vector<Probe>>> out;
    const auto third = static_cast<std::ptrdiff_t>(probes.finders.size() / 3);
    const auto high = static_cast<float>(layout.size()) - 3.5F;
    auto from = probes.finders.begin();
    for (const Point centre : {Point{3.5F, 3.5F}, Point{high, 3.5F}, Point{3.5F, high}}) {
        out.emplace_back(centre, std::vector<Probe>(from, from + third));
        from += third;
    }
    for (std::size_t i = 0; i < probes.alignments.size(); ++i) {
        const auto place = layout.alignments()[i];
        out.emplace_back(Point{static_cast<float>(place.column) + 0.5F, static_cast<float>(place.row) + 0.5F},
                         probes.alignments[i]);
    }
    return out;
}

/// How far, in modules, a pattern lies from where `map` has it: looked for up to one and a half around.
/// Nullopt where it agrees less than `least`.
std::optional<Point> offsetOf(const GreyView& picture, const Homography& map, std::span<const Probe> pattern,
                              float least) {
    constexpr float step = 0.25F;
    constexpr int reach = 6, side = 2 * reach + 1;
    std::array<float, std::size_t{side} * side> surface{};
    int best = side * side / 2;
    const auto value = [&](int i) { return surface[static_cast<std::size_t>(i)]; };
    for (int i = 0; i < side * side; ++i) {
        const int column = i % side - reach, row = i / side - reach;
        const float u = static_cast<float>(column) * step, v = static_cast<float>(row) * step;
        float sum = 0;
        for (const auto& p : pattern) sum += p.weight * greyAt(picture, map(p.u + u, p.v + v));
        surface[static_cast<std::size_t>(i)] = sum;
    }
    for (int i = 0; i < side * side; ++i)
        if (value(i) > value(best)) best = i;
    const int x = best % side, y = best / side;
    if (value(best) < least || x == 0 || y == 0 || x == side - 1 || y == side - 1) return std::nullopt;
    // The top of the parabola through the neighbours.
    const auto peak = [&](int stride) {
        const float before = value(best - stride), after = value(best + stride),
                    curve = before - 2 * value(best) + after;
        return curve < 0 ? std::clamp(0.5F * (before - after) / curve, -0.5F, 0.5F) : 0.0F;
    };
    return Point{static_cast<float>(x - reach) + peak(1), static_cast<float>(y - reach) + peak(side)} * step;
}

} // namespace

bool Grid::bend(const GreyView& picture) {
    const auto& finders = probesOf(version_).finders;
    const float contrast = weighted(picture, map_, finders) / weightOf(finders);
    std::vector<Point> places, offsets;
    float worst = 0;
    for (const auto& [place, pattern] : patternsOf(version_)) {
        const auto offset = offsetOf(picture, map_, pattern, 0.4F * contrast * weightOf(pattern));
        if (!offset) continue;
        places.push_back(place);
        offsets.push_back(*offset);
        worst = std::max({worst, std::abs(offset->x), std::abs(offset->y)});
    }
    if (places.size() < 4 || worst < 0.2F) return false;
    setBend(places, offsets);
    return true;
}

/// The version and slants that agree best with timing, alignment patterns and version information.
class GridChoice {
public:
    GridChoice(const GreyView& picture, const Triple& triple)
        : picture_(picture),
          versions_(plausibleVersions(triple)), centres_{triple.topLeft.centre, triple.topRight.centre,
                                                         triple.bottomLeft.centre},
          along_(slantBetween(triple.topLeft, triple.topRight)),
          down_(slantBetween(triple.topLeft, triple.bottomLeft)) {}

    std::optional<Grid> byTiming() {
        for (const int version : versions_) {
            const int size = symbol::sizeOf(version);
            const auto& probes = probesOf(version);
            const auto top = findSlant(picture_, centres_, size, true, down_, probes.topTiming);
            const auto left = findSlant(picture_, centres_, size, false, along_, probes.leftTiming);
            if (consider(version, {top.value, left.value}) > certainInner) break; // no other fits so well
        }
        return refined();
    }
    /// Motion over two modules wipes a timing pattern out.
    std::optional<Grid> byAlignments() {
        for (const int version : versions_)
            consider(version, findSlants(picture_, centres_, symbol::sizeOf(version), {along_, down_},
                                         probesOf(version)));
        return refined();
    }

private:
    /// How well what lies between the finders agrees, as a share of their contrast.
    float consider(int version, std::array<float, 2> slants) {
        const auto& probes = probesOf(version);
        Grid grid(version, slanted(centres_, slants[0], slants[1]));
        const float contrast = weighted(picture_, grid.map_, probes.finders) / weightOf(probes.finders);
        float inner = weighted(picture_, grid.map_, probes.topTiming) +
                      weighted(picture_, grid.map_, probes.leftTiming);
        float weight = weightOf(probes.topTiming) + weightOf(probes.leftTiming);
        for (const auto& pattern : probes.alignments) {
            inner += weighted(picture_, grid.map_, pattern) / 2;
            weight += weightOf(pattern) / 2;
        }
        inner += weighted(picture_, grid.map_, probes.version);
        weight += weightOf(probes.version);
        // In grey levels, so that a version under which the finders themselves vanish cannot win by
        // proportion.
        const float agreement = inner / weight + contrast;
        if (contrast <= 1 || inner < leastInner * weight * contrast) return 0;
        if (agreement > most_) {
            most_ = agreement;
            best_ = grid;
        }
        return inner / (weight * contrast);
    }
    std::optional<Grid> refined() {
        if (best_) best_->refine(picture_, withoutFinder);
        return best_ && best_->fit_ >= leastFit ? best_ : std::nullopt;
    }

    const GreyView& picture_;
    std::vector<int> versions_;
    std::array<Point, 3> centres_;
    float along_, down_, most_ = 0;
    std::optional<Grid> best_;
};

std::optional<Grid> fitGrid(const GreyView& picture, const Triple& triple) {
    auto grid = GridChoice(picture, triple).byTiming();
    const float worst =
        std::min({triple.topLeft.quality, triple.topRight.quality, triple.bottomLeft.quality});
    if (worst < likelyFinder || (grid && grid->fit() > goodFit)) return grid;
    auto other = GridChoice(picture, triple).byAlignments();
    if (other && (!grid || other->fit() > grid->fit())) return other;
    return grid;
}

std::optional<Grid> refitGrid(const GreyView& picture, int version, const std::array<Point, 4>& corners) {
    const auto size = static_cast<float>(symbol::sizeOf(version));
    const Homography whole(0, size, corners);
    Grid grid(version, {whole(3.5F, 3.5F), whole(size - 3.5F, 3.5F), whole(size - 3.5F, size - 3.5F),
                        whole(3.5F, size - 3.5F)});
    grid.refine(picture, allPoints);
    if (grid.fit_ < leastFit) return std::nullopt;
    return grid;
}

} // namespace kiosk::reading::finding
