// Controls against models of the cameras that offices have.
#include "drivers/v4l2/v4l2_controls.hpp"

#include <functional>
#include <gmock/gmock.h>
#include <linux/videodev2.h>
#include <map>
#include <set>
#include <stdexcept>

namespace kiosk::v4l2 {
namespace {

/// A camera's controls as the UVC driver shows them: automatic modes govern values, which then refuse.
class ModelCamera final : public ControlDevice {
public:
    struct Knob {
        ControlRange range;
        std::int64_t value = 0;
        std::set<std::int64_t> menu;
        bool broken = false;                            // every write fails
        std::optional<std::int64_t> stuckAt;            // writes succeed and do nothing
        std::function<bool(const ModelCamera&)> locked; // the automatic that governs it is on
    };
    std::map<std::uint32_t, Knob> knobs;
    std::vector<std::uint32_t> writes;

    std::optional<ControlRange> query(std::uint32_t id) override {
        const auto it = knobs.find(id);
        if (it == knobs.end()) return std::nullopt;
        return it->second.range;
    }
    bool hasMenuItem(std::uint32_t id, std::int64_t value) override {
        return knobs.at(id).menu.contains(value);
    }
    bool set(std::uint32_t id, std::int64_t value) override {
        auto& knob = knobs.at(id);
        writes.push_back(id);
        const auto& r = knob.range;
        if (value < r.least || value > r.most || (value - r.least) % r.step != 0) {
            ADD_FAILURE() << "a value the kernel would have to bend: " << value;
            return false;
        }
        if (knob.broken || (knob.locked && knob.locked(*this))) return false;
        knob.value = knob.stuckAt.value_or(value);
        return true;
    }
    std::optional<std::int64_t> get(std::uint32_t id) override { return knobs.at(id).value; }
};

/// A common webcam with autofocus, left by another program in a state that reads no card.
ModelCamera webcam() {
    ModelCamera c;
    const auto is = [](std::uint32_t id, std::int64_t value) {
        return [=](const ModelCamera& m) { return m.knobs.at(id).value == value; };
    };
    c.knobs[V4L2_CID_POWER_LINE_FREQUENCY] = {{0, 2, 1, 2}, 2, {0, 1, 2}};
    c.knobs[V4L2_CID_FOCUS_AUTO] = {{0, 1, 1, 1}, 0};
    c.knobs[V4L2_CID_FOCUS_ABSOLUTE] = {{0, 250, 5, 0}, 0, {}, false, {}, is(V4L2_CID_FOCUS_AUTO, 1)};
    c.knobs[V4L2_CID_EXPOSURE_AUTO] = {{0, 3, 1, 3}, 1, {1, 3}};
    c.knobs[V4L2_CID_EXPOSURE_AUTO_PRIORITY] = {{0, 1, 1, 0}, 1};
    c.knobs[V4L2_CID_EXPOSURE_ABSOLUTE] = {
        {3, 2047, 1, 250}, 2047, {}, false, {}, is(V4L2_CID_EXPOSURE_AUTO, 3)};
    c.knobs[V4L2_CID_GAIN] = {{0, 255, 1, 0}, 60};
    c.knobs[V4L2_CID_BACKLIGHT_COMPENSATION] = {{0, 1, 1, 0}, 1};
    c.knobs[V4L2_CID_SHARPNESS] = {{0, 255, 1, 128}, 255};
    return c;
}

const ControlReport& find(const std::vector<ControlReport>& reports, const std::string& name) {
    for (const auto& r : reports)
        if (r.name == name) return r;
    throw std::runtime_error("no report of " + name);
}

TEST(Controls, TheDefaultIsTheCamerasAutomaticWithoutFlickerAndAtFullRate) {
    auto camera = webcam();
    const auto reports = applyControls(camera, {});
    EXPECT_EQ(camera.knobs[V4L2_CID_POWER_LINE_FREQUENCY].value, V4L2_CID_POWER_LINE_FREQUENCY_50HZ);
    EXPECT_EQ(camera.knobs[V4L2_CID_FOCUS_AUTO].value, 1);
    EXPECT_EQ(camera.knobs[V4L2_CID_EXPOSURE_AUTO].value, V4L2_EXPOSURE_APERTURE_PRIORITY);
    EXPECT_EQ(camera.knobs[V4L2_CID_EXPOSURE_AUTO_PRIORITY].value, 0);
    EXPECT_EQ(camera.knobs[V4L2_CID_SHARPNESS].value, 128) << "what another program left is undone";
    EXPECT_EQ(camera.knobs[V4L2_CID_BACKLIGHT_COMPENSATION].value, 0);
    for (const auto& r : reports) EXPECT_EQ(r.problem, "") << r.name;
    EXPECT_FALSE(find(reports, "gain automatic").offered);
    EXPECT_FALSE(find(reports, "focus").wanted);
    EXPECT_EQ(find(reports, "exposure").most, 2047);
}

TEST(Controls, AutomaticIsSwitchedOffBeforeAValueIsSet) {
    auto camera = webcam();
    camera.knobs[V4L2_CID_FOCUS_AUTO].value = 1;
    camera.knobs[V4L2_CID_EXPOSURE_AUTO].value = 3;
    CameraSettings settings;
    settings.focus = 35;
    settings.exposure = 80;
    settings.gain = 40;
    const auto reports = applyControls(camera, settings);
    EXPECT_EQ(camera.knobs[V4L2_CID_FOCUS_ABSOLUTE].value, 35);
    EXPECT_EQ(camera.knobs[V4L2_CID_EXPOSURE_ABSOLUTE].value, 80);
    EXPECT_EQ(camera.knobs[V4L2_CID_GAIN].value, 40);
    for (const auto& r : reports) EXPECT_EQ(r.problem, "") << r.name;
    EXPECT_EQ(find(reports, "focus").real, 35);
}

TEST(Controls, WhatTheCameraDoesNotReachIsSetNearestAndSaid) {
    auto camera = webcam();
    CameraSettings settings;
    settings.focus = 4000;
    settings.exposure = 1;
    settings.sharpness = 200;
    const auto reports = applyControls(camera, settings);
    EXPECT_EQ(find(reports, "focus").wanted, 4000);
    EXPECT_EQ(find(reports, "focus").real, 250);
    EXPECT_EQ(find(reports, "focus").problem, "outside of what the camera offers");
    EXPECT_EQ(find(reports, "exposure").real, 3);
    EXPECT_EQ(find(reports, "sharpness").problem, "");
    settings.focus = 33; // between two steps
    EXPECT_EQ(find(applyControls(camera, settings), "focus").real, 30);
}

TEST(Controls, ACameraThatRefusesLiesOrLacksIsReportedAndUsed) {
    auto camera = webcam();
    camera.knobs[V4L2_CID_FOCUS_AUTO].stuckAt = 0;
    camera.knobs[V4L2_CID_SHARPNESS].broken = true;
    camera.knobs[V4L2_CID_EXPOSURE_AUTO].menu = {1};
    camera.knobs.erase(V4L2_CID_POWER_LINE_FREQUENCY);
    const auto reports = applyControls(camera, {});
    EXPECT_EQ(find(reports, "focus automatic").problem, "the camera chose another value");
    EXPECT_EQ(find(reports, "focus automatic").real, 0);
    EXPECT_EQ(find(reports, "sharpness").problem, "refused by the camera");
    EXPECT_EQ(find(reports, "exposure mode").problem, "the camera does not have this choice");
    EXPECT_FALSE(find(reports, "mains frequency").offered);
}

TEST(Controls, AFixedFocusCameraWithNothingToSetIsFine) {
    ModelCamera camera;
    for (const auto& r : applyControls(camera, {})) {
        EXPECT_FALSE(r.offered);
        EXPECT_EQ(r.problem, "");
    }
    EXPECT_TRUE(camera.writes.empty());
}

} // namespace
} // namespace kiosk::v4l2
