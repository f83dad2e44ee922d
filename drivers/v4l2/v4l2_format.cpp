#include "drivers/v4l2/v4l2_format.hpp"

#include "drivers/v4l2/v4l2_device.hpp"

#include <algorithm>
#include <array>
#include <linux/videodev2.h>
#include <string_view>
#include <tuple>

namespace kiosk::v4l2 {
namespace {

enum class Layout { Jpeg, Packed422, SemiPlanar420, Grey8, Grey16 };

struct Format {
    std::uint32_t code;
    std::string_view name;
    Layout layout;
    int detail = 0; // Packed422: where the first luma byte is; Grey16: bits beyond eight
};

constexpr std::array formats = {
    Format{V4L2_PIX_FMT_MJPEG, "MJPEG", Layout::Jpeg},
    Format{V4L2_PIX_FMT_JPEG, "JPEG", Layout::Jpeg},
    Format{V4L2_PIX_FMT_YUYV, "YUYV", Layout::Packed422, 0},
    Format{V4L2_PIX_FMT_UYVY, "UYVY", Layout::Packed422, 1},
    Format{V4L2_PIX_FMT_NV12, "NV12", Layout::SemiPlanar420},
    Format{V4L2_PIX_FMT_GREY, "GREY", Layout::Grey8},
    Format{V4L2_PIX_FMT_Y10, "Y10", Layout::Grey16, 2},
    Format{V4L2_PIX_FMT_Y12, "Y12", Layout::Grey16, 4},
    Format{V4L2_PIX_FMT_Y16, "Y16", Layout::Grey16, 8},
};

const Format* find(std::uint32_t code) {
    const auto it =
        std::find_if(formats.begin(), formats.end(), [&](const Format& f) { return f.code == code; });
    return it == formats.end() ? nullptr : &*it;
}

bool isGrey(const Format& f) { return f.layout == Layout::Grey8 || f.layout == Layout::Grey16; }

double rateOf(int fd, std::uint32_t format, std::uint32_t width, std::uint32_t height) {
    double best = 0;
    v4l2_frmivalenum interval{};
    interval.pixel_format = format;
    interval.width = width;
    interval.height = height;
    for (; control(fd, VIDIOC_ENUM_FRAMEINTERVALS, &interval) == 0; ++interval.index) {
        const bool discrete = interval.type == V4L2_FRMIVAL_TYPE_DISCRETE;
        const v4l2_fract shortest = discrete ? interval.discrete : interval.stepwise.min;
        if (shortest.numerator > 0) best = std::max(best, double(shortest.denominator) / shortest.numerator);
        if (!discrete) break;
    }
    return best;
}

void addSizes(int fd, std::uint32_t format, std::vector<CaptureMode>& modes) {
    const auto add = [&](std::uint32_t width, std::uint32_t height) {
        modes.push_back({format, int(width), int(height), rateOf(fd, format, width, height)});
    };
    v4l2_frmsizeenum size{};
    size.pixel_format = format;
    for (; control(fd, VIDIOC_ENUM_FRAMESIZES, &size) == 0; ++size.index) {
        if (size.type == V4L2_FRMSIZE_TYPE_DISCRETE) {
            add(size.discrete.width, size.discrete.height);
            continue;
        }
        const auto& range = size.stepwise;
        const auto fits = [&](std::uint32_t w, std::uint32_t h) {
            return w >= range.min_width && w <= range.max_width && h >= range.min_height &&
                   h <= range.max_height;
        };
        for (const auto& [width, height] : {std::pair{1920U, 1080U}, {1280U, 720U}, {640U, 480U}})
            if (fits(width, height)) add(width, height);
        break;
    }
}

std::uint8_t clamped(int v) { return static_cast<std::uint8_t>(std::clamp(v >> 8, 0, 255)); }

/// BT.601, limited range: what webcams send.
void putColour(std::uint8_t* rgb, int y, int u, int v) {
    const int luma = 298 * (y - 16) + 128;
    rgb[0] = clamped(luma + 409 * (v - 128));
    rgb[1] = clamped(luma - 100 * (u - 128) - 208 * (v - 128));
    rgb[2] = clamped(luma + 516 * (u - 128));
}

/// YUYV (first luma at 0) and UYVY (at 1): two pixels in four bytes.
void unpack422(Frame& frame, const std::uint8_t* bytes, std::size_t stride, int first) {
    const auto luma = static_cast<std::size_t>(first), chroma = static_cast<std::size_t>(1 - first);
    const auto width = static_cast<std::size_t>(frame.width);
    std::size_t at = 0;
    for (int y = 0; y < frame.height; ++y) {
        const std::uint8_t* in = bytes + stride * static_cast<std::size_t>(y);
        for (std::size_t x = 0; x < width; ++x, ++at) {
            const std::uint8_t* pair = in + (x & ~std::size_t{1}) * 2;
            const int grey = pair[luma + 2 * (x & 1)];
            frame.grey[at] = static_cast<std::uint8_t>(grey);
            putColour(&frame.rgb[3 * at], grey, pair[chroma], pair[chroma + 2]);
        }
    }
}

/// NV12: a plane of luma, then one of U and V for each 2 x 2 pixels, with the same row step.
void unpackNv12(Frame& frame, const std::uint8_t* bytes, std::size_t stride) {
    const auto width = static_cast<std::size_t>(frame.width);
    std::size_t at = 0;
    for (int y = 0; y < frame.height; ++y) {
        const std::uint8_t* luma = bytes + stride * static_cast<std::size_t>(y);
        const std::uint8_t* chroma = bytes + stride * static_cast<std::size_t>(frame.height + y / 2);
        for (std::size_t x = 0; x < width; ++x, ++at) {
            frame.grey[at] = luma[x];
            putColour(&frame.rgb[3 * at], luma[x], chroma[x & ~std::size_t{1}], chroma[x | 1]);
        }
    }
}

/// GREY, or little-endian samples of 8 + `more` bits.
void unpackGrey(Frame& frame, const std::uint8_t* bytes, std::size_t stride, int more) {
    const auto width = static_cast<std::size_t>(frame.width);
    std::size_t at = 0;
    for (int y = 0; y < frame.height; ++y) {
        const std::uint8_t* in = bytes + stride * static_cast<std::size_t>(y);
        for (std::size_t x = 0; x < width; ++x, ++at)
            frame.grey[at] =
                more == 0
                    ? in[x]
                    : static_cast<std::uint8_t>(std::min((in[2 * x] | in[2 * x + 1] << 8) >> more, 255));
    }
}

/// Bytes of a row's pixels, and how many rows of them a picture has.
std::pair<std::size_t, std::size_t> extent(const Format& format, int width, int height) {
    const auto w = static_cast<std::size_t>(width), h = static_cast<std::size_t>(height);
    const bool wide = format.layout == Layout::Packed422 || format.layout == Layout::Grey16;
    return {wide ? 2 * w : w, format.layout == Layout::SemiPlanar420 ? h + h / 2 : h};
}

} // namespace

bool isSupported(std::uint32_t format) { return find(format) != nullptr; }

bool isJpeg(std::uint32_t format) {
    const auto* known = find(format);
    return known != nullptr && known->layout == Layout::Jpeg;
}

std::string formatName(std::uint32_t format) {
    const auto* known = find(format);
    return std::string(known == nullptr ? "unknown format" : known->name);
}

std::vector<CaptureMode> rankModes(std::span<const CaptureMode> modes, const std::string& format) {
    constexpr double mostPixels = 1920.0 * 1080, handRate = 15, leastRate = 5;
    const auto rank = [](const CaptureMode& m) {
        const double pixels = double(m.width) * m.height;
        const bool unknown = m.perSecond == 0;
        const bool fast = unknown || m.perSecond >= handRate;
        const bool raw = !isJpeg(m.format);
        return std::tuple(unknown || m.perSecond >= leastRate,
                          pixels <= mostPixels ? pixels : mostPixels * mostPixels / pixels, fast, raw,
                          !isGrey(*find(m.format)), std::min(m.perSecond, 30.0),
                          find(formats.front().code) - find(m.format)); // as listed
    };
    std::vector<CaptureMode> usable;
    for (const auto& mode : modes)
        if (isPictureSizeSane(mode.width, mode.height) && isSupported(mode.format) &&
            (format.empty() || formatName(mode.format) == format))
            usable.push_back(mode);
    std::ranges::stable_sort(usable, [&](const auto& a, const auto& b) { return rank(a) > rank(b); });
    return usable;
}

std::vector<CaptureMode> listModes(int fd) {
    std::vector<CaptureMode> modes;
    v4l2_fmtdesc format{};
    format.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    for (; control(fd, VIDIOC_ENUM_FMT, &format) == 0; ++format.index)
        if (isSupported(format.pixelformat)) addSizes(fd, format.pixelformat, modes);
    return modes;
}

Result<Frame> decodeRaw(std::uint32_t format, ByteView bytes, int width, int height, int stride) {
    const auto* known = find(format);
    if (known == nullptr || known->layout == Layout::Jpeg)
        return fail(Code::PictureUnreadable, "not a raw format");
    const bool paired = !isGrey(*known);
    const bool odd =
        (paired && width % 2 != 0) || (known->layout == Layout::SemiPlanar420 && height % 2 != 0);
    if (!isPictureSizeSane(width, height) || odd)
        return fail(Code::PictureUnreadable, formatName(format) + ": size");
    const auto [rowSize, rows] = extent(*known, width, height);
    if (stride < 0 || static_cast<std::size_t>(stride) < rowSize)
        return fail(Code::PictureUnreadable, formatName(format) + ": rows overlap");
    const auto step = static_cast<std::size_t>(stride);
    if (bytes.size() < step * (rows - 1) + rowSize)
        return fail(Code::PictureUnreadable, formatName(format) + ": cut short");
    Frame frame;
    frame.width = width;
    frame.height = height;
    const auto pixels = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
    frame.grey.resize(pixels);
    if (paired) frame.rgb.resize(pixels * 3);
    if (known->layout == Layout::Packed422)
        unpack422(frame, bytes.data(), step, known->detail);
    else if (known->layout == Layout::SemiPlanar420)
        unpackNv12(frame, bytes.data(), step);
    else
        unpackGrey(frame, bytes.data(), step, known->detail);
    return frame;
}

} // namespace kiosk::v4l2
