// What is said reaches the headphones, the newest words only, and nothing without them. Voice and socket are
// made up.
#include "app/workers/speech_worker.hpp"

#include <condition_variable>
#include <gmock/gmock.h>
#include <mutex>

namespace kiosk {
namespace {

using namespace std::chrono_literals;

/// Says a sample a letter, when it is let.
class SlowVoice final : public Voice {
public:
    explicit SlowVoice(std::atomic<bool>& held) : held_(held) {}
    Result<Pcm> speak(const std::string& text, const VoiceStyle&) override {
        while (held_) std::this_thread::sleep_for(1ms);
        if (text == "broken") return fail(Code::VoiceFailed);
        return Pcm{22050, std::vector<std::int16_t>(text.size(), 1)};
    }

private:
    std::atomic<bool>& held_;
};

class Socket final : public Headphones {
public:
    explicit Socket(std::atomic<bool>& in) : in_(in) {}
    bool plugged() override { return in_; }

private:
    std::atomic<bool>& in_;
};

class SpeechWorkerTest : public testing::Test {
protected:
    void start(bool kept) {
        worker = std::make_unique<SpeechWorker>(
            std::make_unique<SlowVoice>(held), std::make_unique<Socket>(in), kept,
            [this](Pcm sound) { played.push(sound.samples.size()); }, inbox);
    }
    std::optional<std::size_t> nextPlayed() { return played.pop({}, 3s); }
    std::optional<event::HeadphonesChanged> nextChange() {
        const auto event = inbox.pop({}, 3s);
        return event ? std::optional(std::get<event::HeadphonesChanged>(*event)) : std::nullopt;
    }
    static SpeechRequest say(std::vector<std::string> texts) {
        SpeechRequest request;
        for (auto& text : texts) request.pieces.push_back({std::move(text), {}});
        return request;
    }

    std::atomic<bool> held = false, in = false;
    Inbox<Event> inbox;
    Inbox<std::size_t> played;
    std::unique_ptr<SpeechWorker> worker;
};

TEST_F(SpeechWorkerTest, WithoutHeadphonesNothingIsPlayed) {
    start(false);
    worker->say(say({"Nguyễn Văn Mẫu"}));
    EXPECT_FALSE(played.pop({}, 300ms));
    in = true;
    EXPECT_TRUE(nextChange()->plugged);
    worker->say(say({"four", "five5"}));
    EXPECT_EQ(nextPlayed(), 9U) << "all pieces as one";
}

TEST_F(SpeechWorkerTest, PulledOutInTheMiddleOfAWordItIsSilent) {
    in = true;
    start(false);
    ASSERT_TRUE(nextChange()->plugged);
    held = true;
    worker->say(say({"a name"}));
    in = false;
    EXPECT_FALSE(nextChange()->plugged);
    held = false;
    EXPECT_EQ(nextPlayed(), 0U) << "silence, and not the name";
    EXPECT_FALSE(played.pop({}, 200ms));
}

TEST_F(SpeechWorkerTest, HeadphonesThatAreKeptThereAreStillOnlyThereWhileTheirDeviceIs) {
    start(true);
    worker->say(say({"Nguyễn Văn Mẫu"}));
    EXPECT_FALSE(played.pop({}, 300ms)) << "their device is missing";
    in = true;
    const auto found = nextChange();
    ASSERT_TRUE(found);
    EXPECT_TRUE(found->plugged && found->always);
    in = false;
    EXPECT_FALSE(nextChange()->plugged);
}

TEST_F(SpeechWorkerTest, TheNewestWordsMakeTheOthersVoid) {
    in = true;
    start(true);
    EXPECT_TRUE(nextChange()->always);
    held = true;
    worker->say(say({"1"}));
    worker->say(say({"22"}));
    worker->say(say({"333"}));
    held = false;
    EXPECT_EQ(nextPlayed(), 3U);
}

TEST_F(SpeechWorkerTest, ABrokenVoiceDoesNotStopTheNextWords) {
    in = true;
    start(true);
    ASSERT_TRUE(nextChange());
    worker->say(say({"broken"}));
    worker->say(say({"22"}));
    EXPECT_EQ(nextPlayed(), 2U);
}

} // namespace
} // namespace kiosk
