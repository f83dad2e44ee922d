// The real speech program.
#include "drivers/speech.hpp"

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>

namespace kiosk {
namespace {

const VoiceStyle vietnamese{"vi", 150, 100};

/// Loudest sample.
int peak(const Pcm& sound) {
    int most = 0;
    for (const auto sample : sound.samples) most = std::max(most, std::abs(static_cast<int>(sample)));
    return most;
}

TEST(EspeakVoice, SpeaksBothLanguagesLongerForMoreAndFasterWhenAsked) {
    const auto voice = makeEspeakVoice();
    const auto word = voice->speak("Xin chào", vietnamese);
    ASSERT_TRUE(word) << word.error().detail;
    EXPECT_EQ(word->rate, 22050);
    EXPECT_GT(peak(*word), 1000);
    const auto sentence = voice->speak("Xin chào, mời bạn đưa thẻ căn cước trước camera", vietnamese);
    const auto fast = voice->speak("Xin chào, mời bạn đưa thẻ căn cước trước camera", {"vi", 300, 100});
    const auto soft = voice->speak("Xin chào", {"vi", 150, 20});
    const auto english = voice->speak("Good morning", {"en-gb", 150, 100});
    ASSERT_TRUE(sentence && fast && soft && english);
    EXPECT_GT(sentence->samples.size(), 2 * word->samples.size());
    EXPECT_LT(fast->samples.size(), sentence->samples.size() * 3 / 4);
    EXPECT_LT(peak(*soft), peak(*word) / 2);
    EXPECT_GT(peak(*english), 1000);
}

TEST(EspeakVoice, LongTextsComeWholeAndEmptyOnesAreTold) {
    const auto voice = makeEspeakVoice();
    std::string text;
    for (int i = 0; i < 60; ++i) text += "Mẫu, mẫu, mẫu. ";
    const auto sound = voice->speak(text, {"vi", 400, 50});
    ASSERT_TRUE(sound) << sound.error().detail;
    EXPECT_GT(sound->samples.size(), 22050U * 20);
    EXPECT_EQ(voice->speak("", vietnamese).error().code, Code::VoiceFailed);
}

/// Another program by its name on PATH.
void replaceProgram(const std::string& script) {
    const auto folder = std::filesystem::path(KIOSK_BUILD_DIR) / "no-voice";
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    if (!script.empty()) {
        std::ofstream(folder / "espeak-ng") << script;
        std::filesystem::permissions(folder / "espeak-ng", std::filesystem::perms::owner_all);
    }
    std::signal(SIGPIPE, SIG_IGN); // as the program has it: one that is gone already makes the write fail
    ::setenv("PATH", script.empty() ? folder.c_str() : (folder.string() + ":/usr/bin:/bin").c_str(), 1);
}

TEST(EspeakVoice, AProgramThatIsMissingSilentHangingOrBabblingIsToldInTime) {
    const auto voice = makeEspeakVoice();
    const auto start = std::chrono::steady_clock::now();
    for (const auto* script : {"", "#!/bin/sh\nexit 1\n", "#!/bin/sh\necho no sound at all; cat >/dev/null\n",
                               "#!/bin/sh\nsleep 60\n", "#!/bin/sh\nexec yes\n"}) {
        replaceProgram(script);
        const auto sound = voice->speak("Xin chào", vietnamese);
        ASSERT_FALSE(sound) << script;
        EXPECT_EQ(sound.error().code, Code::VoiceFailed) << script;
    }
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
}

} // namespace
} // namespace kiosk
