// Frames as files of pictures; needs nothing else of the generator.
#pragma once

#include "drivers/camera.hpp"

#include <string>

namespace kiosk::specimen {

/// The frame as a JPEG file's bytes: colour when it has any, else grey.
std::string jpeg(const Frame& frame, int quality = 90, bool progressive = false);

/// False when the file cannot be written.
bool savePng(const std::string& path, const Frame& frame);

} // namespace kiosk::specimen
