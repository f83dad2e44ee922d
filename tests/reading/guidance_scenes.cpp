#include "tests/reading/guidance_scenes.hpp"

#include <cmath>
#include <numbers>

namespace kiosk::reading::scenes {
namespace {

using specimen::Backdrop;
using specimen::Layout;
using specimen::Random;
using specimen::RenderParams;

/// Nothing wrong: sharp enough, well lit, whole, still.
RenderParams good(Random& random, int width, int height) {
    RenderParams p;
    p.seed = random.next();
    p.width = width;
    p.height = height;
    const double px = width / 1280.0;
    p.modulePx = random.real(2.8, 5.2) * px;
    p.x = random.real(0.38, 0.62);
    p.y = random.real(0.4, 0.6);
    p.turn = random.real(-25, 25);
    p.tiltX = random.real(-15, 15);
    p.tiltY = random.real(-15, 15);
    p.blur = random.real(0.4, 0.9) * px;
    p.light = random.real(0.7, 1.05);
    p.lightSlope = random.real(0, 0.3);
    p.lightAngle = random.real(0, 360);
    p.noise = random.real(1, 3);
    p.backdrop = random.pick(std::array{Backdrop::Desk, Backdrop::Wood, Backdrop::Cloth, Backdrop::Shapes});
    p.backdropBlur = random.real(3, 12) * px;
    return p;
}

/// The one thing that is wrong.
void spoil(RenderParams& p, std::optional<Cue> cue, Random& random) {
    if (!cue) return;
    const double px = p.width / 1280.0;
    switch (*cue) {
    case Cue::Closer:
        p.modulePx = random.real(0.8, 1.4);
        break;
    case Cue::Farther: // a fixed focus is far away
        p.modulePx = random.real(8.5, 11.5) * px;
        p.x = p.y = 0.5;
        p.defocus = random.real(3, 7) * px;
        break;
    case Cue::HoldStill:
        p.motion = random.real(9, 22) * px;
        p.motionAngle = random.real(0, 180);
        break;
    case Cue::TiltFromLight:
        (random.chance(0.7) ? p.glare : p.glareBand) = random.real(0.14, 0.4);
        break;
    case Cue::Brighter:
        p.light = random.real(0.03, 0.12);
        break;
    case Cue::Darker:
        p.light = random.real(3.5, 6);
        break;
    case Cue::WholeCode: {
        const bool across = random.chance(0.5), first = random.chance(0.5);
        const double side = p.modulePx * 45, out = random.real(0.1, 0.4) * side; // beyond the edge
        const double at = side / 2 - out;
        if (across)
            p.x = (first ? at : p.width - at) / p.width;
        else
            p.y = (first ? at : p.height - at) / p.height;
        break;
    }
    case Cue::OtherSide:
        p.modulePx = 0;
        p.cardShare = random.real(0.45, 0.75);
        break;
    }
}

} // namespace

Scene scene(std::optional<Cue> cue, std::uint64_t seed, int frames, int width, int height) {
    Random random(seed * 31 + (cue ? static_cast<std::uint64_t>(*cue) + 1 : 0));
    const auto layout = random.pick(std::array{Layout::Card2021, Layout::Card2024, Layout::Child2024});
    const auto person = specimen::specimen(seed % 7, layout);
    Scene out;
    out.cue = cue;
    out.card = cue == Cue::OtherSide ? specimen::drawOtherSide(person) : specimen::drawCard(person);
    auto p = good(random, width, height);
    spoil(p, cue, random);
    const auto still = p;
    const double way = cue == Cue::HoldStill ? 1.5 * p.motion : 0; // px a frame, forth and back
    for (int i = 0; i < frames; ++i) {
        const double swing = way * (i % 4 < 2 ? i % 2 : 1 - i % 2), angle = p.motionAngle * std::numbers::pi / 180;
        p.x = still.x + random.real(-0.0012, 0.0012) + swing * std::cos(angle) / width;
        p.y = still.y + random.real(-0.0012, 0.0012) + swing * std::sin(angle) / height;
        p.turn = still.turn + random.real(-0.2, 0.2);
        out.params.push_back(p);
        out.frames.push_back(specimen::render(out.card, p));
    }
    return out;
}

std::string name(std::optional<Cue> cue) {
    if (!cue) return "none";
    switch (*cue) {
    case Cue::Closer:
        return "closer";
    case Cue::Farther:
        return "farther";
    case Cue::HoldStill:
        return "hold still";
    case Cue::TiltFromLight:
        return "tilt";
    case Cue::Brighter:
        return "brighter";
    case Cue::Darker:
        return "darker";
    case Cue::WholeCode:
        return "whole code";
    case Cue::OtherSide:
        return "other side";
    }
    return {};
}

} // namespace kiosk::reading::scenes
