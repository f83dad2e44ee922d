#include "app/reading/finding/probes.hpp"
#include "app/reading/finding/ring_filter.hpp"
#include "app/reading/finding/triples.hpp"
#include "app/reading/symbol/layout.hpp"

#include <algorithm>
#include <array>

namespace kiosk::reading::finding {
namespace {

constexpr float leastTiming = 0.3F; // of the finders' contrast
constexpr float straight = 0.25F;   // the smaller over the larger coordinate of a neighbour along a side
constexpr float diagonal = 0.7F;    // ... of a neighbour across the symbol

/// `d` in a finder's own modules.
Point inModules(const Finder& f, Point d) {
    const float area = cross(f.a, f.b);
    return {cross(d, f.b) / area, cross(f.a, d) / area};
}

float contrastOf(const GreyView& picture, const Finder& f) {
    const auto grey = [&](float u, float v) { return greyAt(picture, f.centre + f.a * u + f.b * v); };
    const float light = (grey(-2, 0) + grey(2, 0) + grey(0, -2) + grey(0, 2)) / 4;
    const float dark = (grey(0, 0) * 2 + grey(-3, 0) + grey(3, 0) + grey(0, -3) + grey(0, 3)) / 6;
    return light - dark;
}

/// Light minus dark of a timing pattern that runs beside the line from `from` to `to`, three modules towards
/// `inwards` (a module's vector); the scale at `from` is `near` px a module.
float timing(const GreyView& picture, Point from, Point to, Point inwards, float near, int version) {
    const auto modules = static_cast<float>(symbol::sizeOf(version) - 7);
    const Point way = to - from;
    const float slant = near * modules / length(way) - 1;
    float sum = 0, weight = 0;
    const std::span<const Probe> probes = probesOf(version).topTiming;
    const auto place = [&](std::size_t i) {
        const float t = (probes[i].u - 3.5F) / modules, along = t * (1 + slant) / (1 + slant * t);
        return from + way * along + inwards * 3;
    };
    eachGrey(picture, probes.size(), place, [&](std::size_t i, float grey) {
        sum += probes[i].weight * grey;
        weight += std::abs(probes[i].weight);
    });
    return 2 * sum / weight;
}

struct Found {
    Point place;
    float agreement = 0;
};

/// Where the timing patterns from `one` (and from `other`, when given) towards the missing finder agree best.
/// `aside` are the directions of the timing patterns from the lines between centres.
struct Search {
    const GreyView& picture;
    int version;
    Point start, along, across; // a module each
    float reach, width;         // modules
};

template <typename Agreement>
Found best(const Search& s, Agreement agreement) {
    Found out;
    constexpr float alongStep = 0.4F, acrossStep = 0.5F;
    const int reach = static_cast<int>(s.reach / alongStep), width = static_cast<int>(s.width / acrossStep);
    for (int i = -reach; i <= reach; ++i)
        for (int j = -width; j <= width; ++j) {
            const Point place = s.start + s.along * (static_cast<float>(i) * alongStep) +
                                s.across * (static_cast<float>(j) * acrossStep);
            const float now = agreement(place);
            if (now > out.agreement) out = {place, now};
        }
    return out;
}

std::vector<int> versionsNear(float modules) {
    const float version = (modules + 7 - 17) / 4;
    std::vector<int> out;
    for (const int v : {static_cast<int>(std::lround(version)), static_cast<int>(std::floor(version)),
                        static_cast<int>(std::ceil(version))})
        if (v >= symbol::firstVersion && v <= symbol::lastVersion && std::ranges::find(out, v) == out.end())
            out.push_back(v);
    return out;
}

Triple orient(const Finder& corner, const Finder& first, const Finder& second, float doubt) {
    if (cross(first.centre - corner.centre, second.centre - corner.centre) > 0)
        return {corner, first, second, doubt};
    return {corner, second, first, doubt};
}

/// `corner` is the top left finder, `seen` lies along one side; the third is looked for along the other.
void completeSide(const GreyView& picture, const Finder& corner, const Finder& seen,
                  std::vector<Triple>& out) {
    const Point d = inModules(corner, seen.centre - corner.centre);
    const bool alongA = std::abs(d.x) > std::abs(d.y);
    const Point side = alongA ? corner.a * (d.x > 0 ? 1.0F : -1.0F) : corner.b * (d.y > 0 ? 1.0F : -1.0F);
    const Point across = alongA ? corner.b : corner.a;
    const float modules = modulesBetween(corner, seen), contrast = contrastOf(picture, corner);
    for (const float sign : {1.0F, -1.0F}) {
        const Point way = across * sign;
        for (const int version : versionsNear(modules)) {
            const auto span = static_cast<float>(symbol::sizeOf(version) - 7);
            const Search search{picture,      version,     corner.centre + way * span, way, side,
                                0.14F * span, 0.06F * span};
            const auto found = best(search, [&](Point place) {
                return timing(picture, corner.centre, place, side, length(way), version);
            });
            if (found.agreement < leastTiming * contrast) continue;
            const Finder inferred{found.place, corner.a, corner.b, 0.5F};
            out.push_back(orient(corner, seen, inferred, 2 - found.agreement / contrast));
        }
    }
}

/// Both lie across the symbol from each other; the top left finder between them is looked for on either side.
void completeDiagonal(const GreyView& picture, const Finder& one, const Finder& other,
                      std::vector<Triple>& out) {
    const Point d = inModules(one, other.centre - one.centre);
    const Point byA = one.a * (d.x > 0 ? 1.0F : -1.0F), byB = one.b * (d.y > 0 ? 1.0F : -1.0F);
    const float modules = modulesBetween(one, other) / std::sqrt(2.0F), contrast = contrastOf(picture, one);
    for (const bool first : {true, false}) {
        const Point towards = first ? byA : byB, inwards = first ? byB : byA; // as seen from `one`
        for (const int version : versionsNear(modules)) {
            const auto span = static_cast<float>(symbol::sizeOf(version) - 7);
            const Search search{picture,      version,     one.centre + towards * span, towards, inwards,
                                0.12F * span, 0.12F * span};
            const auto found = best(search, [&](Point place) {
                return timing(picture, one.centre, place, inwards, length(towards), version) +
                       timing(picture, other.centre, place, towards * -1, length(inwards), version);
            });
            if (found.agreement < 2 * leastTiming * contrast) continue;
            const Finder inferred{found.place, one.a, one.b, 0.5F};
            out.push_back(orient(inferred, one, other, 2 - found.agreement / (2 * contrast)));
        }
    }
}

/// Two finders that may be of one symbol, and how they lie in it.
enum class Pair { None, Side, Diagonal };

Pair pairOf(const Finder& a, const Finder& b) {
    const float modules = modulesBetween(a, b);
    if (modules < 12 || modules > 120 ||
        std::max(a.module(), b.module()) > 1.6F * std::min(a.module(), b.module()))
        return Pair::None;
    const Point d = inModules(a, b.centre - a.centre);
    const auto [less, more] = std::minmax({std::abs(d.x), std::abs(d.y)});
    if (less < straight * more) return Pair::Side;
    return less > diagonal * more ? Pair::Diagonal : Pair::None;
}

/// The finder around `place` that rings tell, at the scale and turn of `like`; `along` and `across` are how
/// far off it may be, in px.
void seek(const GreyView& picture, Point place, const Finder& like, Point along, Point across,
          std::vector<Finder>& out) {
    const float x = std::abs(along.x) + std::abs(across.x), y = std::abs(along.y) + std::abs(across.y);
    const Area area{static_cast<int>(place.x - x), static_cast<int>(place.y - y), static_cast<int>(2 * x) + 1,
                    static_cast<int>(2 * y) + 1};
    for (const auto& ring : findRings(picture, area, like.module(), 2))
        if (const auto f = polish(picture, ring.centre, like.a, like.b)) out.push_back(*f);
}

void seekThird(const GreyView& picture, const Finder& one, const Finder& other, std::vector<Finder>& out) {
    const Point d = inModules(one, other.centre - one.centre);
    const Point a = one.a * (d.x > 0 ? 1.0F : -1.0F), b = one.b * (d.y > 0 ? 1.0F : -1.0F);
    if (pairOf(one, other) == Pair::Diagonal) {
        const float span = modulesBetween(one, other) / std::sqrt(2.0F), reach = 0.12F * span;
        for (const Point way : {a, b}) seek(picture, one.centre + way * span, one, a * reach, b * reach, out);
        return;
    }
    const float span = modulesBetween(one, other);
    const bool alongA = std::abs(d.x) > std::abs(d.y);
    const Point side = alongA ? a : b, across = alongA ? b : a;
    for (const auto* corner : {&one, &other})
        for (const float sign : {span, -span})
            seek(picture, corner->centre + across * sign, *corner, across * (0.14F * span),
                 side * (0.06F * span + 1), out);
}

} // namespace

std::vector<Finder> seekThirds(const GreyView& picture, std::span<const Finder> finders) {
    std::vector<Finder> out;
    for (std::size_t i = 0; i < finders.size(); ++i)
        for (std::size_t j = i + 1; j < finders.size(); ++j)
            if (pairOf(finders[i], finders[j]) != Pair::None) seekThird(picture, finders[i], finders[j], out);
    return out;
}

std::vector<Triple> completePairs(const GreyView& picture, std::span<const Finder> finders,
                                  std::size_t most) {
    std::vector<Triple> out;
    for (std::size_t i = 0; i < finders.size(); ++i)
        for (std::size_t j = i + 1; j < finders.size(); ++j) {
            const auto &a = finders[i], &b = finders[j];
            const auto pair = pairOf(a, b);
            if (pair == Pair::Side) {
                completeSide(picture, a, b, out);
                completeSide(picture, b, a, out);
            } else if (pair == Pair::Diagonal) {
                completeDiagonal(picture, a, b, out);
            }
        }
    std::ranges::sort(out, {}, &Triple::doubt);
    if (out.size() > most) out.resize(most);
    return out;
}

} // namespace kiosk::reading::finding
