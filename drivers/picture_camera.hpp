// A camera that plays pictures from a folder or file: for trying the kiosk without a device.
#pragma once

#include "drivers/camera.hpp"

namespace kiosk {

/// Errors: CameraNone (no such path, or no picture in it).
Result<std::unique_ptr<Camera>> openPictureCamera(const std::string& path);

} // namespace kiosk
