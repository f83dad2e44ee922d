#include "drivers/camera.hpp"

#include "drivers/http_camera.hpp"
#include "drivers/picture_camera.hpp"
#include "drivers/v4l2/v4l2_camera.hpp"

#include <filesystem>

namespace kiosk {

Result<std::unique_ptr<Camera>> openCamera(const std::string& source, const CameraSettings& settings) {
    if (source.starts_with("http://") || source.starts_with("https://")) return openHttpCamera(source);
    std::error_code
        ignored; // a path that cannot be looked at is opened by the pictures' camera, which says so
    const bool device = source.starts_with("/dev/") || std::filesystem::is_character_file(source, ignored);
    if (source.empty() || device) return v4l2::openCamera(source, settings);
    return openPictureCamera(source);
}

} // namespace kiosk
