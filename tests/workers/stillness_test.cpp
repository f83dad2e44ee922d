#include "app/workers/stillness.hpp"

#include "tests/specimen/specimen.hpp"

#include <gtest/gtest.h>

namespace kiosk {
namespace {

using namespace std::chrono_literals;

class StillnessTest : public ::testing::Test {
protected:
    /// One picture `later` than the last.
    bool look(const Frame& frame, std::chrono::milliseconds later = 500ms) {
        now_ += later;
        return stillness_.isStill(frame, now_);
    }
    /// Two pictures a second, as on the welcome screen, for `time`: was any of them searched?
    bool searched(const Frame& frame, std::chrono::milliseconds time) {
        bool any = false;
        for (auto t = 0ms; t < time; t += 500ms) any = !look(frame) || any;
        return any;
    }
    static Frame flat(std::uint8_t grey, int width = 640, int height = 480) {
        Frame frame;
        frame.width = width;
        frame.height = height;
        frame.grey.assign(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), grey);
        return frame;
    }
    static Frame view(specimen::RenderParams params) {
        static const auto card = specimen::specimen(11, specimen::Layout::Card2024);
        params.noise = 3;
        return specimen::render(card, params);
    }
    /// The same empty desk; each moment has noise of its own.
    static Frame desk(std::uint64_t moment) {
        specimen::RenderParams params;
        params.card = false;
        params.moment = moment;
        return view(params);
    }

    Stillness stillness_;
    Stillness::Time now_{100s};
};

TEST_F(StillnessTest, anEmptyDeskIsSearchedForThreeSecondsAndThenNoMore) {
    const auto frame = flat(90);
    for (int i = 0; i < 7; ++i) EXPECT_FALSE(look(frame)) << i; // the first, and up to exactly 3 s after it
    EXPECT_TRUE(look(frame, 1ms));
    EXPECT_FALSE(searched(frame, 60s));
}

TEST_F(StillnessTest, aCamerasNoiseIsNoMovement) {
    look(desk(1));
    look(desk(2), 3100ms);
    for (std::uint64_t moment = 3; moment < 20; ++moment) EXPECT_TRUE(look(desk(moment))) << moment;
}

TEST_F(StillnessTest, aCardHeldUpIsSearchedAtOnceAndForThreeSeconds) {
    for (const double share : {0.62, 0.3, 0.15}) { // near to far
        look(desk(1));
        ASSERT_TRUE(look(desk(2), 3100ms));
        specimen::RenderParams params;
        params.cardShare = share;
        const auto held = view(params);
        EXPECT_FALSE(look(held)) << share;
        EXPECT_FALSE(look(held, 3s)) << share;
        EXPECT_TRUE(look(held, 1ms)) << share;
    }
}

TEST_F(StillnessTest, aCardMovedALittleIsSearchedAgain) {
    specimen::RenderParams params;
    look(view(params));
    ASSERT_TRUE(look(view(params), 3100ms));
    params.x += 0.03;
    EXPECT_FALSE(look(view(params)));
}

/// A light that grows by less than the threshold from picture to picture must not hide what it brings.
TEST_F(StillnessTest, aSlowChangeAddsUp) {
    look(flat(90));
    ASSERT_TRUE(look(flat(90), 3100ms));
    EXPECT_TRUE(look(flat(93)));
    EXPECT_TRUE(look(flat(95)));
    EXPECT_FALSE(look(flat(96)));
}

TEST_F(StillnessTest, anotherSizeOfPictureOfTheSameViewIsNoMovement) {
    look(flat(90));
    ASSERT_TRUE(look(flat(90), 3100ms));
    EXPECT_TRUE(look(flat(90, 1920, 1080)));
}

TEST_F(StillnessTest, aPictureSmallerThanTheGridIsTakenToo) {
    look(flat(90, 7, 5));
    EXPECT_TRUE(look(flat(90, 7, 5), 3100ms));
    EXPECT_FALSE(look(flat(120, 7, 5)));
}

} // namespace
} // namespace kiosk
