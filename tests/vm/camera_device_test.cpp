// The camera driver on kernel devices: vivid, which can be unplugged and wedged, and v4l2loopback for MJPEG.
// Built with all tests, run by tests/vm/run.sh only: it needs these devices and must not touch real ones.
#include "drivers/camera.hpp"
#include "drivers/descriptor.hpp"
#include "drivers/v4l2/v4l2_camera.hpp"
#include "tests/specimen/specimen.hpp"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <linux/videodev2.h>
#include <numeric>
#include <sys/ioctl.h>
#include <thread>

namespace kiosk {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;
using testing::AnyOf;
using testing::HasSubstr;

std::string nodeOf(const std::string& driver) {
    for (int i = 0; i < 16; ++i) {
        const auto node = "/dev/video" + std::to_string(i);
        const Descriptor fd(::open(node.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC));
        v4l2_capability about{};
        if (fd.isOpen() && ::ioctl(fd.get(), VIDIOC_QUERYCAP, &about) == 0 &&
            driver == reinterpret_cast<const char*>(about.driver))
            return node;
    }
    return {};
}

/// Sets a control of vivid's own by its name, from outside, while the driver streams.
bool setByName(const std::string& node, const std::string& name, int value) {
    const Descriptor fd(::open(node.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC));
    v4l2_queryctrl about{};
    about.id = V4L2_CTRL_FLAG_NEXT_CTRL;
    for (; ::ioctl(fd.get(), VIDIOC_QUERYCTRL, &about) == 0; about.id |= V4L2_CTRL_FLAG_NEXT_CTRL)
        if (name == reinterpret_cast<const char*>(about.name)) {
            v4l2_control wish{about.id, value};
            return ::ioctl(fd.get(), VIDIOC_S_CTRL, &wish) == 0;
        }
    return false;
}

double meanOf(const Frame& f, int fromX, int toX) {
    double sum = 0;
    for (int x = fromX; x < toX; ++x) // a row above the text that vivid writes into the picture's corner
        sum += f.grey[static_cast<std::size_t>(f.height - 2) * static_cast<std::size_t>(f.width) +
                      static_cast<std::size_t>(x)];
    return sum / (toX - fromX);
}

/// Frames until `count` came; the error that ended it, if any.
std::optional<Code> take(Camera& camera, int count, Clock::duration limit = 60s) {
    const auto until = Clock::now() + limit;
    while (count > 0 && Clock::now() < until) {
        const auto frame = camera.next(500ms);
        if (frame)
            --count;
        else if (frame.error().code != Code::PictureUnreadable)
            return frame.error().code;
    }
    return count == 0 ? std::nullopt : std::optional(Code::PictureUnreadable);
}

/// How long the driver takes to say that the camera is lost.
Clock::duration timeToNotice(Camera& camera) {
    const auto since = Clock::now();
    while (Clock::now() - since < 30s) {
        const auto frame = camera.next(200ms);
        if (!frame && frame.error().code == Code::CameraLost) return Clock::now() - since;
    }
    return Clock::duration::max();
}

std::vector<std::string> filesOpenForWriting() {
    std::vector<std::string> files;
    for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
        std::error_code gone;
        const auto target = std::filesystem::read_symlink(entry.path(), gone).string();
        if (target.starts_with("/") && !target.starts_with("/dev/") && !target.starts_with("/proc/"))
            files.push_back(target);
    }
    return files;
}

class Vivid : public testing::Test {
protected:
    Vivid() : node(nodeOf("vivid")) {}
    void SetUp() override { ASSERT_NE(node, "") << "vivid is loaded"; }
    void TearDown() override {
        setByName(node, "Percentage of Dropped Buffers", 0);
        bind("bind"); // fails when it still is
    }
    static void bind(const std::string& how) {
        std::ofstream("/sys/bus/platform/drivers/vivid/" + how) << "vivid.0" << std::flush;
    }

    std::string node;
};

TEST_F(Vivid, IsFoundByItselfInItsBestMode) {
    auto camera = openCamera("");
    ASSERT_TRUE(camera) << camera.error().detail;
    std::cout << (*camera)->description() << '\n';
    EXPECT_THAT((*camera)->description(), HasSubstr("1920 x 1080 YUYV (" + node + ")"));
    EXPECT_FALSE((*camera)->isPictures());
    ASSERT_EQ(take(**camera, 3), std::nullopt);
    EXPECT_THAT(filesOpenForWriting(), testing::IsEmpty()) << "no frame touches the disk";
    EXPECT_EQ(openCamera(node).error().code, Code::CameraBusy) << "one program at a time";
}

