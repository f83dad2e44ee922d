// Pictures of papers: black and white dots, as thermal printers print them, and colours for the screen.
#pragma once

#include "app/base/secret.hpp"

namespace kiosk {

struct Raster {
    int width = 0, height = 0; // dots; `width` is a multiple of 8
    Bytes rows;                // width / 8 bytes a row, the leftmost dot in the highest bit, 1 = black

    /// Where the dot's byte is in `rows`.
    std::size_t at(int x, int y) const {
        const auto stride = static_cast<std::size_t>(width) / 8;
        return static_cast<std::size_t>(y) * stride + static_cast<std::size_t>(x) / 8;
    }
    bool isBlack(int x, int y) const { return (rows[at(x, y)] >> (7 - x % 8) & 1) != 0; }
};

/// A paper for the screen: three bytes a pixel, rows tight. Wiped, because papers name people.
struct RgbPicture {
    int width = 0, height = 0; // px
    Secret<Bytes> rgb;
};

} // namespace kiosk
