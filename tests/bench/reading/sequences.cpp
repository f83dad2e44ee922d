#include "tests/bench/reading/runs.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <iostream>
#include <optional>

namespace kiosk::bench {
namespace {

constexpr int frames = 90; // three seconds
constexpr double frameMs = 1000 * specimen::Video::interval;

/// One decoder watching one video: it takes the newest frame whenever it has finished with the one before.
class Watcher {
public:
    explicit Watcher(const Contestant& contestant) : decoder_(contestant.fresh()) {}

    void see(int frame, const specimen::Sample& sample) {
        if (knownAt_ || frame * frameMs < busyUntil_) return; // busy: this frame is lost
        const reading::GreyView view{sample.frame.grey.data(), sample.frame.width, sample.frame.height,
                                     sample.frame.width};
        const double start = threadMilliseconds();
        const auto codes = decoder_->read(view, false);
        busyUntil_ = frame * frameMs + threadMilliseconds() - start;
        if (codes.empty()) return;
        knownAt_ = busyUntil_;
        knownFrame_ = frame;
        const std::string text(codes.front().begin(), codes.front().end());
        misread_ = text != sample.payload && text != sample.otherPayload;
    }
    std::optional<double> knownAt() const { return misread_ ? std::nullopt : knownAt_; } // ms
    int knownFrame() const { return knownFrame_; }
    bool misread() const { return misread_; }

private:
    std::unique_ptr<Decoder> decoder_;
    double busyUntil_ = 0;
    std::optional<double> knownAt_;
    int knownFrame_ = 0;
    bool misread_ = false;
};

struct Summary {
    std::vector<double> waits; // ms from the card being there to its payload being known
    std::vector<int> knownFrames;
    int misread = 0;
};

std::string quantile(std::vector<double> values, double share, std::size_t of) {
    // Videos never read count as infinitely late.
    std::ranges::sort(values);
    const auto rank = static_cast<std::size_t>(share * double(of));
    return rank < values.size() ? fmt::format("{:.0f}", values[rank]) : "never";
}

struct Race {
    std::vector<Summary> summaries;
    int videos = 0, oursInTime = 0, anyRead = 0;
};

/// All contestants watch one video; ours, the first, is compared with the first of all to read.
void watch(Race& race, const specimen::Video& video, const std::vector<Contestant>& all) {
    std::vector<Watcher> watchers;
    for (const auto& one : all) watchers.emplace_back(one);
    std::optional<int> there;
    for (int i = 0; i < frames; ++i) {
        const auto sample = video.frame(i);
        if (!there && !sample.payload.empty()) there = i;
        for (auto& watcher : watchers) watcher.see(i, sample);
        if (std::ranges::all_of(watchers, [](const auto& w) { return w.knownAt().has_value(); })) break;
    }
    ++race.videos;
    std::optional<double> first;
    for (std::size_t k = 0; k < watchers.size(); ++k) {
        const auto known = watchers[k].knownAt();
        race.summaries[k].misread += watchers[k].misread();
        if (!known) continue;
        race.summaries[k].waits.push_back(std::max(0.0, *known - there.value_or(0) * frameMs));
        race.summaries[k].knownFrames.push_back(watchers[k].knownFrame());
        if (!first || *known < *first) first = known;
    }
    race.anyRead += first.has_value();
    race.oursInTime += first && watchers[0].knownAt() && *watchers[0].knownAt() <= *first + 100;
}

} // namespace

void measureSequences(const Wishes& wishes) {
    const auto all = contestants(wishes.budgets);
    const std::pair<specimen::Video::Kind, const char*> kinds[] = {
        {specimen::Video::Kind::Level3, "level 3"},
        {specimen::Video::Kind::Level4, "level 4"},
        {specimen::Video::Kind::HardMix, "hard mix"}};
    for (const auto& [kind, name] : kinds) {
        Race race;
        race.summaries.resize(all.size());
        const auto size = wishes.size.width > 0 ? wishes.size : specimen::Size{1280, 720};
        for (int i = 0; i < wishes.count; ++i)
            watch(race, specimen::Video(kind, wishes.firstSeed + static_cast<std::uint64_t>(i), size), all);
        std::cout << fmt::format("\n### Videos of {} frames at 30 a second, {}\n\n", frames, name)
                  << "| decoder | known in time, % | misread | from card to identity, ms p50 | p95 | first "
                     "known in frame, median |\n"
                     "|---|---|---|---|---|---|\n";
        for (std::size_t k = 0; k < all.size(); ++k) {
            auto& s = race.summaries[k];
            std::ranges::sort(s.knownFrames);
            std::cout << fmt::format(
                "| {} | {:.0f} | {} | {} | {} | {} |\n", all[k].name,
                100.0 * double(s.waits.size()) / race.videos, s.misread,
                quantile(s.waits, 0.5, static_cast<std::size_t>(race.videos)),
                quantile(s.waits, 0.95, static_cast<std::size_t>(race.videos)),
                s.knownFrames.empty() ? "–" : std::to_string(s.knownFrames[s.knownFrames.size() / 2]));
        }
        std::cout << fmt::format(
            "\n{} knows the card at most 100 ms after the first of all in {} of {} videos that any reads.\n",
            all[0].name, race.oursInTime, race.anyRead);
        std::cout.flush();
    }
}

} // namespace kiosk::bench
