#include "app/workers/camera_worker.hpp"

#include "app/flow/event.hpp"
#include "tests/journey/stage_camera.hpp"

#include <gtest/gtest.h>

namespace kiosk {
namespace {

using namespace std::chrono_literals;

/// The next event of a kind within `time`; others are dropped.
template <typename Kind>
bool comes(Inbox<Event>& inbox, std::chrono::milliseconds time) {
    const auto until = std::chrono::steady_clock::now() + time;
    while (std::chrono::steady_clock::now() < until) {
        if (const auto event = inbox.pop({}, 50ms); event && std::holds_alternative<Kind>(*event))
            return true;
    }
    return false;
}

/// The rule that an unmoved view is not searched must never cost a card: after a long empty time the kiosk
/// wakes, and after the card is gone it wakes again.
TEST(CameraWorker, wakesForACardAfterTheDeskWasEmptyForLongAndAgainForTheNext) {
    journey::StageCamera camera;
    camera.showNothing();
    Inbox<Event> inbox;
    CameraWorker worker(camera.address(), {}, inbox);
    ASSERT_TRUE(comes<event::CodeGone>(inbox, 20s)); // looked at the empty desk
    for (const std::uint64_t seed : {11U, 12U}) {
        EXPECT_FALSE(comes<event::CodeRead>(inbox, 4s)); // still for longer than the rule's three seconds
        camera.show(specimen::specimen(seed, specimen::Layout::Card2024));
        EXPECT_TRUE(comes<event::CodeRead>(inbox, 20s));
        camera.showNothing();
        EXPECT_TRUE(comes<event::CodeGone>(inbox, 20s));
    }
}

} // namespace
} // namespace kiosk
