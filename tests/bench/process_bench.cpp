// What it costs that ZXing runs in a process of its own: a 1080p frame there and back, beside the same in
// this process, and a start. Target: 1 ms more at most.
#include "app/reading/zxing_process.hpp"
#include "tests/specimen/specimen.hpp"

#include <algorithm>
#include <benchmark/benchmark.h>

namespace {

using namespace kiosk;
using namespace std::chrono_literals;

const Frame& frame() {
    static const Frame made = [] {
        specimen::RenderParams params;
        params.width = 1920;
        params.height = 1080;
        return specimen::render(specimen::specimen(1, specimen::Layout::Card2024), params);
    }();
    return made;
}

reading::GreyView view() { return {frame().grey.data(), frame().width, frame().height, frame().width}; }

constexpr reading::zxing::Options quick{reading::zxing::Threshold::Global, false, false};

double millisecondsOf(const auto& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

/// The same frame by turns here and there: what else the machine does meets both alike.
void thereAndBack(benchmark::State& state) {
    reading::ZxingProcess process;
    std::vector<double> here, there;
    view(); // drawn now
    for (auto _ : state) {
        here.push_back(millisecondsOf([] { benchmark::DoNotOptimize(reading::zxing::read(view(), quick)); }));
        there.push_back(millisecondsOf([&] {
            if (!process.read(view(), quick, 10s)) state.SkipWithError("not read");
        }));
    }
    const auto median = [](std::vector<double>& all) {
        std::ranges::sort(all);
        return all[all.size() / 2];
    };
    const double hereMedian = median(here), thereMedian = median(there);
    state.counters["here_p50_ms"] = hereMedian;
    state.counters["there_p50_ms"] = thereMedian;
    state.counters["overhead_ms"] = thereMedian - hereMedian;
}

/// From nothing to the first answer.
void start(benchmark::State& state) {
    const auto whole = view();
    const reading::GreyView part{whole.pixels, 32, 32, whole.stride};
    for (auto _ : state) {
        reading::ZxingProcess process;
        if (!process.read(part, quick, 10s)) state.SkipWithError("not read");
    }
}

BENCHMARK(thereAndBack)->Iterations(300)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(start)->Unit(benchmark::kMillisecond)->UseRealTime();

} // namespace

BENCHMARK_MAIN();
