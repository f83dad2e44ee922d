#include "app/identity/scanned_text.hpp"

#include "app/base/text.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <string>
#include <unicode/utf8.h>

namespace kiosk::scanned_text {
namespace {

/// Windows-1252, 0x80 to 0x9F; 0: none (WHATWG Encoding Standard; the five gaps pass as control characters).
constexpr std::array<char32_t, 32> windows1252 = {
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

/// The byte that Windows-1252 or Latin-1 shows as this letter; 0: none.
std::uint8_t byteOf(UChar32 c) {
    if (c >= 0x80 && c <= 0xFF) return static_cast<std::uint8_t>(c);
    const auto at = std::ranges::find(windows1252, static_cast<char32_t>(c));
    return at == windows1252.end() ? 0 : static_cast<std::uint8_t>(0x80 + (at - windows1252.begin()));
}

/// Calls `see` with every code point of well-formed UTF-8.
template <typename See>
void each(std::string_view utf8, See see) {
    const auto size = static_cast<std::int32_t>(utf8.size());
    const char* bytes = utf8.data();
    for (std::int32_t i = 0; i < size;) {
        UChar32 c = 0;
        U8_NEXT_UNSAFE(bytes, i, c);
        see(c);
    }
}

/// A run of letters beyond ASCII that are bytes of UTF-8 shown as Windows-1252.
bool isMisread(std::string_view utf8) {
    std::string run;
    bool found = false;
    const auto end = [&] {
        found = found || (run.size() >= 2 && text::isUtf8(run));
        run.clear();
    };
    each(utf8, [&](UChar32 c) {
        const auto byte = c < 0x80 ? std::uint8_t{0} : byteOf(c);
        if (byte != 0)
            run += static_cast<char>(byte);
        else
            end();
    });
    end();
    return found;
}

bool isVowel(char c) { return std::string_view("aeiouyAEIOUY").find(c) != std::string_view::npos; }

} // namespace

bool isAscii(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool isGarbled(std::string_view payload) {
    if (!text::isUtf8(payload)) return true;
    bool replaced = payload.find('?') != std::string_view::npos;
    each(payload, [&](UChar32 c) { replaced = replaced || c == 0xFFFD; });
    return replaced || isMisread(payload);
}

bool lacksLetters(std::string_view name) {
    std::size_t letters = 0;
    bool vowel = false, lacks = false, plain = true;
    const auto end = [&] {
        lacks = lacks || (letters >= 2 && plain && !vowel);
        letters = 0;
        vowel = false;
        plain = true;
    };
    for (const char c : name) {
        if (c == ' ') {
            end();
            continue;
        }
        ++letters;
        vowel = vowel || isVowel(c);
        // Letters beyond ASCII may be vowels; signs stand in names of minorities (H'Mẫu), which have own
        // rules.
        plain = plain && std::isalpha(static_cast<unsigned char>(c)) != 0;
    }
    end();
    return lacks;
}

} // namespace kiosk::scanned_text
