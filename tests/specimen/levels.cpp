#include "tests/specimen/corpus_parts.hpp"

#include "app/identity/id_card.hpp"

#include <algorithm>
#include <map>
#include <opencv2/core.hpp>

namespace kiosk::specimen {
namespace {

constexpr std::uint64_t cardSeeds = 0x5CA2D; // keeps the corpora's people apart from those of other tests

struct Range {
    double low, high;
    double of(Random& random) const { return random.real(low, high); }
};

/// How strong the damages of a level are; blur, motion and defocus in modules, because a code is lost by what
/// they are beside its modules. `often`: how often each of those damages is present that are not always.
struct Level {
    Range modulePx, blur;
    double motion, defocus, tilt, often, glare, scratches, worn, fade, bend, distortion, noise, dark, sharpen;
};
constexpr std::array<Level, 4> levels = {{
    {{3.0, 5.5}, {0.10, 0.22}, 0.5, 0.2, 12, 0.06, 0.010, 1, 0.02, 0.10, 0.5, 0.02, 3, 0.7, 0.5},
    {{2.3, 5.0}, {0.12, 0.37}, 1.1, 0.4, 22, 0.25, 0.027, 3, 0.03, 0.25, 1.2, 0.05, 5, 0.4, 0.9},
    {{2.0, 4.5}, {0.16, 0.46}, 1.5, 0.6, 30, 0.35, 0.045, 5, 0.05, 0.40, 2.0, 0.08, 7, 0.2, 1.2},
    {{1.65, 4.0}, {0.24, 0.56}, 2.0, 0.7, 40, 0.45, 0.080, 10, 0.08, 0.50, 3.0, 0.12, 9, 0.1, 1.5},
}};

void pose(RenderParams& p, const Level& level, Random& random) {
    p.modulePx = level.modulePx.of(random);
    p.x = random.real(0.36, 0.64);
    p.y = random.real(0.38, 0.62);
    // Most hold a card nearly upright; some any way round.
    p.turn = random.chance(0.75) ? 14 * random.normal() : random.real(0, 360);
    p.tiltX = level.tilt * random.real(-1, 1);
    p.tiltY = level.tilt * random.real(-1, 1);
    p.bend = random.chance(level.often) ? level.bend * random.real(-1, 1) : 0;
    p.bendAxis = random.real(0, 180);
    p.distortion = level.distortion * random.real(-0.3, 1);
}

void wear(RenderParams& p, const Level& level, Random& random) {
    const auto present = [&](double most) {
        return random.chance(level.often) ? most * random.real(0.1, 1) : 0;
    };
    p.fade = level.fade * random.real(0, 1);
    p.worn = present(level.worn);
    p.scratches = present(level.scratches);
    p.ghost = present(0.25);
    p.fingers = random.chance(level.often * 0.6) ? random.real(0, 0.5 + 1.5 * level.often) : -1;
}

void lens(RenderParams& p, const Level& level, Random& random) {
    p.blur = std::max(0.4, p.modulePx * level.blur.of(random));
    p.defocus = random.chance(level.often) ? p.modulePx * level.defocus * random.real(0.3, 1) : 0;
    p.motion = random.chance(2 * level.often) ? p.modulePx * level.motion * random.real(0.1, 1) : 0;
    p.motionAngle = random.real(0, 180);
}

void lamp(RenderParams& p, const Level& level, Random& random) {
    const bool dark = random.chance(level.often * 0.7);
    p.light = dark ? random.real(level.dark, 0.7) : random.real(0.8, 1.15);
    p.gain = dark ? std::min(24.0, random.real(0.5, 0.95) / p.light) : 1;
    p.lightSlope = random.real(0, 0.2 + 0.6 * level.often);
    p.lightAngle = random.real(0, 360);
    p.vignette = random.real(0, 0.3);
    if (random.chance(level.often))
        (random.chance(0.7) ? p.glare : p.glareBand) = level.glare * random.real(0.1, 1);
}

void camera(RenderParams& p, const Level& level, Random& random) {
    p.noise = level.noise * random.real(0.2, 0.6);
    p.shot = level.noise * random.real(0.3, 1);
    if (p.gain > 1) p.noise *= 0.3; // what is left when it is not amplified
    p.grain = random.real(0, 1.2);
    p.gamma = random.real(0.75, 1.25);
    p.sharpen = random.chance(0.5) ? level.sharpen * random.real(0.2, 1) : 0;
    p.sharpenBlur = random.real(0.8, 1.8);
    p.jpeg = random.chance(0.5) ? 92 - random.below(static_cast<int>(15 + 60 * level.often)) : 0;
    constexpr std::array kinds = {Backdrop::Desk,    Backdrop::Wood,   Backdrop::Cloth,  Backdrop::Text,
                                  Backdrop::Stripes, Backdrop::Shapes, Backdrop::Checks, Backdrop::Keys};
    p.backdrop = random.pick(kinds);
    p.backdropBlur = random.real(0.5, 12);
}

/// A person whose payload has about the wanted number of bytes.
Specimen sizedSpecimen(std::uint64_t seed, Layout layout, std::size_t bytes) {
    static constexpr std::array words = {"Chung cư Hoa Sữa", "Khu đô thị Mới", "Lô 12",     "Ngách 5",
                                         "Đường Lê Lợi",     "Block B2",       "Phòng 304", "Cụm 7"};
    auto s = specimen(seed, layout);
    Random random(seed ^ 0xADD2E55);
    for (int i = 0; s.payload.size() + 8 < bytes && i < 12; ++i) {
        s.truth.address = std::string(random.pick(words)) + ", " + s.truth.address;
        s.payload = id_card::print(s.truth);
    }
    return s;
}

} // namespace

RenderParams degraded(int level, std::uint64_t seed, int width, int height) {
    Random random(seed * 7919 + static_cast<std::uint64_t>(level));
    const auto& l = levels.at(static_cast<std::size_t>(level - 1));
    RenderParams p;
    p.width = width;
    p.height = height;
    p.seed = seed;
    pose(p, l, random);
    wear(p, l, random);
    lens(p, l, random);
    lamp(p, l, random);
    camera(p, l, random);
    return p;
}

CorpusCard corpusCard(std::uint64_t seed) {
    constexpr std::uint64_t faces = 6;
    thread_local std::map<std::pair<Layout, std::uint64_t>, Card> drawn;
    Random random(seed ^ cardSeeds);
    const auto layout =
        std::array{Layout::Card2021, Layout::Card2024, Layout::Card2024, Layout::Child2024}.at(
            static_cast<std::size_t>(random.below(4)));
    const auto s = sizedSpecimen(cardSeeds + seed, layout, static_cast<std::size_t>(random.real(105, 190)));
    auto& face = drawn[{layout, seed % faces}];
    if (face.face.empty()) face = drawCard(specimen(cardSeeds + seed % faces, layout));
    auto card = face;
    const double which = random.real(0, 1);
    card.modules = qrModules(s.payload,
                             which < 0.25  ? Ecc::L
                             : which < 0.9 ? Ecc::M
                                           : Ecc::Q,
                             random.chance(0.5));
    return {card, s.payload};
}

Size sizeOf(std::uint64_t seed, Size wanted) {
    if (wanted.width > 0) return wanted;
    return seed % 2 == 0 ? Size{1280, 720} : Size{1920, 1080};
}

Sample sampleOf(const Card& card, const std::string& payload, const RenderParams& params) {
    return {render(card, params), payload, {}, placeOf(card, params), params, cueOf(card, params)};
}

Sample sample(int level, std::uint64_t seed, Size wanted) {
    const auto size = sizeOf(seed, wanted);
    const auto [card, payload] = corpusCard(seed);
    return sampleOf(card, payload, degraded(level, seed, size.width, size.height));
}

} // namespace kiosk::specimen
