// The corpora that reading is developed and measured on: seeded frames beside their truth, in levels, series
// of one damage, a second model of damage, frames without a code, and bait for misreading.
#pragma once

#include "tests/specimen/specimen.hpp"

#include <span>

namespace kiosk::specimen {

/// What is most wrong with a frame, as a person would be told.
enum class Cue { None, TooFar, TooClose, Moving, Glare, Dark, Bright, CutOff, WrongSide };

/// A frame beside what is true of it.
struct Sample {
    Frame frame;              // grey only
    std::string payload;      // the bytes of its code; empty: there is none to read
    std::string otherPayload; // bait made of two codes: what may be read as well
    Place place;
    RenderParams params;
    Cue cue = Cue::None;
};

/// Frames of a size; 0 x 0: 1280 x 720 for even seeds, else 1920 x 1080.
struct Size {
    int width = 0, height = 0; // px
};

/// Card `seed` of the corpora: both layouts, versions 6 to 12, mostly level M, with and without ECI. The
/// letters beside the code are those of a few people, so that a corpus is drawn in reasonable time.
struct CorpusCard {
    Card card;
    std::string payload;
};
CorpusCard corpusCard(std::uint64_t seed);

/// Frame `seed` of level 1 to 4.
Sample sample(int level, std::uint64_t seed, Size size = {});

/// Frames with one damage at several strengths, all else mild.
struct Series {
    const char* name;
    const char* unit;
    std::span<const double> strengths;
    void (*apply)(RenderParams& params, double strength);
};
std::span<const Series> series();
Sample sample(const Series& series, double strength, std::uint64_t seed, Size size = {});

/// Another model of a camera and of wear, written apart and not looked at in development: what holds there
/// was not fitted to the first. Levels 1 to 4 are about as hard as the first model's.
Sample secondSample(int level, std::uint64_t seed, Size size = {});

/// Frames without any code that could be read.
enum class Negative {
    Backdrop,
    OtherSide,
    Blank, // a card with an empty field in the code's place
    Checkerboard,
    Ean13,
    Code128,
    DataMatrix,
    Aztec,
    Noise,    // modules by chance, no finders
    Finders,  // a code's fixed patterns, all else by chance
    HalfCode, // the rest is white
    TornCode, // only the outer parts are left
};
constexpr int negativeKinds = 12;
inline Negative negativeKind(std::uint64_t seed) { return static_cast<Negative>(seed % negativeKinds); }
Sample negativeSample(std::uint64_t seed, Size size = {});

/// Codes made of two cards' codes, or damaged beyond correction: nothing may be read but what is named in the
/// sample.
Sample baitSample(std::uint64_t seed, Size size = {});

/// A frame in which `cue` is plainly what is wrong, and all else is mild.
Sample cueSample(Cue cue, std::uint64_t seed, Size size = {});

/// A card brought to the camera and held there, while the camera looks for its focus; 30 frames a second.
class Video {
public:
    enum class Kind { Level3, Level4, HardMix };
    Video(Kind kind, std::uint64_t seed, Size size = {1280, 720});
    Sample frame(int index) const;
    static constexpr double interval = 1 / 30.0; // s

private:
    RenderParams at(double seconds) const;

    Kind kind_;
    std::uint64_t seed_;
    Size size_;
    CorpusCard card_;
};

} // namespace kiosk::specimen
