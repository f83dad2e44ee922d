// A window without a display, a Ui in it, and fingers: what the widget tests share.
#pragma once

#include "app/base/assets.hpp"
#include "app/ui/ui.hpp"
#include "app/ui/window.hpp"

#include <SDL.h>
#include <cstdlib>
#include <functional>
#include <gtest/gtest.h>
#include <memory>

namespace kiosk::ui {

inline const Words& words() {
    static const Words loaded = [] {
        auto w = Words::load(assetsFolder());
        if (!w) std::abort();
        return *w;
    }();
    return loaded;
}

class Stage {
public:
    explicit Stage(int width = 1080, int height = 1920, double inches = 21.5,
                   Palette palette = Palette::Light, TextSize size = TextSize::Normal)
        : window(open(width, height, inches)), ui(words(), theme(palette, size)) {
        while (SDL_PollEvent(nullptr)) window.pump(std::chrono::milliseconds(0));
    }
    Theme theme(Palette palette, TextSize size) const {
        auto made = Theme::make(window.panel(), palette, size);
        made.motion = false;
        return made;
    }
    /// One frame of the screen under test.
    bool frame() {
        auto input = window.pump(std::chrono::milliseconds(0));
        while (input.holding)
            input = window.pump(std::chrono::milliseconds(100)); // until it is clear whose keys they are
        ui.beginFrame();
        screen(ui);
        ui.endFrame();
        return window.present();
    }
    void frames(int count) {
        for (int i = 0; i < count; ++i) frame();
    }
    void finger(Uint32 type, float x, float y, SDL_FingerID id = 1) {
        SDL_Event event{};
        event.type = type;
        event.tfinger.touchId = 1;
        event.tfinger.fingerId = id;
        event.tfinger.x = x / static_cast<float>(window.panel().width);
        event.tfinger.y = y / static_cast<float>(window.panel().height);
        SDL_PushEvent(&event);
    }
    void mouse(Uint32 type, float x, float y, Uint32 which = 0) {
        SDL_Event event{};
        event.type = type;
        event.button.which = which;
        event.button.button = SDL_BUTTON_LEFT;
        event.button.x = static_cast<int>(x);
        event.button.y = static_cast<int>(y);
        SDL_PushEvent(&event);
    }
    void key(SDL_Keycode code) {
        SDL_Event event{};
        event.type = SDL_KEYDOWN;
        event.key.keysym.sym = code;
        SDL_PushEvent(&event);
    }
    const Node& node(std::string_view key) const {
        for (const auto& n : ui.nodes())
            if (n.key == key) return n;
        ADD_FAILURE() << "no node " << key;
        static const Node none;
        return none;
    }
    bool has(std::string_view key) const {
        for (const auto& n : ui.nodes())
            if (n.key == key) return true;
        return false;
    }
    std::pair<float, float> centre(std::string_view key) const {
        const auto r = node(key).rect;
        return {r.x + r.w / 2, r.y + r.h / 2};
    }
    void tap(std::string_view key) {
        const auto [x, y] = centre(key);
        finger(SDL_FINGERDOWN, x, y);
        finger(SDL_FINGERUP, x, y);
        frames(3);
    }

    Window window;
    Ui ui;
    std::function<void(Ui&)> screen;

private:
    static Window open(int width, int height, double inches) {
        setenv("SDL_VIDEODRIVER", "dummy", 1);
        setenv("SDL_AUDIODRIVER", "dummy", 1);
        WindowOptions options;
        options.fullscreen = false;
        options.width = width;
        options.height = height;
        options.diagonalInches = inches;
        auto window = Window::open(options);
        if (!window) std::abort();
        return std::move(*window);
    }
};

} // namespace kiosk::ui
