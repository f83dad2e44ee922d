// The speech thread: owns the voice and watches the headphones; what is said goes to them and nowhere else.
#pragma once

#include "app/base/worker.hpp"
#include "app/flow/flow.hpp"
#include "drivers/speech.hpp"

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace kiosk {

/// Something to say in pieces, each with its own voice.
struct SpeechRequest {
    struct Piece {
        std::string text;
        VoiceStyle style;
    };
    std::vector<Piece> pieces;
};

/// Any thread. A new request makes those before it void; without headphones nothing is said.
class SpeechWorker {
public:
    using Play = std::function<void(Pcm)>; ///< called on the speech thread
    /// `kept`: nobody plugs them in and out for a visit, so a key begins speech.
    SpeechWorker(std::unique_ptr<Voice> voice, std::unique_ptr<Headphones> headphones, bool kept, Play play,
                 Inbox<Event>& inbox);

    void say(SpeechRequest request);
    /// What waits is not said any more.
    void hush();

private:
    void speak(const SpeechRequest& request, std::uint64_t number);
    void watch(const std::stop_token& stop);

    std::unique_ptr<Voice> voice_;
    std::unique_ptr<Headphones> headphones_;
    bool kept_;
    Play play_;
    Inbox<Event>& inbox_;
    std::atomic<std::uint64_t> newest_ = 0;
    std::atomic<bool> plugged_ = false;
    bool troubled_ = false; // worker's: told once
    Worker worker_;
    std::jthread watcher_; // last: uses all of the above
};

} // namespace kiosk
