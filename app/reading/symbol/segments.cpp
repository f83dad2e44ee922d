#include "app/reading/symbol/segments.hpp"

#include <string_view>

namespace kiosk::reading::symbol {
namespace {

using Out = std::vector<std::uint8_t>;

/// Bits, most significant first.
class Bits {
public:
    explicit Bits(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}
    int left() const { return static_cast<int>(bytes_.size() * 8 - at_); }
    /// The next `count` <= 16 bits, or nullopt at the end.
    std::optional<unsigned> take(int count) {
        if (left() < count) return std::nullopt;
        unsigned value = 0;
        for (int i = 0; i < count; ++i, ++at_) value = value << 1U | (bytes_[at_ / 8] >> (7 - at_ % 8) & 1U);
        return value;
    }

private:
    std::span<const std::uint8_t> bytes_;
    std::size_t at_ = 0;
};

enum Mode : unsigned {
    End = 0,
    Numeric = 1,
    Alphanumeric = 2,
    Append = 3,
    Byte = 4,
    Fnc1 = 5,
    Eci = 7,
    Kanji = 8,
    Fnc1Second = 9
};

/// Table 3: bits of a character count.
int countBits(unsigned mode, int version) {
    const int range = version < 10 ? 0 : version < 27 ? 1 : 2;
    switch (mode) {
    case Numeric:
        return 10 + 2 * range;
    case Alphanumeric:
        return 9 + 2 * range;
    case Byte:
        return range == 0 ? 8 : 16;
    default:
        return 8 + 2 * range;
    }
}

bool takeNumeric(Bits& bits, unsigned count, Out& out) {
    while (count > 0) {
        const unsigned digits = count < 3 ? count : 3;
        const auto value = bits.take(digits == 3 ? 10 : digits == 2 ? 7 : 4);
        const unsigned limit = digits == 3 ? 1000 : digits == 2 ? 100 : 10;
        if (!value || *value >= limit) return false;
        for (unsigned unit = limit / 10; unit > 0; unit /= 10)
            out.push_back(static_cast<std::uint8_t>('0' + *value / unit % 10));
        count -= digits;
    }
    return true;
}

bool takeAlphanumeric(Bits& bits, unsigned count, Out& out) {
    constexpr std::string_view letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
    while (count > 0) {
        const bool pair = count > 1;
        const auto value = bits.take(pair ? 11 : 6);
        if (!value || *value >= (pair ? 45U * 45U : 45U)) return false;
        if (pair) out.push_back(static_cast<std::uint8_t>(letters[*value / 45]));
        out.push_back(static_cast<std::uint8_t>(letters[*value % 45]));
        count -= pair ? 2 : 1;
    }
    return true;
}

bool takeBytes(Bits& bits, unsigned count, Out& out) {
    for (; count > 0; --count) {
        const auto value = bits.take(8);
        if (!value) return false;
        out.push_back(static_cast<std::uint8_t>(*value));
    }
    return true;
}

bool takeKanji(Bits& bits, unsigned count, Out& out) {
    for (; count > 0; --count) {
        const auto value = bits.take(13);
        if (!value) return false;
        const unsigned packed = (*value / 0xC0) << 8U | *value % 0xC0;
        const unsigned code = packed + (packed < 0x1F00 ? 0x8140U : 0xC140U);
        out.push_back(static_cast<std::uint8_t>(code >> 8U));
        out.push_back(static_cast<std::uint8_t>(code & 0xFFU));
    }
    return true;
}

bool takeCounted(Bits& bits, unsigned mode, int version, Out& out) {
    const auto count = bits.take(countBits(mode, version));
    if (!count) return false;
    switch (mode) {
    case Numeric:
        return takeNumeric(bits, *count, out);
    case Alphanumeric:
        return takeAlphanumeric(bits, *count, out);
    case Byte:
        return takeBytes(bits, *count, out);
    default:
        return takeKanji(bits, *count, out);
    }
}

/// Clause 7.4.2.2: one, two or three codewords by the first bits.
bool skipEci(Bits& bits) {
    const auto first = bits.take(8);
    if (!first) return false;
    if (*first < 0x80) return true;
    return bits.take(*first < 0xC0 ? 8 : 16).has_value();
}

} // namespace

std::optional<Out> parseSegments(std::span<const std::uint8_t> codewords, int version) {
    Bits bits(codewords);
    Out out;
    while (bits.left() >= 4) {
        const unsigned mode = *bits.take(4);
        bool good = false;
        switch (mode) {
        case End:
            return out;
        case Numeric:
        case Alphanumeric:
        case Byte:
        case Kanji:
            good = takeCounted(bits, mode, version, out);
            break;
        case Append:
            good = bits.take(16).has_value();
            break;
        case Eci:
            good = skipEci(bits);
            break;
        case Fnc1:
            good = true;
            break;
        case Fnc1Second:
            good = bits.take(8).has_value();
            break;
        default:
            break;
        }
        if (!good) return std::nullopt;
    }
    return out;
}

} // namespace kiosk::reading::symbol
