// Every syllable of Vietnamese with the keys that type it, written out by hand and not by the rule under
// test.
#pragma once

#include <string>
#include <vector>

namespace kiosk::ui::test {

struct Syllable {
    std::string text, telexMarks, vniMarks; // keys without the tone
    std::vector<std::string> direct;        // letters as keys of the Vietnamese row
    int tone;
};

/// 4,149, each in six tones (level, huyền, hỏi, ngã, sắc, nặng).
const std::vector<Syllable>& syllables();

// The keys of the tones, in that order.
inline constexpr const char* telexTones[] = {"", "f", "r", "x", "s", "j"};
inline constexpr const char* vniTones[] = {"", "2", "3", "4", "1", "5"};
inline constexpr const char* rowTones[] = {"", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"};

} // namespace kiosk::ui::test
