// A grey picture that somebody else owns.
#pragma once

#include <cstddef>
#include <cstdint>

namespace kiosk::reading {

/// An 8-bit grey picture; rows are `stride` bytes apart. Does not own the pixels.
struct GreyView {
    const std::uint8_t* pixels = nullptr;
    int width = 0, height = 0; // px
    int stride = 0;            // bytes, >= width

    const std::uint8_t* row(int y) const {
        return pixels + static_cast<std::ptrdiff_t>(y) * static_cast<std::ptrdiff_t>(stride);
    }
};

} // namespace kiosk::reading
