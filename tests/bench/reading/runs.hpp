// The measurements of reading_bench.
#pragma once

#include "tests/bench/reading/tally.hpp"
#include "tests/specimen/corpus.hpp"

namespace kiosk::bench {

struct Wishes {
    int count = 200;     // pictures a group
    specimen::Size size; // 0 x 0: both sizes in turn
    std::uint64_t firstSeed = 0;
    Budgets budgets;
    int jobs = 1; // threads of the long run for misreads
};

void measureLevels(const Wishes& wishes, bool second);
void measureSeries(const Wishes& wishes, const std::string& only);
void measureNegatives(const Wishes& wishes);
void measureBait(const Wishes& wishes);
void measureCalibration(const Wishes& wishes);
void measureSequences(const Wishes& wishes);
/// Pictures of a folder with their truths: lines of "file<TAB>hex of the bytes". False: cannot be used, said
/// on standard error.
bool measureFolder(const Wishes& wishes, const std::string& folder, const std::string& truths);
/// The kiosk's reader alone on `pictures` of every kind; names every misread. False: there was one.
bool huntMisreads(const Wishes& wishes, std::uint64_t pictures);

} // namespace kiosk::bench
