#include "drivers/scanner/usb_name.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace kiosk::scanner {

std::optional<UsbId> parseUsbId(std::string_view text) {
    if (text.size() != 13 || !text.starts_with("usb:") || text[8] != ':') return std::nullopt;
    const auto hex = [](std::string_view four, std::uint16_t& to) {
        const auto end = four.data() + four.size();
        const auto [at, error] = std::from_chars(four.data(), end, to, 16);
        return error == std::errc() && at == end;
    };
    UsbId id;
    if (!hex(text.substr(4, 4), id.vendor) || !hex(text.substr(9), id.product)) return std::nullopt;
    return id;
}

bool isScannerName(std::string_view name) {
    constexpr std::array<std::string_view, 13> words = {
        "scanner", "barcode",  "bar code", "honeywell", "symbol tech", "datalogic", "newland",
        "opticon", "metrolog", "mindeo",   "youjie",    "zebex",       "qr reader"};
    std::string lower(name);
    std::ranges::transform(lower, lower.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return std::ranges::any_of(words, [&](std::string_view w) { return lower.find(w) != std::string::npos; });
}

} // namespace kiosk::scanner
