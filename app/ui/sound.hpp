// Short sounds (shutter, tick, error, warning); silent when the machine has no sound device.
#pragma once

#include <memory>

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

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace kiosk::ui
