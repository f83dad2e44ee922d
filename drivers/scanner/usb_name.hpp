// Which devices are hand scanners, by their USB ids or by what they call themselves.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kiosk::scanner {

struct UsbId {
    std::uint16_t vendor = 0, product = 0;
    bool operator==(const UsbId&) const = default;
};

/// "usb:05e0:1200"; nullopt for anything else.
std::optional<UsbId> parseUsbId(std::string_view text);

/// True for names like "Symbol Technologies, Inc, 2008 Symbol Bar Code Scanner": the word scanner or barcode,
/// or a maker of nothing else.
bool isScannerName(std::string_view name);

} // namespace kiosk::scanner
