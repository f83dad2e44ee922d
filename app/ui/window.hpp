// SDL window -> ImGui input and drawing; sleeps while nothing happens. The only file that knows the SDL
// renderer.
#pragma once

#include "app/base/result.hpp"
#include "app/base/secret.hpp"
#include "app/ui/theme.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace kiosk::ui {

struct WindowOptions {
    bool fullscreen = true;
    int width = 1080, height = 1920; // px, when not fullscreen
    double diagonalInches = 21.5;
    std::string title = "Kiosk";
    int scannerGapMs = 35; // keys that follow each other faster are a hand scanner's
};

/// SDL_Renderer (GPU when there is one, software else): no GL of our own. UI thread only.
class Window {
public:
    static Result<Window> open(const WindowOptions& options); // WindowFailed
    Window(Window&&) noexcept;
    Window& operator=(Window&&) noexcept;
    ~Window();

    Panel panel() const;
    /// Feeds pending SDL events (touch first; a finger is the pointer, its echo as a mouse is ignored) to Ui.
    /// Waits at most `wait` for the first.
    struct Input {
        bool quit = false; // the window was closed; never of one that is fullscreen
        bool touched = false, resized = false;
        bool keyPad = false;              // one of the five keys was pressed
        bool holding = false;             // keys that may be a scanner's are held back for some milliseconds
        std::vector<Secret<Bytes>> scans; // what a hand scanner in keyboard mode typed; no field sees it
    };
    Input pump(std::chrono::milliseconds wait);
    /// Wakes pump() from any thread.
    static void wake();
    /// The session ended: keys that wait are forgotten.
    void forgetKeys();
    /// Draws ImGui's draw data, unless nothing changed since the last time (draw lists are hashed). Returns
    /// whether it drew.
    bool present();
    /// The pixels as last drawn: RGB rows, tight.
    struct Pixels {
        int width = 0, height = 0;
        Bytes rgb;
    };
    Result<Pixels> screenshot();
    static Result<void> savePng(const Pixels& pixels, const std::string& path);

private:
    struct Impl;
    explicit Window(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

} // namespace kiosk::ui
