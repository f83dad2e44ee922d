// A USB or built-in camera through Video4Linux2: MJPEG or YUYV, memory-mapped buffers, never blocking.
#pragma once

#include "drivers/camera.hpp"
#include "drivers/picture.hpp"

#include <optional>
#include <span>

namespace kiosk {

/// One way a camera can deliver.
struct CaptureMode {
    std::uint32_t format = 0;  // V4L2_PIX_FMT_MJPEG or V4L2_PIX_FMT_YUYV
    int width = 0, height = 0; // px
    double perSecond = 0;      // frames; 0 when the driver does not say
};

/// The best mode for reading small codes: as many pixels as 1920 x 1080 at a rate a hand-held card needs (10
/// a second or more); MJPEG before YUYV at the same size and rate. nullopt when no mode is usable.
std::optional<CaptureMode> chooseMode(std::span<const CaptureMode> modes);

/// One YUYV picture (4:2:2, `stride` bytes a row). Errors: PictureUnreadable (cut short).
Result<Frame> decodeYuyv(ByteView bytes, int width, int height, int stride);

/// `device` empty: the first node that can capture. Errors: CameraNone, CameraBusy, CameraDenied,
/// CameraUnsupported.
Result<std::unique_ptr<Camera>> openV4l2Camera(const std::string& device);

} // namespace kiosk
