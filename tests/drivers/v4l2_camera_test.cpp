// What a device offers and sends, without a device.
#include "drivers/v4l2_camera.hpp"

#include <gmock/gmock.h>
#include <linux/videodev2.h>

namespace kiosk {
namespace {

constexpr auto mjpeg = V4L2_PIX_FMT_MJPEG, yuyv = V4L2_PIX_FMT_YUYV;

std::string chosen(std::vector<CaptureMode> modes) {
    const auto forward = chooseMode(modes);
    std::ranges::reverse(modes);
    const auto backward = chooseMode(modes);
    EXPECT_EQ(forward.has_value(), backward.has_value());
    if (!forward) return "none";
    EXPECT_EQ(forward->width, backward->width) << "must not depend on the order";
    EXPECT_EQ(forward->format, backward->format);
    return std::to_string(forward->width) + (forward->format == mjpeg ? " MJPEG" : " YUYV");
}

TEST(CaptureMode, PrefersPixelsUpTo1080AtAUsefulRate) {
    EXPECT_EQ(
        chosen(
            {{yuyv, 640, 480, 30}, {yuyv, 1920, 1080, 5}, {mjpeg, 1280, 720, 30}, {mjpeg, 1920, 1080, 30}}),
        "1920 MJPEG");
    EXPECT_EQ(chosen({{yuyv, 640, 480, 30}, {yuyv, 1280, 720, 10}, {yuyv, 1920, 1080, 5}}), "1280 YUYV");
    EXPECT_EQ(chosen({{mjpeg, 3840, 2160, 30}, {mjpeg, 1280, 720, 30}}), "1280 MJPEG")
        << "4K only costs time";
    EXPECT_EQ(chosen({{mjpeg, 3840, 2160, 30}, {mjpeg, 2560, 1440, 30}}), "2560 MJPEG")
        << "the smaller of the large";
    EXPECT_EQ(chosen({{yuyv, 1280, 720, 30}, {mjpeg, 1280, 720, 30}}), "1280 MJPEG");
    EXPECT_EQ(chosen({{yuyv, 1280, 720, 30}, {mjpeg, 1280, 720, 15}}), "1280 YUYV");
}

TEST(CaptureMode, TakesWhatThereIs) {
    EXPECT_EQ(chosen({}), "none");
    EXPECT_EQ(chosen({{V4L2_PIX_FMT_H264, 1920, 1080, 30}}), "none");
    EXPECT_EQ(chosen({{mjpeg, 0, 0, 30}}), "none");
    EXPECT_EQ(chosen({{yuyv, 1920, 1080, 5}}), "1920 YUYV") << "slow is better than nothing";
    EXPECT_EQ(chosen({{yuyv, 640, 480, 0}}), "640 YUYV") << "a driver that does not tell its rates";
}

TEST(Yuyv, KeepsGreyAndMakesColour) {
    // Two pixels of mid grey, then red: Y U Y V
    const std::vector<std::uint8_t> bytes = {126, 128, 126, 128, 82, 90, 82, 240};
    const auto frame = decodeYuyv(bytes, 4, 1, 8);
    ASSERT_TRUE(frame) << frame.error().detail;
    EXPECT_EQ(frame->grey, (std::vector<std::uint8_t>{126, 126, 82, 82}));
    EXPECT_NEAR(frame->rgb[0], 128, 2);
    EXPECT_NEAR(frame->rgb[1], 128, 2);
    EXPECT_NEAR(frame->rgb[6], 255, 3);
    EXPECT_NEAR(frame->rgb[7], 0, 3);
    EXPECT_NEAR(frame->rgb[8], 0, 3);
}

TEST(Yuyv, HonoursTheRowStepAndRefusesTooFewBytes) {
    std::vector<std::uint8_t> bytes(2 * 12, 128);
    bytes[12] = 200; // second row
    EXPECT_EQ(decodeYuyv(bytes, 4, 2, 12)->grey[4], 200);
    EXPECT_TRUE(decodeYuyv(ByteView(bytes).first(20), 4, 2, 12)) << "the last row needs no padding";
    EXPECT_FALSE(decodeYuyv(ByteView(bytes).first(19), 4, 2, 12));
    EXPECT_FALSE(decodeYuyv(bytes, 4, 2, 7)) << "rows that overlap";
    EXPECT_FALSE(decodeYuyv(bytes, 3, 2, 12)) << "half a pair";
    EXPECT_FALSE(decodeYuyv(bytes, 4, 1 << 20, 12));
    EXPECT_FALSE(decodeYuyv({}, 0, 0, 0));
}

} // namespace
} // namespace kiosk
