// What a device offers and sends, without a device.
#include "drivers/v4l2/v4l2_format.hpp"

#include <gmock/gmock.h>
#include <linux/videodev2.h>

namespace kiosk::v4l2 {
namespace {

constexpr auto mjpeg = V4L2_PIX_FMT_MJPEG, yuyv = V4L2_PIX_FMT_YUYV, grey = V4L2_PIX_FMT_GREY;

std::string chosen(std::vector<CaptureMode> modes, const std::string& format = {}) {
    const auto forward = rankModes(modes, format);
    std::ranges::reverse(modes);
    const auto backward = rankModes(modes, format);
    EXPECT_EQ(forward.size(), backward.size());
    if (forward.empty()) return "none";
    EXPECT_EQ(forward[0].width, backward[0].width) << "must not depend on the order";
    EXPECT_EQ(forward[0].format, backward[0].format);
    return std::to_string(forward[0].width) + " " + formatName(forward[0].format);
}

TEST(CaptureMode, SizeComesFirstBecauseModulesAreSmall) {
    EXPECT_EQ(
        chosen(
            {{yuyv, 640, 480, 30}, {yuyv, 1920, 1080, 5}, {mjpeg, 1280, 720, 30}, {mjpeg, 1920, 1080, 30}}),
        "1920 MJPEG");
    EXPECT_EQ(chosen({{yuyv, 640, 480, 30}, {yuyv, 1280, 720, 10}, {yuyv, 1920, 1080, 5}}), "1920 YUYV");
    EXPECT_EQ(chosen({{yuyv, 1280, 720, 10}, {yuyv, 1920, 1080, 2}}), "1280 YUYV") << "a slide show";
    EXPECT_EQ(chosen({{mjpeg, 3840, 2160, 30}, {mjpeg, 1280, 720, 30}}), "1280 MJPEG")
        << "4K only costs time";
    EXPECT_EQ(chosen({{mjpeg, 3840, 2160, 30}, {mjpeg, 2560, 1440, 30}}), "2560 MJPEG")
        << "the smaller of the large";
    EXPECT_EQ(chosen({{mjpeg, 3840, 2160, 30}, {mjpeg, 640, 480, 30}}), "3840 MJPEG")
        << "too large is better than too small";
}

TEST(CaptureMode, RawPixelsWhereTheyComeFastEnoughElseJpeg) {
    EXPECT_EQ(chosen({{yuyv, 1280, 720, 30}, {mjpeg, 1280, 720, 30}}), "1280 YUYV");
    EXPECT_EQ(chosen({{yuyv, 1280, 720, 15}, {mjpeg, 1280, 720, 30}}), "1280 YUYV");
    EXPECT_EQ(chosen({{yuyv, 1280, 720, 10}, {mjpeg, 1280, 720, 30}}), "1280 MJPEG");
    EXPECT_EQ(chosen({{yuyv, 1280, 720, 10}, {mjpeg, 1280, 720, 10}}), "1280 YUYV");
    EXPECT_EQ(chosen({{grey, 1280, 720, 30}, {yuyv, 1280, 720, 30}}), "1280 YUYV") << "colour to look at";
    EXPECT_EQ(chosen({{grey, 1280, 720, 30}, {mjpeg, 1280, 720, 30}}), "1280 GREY")
        << "read before looked at";
    EXPECT_EQ(chosen({{V4L2_PIX_FMT_Y12, 640, 480, 30}, {grey, 640, 400, 30}}), "640 Y12");
}

TEST(CaptureMode, TakesWhatThereIs) {
    EXPECT_EQ(chosen({}), "none");
    EXPECT_EQ(chosen({{V4L2_PIX_FMT_H264, 1920, 1080, 30}}), "none");
    EXPECT_EQ(chosen({{mjpeg, 0, 0, 30}}), "none");
    EXPECT_EQ(chosen({{yuyv, 1920, 1080, 5}}), "1920 YUYV") << "slow is better than nothing";
    EXPECT_EQ(chosen({{yuyv, 640, 480, 0}}), "640 YUYV") << "a driver that does not tell its rates";
}

TEST(CaptureMode, TheOfficeMayInsistOnAFormat) {
    const std::vector<CaptureMode> modes = {{yuyv, 640, 480, 30}, {mjpeg, 1920, 1080, 30}};
    EXPECT_EQ(chosen(modes, "YUYV"), "640 YUYV");
    EXPECT_EQ(chosen(modes, "GREY"), "none");
    EXPECT_EQ(rankModes(modes).size(), 2U) << "the other one for a device that refuses the first";
}

TEST(Yuyv, KeepsGreyAndMakesColour) {
    // Two pixels of mid grey, then red: Y U Y V
    const std::vector<std::uint8_t> bytes = {126, 128, 126, 128, 82, 90, 82, 240};
    const std::vector<std::uint8_t> swapped = {128, 126, 128, 126, 90, 82, 240, 82}; // U Y V Y
    for (const auto& [format, picture] : {std::pair{yuyv, bytes}, {V4L2_PIX_FMT_UYVY, swapped}}) {
        const auto frame = decodeRaw(format, picture, 4, 1, 8);
        ASSERT_TRUE(frame) << frame.error().detail;
        EXPECT_EQ(frame->grey, (std::vector<std::uint8_t>{126, 126, 82, 82}));
        EXPECT_NEAR(frame->rgb[0], 128, 2);
        EXPECT_NEAR(frame->rgb[1], 128, 2);
        EXPECT_NEAR(frame->rgb[6], 255, 3);
        EXPECT_NEAR(frame->rgb[7], 0, 3);
        EXPECT_NEAR(frame->rgb[8], 0, 3);
    }
}

TEST(Yuyv, HonoursTheRowStepAndRefusesTooFewBytes) {
    std::vector<std::uint8_t> bytes(2 * 12, 128);
    bytes[12] = 200; // second row
    EXPECT_EQ(decodeRaw(yuyv, bytes, 4, 2, 12)->grey[4], 200);
    EXPECT_TRUE(decodeRaw(yuyv, ByteView(bytes).first(20), 4, 2, 12)) << "the last row needs no padding";
    EXPECT_FALSE(decodeRaw(yuyv, ByteView(bytes).first(19), 4, 2, 12));
    EXPECT_FALSE(decodeRaw(yuyv, bytes, 4, 2, 7)) << "rows that overlap";
    EXPECT_FALSE(decodeRaw(yuyv, bytes, 4, 2, -8));
    EXPECT_FALSE(decodeRaw(yuyv, bytes, 3, 2, 12)) << "half a pair";
    EXPECT_FALSE(decodeRaw(yuyv, bytes, 4, 1 << 20, 12));
    EXPECT_FALSE(decodeRaw(yuyv, {}, 0, 0, 0));
    EXPECT_FALSE(decodeRaw(mjpeg, bytes, 4, 2, 12)) << "not raw";
}

TEST(Nv12, TakesLumaAndTheSharedColour) {
    const std::vector<std::uint8_t> bytes = {126, 126, 82, 82, 0xEE, 0xEE, //
                                             126, 126, 82, 82, 0xEE, 0xEE, //
                                             128, 128, 90, 240};           // U V of each 2 x 2
    const auto frame = decodeRaw(V4L2_PIX_FMT_NV12, bytes, 4, 2, 6);
    ASSERT_TRUE(frame) << frame.error().detail;
    EXPECT_EQ(frame->grey, (std::vector<std::uint8_t>{126, 126, 82, 82, 126, 126, 82, 82}));
    EXPECT_NEAR(frame->rgb[0], 128, 2);
    EXPECT_NEAR(frame->rgb[3 * 6], 255, 3);
    EXPECT_NEAR(frame->rgb[3 * 6 + 1], 0, 3);
    EXPECT_FALSE(decodeRaw(V4L2_PIX_FMT_NV12, ByteView(bytes).first(15), 4, 2, 6));
    EXPECT_FALSE(decodeRaw(V4L2_PIX_FMT_NV12, bytes, 4, 1, 6)) << "half a pair of rows";
}

TEST(Grey, ScalesEveryDepthToEightBits) {
    const std::vector<std::uint8_t> plain = {0, 128, 255, 9};
    EXPECT_EQ(decodeRaw(grey, plain, 3, 1, 4)->grey, (std::vector<std::uint8_t>{0, 128, 255}));
    const std::vector<std::uint8_t> deep = {0x00, 0x00, 0x00, 0x02, 0xFF, 0x03}; // 0, 512, 1023
    EXPECT_EQ(decodeRaw(V4L2_PIX_FMT_Y10, deep, 3, 1, 6)->grey, (std::vector<std::uint8_t>{0, 128, 255}));
    EXPECT_EQ(decodeRaw(V4L2_PIX_FMT_Y12, deep, 3, 1, 6)->grey, (std::vector<std::uint8_t>{0, 32, 63}));
    EXPECT_EQ(decodeRaw(V4L2_PIX_FMT_Y16, deep, 3, 1, 6)->grey, (std::vector<std::uint8_t>{0, 2, 3}));
    const std::vector<std::uint8_t> beyond = {0xFF, 0xFF};
    EXPECT_EQ(decodeRaw(V4L2_PIX_FMT_Y10, beyond, 1, 1, 2)->grey, (std::vector<std::uint8_t>{255}))
        << "bits that should be zero";
    EXPECT_TRUE(decodeRaw(grey, plain, 3, 1, 4)->rgb.empty());
    EXPECT_FALSE(decodeRaw(V4L2_PIX_FMT_Y16, deep, 4, 1, 8));
}

} // namespace
} // namespace kiosk::v4l2
