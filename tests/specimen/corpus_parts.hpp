// What the corpora share among themselves.
#pragma once

#include "tests/specimen/corpus.hpp"

namespace kiosk::specimen {

Size sizeOf(std::uint64_t seed, Size wanted);
/// Renders and writes down the truth.
Sample sampleOf(const Card& card, const std::string& payload, const RenderParams& params);
/// What a person would be told first.
Cue cueOf(const Card& card, const RenderParams& params);
/// A frame with next to no damage; distance and place vary.
RenderParams mild(std::uint64_t seed, Size size);

} // namespace kiosk::specimen
