// What a scanner in keyboard mode types: key codes of a US keyboard, and decimal codes over Alt, to bytes.
#pragma once

#include "app/base/secret.hpp"

#include <cstddef>
#include <vector>

namespace kiosk::scanner {

/// One message being typed. Pure; not for a person's keys.
///
/// Scanners type ASCII with Shift. What is beyond it, they type with Alt held and its decimal code on the
/// number pad ("emulate keypad"): either each byte of the code, or each letter's number in Unicode. The two
/// are told apart by the result: numbers over 255 are letters; else bytes if they make UTF-8; else letters.
class KeyText {
public:
    /// A key event as evdev reports it: linux/input-event-codes.h; value 1 press, 0 release, 2 repeat.
    /// True when it ends the message: Enter or Tab.
    bool key(int code, int value);
    /// A key that types a character, with or without Shift.
    static bool isCharacter(int code);

    bool empty() const { return units_.reveal().empty(); }
    /// A part was lost: take() returns the byte FF.
    void damage() { damaged_ = true; }
    bool isDamaged() const { return damaged_; }
    /// The message in UTF-8, or as the bytes that were sent; begins the next one.
    Secret<Bytes> take();
    /// Forgets the message, not which keys are down.
    void forget();
    /// Forgets both.
    void reset();

private:
    void press(int code);
    void append(char32_t unit);

    Secret<std::vector<char32_t>> units_;
    bool damaged_ = false;
    bool leftShift_ = false, rightShift_ = false, capitals_ = false, control_ = false, alt_ = false;
    std::size_t altDigits_ = 0;
    char32_t altNumber_ = 0;
};

} // namespace kiosk::scanner
