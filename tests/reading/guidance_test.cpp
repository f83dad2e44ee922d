// What a person is told while the card does not read: right for each kind of trouble, and steady.
#include "app/reading/guidance.hpp"

#include "tests/specimen/corpus.hpp"

#include <gmock/gmock.h>

namespace kiosk::reading {
namespace {

using namespace std::chrono_literals;
using testing::Optional;

constexpr std::uint64_t firstSeed = 5000; // thresholds were chosen on seeds below 1000
constexpr int framesEach = 20;

GreyView viewOf(const Frame& f) { return {f.grey.data(), f.width, f.height, f.width}; }

std::optional<Cue> callOf(const Frame& frame) { return judge(Guidance().measure(viewOf(frame), {})); }

struct Labelled {
    const char* name;
    specimen::Cue is;
    std::optional<Cue> said;
};
void PrintTo(const Labelled& l, std::ostream* out) { *out << l.name; }

class EachCue : public testing::TestWithParam<Labelled> {};

TEST_P(EachCue, IsRightInNineOfTenFrames) {
    int right = 0;
    for (std::uint64_t seed = firstSeed; seed < firstSeed + framesEach; ++seed)
        right += callOf(specimen::cueSample(GetParam().is, seed, {1280, 720}).frame) == GetParam().said;
    EXPECT_GE(right, framesEach * 9 / 10);
}

INSTANTIATE_TEST_SUITE_P(Frames, EachCue,
                         testing::Values(Labelled{"Nothing", specimen::Cue::None, std::nullopt},
                                         Labelled{"Closer", specimen::Cue::TooFar, Cue::Closer},
                                         Labelled{"Farther", specimen::Cue::TooClose, Cue::Farther},
                                         Labelled{"HoldStill", specimen::Cue::Moving, Cue::HoldStill},
                                         Labelled{"TiltFromLight", specimen::Cue::Glare, Cue::TiltFromLight},
                                         Labelled{"Brighter", specimen::Cue::Dark, Cue::Brighter},
                                         Labelled{"Darker", specimen::Cue::Bright, Cue::Darker},
                                         Labelled{"WholeCode", specimen::Cue::CutOff, Cue::WholeCode},
                                         Labelled{"OtherSide", specimen::Cue::WrongSide, Cue::OtherSide}),
                         [](const auto& test) { return test.param.name; });

specimen::Sample easy(std::uint64_t seed) {
    return specimen::cueSample(specimen::Cue::None, seed, {1280, 720});
}

/// A frame of an easy sample whose card is moved by `px` to the right.
Frame moved(std::uint64_t seed, double px, double exposure = 1) {
    auto sample = easy(seed);
    sample.params.x += px / sample.params.width;
    sample.params.light *= exposure;
    return specimen::render(specimen::corpusCard(seed).card, sample.params);
}

TEST(Guidance, SeesMotionBetweenFramesThatAreSharpThemselves) {
    for (const std::uint64_t seed : {firstSeed, firstSeed + 1, firstSeed + 2}) {
        Guidance guidance;
        guidance.measure(viewOf(moved(seed, 0)), {});
        EXPECT_EQ(judge(guidance.measure(viewOf(moved(seed, 1.5)), {})), std::nullopt) << "a hand's tremble";
        EXPECT_EQ(judge(guidance.measure(viewOf(moved(seed, 25)), {})), Cue::HoldStill);
        EXPECT_EQ(judge(guidance.measure(viewOf(moved(seed, 25)), {})), std::nullopt);
        EXPECT_EQ(judge(guidance.measure(viewOf(moved(seed, 25, 0.9)), {})), std::nullopt)
            << "flickering light is no motion";
    }
}

TEST(Guidance, BelievesASightingMoreThanTexture) {
    const auto sample = easy(firstSeed);
    Sighting sighting;
    for (std::size_t i = 0; i < 4; ++i)
        sighting.corners[i] = {sample.place.corners[i].x, sample.place.corners[i].y};
    sighting.modulePx = 1.2F; // whatever the picture shows
    EXPECT_EQ(judge(Guidance().measure(viewOf(sample.frame), sighting)), Cue::Closer);
    sighting.modulePx = float(sample.place.modulePx);
    EXPECT_EQ(judge(Guidance().measure(viewOf(sample.frame), sighting)), std::nullopt);
    for (auto& corner : sighting.corners) corner.x -= sighting.corners[0].x + 20;
    EXPECT_TRUE(Guidance().measure(viewOf(sample.frame), sighting).cut);
}

TEST(Guidance, IsSilentAboutWhatWasRead) {
    const auto dark = specimen::cueSample(specimen::Cue::Dark, firstSeed, {1280, 720});
    EXPECT_EQ(callOf(dark.frame), Cue::Brighter);
    Sighting sighting{.decoded = true};
    for (std::size_t i = 0; i < 4; ++i)
        sighting.corners[i] = {dark.place.corners[i].x, dark.place.corners[i].y};
    EXPECT_EQ(judge(Guidance().measure(viewOf(dark.frame), sighting)), std::nullopt);
}

TEST(Guidance, SurvivesFramesAndSightingsOfAnySize) {
    const std::vector<std::uint8_t> pixels(std::size_t{640} * 480, 90);
    Guidance guidance;
    for (const auto& view :
         {GreyView{}, GreyView{nullptr, 100, 100, 100}, GreyView{pixels.data(), -5, 10, 10},
          GreyView{pixels.data(), 1, 4096, 1}, GreyView{pixels.data(), 4096, 1, 4096},
          GreyView{pixels.data(), 64, 64, 64}, GreyView{pixels.data(), 65, 67, 66},
          GreyView{pixels.data(), 4000, 64, 4000}, GreyView{pixels.data(), 640, 480, 640}}) {
        EXPECT_FALSE(guidance.measure(view, {}).codeLike);
        EXPECT_EQ(judge(guidance.measure(view, {})), std::nullopt);
        for (const float far : {0.F, 1e9F, -1e9F, 300.F}) {
            const Sighting sighting{{{far, far}, {0, 0}, {far, 5}, {-far, far}}, 0, false};
            guidance.measure(view, sighting);
        }
    }
}

/// Frames at 30 a second from `from` on; what is shown after the last.
std::optional<Cue> feed(Steadier& steadier, std::optional<Cue> call, std::chrono::milliseconds& now,
                        std::chrono::milliseconds duration) {
    std::optional<Cue> shown;
    for (const auto end = now + duration; now < end; now += 33ms) shown = steadier.add(call, now);
    return shown;
}

TEST(Steadier, ShowsNothingBeforeFramesAgree) {
    Steadier steadier;
    auto now = 10'000ms;
    EXPECT_EQ(feed(steadier, Cue::Closer, now, 400ms), std::nullopt);
    EXPECT_EQ(feed(steadier, Cue::Closer, now, 400ms), Cue::Closer);
}

TEST(Steadier, IsNotSwayedBySingleFrames) {
    Steadier steadier;
    auto now = 0ms;
    feed(steadier, Cue::Closer, now, 3000ms);
    for (int i = 0; i < 60; ++i) {
        EXPECT_THAT(feed(steadier, i % 3 == 0 ? std::optional(Cue::HoldStill) : Cue::Closer, now, 33ms),
                    Optional(Cue::Closer));
    }
}

TEST(Steadier, KeepsACueForAtLeastOneAndAHalfSeconds) {
    Steadier steadier;
    std::optional<Cue> shown;
    std::chrono::milliseconds since = 0ms, now = 0ms;
    int changes = 0;
    for (int i = 0; i < 3000; ++i, now += 33ms) { // what frames call for changes every 0.3 to 4 s
        const auto call = static_cast<std::size_t>(i / (9 + (i / 200) * 8)) % (cueCount + 1);
        const auto next =
            steadier.add(call < cueCount ? std::optional(static_cast<Cue>(call)) : std::nullopt, now);
        if (next == shown) continue;
        EXPECT_TRUE(!shown || now - since >= 1500ms);
        shown = next;
        since = now;
        ++changes;
    }
    EXPECT_GT(changes, 10);
}

TEST(Steadier, GoesSilentWhenNothingIsWrongAnyMore) {
    Steadier steadier;
    auto now = 0ms;
    EXPECT_EQ(feed(steadier, Cue::Darker, now, 3000ms), Cue::Darker);
    EXPECT_EQ(feed(steadier, std::nullopt, now, 3000ms), std::nullopt);
}

TEST(Guidance, TellsOneThingThroughAWholeSequence) {
    Guidance guidance;
    const auto glare = specimen::cueSample(specimen::Cue::Glare, firstSeed, {1280, 720});
    auto now = 0ms;
    std::optional<Cue> shown;
    for (int i = 0; i < 40; ++i, now += 33ms) shown = guidance.look(viewOf(glare.frame), {}, now);
    EXPECT_EQ(shown, Cue::TiltFromLight);
}

} // namespace
} // namespace kiosk::reading
