// Earcons computed from a few sine waves, so that no sound files are needed.
#include "app/ui/sound.hpp"

#include "app/base/secret.hpp"
#include "app/base/worker.hpp"

#include <SDL.h>
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

namespace kiosk::ui {

namespace {

constexpr int rate = 44100; // Hz

struct Note {
    double hertz, seconds, loudness;
};

std::vector<Note> notesOf(Sound sound) {
    switch (sound) {
    case Sound::Read:
        return {{1318.5, 0.07, 0.35}, {1976, 0.16, 0.35}};
    case Sound::Done:
        return {{783.99, 0.11, 0.35}, {1046.5, 0.11, 0.35}, {1318.5, 0.28, 0.35}};
    case Sound::Wrong:
        return {{392, 0.12, 0.4}, {311.1, 0.24, 0.4}};
    case Sound::Warning:
        return {{880, 0.14, 0.4}, {0, 0.08, 0}, {880, 0.14, 0.4}, {0, 0.08, 0}, {880, 0.22, 0.4}};
    case Sound::Hint: // soft: it comes while somebody is concentrating
        return {{659.26, 0.07, 0.16}, {880, 0.12, 0.16}};
    }
    return {};
}

std::vector<std::int16_t> samples(Sound sound) {
    std::vector<std::int16_t> out;
    for (const auto& note : notesOf(sound)) {
        const auto count = static_cast<std::size_t>(note.seconds * rate);
        for (std::size_t i = 0; i < count; ++i) {
            const double t = static_cast<double>(i) / rate, left = note.seconds - t;
            const double swell = std::min({1.0, t / 0.008, left / 0.04}); // no clicks at the ends
            const double wave =
                std::sin(2 * M_PI * note.hertz * t) + 0.25 * std::sin(4 * M_PI * note.hertz * t);
            out.push_back(static_cast<std::int16_t>(26000 * note.loudness * swell * wave / 1.25));
        }
    }
    return out;
}

/// Between two samples: a straight line, which is enough for speech.
std::vector<std::int16_t> atRate(const std::vector<std::int16_t>& speech, int from) {
    std::vector<std::int16_t> out;
    if (speech.empty() || from <= 0) return out;
    out.resize(static_cast<std::size_t>(static_cast<double>(speech.size() - 1) * rate / from) + 1);
    for (std::size_t i = 0; i < out.size(); ++i) {
        const double at = static_cast<double>(i) * from / rate;
        const auto left = static_cast<std::size_t>(at), right = std::min(left + 1, speech.size() - 1);
        const double part = at - static_cast<double>(left);
        out[i] = static_cast<std::int16_t>(std::lround(speech[left] * (1 - part) + speech[right] * part));
    }
    return out;
}

} // namespace

/// The worker opens the device: a broken sound server may take seconds to say so.
struct Sounds::Impl {
    SDL_AudioDeviceID device = 0; // worker's; 0: silent
    Uint64 earconEnds = 0;        // worker's, ms of SDL_GetTicks64
    Worker worker;
};

Sounds::Sounds() : impl_(std::make_unique<Impl>()) {
    impl_->worker.post([impl = impl_.get()] {
        if (SDL_InitSubSystem(SDL_INIT_AUDIO) != 0) return;
        SDL_AudioSpec want{};
        want.freq = rate;
        want.format = AUDIO_S16SYS;
        want.channels = 1;
        want.samples = 1024;
        impl->device = SDL_OpenAudioDevice(nullptr, 0, &want, nullptr, 0);
        if (impl->device != 0) SDL_PauseAudioDevice(impl->device, 0);
    });
}

Sounds::~Sounds() {
    impl_->worker.post([impl = impl_.get()] {
        if (impl->device != 0) SDL_CloseAudioDevice(impl->device);
        if (SDL_WasInit(SDL_INIT_AUDIO)) SDL_QuitSubSystem(SDL_INIT_AUDIO);
    });
}

void Sounds::play(Sound sound) {
    impl_->worker.post([impl = impl_.get(), sound] {
        if (impl->device == 0) return;
        const auto wave = samples(sound);
        SDL_ClearQueuedAudio(impl->device);
        SDL_QueueAudio(impl->device, wave.data(), static_cast<Uint32>(wave.size() * sizeof(std::int16_t)));
        impl->earconEnds = SDL_GetTicks64() + wave.size() * 1000 / rate;
    });
}

void Sounds::speak(std::vector<std::int16_t> speech, int speechRate) {
    impl_->worker.post([impl = impl_.get(), speech = std::move(speech), speechRate]() mutable {
        if (impl->device != 0) {
            if (SDL_GetTicks64() >= impl->earconEnds) SDL_ClearQueuedAudio(impl->device);
            auto wave = atRate(speech, speechRate);
            SDL_QueueAudio(impl->device, wave.data(),
                           static_cast<Uint32>(wave.size() * sizeof(std::int16_t)));
            wipe(wave.data(), wave.size() * sizeof(std::int16_t));
        }
        wipe(speech.data(), speech.size() * sizeof(std::int16_t));
    });
}

} // namespace kiosk::ui
