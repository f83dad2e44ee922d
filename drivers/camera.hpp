// Port: a source of pictures. Implementations: V4L2, a folder or file of pictures, MJPEG over HTTP.
#pragma once

#include "app/base/result.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace kiosk {

/// One picture. Colour is kept for the preview; grey is what is read. Lives in memory only, never on disk.
struct Frame {
    int width = 0, height = 0;      // px
    std::vector<std::uint8_t> rgb;  // width * height * 3, or empty when the source is grey
    std::vector<std::uint8_t> grey; // width * height
    std::uint64_t number = 0;       // counts up per source
};

/// Owned by the camera thread; no call blocks longer than its timeout.
class Camera {
public:
    virtual ~Camera() = default;
    /// The next frame. Errors: CameraLost (unplugged, wedged for >= 1.5 s: call reopen), PictureUnreadable
    /// (skip it: damaged, or none came within the timeout).
    virtual Result<Frame> next(std::chrono::milliseconds timeout) = 0;
    /// Closes and opens again; CameraNone while it is not there.
    virtual Result<void> reopen() = 0;
    /// For people: "Logitech C920 (/dev/video0), 1920 x 1080 MJPEG", "specimen pictures".
    virtual std::string description() const = 0;
    /// True when the pictures are not live (a folder or file): the screen says so.
    virtual bool isPictures() const { return false; }
};

/// `source`: a device ("/dev/video0"), a folder or file of pictures (PNG, JPEG, PGM; played in name order at
/// 15 a second, again from the start at the end), or an address ("http://host:port/stream", MJPEG). Empty:
/// the first V4L2 node that can capture.
Result<std::unique_ptr<Camera>> openCamera(const std::string& source);

/// Loads one picture (PNG, JPEG, PGM by content, not by name). Errors: PictureUnreadable.
Result<Frame> loadPicture(const std::string& path);

/// The pictures of a folder in name order (by content, or by name when damaged), or the one file when it is a
/// picture.
std::vector<std::string> listPictures(const std::string& path);

} // namespace kiosk
