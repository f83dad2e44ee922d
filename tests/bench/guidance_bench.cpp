// How often single frames call for the right cue: what the generator did to them against what guidance says,
// and the time a 1080p frame takes. Target: 90 % of each row on the diagonal (ux.md U13), 1.5 ms. Usage:
// guidance_bench [FRAMES] [FIRST-SEED]; thresholds were chosen on seeds below 1000.
#include "app/reading/guidance.hpp"
#include "tests/specimen/corpus.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>

namespace {

using namespace kiosk;
using reading::Cue;

constexpr std::array names = {"nothing",  "closer", "farther", "hold still", "tilt",
                              "brighter", "darker", "whole",   "other side"};
constexpr std::array labels = {specimen::Cue::None,   specimen::Cue::TooFar, specimen::Cue::TooClose,
                               specimen::Cue::Moving, specimen::Cue::Glare,  specimen::Cue::Dark,
                               specimen::Cue::Bright, specimen::Cue::CutOff, specimen::Cue::WrongSide};
using Row = std::array<int, names.size()>;

std::size_t column(std::optional<Cue> cue) { return cue ? static_cast<std::size_t>(*cue) + 1 : 0; }

std::optional<Cue> callOf(const Frame& frame) {
    return reading::judge(
        reading::Guidance().measure({frame.grey.data(), frame.width, frame.height, frame.width}, {}));
}

void print(const char* name, const Row& row) {
    int all = 0;
    for (const int n : row) all += n;
    std::printf("%-12s", name);
    for (const int n : row) std::printf("%11.1f", 100.0 * n / std::max(1, all));
    std::printf("\n");
}

double threadMilliseconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

void printTimes(std::uint64_t seed) {
    std::vector<double> ms;
    reading::Guidance guidance;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const auto frame = specimen::cueSample(labels[i], seed + i, {1920, 1080}).frame;
        for (int k = 0; k < 30; ++k) {
            const auto start = threadMilliseconds();
            guidance.look({frame.grey.data(), frame.width, frame.height, frame.width}, {},
                          std::chrono::milliseconds(33 * static_cast<int>(ms.size())));
            ms.push_back(threadMilliseconds() - start);
        }
    }
    std::ranges::sort(ms);
    std::printf("1920 x 1080, ms of this thread: p50 %.2f, p95 %.2f\n", ms[ms.size() / 2],
                ms[ms.size() * 95 / 100]);
}

} // namespace

int main(int argc, char** argv) {
    const int frames = argc > 1 ? std::atoi(argv[1]) : 200;
    const auto first = static_cast<std::uint64_t>(argc > 2 ? std::atoi(argv[2]) : 1000);
    std::printf("%% of %d frames from seed %d\n%-12s", frames, static_cast<int>(first), "is \\ said");
    for (const auto* name : names) std::printf("%11s", name);
    std::printf("\n");
    for (std::size_t i = 0; i < labels.size(); ++i) {
        Row row{};
        for (std::uint64_t seed = first; seed < first + static_cast<std::uint64_t>(frames); ++seed)
            ++row[column(callOf(specimen::cueSample(labels[i], seed).frame))];
        print(names[i], row);
    }
    // Not labelled: what is said of frames with everything a little wrong, and of frames without a card.
    for (const int level : {1, 2, 3, 4}) {
        Row row{};
        for (std::uint64_t seed = first; seed < first + static_cast<std::uint64_t>(frames); ++seed)
            ++row[column(callOf(specimen::sample(level, seed).frame))];
        print(("level " + std::to_string(level)).c_str(), row);
    }
    Row nobody{};
    const auto card = specimen::corpusCard(first).card;
    for (std::uint64_t seed = first; seed < first + static_cast<std::uint64_t>(frames); ++seed) {
        auto params = specimen::degraded(2, seed);
        params.card = false;
        ++nobody[column(callOf(specimen::render(card, params)))];
    }
    print("backdrop", nobody);
    printTimes(first);
    return 0;
}
