// How long an easy frame of a card takes to become an identity, one core. Target: 50 ms at 1920 x 1080.
#include "app/identity/id_card.hpp"
#include "app/reading/reader.hpp"
#include "tests/specimen/specimen.hpp"

#include <algorithm>
#include <benchmark/benchmark.h>

namespace {

using namespace kiosk;

constexpr std::chrono::milliseconds budget(33); // as `kiosk read` has it

std::vector<Frame> easyFrames(int width, int height) {
    const auto card = specimen::drawCard(specimen::specimen(1, specimen::Layout::Card2024));
    std::vector<Frame> frames;
    for (std::uint64_t seed = 0; seed < 12; ++seed)
        frames.push_back(specimen::render(card, specimen::degraded(1, seed, width, height)));
    return frames;
}

/// A reader that has seen nothing before (the first frame of a card), or one that knows where the card is
/// held.
void frameToIdentity(benchmark::State& state, bool remembers) {
    const auto frames = easyFrames(static_cast<int>(state.range(0)), static_cast<int>(state.range(1)));
    std::vector<double> ms;
    std::size_t read = 0;
    reading::Reader known;
    for (auto _ : state) {
        const auto& frame = frames[ms.size() % frames.size()];
        reading::Reader fresh;
        const auto start = std::chrono::steady_clock::now();
        const auto found = (remembers ? known : fresh)
                               .read({frame.grey.data(), frame.width, frame.height, frame.width}, budget);
        if (!found.codes.empty()) {
            const auto& bytes = found.codes.front().bytes;
            const auto identity = id_card::parse({reinterpret_cast<const char*>(bytes.data()), bytes.size()},
                                                 {{2026, 11, 24}, true});
            read += identity.has_value();
        }
        ms.push_back(
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
    }
    std::ranges::sort(ms);
    state.counters["p50_ms"] = ms[ms.size() / 2];
    state.counters["p95_ms"] = ms[ms.size() * 95 / 100];
    state.counters["read_%"] = 100.0 * static_cast<double>(read) / static_cast<double>(ms.size());
}

BENCHMARK_CAPTURE(frameToIdentity, first, false)
    ->Args({1280, 720})
    ->Args({1920, 1080})
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(frameToIdentity, held, true)
    ->Args({1280, 720})
    ->Args({1920, 1080})
    ->Unit(benchmark::kMillisecond);

} // namespace

BENCHMARK_MAIN();
