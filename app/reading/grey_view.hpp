// A grey picture that somebody else owns.
#pragma once

#include <cstddef>
#include <cstdint>

/// Before a function that loops over all px of a picture: compiled for AVX2 as well, with the same result;
/// the program takes its processor's when it starts (GCC's function multiversioning, which sanitizers lack).
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) &&     \
    !defined(__SANITIZE_THREAD__)
#define KIOSK_FOR_AVX2_TOO [[gnu::target_clones("avx2", "default")]]
#else
#define KIOSK_FOR_AVX2_TOO
#endif

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
