// A USB or built-in camera through Video4Linux2: memory-mapped buffers, never blocking.
#pragma once

#include "app/base/config/config.hpp"
#include "drivers/camera.hpp"

namespace kiosk::v4l2 {

/// `device` empty: the first node that can capture. Errors: CameraNone, CameraBusy, CameraDenied,
/// CameraUnsupported.
Result<std::unique_ptr<Camera>> openCamera(const std::string& device, const CameraSettings& settings = {});

/// The nodes that can capture, with or without being usable now, in the order in which the kiosk tries them.
std::vector<std::string> listCameras();

} // namespace kiosk::v4l2
