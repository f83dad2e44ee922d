#include "tests/specimen/corpus_parts.hpp"

namespace kiosk::specimen {
namespace {

constexpr double near = 4; // px a module where distance is not the damage

constexpr double distances[] = {1.5, 1.8, 2.2, 2.5, 3, 4, 6};
constexpr double closest[] = {7, 9, 12, 16};
constexpr double blurs[] = {1, 1.5, 2, 2.5, 3};
constexpr double discs[] = {2, 3, 4, 5};
constexpr double ways[] = {3, 4, 6, 8, 10};
constexpr double glares[] = {0.02, 0.05, 0.08, 0.12, 0.2};
constexpr double bands[] = {0.03, 0.06, 0.1, 0.15};
constexpr double counts[] = {4, 8, 16, 30};
constexpr double shares[] = {0.03, 0.06, 0.1, 0.15};
constexpr double fades[] = {0.5, 0.7, 0.8, 0.9};
constexpr double ghosts[] = {0.2, 0.4, 0.6};
constexpr double modules[] = {0, 1, 2, 3, 4};
constexpr double tilts[] = {15, 30, 45, 55};
constexpr double turns[] = {15, 30, 45, 90, 180};
constexpr double bends[] = {1, 2, 4, 6};
constexpr double barrels[] = {-0.08, 0.05, 0.1, 0.15};
constexpr double exposures[] = {4, 10, 20, 40};
constexpr double over[] = {1.3, 1.6, 2, 2.5};
constexpr double slopes[] = {0.4, 0.6, 0.8, 0.9};
constexpr double noises[] = {6, 12, 20, 30};
constexpr double qualities[] = {60, 40, 25, 15, 8};
constexpr double amounts[] = {1, 2, 3, 5};
constexpr double gammas[] = {0.4, 0.6, 1.6, 2.4};

/// Half of the frames about one axis, half about the other, to either side.
void tilt(RenderParams& p, double degrees) {
    const double way = p.seed / 2 % 2 == 0 ? degrees : -degrees;
    p.tiltX = p.seed % 4 < 2 ? way : 0;
    p.tiltY = p.seed % 4 < 2 ? 0 : way;
}

void darken(RenderParams& p, double parts) {
    p.light = 1 / parts;
    p.gain = 0.8 * parts;
    p.noise = 0.25; // before the gain
    p.shot = 1.6;
}

using P = RenderParams;
constexpr Series all[] = {
    {"distance", "px a module", distances, [](P& p, double v) { p.modulePx = v; }},
    {"close", "px a module", closest, [](P& p, double v) { p.modulePx = v; }},
    {"blur", "px deviation at 4 px a module", blurs, [](P& p, double v) { p.blur = v; }},
    {"defocus", "px radius at 4 px a module", discs, [](P& p, double v) { p.defocus = v; }},
    {"motion", "px at 4 px a module", ways, [](P& p, double v) { p.motion = v; }},
    {"glare", "share of the code", glares, [](P& p, double v) { p.glare = v; }},
    {"glare band", "share of the code", bands, [](P& p, double v) { p.glareBand = v; }},
    {"scratches", "across the code", counts, [](P& p, double v) { p.scratches = v; }},
    {"worn", "share of the code", shares, [](P& p, double v) { p.worn = v; }},
    {"faded", "share of the contrast", fades, [](P& p, double v) { p.fade = v; }},
    {"ghost", "contrast of the reflection", ghosts, [](P& p, double v) { p.ghost = v; }},
    {"finger", "modules over the code", modules, [](P& p, double v) { p.fingers = v; }},
    {"tilt", "degrees", tilts, tilt},
    {"turn", "degrees", turns, [](P& p, double v) { p.turn = v; }},
    {"bent", "mm", bends, [](P& p, double v) { p.bend = p.seed % 2 == 0 ? v : -v; }},
    {"barrel", "share at the corners", barrels, [](P& p, double v) { p.distortion = v; }},
    {"low light", "times less", exposures, darken},
    {"overexposed", "times more", over, [](P& p, double v) { p.light = v; }},
    {"uneven light", "share", slopes, [](P& p, double v) { p.lightSlope = v; }},
    {"noise", "grey levels", noises, [](P& p, double v) { p.noise = v; }},
    {"jpeg", "quality", qualities, [](P& p, double v) { p.jpeg = static_cast<int>(v); }},
    {"sharpened", "amount", amounts, [](P& p, double v) { p.sharpen = v; }},
    {"gamma", "exponent", gammas, [](P& p, double v) { p.gamma = v; }},
};

} // namespace

RenderParams mild(std::uint64_t seed, Size wanted) {
    Random random(seed * 6007 + 77);
    const auto size = sizeOf(seed, wanted);
    RenderParams p;
    p.width = size.width;
    p.height = size.height;
    p.seed = seed;
    p.modulePx = near;
    p.x = random.real(0.4, 0.6);
    p.y = random.real(0.42, 0.58);
    p.turn = random.real(-12, 12);
    p.tiltX = random.real(-8, 8);
    p.tiltY = random.real(-8, 8);
    p.blur = random.real(0.5, 0.8);
    p.noise = random.real(1, 2);
    p.lightAngle = random.real(0, 360);
    p.backdrop = static_cast<Backdrop>(random.below(8));
    p.backdropBlur = random.real(1, 8);
    return p;
}

std::span<const Series> series() { return all; }

Sample sample(const Series& one, double strength, std::uint64_t seed, Size size) {
    auto params = mild(seed, size);
    one.apply(params, strength);
    const auto [card, payload] = corpusCard(seed);
    return sampleOf(card, payload, params);
}

} // namespace kiosk::specimen
