// Scanners on a serial line: USB CDC (/dev/ttyACM0), USB adapters (/dev/ttyUSB0), real ports; 8N1.
#pragma once

#include "drivers/scanner.hpp"
#include "drivers/scanner/usb_name.hpp"

#include <string>
#include <string_view>

namespace kiosk::scanner {

/// One port by its path, those of a USB id, or (both empty) a USB port whose product calls itself a scanner.
struct SerialChoice {
    std::string path;
    std::optional<UsbId> id;
    int baud = 9600;
};

/// Cuts a stream into scans at CR or LF; more than scanMost bytes are discarded as they come. Pure.
class SerialText {
public:
    /// True when the byte ended a scan that is not empty.
    bool feed(std::uint8_t byte);
    bool empty() const { return bytes_.reveal().empty(); }
    Secret<Bytes> take();

private:
    Secret<Bytes> bytes_;
};

std::unique_ptr<Scanner> makeSerialScanner(SerialChoice choice);

} // namespace kiosk::scanner
