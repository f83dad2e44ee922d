// What it costs that ZXing runs in a process of its own: a 1080p frame there and back, beside the same in
// this process, and a start. Target: 1 ms more at most.
#include "app/reading/zxing_process.hpp"
#include "tests/specimen/specimen.hpp"

#include <algorithm>
#include <benchmark/benchmark.h>
#include <ctime>

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

double threadMilliseconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

double millisecondsOf(const auto& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

/// The same frame by turns here and there: what else the machine does meets both alike.
void thereAndBack(benchmark::State& state) {
    reading::ZxingProcess process;
    std::vector<double> here, there;
    view();             // drawn now
    double talking = 0; // of this thread, which copies and waits
    for (auto _ : state) {
        here.push_back(millisecondsOf([] { benchmark::DoNotOptimize(reading::zxing::read(view(), quick)); }));
        const double before = threadMilliseconds();
        there.push_back(millisecondsOf([&] {
            if (!process.read(view(), quick, 10s)) state.SkipWithError("not read");
        }));
        talking += threadMilliseconds() - before;
    }
    const auto median = [](std::vector<double>& all) {
        std::ranges::sort(all);
        return all[all.size() / 2];
    };
    const double hereMedian = median(here), thereMedian = median(there); // both are sorted now
    state.counters["copy_cpu_ms"] = talking / double(there.size());
    state.counters["here_p50_ms"] = hereMedian;
    state.counters["there_p50_ms"] = thereMedian;
    state.counters["overhead_p50_ms"] = thereMedian - hereMedian;
    // what neither waiting for a busy machine nor luck explains
    state.counters["overhead_p10_ms"] = there[there.size() / 10] - here[here.size() / 10];
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
