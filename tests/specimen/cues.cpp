#include "tests/specimen/corpus_parts.hpp"

#include <algorithm>

namespace kiosk::specimen {

Cue cueOf(const Card& card, const RenderParams& p) {
    if (!p.card) return Cue::None;
    if (card.modules.empty()) return Cue::WrongSide;
    const auto place = placeOf(card, p);
    const double exposure = p.light * p.gain;
    if (place.cut) return Cue::CutOff;
    if (p.motion > 1.4 * place.modulePx) return Cue::Moving;
    if (exposure < 0.3) return Cue::Dark;
    if (exposure > 1.6) return Cue::Bright;
    if (p.glare + p.glareBand > 0.05) return Cue::Glare;
    if (place.modulePx < 2) return Cue::TooFar;
    if (place.modulePx * card.modules.cols > 0.8 * p.height) return Cue::TooClose;
    return Cue::None;
}

Sample cueSample(Cue cue, std::uint64_t seed, Size size) {
    Random random(seed * 433 + static_cast<std::uint64_t>(cue));
    auto p = mild(seed, size);
    auto [card, payload] = corpusCard(seed);
    if (cue == Cue::TooFar) p.modulePx = random.real(0.8, 1.4);
    if (cue == Cue::TooClose) {
        p.modulePx = random.real(0.85, 0.95) * p.height / card.modules.cols;
        p.x = p.y = 0.5;
        p.turn = p.tiltX = p.tiltY = 0;
        p.defocus = p.modulePx * random.real(0.8, 1.6); // nearer than the lens can focus
    }
    if (cue == Cue::Moving) p.motion = random.real(10, 24);
    if (cue == Cue::Glare) (random.chance(0.7) ? p.glare : p.glareBand) = random.real(0.25, 0.4);
    if (cue == Cue::Dark) p.light = random.real(0.04, 0.12);
    if (cue == Cue::Bright) p.light = random.real(4, 8);
    if (cue == Cue::CutOff) {
        p.x = random.chance(0.5) ? random.real(-0.03, 0.03) : random.real(0.97, 1.03);
        p.y = random.real(0.3, 0.7);
    }
    if (cue == Cue::WrongSide) {
        card = drawOtherSide(specimen(900 + seed, seed % 2 == 0 ? Layout::Card2021 : Layout::Card2024));
        payload.clear();
        p.modulePx = 0;
        p.cardShare = random.real(0.4, 0.7);
    }
    return sampleOf(card, payload, p);
}

} // namespace kiosk::specimen
