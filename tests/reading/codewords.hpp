// Reed-Solomon blocks made the plain way, beside what decodes them.
#pragma once

#include "tests/specimen/specimen.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace kiosk::reading::symbol {

using Block = std::vector<std::uint8_t>;

inline std::uint8_t product(unsigned a, unsigned b) { // in GF(256), by shifting
    unsigned sum = 0;
    for (; b != 0; b >>= 1U, a = a << 1U ^ ((a & 0x80U) != 0 ? 0x11DU : 0U))
        if ((b & 1U) != 0) sum ^= a;
    return static_cast<std::uint8_t>(sum);
}

/// A codeword: random data and the rest of its division by (x - 1)(x - 2)...(x - 2^(check-1)).
inline Block codeword(int length, int check, specimen::Random& random) {
    Block generator = {1}; // from the highest power down
    for (std::uint8_t root = 1; static_cast<int>(generator.size()) <= check; root = product(root, 2)) {
        generator.push_back(0);
        for (auto i = generator.size() - 1; i > 0; --i) generator[i] ^= product(generator[i - 1], root);
    }
    Block block(static_cast<std::size_t>(length));
    const auto data = static_cast<std::size_t>(length - check);
    for (std::size_t i = 0; i < data; ++i) block[i] = static_cast<std::uint8_t>(random.below(256));
    Block rest = block;
    for (std::size_t i = 0; i < data; ++i) {
        const auto factor = rest[i];
        for (std::size_t j = 0; j < generator.size(); ++j) rest[i + j] ^= product(generator[j], factor);
    }
    std::copy(rest.begin() + static_cast<std::ptrdiff_t>(data), rest.end(),
              block.begin() + static_cast<std::ptrdiff_t>(data));
    return block;
}

} // namespace kiosk::reading::symbol
