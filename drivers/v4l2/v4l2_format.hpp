// What a camera can deliver, which of it is best for reading small codes, and its raw pixels as a Frame.
#pragma once

#include "drivers/picture.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace kiosk::v4l2 {

/// One way a camera can deliver.
struct CaptureMode {
    std::uint32_t format = 0;  // a V4L2_PIX_FMT_* of isSupported()
    int width = 0, height = 0; // px
    double perSecond = 0;      // frames; 0 when the driver does not say
};

/// MJPEG and JPEG; YUYV, UYVY and NV12; GREY, Y10, Y12 and Y16.
bool isSupported(std::uint32_t format);
bool isJpeg(std::uint32_t format);
/// "MJPEG", "YUYV", …
std::string formatName(std::uint32_t format);

/// The modes that can be used, best for reading first; those after the first are for when the device refuses.
///
/// Size comes first: a module of a card's code is 0.25 to 0.4 mm, and over the 20 cm that a person can aim
/// at, 1920 px give the smallest module 2.4 px, 1280 px only 1.6. More than 1920 x 1080 costs time and gains
/// little, so a mode loses by as much as it exceeds it. Then at least 15 frames a second (a hand never holds
/// still for long); then raw pixels before JPEG, whose blocks smear modules, and colour before grey, for the
/// preview; then the higher rate. Below 5 a second a mode counts only when there is no other.
/// `format`: only this one ("MJPEG", "YUYV", "GREY"); empty: any.
std::vector<CaptureMode> rankModes(std::span<const CaptureMode> modes, const std::string& format = {});

/// Everything the device says it can do in formats that are supported.
std::vector<CaptureMode> listModes(int fd);

/// One raw picture, `stride` bytes a row of the first plane. Errors: PictureUnreadable (cut short, odd
/// sizes).
Result<Frame> decodeRaw(std::uint32_t format, ByteView bytes, int width, int height, int stride);

} // namespace kiosk::v4l2
