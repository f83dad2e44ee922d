// Format and version information (ISO/IEC 18004 clauses 7.9 and 7.10): their codes, and the likeliest word
// for soft bits.
#pragma once

#include "app/reading/symbol/layout.hpp"

#include <span>
#include <vector>

namespace kiosk::reading::symbol {

struct Format {
    Level level = Level::L;
    int mask = 0; // 0 .. 7
};

/// The 15 bits as they stand in the symbol: BCH(15, 5), XORed with 101010000010010.
int formatBits(Format format);
/// The 18 bits of version 7 and up: BCH(18, 6).
int versionBits(int version);

/// The formats that agree best with the soft modules of a symbol (row-major; > 0 dark; 0 unknown), best
/// first, at most `most`. Agreement is the sum of the soft values with the sign of their bit (correlation
/// decoding).
struct FormatGuess {
    Format format;
    float agreement = 0;
};
std::vector<FormatGuess> guessFormat(std::span<const float> soft, int size, std::size_t most);

} // namespace kiosk::reading::symbol
