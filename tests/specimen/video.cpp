#include "tests/specimen/corpus_parts.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace kiosk::specimen {
namespace {

constexpr double exposure = 0.02; // s: motion is what the card moves by in it
constexpr double sampled = 0.004; // s: for its speed

double wave(double seconds, double perSecond, double phase) {
    return std::sin(2 * std::numbers::pi * (seconds * perSecond + phase));
}

/// How the hand and the camera behave in one video.
struct Course {
    double empty, comes;                       // s: nothing there; on its way
    double fromX, fromY, fromTurn;             // where it comes from, shares of the frame and degrees
    double drift, shake, shakeRate, phase;     // px; Hz
    double hunt, huntRate, settles, huntAgain; // modules out of focus; sweeps a second; s; s
};

Course courseOf(Video::Kind kind, const RenderParams& held, std::uint64_t seed) {
    Random random(seed * 9973 + 5);
    const bool hard = kind != Video::Kind::Level3;
    Course c{};
    c.empty = random.real(0.2, 0.5);
    c.comes = random.real(0.5, 1.0);
    c.fromX = random.real(-0.4, 0.4);
    c.fromY = random.chance(0.8) ? 0.9 : -0.9;
    c.fromTurn = random.real(-30, 30);
    c.drift = held.width * random.real(0.003, 0.01);
    c.shakeRate = random.real(4, 8);
    // So that the fastest moment blurs as much as the level has it.
    c.shake = std::max(0.3, held.motion) / (2 * std::numbers::pi * c.shakeRate * exposure);
    c.phase = random.real(0, 1);
    c.hunt = random.real(0.7, 1.6);
    c.huntRate = random.real(0.7, 1.5);
    c.settles = hard ? random.real(0.6, 1.4) : random.real(0.3, 0.8);
    c.huntAgain = kind == Video::Kind::HardMix ? random.real(1.4, 2.2) : 1e9;
    return c;
}

/// Sharp, out of focus, sharp again: an autofocus sweeps through the right distance until it settles.
double hunting(const Course& c, double seconds) {
    const double since = seconds - (c.empty + 0.5 * c.comes), again = seconds - c.huntAgain;
    const auto swing = [&](double s) {
        return s < 0 ? 0
                     : c.hunt * std::exp(-s / c.settles) *
                           std::abs(std::cos(std::numbers::pi * s * c.huntRate));
    };
    return since < 0 ? c.hunt : std::max(swing(since), 0.6 * swing(again));
}

int levelOf(Video::Kind kind, std::uint64_t seed) {
    if (kind == Video::Kind::HardMix) return 3 + static_cast<int>(seed % 2);
    return kind == Video::Kind::Level3 ? 3 : 4;
}

} // namespace

Video::Video(Kind kind, std::uint64_t seed, Size size)
    : kind_(kind), seed_(seed), size_(size), card_(corpusCard(seed + 900000)) {}

RenderParams Video::at(double seconds) const {
    auto p = degraded(levelOf(kind_, seed_), seed_ + 900000, size_.width, size_.height);
    const auto c = courseOf(kind_, p, seed_);
    const double t = std::clamp((seconds - c.empty) / c.comes, 0.0, 1.0), away = (1 - t) * (1 - t) * (1 - t);
    p.card = seconds >= c.empty;
    p.modulePx *= (1 - 0.2 * away) * (1 + 0.04 * wave(seconds, 0.35, c.phase));
    p.x += c.fromX * away +
           (c.drift * wave(seconds, 0.6, c.phase) + c.shake * wave(seconds, c.shakeRate, 0)) / p.width;
    p.y += c.fromY * away + (c.drift * wave(seconds, 0.8, 2 * c.phase) +
                             0.7 * c.shake * wave(seconds, 1.3 * c.shakeRate, c.phase)) /
                                p.height;
    p.turn += c.fromTurn * away + 1.5 * wave(seconds, 0.5, c.phase);
    p.tiltX += 3 * wave(seconds, 0.7, 3 * c.phase);
    p.tiltY += 3 * wave(seconds, 0.45, 4 * c.phase);
    p.glareShift = 0.35 * wave(seconds, 0.45, 4 * c.phase);
    p.defocus += p.modulePx * hunting(c, seconds);
    p.light *= 1 - 0.4 * std::exp(-seconds / 0.25); // the exposure is found
    return p;
}

Sample Video::frame(int index) const {
    const double seconds = index * interval;
    auto p = at(seconds);
    const auto later = at(seconds + sampled);
    const double dx = (later.x - p.x) * p.width, dy = (later.y - p.y) * p.height;
    p.motion = std::min(40.0, std::hypot(dx, dy) / sampled * exposure);
    p.motionAngle = std::atan2(dy, dx) * 180 / std::numbers::pi;
    p.moment = static_cast<std::uint64_t>(index) + 1;
    auto out = sampleOf(card_.card, card_.payload, p);
    if (!p.card || out.place.cut)
        out.otherPayload.swap(out.payload); // what is half seen may be read, but need not
    return out;
}

} // namespace kiosk::specimen
