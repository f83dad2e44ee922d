#include "drivers/scanner.hpp"

#include "drivers/scanner/evdev_scanner.hpp"
#include "drivers/scanner/serial_scanner.hpp"

namespace kiosk {

std::vector<std::unique_ptr<Scanner>> makeScanners(const ScannerSettings& settings) {
    const auto& device = settings.device;
    const auto keyboard = [&](std::string path, std::optional<scanner::UsbId> id) {
        return scanner::makeKeyboardScanner({std::move(path), id, settings.keyGapMs});
    };
    const auto serial = [&](std::string path, std::optional<scanner::UsbId> id) {
        return scanner::makeSerialScanner({std::move(path), id, settings.baud});
    };
    std::vector<std::unique_ptr<Scanner>> scanners;
    if (device == "none") return scanners;
    if (device.starts_with("/dev/")) {
        scanners.push_back(device.starts_with("/dev/input/") ? keyboard(device, {}) : serial(device, {}));
        return scanners;
    }
    const auto id = scanner::parseUsbId(device); // absent for "auto"
    scanners.push_back(keyboard({}, id));
    scanners.push_back(serial({}, id));
    return scanners;
}

} // namespace kiosk
