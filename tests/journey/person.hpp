// A person in front of the kiosk: looks at what is shown and taps coordinates on the real window with a
// finger.
#pragma once

#include "app/app.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace kiosk::journey {

class Person {
public:
    /// Pictures of screens go to `pictures` when it is not empty.
    Person(App& app, std::filesystem::path pictures);

    /// From now on without the screen: arrows and OK instead of a finger (ux.md U18).
    void useFiveKeys() { keys_ = Keys::Five; }
    /// … and with two switches, "on" and "choose".
    void useTwoSwitches() { keys_ = Keys::Switches; }
    int keysPressed() const { return pressed_; }
    /// What a finger did so far: taps, and of them those on the on-screen keyboard.
    int taps() const { return taps_; }
    int keyTaps() const { return keyTaps_; }

    /// Lets the kiosk run until `done` or the time is over; throws std::runtime_error naming `what`.
    void wait(const std::string& what, const std::function<bool()>& done,
              std::chrono::milliseconds limit = std::chrono::seconds(20));
    bool sees(std::string_view key) const;
    /// Waits until a node of this key is shown (scrolled into view when need be).
    const ui::Node& see(std::string_view key);
    /// Finger down and up in its middle; or the keys go there and press.
    void tap(std::string_view key);
    /// In the corner where nothing is to be pressed: the way to staff mode, five times.
    void tapCorner() { touch(20, 20); }
    /// Taps the on-screen keyboard's keys one by one, Telex for Vietnamese letters.
    void type(std::string_view text);
    /// Erases what the active field holds, one key at a time.
    void eraseText(std::size_t letters);
    /// Types on a keyboard that is plugged in, a key after the other, as people do.
    void typeOnKeyboard(std::string_view text);
    /// What a hand scanner in keyboard mode does with a code: its keys at once, Enter at the end.
    void scan(std::string_view code);
    /// Saves what the window shows as NN-name.png; throws when it equals the picture before.
    void picture(const std::string& name);
    template <typename S>
    void waitFor(const std::string& what) {
        wait(what, [this] { return std::holds_alternative<S>(app_.flow().screen); });
    }
    const Flow& flow() const { return app_.flow(); }
    App& app() { return app_; }
    int pictures() const { return count_; }

private:
    const ui::Node* visible(std::string_view key) const;
    void touch(float x, float y);
    void settle(int frames);
    void press(std::int32_t key);
    const ui::Node* standing() const;
    void goTo(std::string_view key);

    enum class Keys { None, Five, Switches } keys_ = Keys::None;
    int pressed_ = 0, taps_ = 0, keyTaps_ = 0;

    App& app_;
    std::filesystem::path folder_;
    Bytes last_;
    int count_ = 0;
};

} // namespace kiosk::journey
