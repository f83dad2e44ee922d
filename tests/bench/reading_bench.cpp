// The kiosk's reader beside other decoders on the same pictures in the same run; prints Markdown. One thread,
// times are its processor time. `--misreads 100000` is the long search for misreads; in parts with
// `--first-seed`, each of which prints its own sum.
#include "tests/bench/reading/runs.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <iostream>
#include <opencv2/core.hpp>

namespace {

struct Options {
    bool levels = false, second = false, negatives = false, bait = false, sequences = false,
         calibrate = false;
    std::string series, folder, truths, size;
    std::uint64_t misreads = 0;
    int liveMs = 33, patientMs = 2000;
};

void describe(CLI::App& app, Options& o, kiosk::bench::Wishes& wishes) {
    app.add_flag("--levels", o.levels, "all damages mixed, levels 1 to 4");
    app.add_flag("--second-model", o.second, "the same by another model of camera and wear");
    app.add_option("--series", o.series, "one damage at a time: a name as \"blur\", or \"all\"");
    app.add_flag("--negatives", o.negatives, "frames without a code");
    app.add_flag("--bait", o.bait, "spliced codes and codes beyond correction");
    app.add_flag("--sequences", o.sequences, "videos of a card brought to the camera");
    app.add_flag("--calibrate", o.calibrate, "only the decoder that the levels are calibrated with");
    app.add_option("--misreads", o.misreads,
                   "look for misreads of the kiosk's reader in so many pictures of every kind");
    auto* folder = app.add_option("--folder", o.folder, "a folder of pictures");
    app.add_option("--truths", o.truths, "its truths: lines of file, tab, hex of the bytes")->needs(folder);
    folder->needs("--truths");
    app.add_option("--count", wishes.count, "pictures a group (200), or videos a kind")
        ->check(CLI::Range(1, 1000000));
    app.add_option("--first-seed", wishes.firstSeed, "the first picture's number");
    app.add_option("--size", o.size, "of the pictures, e.g. 1280x720; otherwise both sizes in turn");
    app.add_option("--budget-ms", o.liveMs, "what the kiosk's reader may take a frame (33)");
    app.add_option("--patient-ms", o.patientMs, "what it may take for a single picture (2000)");
    app.add_option("--jobs", wishes.jobs, "threads of --misreads")->check(CLI::Range(1, 64));
}

bool takeSize(const std::string& text, kiosk::specimen::Size& size) {
    char rest = 0;
    return std::sscanf(text.c_str(), "%dx%d%c", &size.width, &size.height, &rest) == 2 && size.width >= 320 &&
           size.height >= 240 && size.width <= 4096 && size.height <= 4096;
}

} // namespace

int main(int argc, char** argv) {
    using namespace kiosk::bench;
    Options o;
    Wishes wishes;
    CLI::App app("Reading, measured beside other decoders");
    describe(app, o, wishes);
    CLI11_PARSE(app, argc, argv);
    if (!o.size.empty() && !takeSize(o.size, wishes.size)) {
        std::cerr << "--size: from 320x240 to 4096x4096\n";
        return 1;
    }
    wishes.budgets = {std::chrono::milliseconds(o.liveMs), std::chrono::milliseconds(o.patientMs)};
    cv::setNumThreads(1);
    if (o.misreads > 0) return huntMisreads(wishes, o.misreads) ? 0 : 1;
    if (o.calibrate) measureCalibration(wishes);
    if (o.levels) measureLevels(wishes, false);
    if (o.second) measureLevels(wishes, true);
    if (!o.series.empty()) measureSeries(wishes, o.series == "all" ? "" : o.series);
    if (o.negatives) measureNegatives(wishes);
    if (o.bait) measureBait(wishes);
    if (o.sequences) measureSequences(wishes);
    if (!o.folder.empty() && !measureFolder(wishes, o.folder, o.truths)) return 1;
    return 0;
}
