// Data codewords to bytes: each mode of ISO/IEC 18004 clause 7.4, and streams that end too early.
#include "app/reading/symbol/segments.hpp"

#include <gmock/gmock.h>
#include <string>

namespace kiosk::reading::symbol {
namespace {

/// Writes bits, most significant first.
struct Stream {
    std::string bits;
    Stream& put(unsigned value, int count) {
        for (int i = count - 1; i >= 0; --i) bits += (value >> i & 1U) != 0 ? '1' : '0';
        return *this;
    }
    std::vector<std::uint8_t> codewords() const {
        std::vector<std::uint8_t> out((bits.size() + 7) / 8);
        for (std::size_t i = 0; i < bits.size(); ++i)
            if (bits[i] == '1') out[i / 8] |= static_cast<std::uint8_t>(0x80U >> (i % 8));
        return out;
    }
};

std::optional<std::string> parse(const Stream& stream, int version = 1) {
    const auto out = parseSegments(stream.codewords(), version);
    if (!out) return std::nullopt;
    return std::string(out->begin(), out->end());
}

constexpr unsigned numeric = 1, alphanumeric = 2, append = 3, byte = 4, fnc1 = 5, eci = 7, kanji = 8;

TEST(Segments, ReadsTheStandardsOwnExamples) {
    // 7.4.3: 01234567; 7.4.4: AC-42
    const auto digits = Stream().put(numeric, 4).put(8, 10).put(12, 10).put(345, 10).put(67, 7).put(0, 4);
    EXPECT_EQ(parse(digits), "01234567");
    const auto letters =
        Stream().put(alphanumeric, 4).put(5, 9).put(462, 11).put(1849, 11).put(2, 6).put(0, 4);
    EXPECT_EQ(parse(letters), "AC-42");
    // 7.4.6: two characters of Shift JIS
    const auto characters = Stream().put(kanji, 4).put(2, 8).put(0xD9F, 13).put(0x1AAA, 13).put(0, 4);
    EXPECT_EQ(parse(characters), "\x93\x5F\xE4\xAA");
}

TEST(Segments, CountsAreWiderInLargerVersions) {
    for (const auto& [version, digits, bytes] :
         {std::tuple{9, 10, 8}, {10, 12, 16}, {26, 12, 16}, {27, 14, 16}}) {
        const auto s = Stream()
                           .put(numeric, 4)
                           .put(1, digits)
                           .put(7, 4)
                           .put(byte, 4)
                           .put(2, bytes)
                           .put('o', 8)
                           .put('k', 8);
        EXPECT_EQ(parse(s, version), "7ok") << version;
    }
}

TEST(Segments, JoinsThemAndReadsOverDesignators) {
    Stream s;
    s.put(append, 4).put(0x1234, 16).put(fnc1, 4).put(eci, 4).put(26, 8);
    s.put(byte, 4).put(1, 8).put('a', 8).put(eci, 4).put(0x81, 8).put(2, 8);
    s.put(numeric, 4).put(2, 10).put(42, 7).put(0, 4).put(0xEC, 8);
    EXPECT_EQ(parse(s), "a42") << "padding is no payload";
}

TEST(Segments, KeepsBytesAsTheyAre) {
    Stream s;
    s.put(byte, 4).put(256, 16);
    for (unsigned b = 0; b < 256; ++b) s.put(b, 8);
    const auto out = parse(s, 40);
    ASSERT_TRUE(out);
    for (std::size_t i = 0; i < 256; ++i) EXPECT_EQ(static_cast<unsigned char>((*out)[i]), i);
}

TEST(Segments, RefusesWhatNoWriterWrites) {
    EXPECT_FALSE(parse(Stream().put(numeric, 4).put(3, 10).put(1000, 10)));
    EXPECT_FALSE(parse(Stream().put(numeric, 4).put(2, 10).put(100, 7)));
    EXPECT_FALSE(parse(Stream().put(numeric, 4).put(1, 10).put(10, 4)));
    EXPECT_FALSE(parse(Stream().put(alphanumeric, 4).put(2, 9).put(2025, 11)));
    EXPECT_FALSE(parse(Stream().put(alphanumeric, 4).put(1, 9).put(45, 6)));
    for (const unsigned mode : {6U, 10U, 15U}) EXPECT_FALSE(parse(Stream().put(mode, 4).put(0, 20)));
}

TEST(Segments, RefusesEveryTruncation) {
    Stream s;
    s.put(byte, 4).put(3, 8).put('x', 8).put('y', 8).put('z', 8);
    s.put(kanji, 4)
        .put(1, 8)
        .put(0xD9F, 13)
        .put(numeric, 4)
        .put(9, 10)
        .put(123, 10)
        .put(456, 10)
        .put(789, 10);
    const auto whole = s.codewords();
    ASSERT_TRUE(parseSegments(whole, 1));
    for (std::size_t kept = 1; kept < whole.size(); ++kept) {
        const auto out = parseSegments(std::span(whole).first(kept), 1);
        const auto bits = kept * 8; // it may end where a segment does, with less than a mode's bits left
        const bool atEnd = (bits >= 36 && bits < 40) || (bits >= 61 && bits < 65);
        EXPECT_EQ(out.has_value(), atEnd) << kept;
    }
    EXPECT_TRUE(parseSegments({}, 1)->empty());
}

} // namespace
} // namespace kiosk::reading::symbol
