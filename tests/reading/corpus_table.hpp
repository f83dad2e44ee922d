// What the reader is known to read of the corpora: numbers that only rise.
#pragma once

#include <cstdint>
#include <ostream>

namespace kiosk::reading {

enum class Corpus {
    Level1,
    Level2,
    Level3,
    Level4,
    Second1,
    Second2,
    Second3,
    Second4,
    Series,
    Negatives,
    Bait
};

/// A part of a corpus, a test of its own so that they run side by side. Misreads are never allowed.
struct CorpusPart {
    const char* name;
    Corpus corpus;
    std::uint64_t firstSeed;
    int frames;
    int least; // that must be read; of bait and negatives none need be
};

/// For GoogleTest, which would print the bytes.
inline void PrintTo(const CorpusPart& part, std::ostream* out) {
    *out << "frames " << part.firstSeed << " to "
         << part.firstSeed + static_cast<std::uint64_t>(part.frames) - 1;
}

/// A few below what was read when they were written down, because OpenCV's releases differ in rounding.
// clang-format off
constexpr CorpusPart corpusParts[] = {
    {"Level1a", Corpus::Level1, 0, 250, 249},
    {"Level1b", Corpus::Level1, 250, 250, 249},
    {"Level2a", Corpus::Level2, 0, 250, 248},
    {"Level2b", Corpus::Level2, 250, 250, 247},
    {"Level3a", Corpus::Level3, 0, 250, 243},
    {"Level3b", Corpus::Level3, 250, 250, 242},
    {"Level4a", Corpus::Level4, 0, 250, 171},
    {"Level4b", Corpus::Level4, 250, 250, 168},
    {"Second1", Corpus::Second1, 0, 250, 248},
    {"Second2", Corpus::Second2, 0, 250, 248},
    {"Second3", Corpus::Second3, 0, 250, 246},
    {"Second4", Corpus::Second4, 0, 250, 201},
    {"SeriesA", Corpus::Series, 0, 250, 232},
    {"SeriesB", Corpus::Series, 250, 250, 236},
    {"SeriesC", Corpus::Series, 500, 250, 229},
    {"SeriesD", Corpus::Series, 750, 250, 235},
    {"NegativesA", Corpus::Negatives, 0, 300, 0},
    {"NegativesB", Corpus::Negatives, 300, 300, 0},
    {"BaitA", Corpus::Bait, 0, 200, 0},
    {"BaitB", Corpus::Bait, 200, 200, 0},
};
// clang-format on

} // namespace kiosk::reading
