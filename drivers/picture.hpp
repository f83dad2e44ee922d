// Decodes pictures in memory; sizes are limited before anything is allocated, so that no file can exhaust the
// machine.
#pragma once

#include "drivers/camera.hpp"

#include <span>

namespace kiosk {

inline constexpr int maxPictureSide = 16384;                // px
inline constexpr long maxPicturePixels = 40L * 1000 * 1000; // 160 MB with colour and grey
inline constexpr std::size_t maxPictureBytes = 64U << 20U;

using ByteView = std::span<const std::uint8_t>;

/// True when the first bytes are those of a PNG, JPEG or PGM.
bool looksLikePicture(ByteView bytes);

/// PNG, JPEG or PGM by content. Errors: PictureUnreadable (also when cut short).
Result<Frame> decodePicture(ByteView bytes);

/// One JPEG, also a camera's without Huffman tables. Errors: PictureUnreadable (also when cut short).
Result<Frame> decodeJpeg(ByteView bytes);

/// Fills `grey` from `rgb` (Rec. 601 weights).
void fillGrey(Frame& frame);

/// Whether a picture of this size is accepted.
bool isPictureSizeSane(long width, long height);

} // namespace kiosk
