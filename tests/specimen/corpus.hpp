// The corpora that reading is developed and measured on: seeded frames with their truth, in levels and
// series.
#pragma once

#include "tests/specimen/specimen.hpp"

namespace kiosk::specimen {

/// What is most wrong with a frame, as a person would be told.
enum class Cue { None, TooFar, TooClose, Moving, Glare, Dark, Bright, CutOff, WrongSide };

/// A frame beside what is true of it.
struct Sample {
    Frame frame;         // grey only unless asked
    std::string payload; // bytes of the code; empty: no code in the frame
    Place place;
    RenderParams params;
    Cue cue = Cue::None;
};

/// Card `seed` of the corpora: both layouts, versions 6 to 12, mostly level M, with and without ECI. The
/// letters beside the code belong to one of a few people, so that a corpus is drawn in reasonable time.
struct CorpusCard {
    Card card;
    std::string payload;
};
CorpusCard corpusCard(std::uint64_t seed);

/// Frame `seed` of a level: 1280 x 720 when the seed is even, else 1920 x 1080, unless a size is given.
Sample sample(int level, std::uint64_t seed, int width = 0, int height = 0);

} // namespace kiosk::specimen
