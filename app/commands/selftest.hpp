// `kiosk selftest`: opens the cameras and scanners as the kiosk would, and tells staff what they really do.
#pragma once

#include <iosfwd>
#include <string>

namespace kiosk {

struct SelftestOptions {
    std::string dataFolder; // kiosk.toml is read from here; without one the defaults count
    std::string camera;     // as openCamera(); empty: the settings', else every camera there is
    int seconds = 2;        // how long each camera is watched
    bool json = false;
};

/// Each camera: format, every control's wanted and real value, frames a second, mean grey and sharpness of
/// the last frame; then the scanners. Nothing of a picture or a scan is shown or kept. 0: the camera that the
/// kiosk would use delivers, and a scanner that the settings name is there; 1: not so, or `out` cannot be
/// written.
int runSelftest(const SelftestOptions& options, std::ostream& out, std::ostream& err);

} // namespace kiosk
