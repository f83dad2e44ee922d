#include "drivers/scanner/key_text.hpp"

#include "app/base/text.hpp"
#include "drivers/scanner.hpp"

#include <algorithm>
#include <array>
#include <linux/input-event-codes.h>
#include <string>
#include <string_view>

namespace kiosk::scanner {
namespace {

struct Keys {
    int first; // code of the first; the others follow
    std::string_view plain, shifted;
};

constexpr std::array keys = {
    Keys{KEY_1, "1234567890-=", "!@#$%^&*()_+"},
    Keys{KEY_Q, "qwertyuiop[]", "QWERTYUIOP{}"},
    Keys{KEY_A, "asdfghjkl;'`", "ASDFGHJKL:\"~"},
    Keys{KEY_BACKSLASH, "\\", "|"},
    Keys{KEY_Z, "zxcvbnm,./", "ZXCVBNM<>?"},
    Keys{KEY_KPASTERISK, "*", "*"},
    Keys{KEY_SPACE, " ", " "},
    Keys{KEY_KP7, "789-456+1230.", "789-456+1230."},
    Keys{KEY_102ND, "<", ">"},
    Keys{KEY_KPSLASH, "/", "/"},
};

/// Zero: none.
char characterOf(int code, bool shift) {
    for (const auto& row : keys) {
        const auto at = static_cast<std::size_t>(code - row.first);
        if (code >= row.first && at < row.plain.size()) return shift ? row.shifted[at] : row.plain[at];
    }
    return 0;
}

bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// A digit of the number pad; -1: none.
int padDigit(int code) {
    if (code < KEY_KP7 || code > KEY_KP0) return -1;
    const char c = characterOf(code, false);
    return c >= '0' && c <= '9' ? c - '0' : -1;
}

constexpr std::uint8_t noText = 0xFF; // a byte that never occurs in UTF-8

void appendUtf8(Bytes& out, char32_t c) {
    const auto put = [&](char32_t byte) { out.push_back(static_cast<std::uint8_t>(byte)); };
    if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) return put(noText);
    if (c < 0x80) return put(c);
    if (c < 0x800) {
        put(0xC0 | c >> 6);
        return put(0x80 | (c & 0x3F));
    }
    if (c < 0x10000) {
        put(0xE0 | c >> 12);
    } else {
        put(0xF0 | c >> 18);
        put(0x80 | (c >> 12 & 0x3F));
    }
    put(0x80 | (c >> 6 & 0x3F));
    put(0x80 | (c & 0x3F));
}

} // namespace

bool KeyText::isCharacter(int code) { return characterOf(code, false) != 0; }

bool KeyText::key(int code, int value) {
    const bool down = value != 0;
    switch (code) {
    case KEY_LEFTSHIFT:
        leftShift_ = down;
        return false;
    case KEY_RIGHTSHIFT:
        rightShift_ = down;
        return false;
    case KEY_LEFTCTRL:
    case KEY_RIGHTCTRL:
        control_ = down;
        return false;
    case KEY_LEFTALT:
    case KEY_RIGHTALT:
        if (!down && altDigits_ > 0) append(altNumber_);
        alt_ = down;
        altDigits_ = 0;
        altNumber_ = 0;
        return false;
    case KEY_CAPSLOCK:
        if (value == 1) capitals_ = !capitals_;
        return false;
    case KEY_ENTER:
    case KEY_KPENTER:
    case KEY_TAB:
        return value == 1;
    default:
        if (value == 1) press(code); // a scanner holds no key down
        return false;
    }
}

void KeyText::press(int code) {
    if (alt_) {
        const int digit = padDigit(code);
        if (digit < 0) return;
        altNumber_ = std::min<char32_t>(altNumber_ * 10 + static_cast<char32_t>(digit), 0x110000);
        ++altDigits_;
        return;
    }
    if (control_) return; // control characters of a code belong to no card
    const bool shift = leftShift_ || rightShift_;
    const char plain = characterOf(code, shift);
    if (plain == 0) return;
    const bool swapCase = capitals_ && isLetter(plain);
    append(static_cast<char32_t>(static_cast<unsigned char>(swapCase ? characterOf(code, !shift) : plain)));
}

void KeyText::append(char32_t unit) {
    auto& units = units_.reveal();
    if (units.capacity() == 0) units.reserve(scanMost); // grown by moving, it would leave copies behind
    if (units.size() < scanMost) units.push_back(unit);
}

Secret<Bytes> KeyText::take() {
    const auto& units = units_.reveal();
    Bytes out;
    out.reserve(4 * units.size());
    const bool bytes = std::ranges::all_of(units, [](char32_t u) { return u <= 0xFF; });
    if (bytes)
        std::ranges::transform(units, std::back_inserter(out),
                               [](char32_t u) { return static_cast<std::uint8_t>(u); });
    if (!bytes || !text::isUtf8({reinterpret_cast<const char*>(out.data()), out.size()})) {
        wipe(out.data(), out.size());
        out.clear();
        for (const auto unit : units) appendUtf8(out, unit);
    }
    if (damaged_) out = Bytes{noText};
    damaged_ = false;
    units_.clear();
    return Secret<Bytes>(std::move(out));
}

void KeyText::forget() {
    units_.clear();
    damaged_ = false;
}

void KeyText::reset() { *this = KeyText(); }

} // namespace kiosk::scanner