TEST_F(Vivid, DeliversEveryRawFormat) {
    for (const std::string format : {"YUYV", "UYVY", "NV12", "GREY", "Y10", "Y12", "Y16"}) {
        CameraSettings settings;
        settings.format = format;
        auto camera = openCamera(node, settings);
        ASSERT_TRUE(camera) << format << ": " << camera.error().detail;
        EXPECT_THAT((*camera)->description(), HasSubstr(" " + format + " "));
        Result<Frame> frame = (*camera)->next(10s);
        ASSERT_TRUE(frame) << format << ": " << frame.error().detail;
        EXPECT_EQ(frame->grey.size(), std::size_t(frame->width) * std::size_t(frame->height));
        // Colour bars, from white to black.
        const int bar = frame->width / 8;
        EXPECT_GT(meanOf(*frame, bar / 4, bar / 2), 150) << format;
        EXPECT_LT(meanOf(*frame, 7 * bar + bar / 4, 7 * bar + bar / 2), 40) << format;
        const bool grey = format == "GREY" || format.starts_with("Y1");
        ASSERT_EQ(frame->rgb.empty(), grey) << format;
        if (grey) continue;
        const auto* red = &frame->rgb[3 * (std::size_t(frame->height - 2) * std::size_t(frame->width) +
                                           std::size_t(5 * bar + bar / 2))];
        EXPECT_GT(red[0], 150) << format << ": the sixth bar is red";
        EXPECT_LT(red[1], 60) << format;
        EXPECT_LT(red[2], 60) << format;
    }
}

TEST_F(Vivid, ControlsAreSetAndReadBack) {
    const auto find = [](const Camera& camera, const std::string& name) {
        for (const auto& c : camera.controls())
            if (c.name == name) return c;
        return ControlReport{};
    };
    CameraSettings settings;
    settings.gain = 77;
    {
        auto camera = openCamera(node, settings);
        ASSERT_TRUE(camera);
        EXPECT_EQ(find(**camera, "gain automatic").real, 0);
        EXPECT_EQ(find(**camera, "gain").real, 77);
        EXPECT_EQ(find(**camera, "gain").problem, "");
        EXPECT_FALSE(find(**camera, "focus automatic").offered) << "vivid has no lens";
    }
    settings.gain = 4000;
    auto camera = openCamera(node, settings);
    ASSERT_TRUE(camera);
    const auto gain = find(**camera, "gain");
    EXPECT_EQ(gain.wanted, 4000);
    EXPECT_EQ(gain.real, gain.most);
    EXPECT_EQ(gain.problem, "outside of what the camera offers");
    camera->reset();
    camera = openCamera(node);
    ASSERT_TRUE(camera);
    EXPECT_EQ(find(**camera, "gain automatic").real, 1) << "automatic again";
}

TEST_F(Vivid, AWedgedStreamIsNoticedAndReopened) {
    auto camera = openCamera(node);
    ASSERT_TRUE(camera);
    ASSERT_EQ(take(**camera, 3), std::nullopt);
    ASSERT_TRUE(setByName(node, "Percentage of Dropped Buffers", 100));
    const auto noticed = timeToNotice(**camera);
    EXPECT_GE(noticed, 1s) << "a pause is no loss";
    EXPECT_LE(noticed, 2500ms) << "1.5 s, on an emulated machine";
    EXPECT_EQ((*camera)->next(10ms).error().code, Code::CameraLost) << "until it is opened again";
    ASSERT_TRUE(setByName(node, "Percentage of Dropped Buffers", 0));
    ASSERT_TRUE((*camera)->reopen());
    EXPECT_EQ(take(**camera, 3), std::nullopt);
}

TEST_F(Vivid, ASlowCameraIsUsed) {
    auto camera = openCamera(node);
    ASSERT_TRUE(camera);
    ASSERT_TRUE(setByName(node, "Percentage of Dropped Buffers", 60));
    EXPECT_EQ(take(**camera, 8), std::nullopt);
}

