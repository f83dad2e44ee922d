#include "app/workers/speech_worker.hpp"

#include "app/base/log.hpp"

#include <chrono>

namespace kiosk {
namespace {
using namespace std::chrono_literals;
constexpr auto lookInterval = 200ms; // pulled out: silent within this time
} // namespace

SpeechWorker::SpeechWorker(std::unique_ptr<Voice> voice, std::unique_ptr<Headphones> headphones, bool kept,
                           Play play, Inbox<Event>& inbox)
    : voice_(std::move(voice)), headphones_(std::move(headphones)), kept_(kept), play_(std::move(play)),
      inbox_(inbox), watcher_([this](const std::stop_token& stop) { watch(stop); }) {}

void SpeechWorker::watch(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        const bool now = headphones_->plugged();
        if (now != plugged_.exchange(now)) {
            if (!now) hush();
            inbox_.push(event::HeadphonesChanged{.plugged = now, .always = kept_});
        }
        std::this_thread::sleep_for(lookInterval);
    }
}

void SpeechWorker::say(SpeechRequest request) {
    const auto number = ++newest_;
    worker_.post([this, request = std::move(request), number]() mutable {
        speak(request, number);
        for (auto& piece : request.pieces) wipe(piece.text.data(), piece.text.size());
    });
}

void SpeechWorker::hush() {
    ++newest_;
    worker_.post([this] { play_({}); });
}

/// Silence first: what was being said is over.
void SpeechWorker::speak(const SpeechRequest& request, std::uint64_t number) {
    if (number != newest_) return;
    Pcm all;
    for (const auto& piece : request.pieces) {
        auto sound = voice_->speak(piece.text, piece.style);
        if (!sound) {
            if (!troubled_) log::warn("speech", sound.error());
            troubled_ = true;
            return;
        }
        all.rate = sound->rate;
        all.samples.insert(all.samples.end(), sound->samples.begin(), sound->samples.end());
        wipe(sound->samples.data(), sound->samples.size() * sizeof(std::int16_t));
        if (number != newest_ || !plugged_) break;
    }
    troubled_ = false;
    if (number == newest_ && plugged_)
        play_(std::move(all));
    else
        wipe(all.samples.data(), all.samples.size() * sizeof(std::int16_t));
}

} // namespace kiosk
