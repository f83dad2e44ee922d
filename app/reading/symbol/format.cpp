#include "app/reading/symbol/format.hpp"

#include <algorithm>

namespace kiosk::reading::symbol {
namespace {

/// `data` followed by its BCH check bits.
constexpr int bch(int data, int checkBits, int generator) {
    int rest = data << checkBits;
    for (int bit = 30; bit >= checkBits; --bit)
        if ((rest >> bit & 1) != 0) rest ^= generator << (bit - checkBits);
    return data << checkBits | rest;
}

constexpr int formatGenerator = 0x537, formatMask = 0x5412, versionGenerator = 0x1F25;
// Table 25: the two bits of a level.
constexpr std::array levelBits{1, 0, 3, 2};

} // namespace

int formatBits(Format format) {
    return bch(levelBits[static_cast<std::size_t>(format.level)] << 3 | format.mask, 10, formatGenerator) ^
           formatMask;
}

int versionBits(int version) { return bch(version, 12, versionGenerator); }

std::vector<FormatGuess> guessFormat(std::span<const float> soft, int size, std::size_t most) {
    std::array<float, 15> bits{};
    for (int bit = 0; bit < 15; ++bit)
        for (const auto& p : formatPlaces(size, bit))
            bits[static_cast<std::size_t>(bit)] += soft[moduleAt(p.column, p.row, size)];
    std::vector<FormatGuess> out;
    for (int level = 0; level < 4; ++level)
        for (int mask = 0; mask < 8; ++mask) {
            const Format format{static_cast<Level>(level), mask};
            const int word = formatBits(format);
            float agreement = 0;
            for (int bit = 0; bit < 15; ++bit)
                agreement += (word >> bit & 1) != 0 ? bits[static_cast<std::size_t>(bit)]
                                                    : -bits[static_cast<std::size_t>(bit)];
            out.push_back({format, agreement});
        }
    std::ranges::sort(out, [](const auto& a, const auto& b) { return a.agreement > b.agreement; });
    if (out.size() > most) out.resize(most);
    return out;
}

} // namespace kiosk::reading::symbol
