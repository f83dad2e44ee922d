// A picture of black and white dots, as thermal printers print it.
#pragma once

#include "app/base/secret.hpp"

namespace kiosk {

struct Raster {
    int width = 0, height = 0; // dots; `width` is a multiple of 8
    Bytes rows;                // width / 8 bytes a row, the leftmost dot in the highest bit, 1 = black

    bool isBlack(int x, int y) const {
        const auto byte = rows[static_cast<std::size_t>(y * (width / 8) + x / 8)];
        return (byte >> (7 - x % 8) & 1) != 0;
    }
};

} // namespace kiosk
