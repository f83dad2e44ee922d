// Port: a source of pictures. Implementations: V4L2, a folder or file of pictures, MJPEG over HTTP.
#pragma once

#include "app/base/config/config.hpp"
#include "app/base/result.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
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

/// Variance of the Laplacian over the middle half of the picture (Pech-Pacheco et al., 2000): low when
/// nothing is in focus. Comparable only between pictures of the same thing and size.
double sharpness(const Frame& frame);
/// 0 to 255.
double meanGrey(const Frame& frame);

/// One of a camera's controls, for staff. Values are in the device's own unit.
struct ControlReport {
    std::string name;                   // "focus", "exposure", …
    bool offered = false;               // the camera has it
    std::optional<std::int64_t> wanted; // by the settings; absent: left to the camera
    std::optional<std::int64_t> real;   // read back after everything was set
    std::int64_t least = 0, most = 0;   // what the camera can do
    std::string problem;                // English; empty: as wanted
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
    /// What the settings wanted of its lens and sensor, and what became of it; empty for other sources.
    virtual std::vector<ControlReport> controls() const { return {}; }
};

/// `source`: a device ("/dev/video0"), a folder or file of pictures (PNG, JPEG, PGM; played in name order at
/// 15 a second, again from the start at the end), or an address ("http://host:port/stream", MJPEG). Empty:
/// the first V4L2 node that can capture. `settings` are for devices only.
Result<std::unique_ptr<Camera>> openCamera(const std::string& source, const CameraSettings& settings = {});

/// Loads one picture (PNG, JPEG, PGM by content, not by name). Errors: PictureUnreadable.
Result<Frame> loadPicture(const std::string& path);

/// The pictures of a folder in name order (by content, or by name when damaged), or the one file when it is a
/// picture.
std::vector<std::string> listPictures(const std::string& path);

} // namespace kiosk
