// Scanners that are keyboards: taken from the window system, so that no key of theirs is a command there.
#pragma once

#include "drivers/scanner.hpp"
#include "drivers/scanner/usb_name.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace kiosk::scanner {

/// Which keyboards are meant: one by its path, those of a USB id, or (both empty) those whose name says that
/// they are scanners and those that type like one.
struct KeyboardChoice {
    std::string path;
    std::optional<UsbId> id;
    int keyGapMs = 35;
    std::string folder = "/dev/input"; // where the nodes are
};

/// Whether a keyboard types as no person can: at least 24 characters, each within `gapMs` of the one before
/// (a person's gaps: app/ui/kit/key_gate.hpp). Sees times only, no text. Pure.
class TypingPace {
public:
    explicit TypingPace(int gapMs) : gap_(gapMs) {}
    void press(std::int64_t atMs);
    bool isScanner() const { return best_ >= decides; }
    void forget() { run_ = best_ = 0; }

private:
    static constexpr int decides = 24;
    int gap_;
    int run_ = 0, best_ = 0;
    std::int64_t last_ = 0;
};

/// Finds keyboards again and again as they come and go. One that only types like a scanner is taken after its
/// first scan, which the window still gets; it is not reported twice.
std::unique_ptr<Scanner> makeKeyboardScanner(KeyboardChoice choice);

} // namespace kiosk::scanner
