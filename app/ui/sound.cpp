// Earcons computed from a few sine waves, so that no sound files are needed.
#include "app/ui/sound.hpp"

#include "app/base/secret.hpp"
#include "app/base/worker.hpp"

#include <SDL.h>
#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdint>
#include <utility>
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

/// The worker opens the devices: a broken sound server may take seconds to say so.
struct Sounds::Impl {
    explicit Impl(std::string name) : speechDevice(std::move(name)) {}

    std::string speechDevice;         // name or a part of it; empty: sounds and speech share one
    std::atomic<bool> isThere{false}; // that device
    SDL_AudioDeviceID sounds = 0;     // worker's; 0: silent
    SDL_AudioDeviceID speech = 0;     // worker's; of the device of its own
    Uint64 earconEnds = 0;            // worker's, ms of SDL_GetTicks64
    Worker worker;

    static std::vector<std::string> names() {
        std::vector<std::string> all;
        const int count = SDL_WasInit(SDL_INIT_AUDIO) == 0 ? 0 : SDL_GetNumAudioDevices(0);
        for (int i = 0; i < count; ++i)
            if (const char* name = SDL_GetAudioDeviceName(i, 0)) all.emplace_back(name);
        return all;
    }

    /// The whole name; empty: no such device now.
    std::string found() const {
        const auto all = names();
        const auto contains = [this](const std::string& name) {
            return name.find(speechDevice) != std::string::npos;
        };
        if (std::find(all.begin(), all.end(), speechDevice) != all.end()) return speechDevice;
        const auto it = std::find_if(all.begin(), all.end(), contains);
        return it == all.end() ? std::string() : *it;
    }

    static SDL_AudioDeviceID open(const char* name) {
        SDL_AudioSpec want{};
        want.freq = rate;
        want.format = AUDIO_S16SYS;
        want.channels = 1;
        want.samples = 1024;
        const auto device = SDL_OpenAudioDevice(name, 0, &want, nullptr, 0);
        if (device != 0) SDL_PauseAudioDevice(device, 0);
        return device;
    }

    /// Where speech goes now; 0: nowhere. A device that was pulled out is looked for anew.
    SDL_AudioDeviceID speechOutput() {
        if (speechDevice.empty()) return sounds;
        if (speech != 0 && SDL_GetAudioDeviceStatus(speech) == SDL_AUDIO_STOPPED) {
            SDL_CloseAudioDevice(speech);
            speech = 0;
        }
        if (speech == 0)
            if (const auto name = found(); !name.empty()) speech = open(name.c_str());
        return speech;
    }
};

Sounds::Sounds(std::string speechDevice) : impl_(std::make_unique<Impl>(std::move(speechDevice))) {
    impl_->worker.post([impl = impl_.get()] {
        if (SDL_InitSubSystem(SDL_INIT_AUDIO) != 0) return;
        impl->sounds = Impl::open(nullptr);
    });
}

Sounds::~Sounds() {
    impl_->worker.post([impl = impl_.get()] {
        for (const auto device : {impl->sounds, impl->speech})
            if (device != 0) SDL_CloseAudioDevice(device);
        if (SDL_WasInit(SDL_INIT_AUDIO)) SDL_QuitSubSystem(SDL_INIT_AUDIO);
    });
}

void Sounds::play(Sound sound) {
    impl_->worker.post([impl = impl_.get(), sound] {
        if (impl->sounds == 0) return;
        const auto wave = samples(sound);
        SDL_ClearQueuedAudio(impl->sounds);
        SDL_QueueAudio(impl->sounds, wave.data(), static_cast<Uint32>(wave.size() * sizeof(std::int16_t)));
        impl->earconEnds = SDL_GetTicks64() + wave.size() * 1000 / rate;
    });
}

void Sounds::speak(std::vector<std::int16_t> speech, int speechRate) {
    impl_->worker.post([impl = impl_.get(), speech = std::move(speech), speechRate]() mutable {
        if (const auto device = impl->speechOutput(); device != 0) {
            if (device != impl->sounds || SDL_GetTicks64() >= impl->earconEnds) SDL_ClearQueuedAudio(device);
            auto wave = atRate(speech, speechRate);
            SDL_QueueAudio(device, wave.data(), static_cast<Uint32>(wave.size() * sizeof(std::int16_t)));
            wipe(wave.data(), wave.size() * sizeof(std::int16_t));
        }
        wipe(speech.data(), speech.size() * sizeof(std::int16_t));
    });
}

void Sounds::outputs(std::function<void(std::vector<std::string>)> told) {
    impl_->worker.post([told = std::move(told)] { told(Impl::names()); });
}

bool Sounds::canSpeak() {
    if (impl_->speechDevice.empty()) return true;
    impl_->worker.post([impl = impl_.get()] { impl->isThere = !impl->found().empty(); });
    return impl_->isThere;
}

} // namespace kiosk::ui