TEST_F(Vivid, UnpluggedAndPluggedInAgain) {
    for (int i = 0; i < 3; ++i) {
        auto camera = openCamera(node);
        ASSERT_TRUE(camera) << camera.error().detail;
        ASSERT_EQ(take(**camera, 2), std::nullopt);
        bind("unbind");
        EXPECT_LE(timeToNotice(**camera), 2500ms);
        EXPECT_EQ((*camera)->reopen().error().code, Code::CameraNone);
        EXPECT_THAT((*camera)->description(), HasSubstr("not connected"));
        bind("bind");
        const auto until = Clock::now() + 5s;
        while (!(*camera)->reopen() && Clock::now() < until) std::this_thread::sleep_for(100ms);
        EXPECT_EQ(take(**camera, 2), std::nullopt) << "under the same name";
    }
}

TEST_F(Vivid, ADisconnectedDeviceIsLost) {
    auto camera = openCamera(node);
    ASSERT_TRUE(camera);
    ASSERT_EQ(take(**camera, 2), std::nullopt);
    ASSERT_TRUE(setByName(node, "Disconnect", 1)); // as when a USB plug is pulled
    EXPECT_LE(timeToNotice(**camera), 2500ms);
    camera->reset();
    bind("unbind");
    bind("bind");
}

/// A program that sends MJPEG into v4l2loopback.
class MjpegCamera {
public:
    explicit MjpegCamera(std::chrono::milliseconds interval)
        : fd_(::open(node.c_str(), O_RDWR | O_CLOEXEC)), interval_(interval) {
        Frame picture;
        picture.width = 640;
        picture.height = 480;
        for (int y = 0; y < 480; ++y)
            for (int x = 0; x < 640; ++x) picture.grey.push_back(x < 320 ? 200 : 40);
        jpeg_ = specimen::jpeg(picture);
        v4l2_format format{};
        format.type = V4L2_BUF_TYPE_VIDEO_OUTPUT;
        format.fmt.pix.width = 640;
        format.fmt.pix.height = 480;
        format.fmt.pix.pixelformat = V4L2_PIX_FMT_MJPEG;
        format.fmt.pix.field = V4L2_FIELD_NONE;
        format.fmt.pix.sizeimage = 640 * 480;
        ok = ::ioctl(fd_.get(), VIDIOC_S_FMT, &format) == 0;
        send(); // a format counts when something was written
        thread_ = std::jthread([this](const std::stop_token& stop) {
            while (!stop.stop_requested()) {
                std::this_thread::sleep_for(interval_);
                if (!wedged) send();
            }
        });
    }
    void send() {
        std::string bytes = jpeg_;
        if (damaged) std::fill(bytes.begin() + 700, bytes.end(), '\0');
        ok = ok && ::write(fd_.get(), bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size());
    }

    static inline const std::string node = "/dev/video9";
    std::atomic<bool> ok = false, wedged = false, damaged = false;

private:
    Descriptor fd_;
    std::chrono::milliseconds interval_;
    std::string jpeg_;
    std::jthread thread_;
};

TEST(Mjpeg, IsDecodedAndDamagedFramesAreSkipped) {
    MjpegCamera source(40ms);
    ASSERT_TRUE(source.ok);
    auto camera = openCamera(MjpegCamera::node);
    ASSERT_TRUE(camera) << camera.error().detail;
    EXPECT_THAT((*camera)->description(), HasSubstr("640 x 480 MJPEG"));
    auto frame = (*camera)->next(5s);
    ASSERT_TRUE(frame) << frame.error().detail;
    EXPECT_NEAR(frame->grey[240 * 640 + 100], 200, 8);
    EXPECT_NEAR(frame->grey[240 * 640 + 500], 40, 8);
    source.damaged = true;
    std::this_thread::sleep_for(400ms);
    EXPECT_THAT((*camera)->next(300ms).error().code, AnyOf(Code::PictureUnreadable)) << "not lost";
    source.damaged = false;
    EXPECT_EQ(take(**camera, 3), std::nullopt);
}

TEST(Mjpeg, ACameraOfOneFrameASecondIsSlowNotLost) {
    MjpegCamera source(1000ms);
    auto camera = openCamera(MjpegCamera::node);
    ASSERT_TRUE(camera) << camera.error().detail;
    EXPECT_EQ(take(**camera, 5), std::nullopt);
}

TEST(Mjpeg, ASourceThatStopsIsWedged) {
    MjpegCamera source(40ms);
    auto camera = openCamera(MjpegCamera::node);
    ASSERT_TRUE(camera) << camera.error().detail;
    ASSERT_EQ(take(**camera, 3), std::nullopt);
    source.wedged = true;
    const auto noticed = timeToNotice(**camera);
    EXPECT_GE(noticed, 1s);
    EXPECT_LE(noticed, 2500ms);
}

} // namespace
} // namespace kiosk
