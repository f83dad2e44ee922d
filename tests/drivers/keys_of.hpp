// The keys with which a scanner types a text on a US keyboard, as evdev reports them.
#pragma once

#include <linux/input-event-codes.h>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace kiosk::scanner {

using KeyStroke = std::pair<int, int>; // code; 1 press, 0 release

inline void pressKey(std::vector<KeyStroke>& to, int code) { to.insert(to.end(), {{code, 1}, {code, 0}}); }

/// Printable ASCII.
inline std::vector<KeyStroke> keysOf(const std::string& text) {
    struct Row {
        int first;
        std::string plain, shifted;
    };
    static const std::vector<Row> rows = {
        {KEY_1, "1234567890-=", "!@#$%^&*()_+"},  {KEY_Q, "qwertyuiop[]", "QWERTYUIOP{}"},
        {KEY_A, "asdfghjkl;'`", "ASDFGHJKL:\"~"}, {KEY_BACKSLASH, "\\", "|"},
        {KEY_Z, "zxcvbnm,./", "ZXCVBNM<>?"},      {KEY_SPACE, " ", ""}};
    std::vector<KeyStroke> strokes;
    for (const char c : text) {
        const auto before = strokes.size();
        for (const auto& [first, plain, shifted] : rows) {
            if (const auto at = plain.find(c); at != std::string::npos)
                pressKey(strokes, first + static_cast<int>(at));
            else if (const auto up = shifted.find(c); up != std::string::npos) {
                strokes.emplace_back(KEY_LEFTSHIFT, 1);
                pressKey(strokes, first + static_cast<int>(up));
                strokes.emplace_back(KEY_LEFTSHIFT, 0);
            }
        }
        if (strokes.size() == before) throw std::runtime_error("no key for this character");
    }
    return strokes;
}

/// ASCII as keys, everything else with Alt held and its decimal number on the pad.
inline std::vector<KeyStroke> altKeys(const std::vector<char32_t>& units) {
    constexpr int pad[] = {KEY_KP0, KEY_KP1, KEY_KP2, KEY_KP3, KEY_KP4,
                           KEY_KP5, KEY_KP6, KEY_KP7, KEY_KP8, KEY_KP9};
    std::vector<KeyStroke> strokes;
    for (const auto unit : units) {
        if (unit < 0x80) {
            const auto plain = keysOf(std::string(1, static_cast<char>(unit)));
            strokes.insert(strokes.end(), plain.begin(), plain.end());
            continue;
        }
        strokes.emplace_back(KEY_LEFTALT, 1);
        for (const char digit : std::to_string(static_cast<unsigned>(unit)))
            pressKey(strokes, pad[digit - '0']);
        strokes.emplace_back(KEY_LEFTALT, 0);
    }
    return strokes;
}

} // namespace kiosk::scanner
