// Short sounds (shutter, tick, error, warning); silent when the machine has no sound device.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

namespace kiosk::ui {

enum class Sound { Read, Wrong, Done, Warning, Hint };

/// UI thread only; SDL mixes on its own thread.
class Sounds {
public:
    Sounds();
    ~Sounds();
    Sounds(const Sounds&) = delete;
    Sounds& operator=(const Sounds&) = delete;
    void play(Sound sound);
    /// Speech instead of what is being said, after a sound that has just begun. Mono, `rate` in Hz; empty:
    /// silence. Any thread.
    void speak(std::vector<std::int16_t> speech, int rate);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace kiosk::ui
