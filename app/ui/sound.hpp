// Short sounds (shutter, tick, error, warning); silent when the machine has no sound device.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace kiosk::ui {

enum class Sound { Read, Wrong, Done, Warning, Hint };

/// UI thread only; SDL mixes on its own thread.
class Sounds {
public:
    /// Speech goes to the device whose name is this or contains it, and nowhere while there is none; sounds
    /// go to the system's output. Empty: both do.
    explicit Sounds(std::string speechDevice = {});
    ~Sounds();
    Sounds(const Sounds&) = delete;
    Sounds& operator=(const Sounds&) = delete;
    void play(Sound sound);
    /// Speech instead of what is being said, after a sound that has just begun. Mono, `rate` in Hz; empty:
    /// silence. Any thread.
    void speak(std::vector<std::int16_t> speech, int rate);
    /// Calls `told` on the thread of sounds with the names of the devices there are. Any thread.
    void outputs(std::function<void(std::vector<std::string>)> told);
    /// Was the device there that speech goes to, when this was asked the last time? Any thread.
    bool canSpeak();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace kiosk::ui
