// Port: a voice that turns text into sound, and the plug of the headphones it is for. Implementations:
// espeak-ng as a program of its own, and the jack as the kernel reports it.
#pragma once

#include "app/base/result.hpp"
#include "app/base/secret.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace kiosk {

/// Mono, 16 bits. Personal data may be in it: wiped by whoever drops it.
struct Pcm {
    int rate = 0; // Hz
    std::vector<std::int16_t> samples;
};

struct VoiceStyle {
    std::string voice;  // espeak-ng's name: "vi", "vi-vn-x-south", "en-gb"
    int speed = 150;    // words a minute, 80 to 400
    int loudness = 100; // percent, 0 to 200
};

/// Owned by one thread; a call takes some milliseconds, and is given up after two seconds.
class Voice {
public:
    virtual ~Voice() = default;
    /// Errors: VoiceFailed (the program is missing, or says nothing).
    virtual Result<Pcm> speak(const std::string& text, const VoiceStyle& style) = 0;
};

/// The program espeak-ng, found on PATH. The text goes through a pipe: arguments can be read by every
/// process of the machine.
std::unique_ptr<Voice> makeEspeakVoice();

/// The headphone sockets of the machine.
class Headphones {
public:
    virtual ~Headphones() = default;
    /// Whether one is in; false where no socket can tell. Cheap enough to be asked several times a second.
    virtual bool plugged() = 0;
};

/// Sockets that report SW_HEADPHONE_INSERT (linux/input-event-codes.h) under /dev/input; found again when
/// they come later.
std::unique_ptr<Headphones> makeJackHeadphones();

} // namespace kiosk
