// What Window and Ui share and nobody else sees: the input waiting to be used and the pictures to be drawn.
#pragma once

#include "app/ui/ui.hpp"

#include <cstdint>
#include <deque>
#include <vector>

namespace kiosk::ui {

/// One step of the one pointer: a finger, or the mouse while no finger is down.
struct PointerEvent {
    enum class Kind { Down, Move, Up, Cancel } kind = Kind::Move;
    float x = 0, y = 0; // px on the window
};

/// Keys of a key pad: five keys reach everything, and so do two switches (Next and Activate).
enum class NavKey { Up, Down, Left, Right, Next, Activate };

/// Filled by Window::pump, emptied by Ui::beginFrame (one press or release a frame, so that every press is
/// seen). UI thread only.
struct HardwareInput {
    std::deque<PointerEvent> pointer;
    std::deque<NavKey> navigation;
    std::vector<KeyPress> keys;
    void clear();
};
HardwareInput& hardwareInput();

/// Pixels behind an ImTextureID. Window uploads them when `version` changes and forgets them when they are
/// not drawn.
struct Image {
    Image();
    ~Image();
    Image(const Image&) = delete;
    Image& operator=(const Image&) = delete;
    const std::uint64_t id; // never used again
    bool alphaOnly = false; // one byte a pixel instead of RGB
    int width = 0, height = 0;
    std::uint64_t version = 0;
    std::vector<std::uint8_t> pixels;
};

} // namespace kiosk::ui
