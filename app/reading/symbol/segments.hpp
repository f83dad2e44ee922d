// The data codewords of a symbol as the bytes they stand for (ISO/IEC 18004 clause 7.4): raw bytes, never
// text guessed from a character set.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace kiosk::reading::symbol {

/// Numeric, alphanumeric, byte and Kanji segments in a row; Kanji as Shift JIS. ECI designators are read
/// over, FNC1 and structured append too. Nullopt when the codewords are no valid sequence: unknown mode, a
/// count beyond the end, digits above 9.
std::optional<std::vector<std::uint8_t>> parseSegments(std::span<const std::uint8_t> codewords, int version);

} // namespace kiosk::reading::symbol
