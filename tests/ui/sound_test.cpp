// Sounds never hold up the screen, with or without a device.
#include "app/ui/sound.hpp"

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <future>
#include <gtest/gtest.h>
#include <thread>

namespace kiosk::ui {
namespace {

TEST(Sounds, PlayAtOnceOrAreSilent) {
    for (const char* driver : {"dummy", "no-such-driver"}) {
        setenv("SDL_AUDIODRIVER", driver, 1);
        const auto start = std::chrono::steady_clock::now();
        auto sounds = std::make_unique<Sounds>();
        for (const auto sound : {Sound::Read, Sound::Wrong, Sound::Done, Sound::Warning, Sound::Hint})
            sounds->play(sound);
        // Five sounds, one after the other, take longer.
        EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(1)) << driver;
    }
    setenv("SDL_AUDIODRIVER", "dummy", 1);
}

/// Sound devices that are files: SDL writes into what $SDL_DISKAUDIOFILE is when a device is opened. The
/// system's output is opened at the beginning, the one for speech with the first words.
class SoundFiles : public testing::Test {
protected:
    void SetUp() override {
        std::string pattern = (std::filesystem::temp_directory_path() / "kiosk-sound-XXXXXX").string();
        folder = ::mkdtemp(pattern.data());
        setenv("SDL_AUDIODRIVER", "disk", 1);
        openInto("system");
    }
    void TearDown() override {
        std::filesystem::remove_all(folder);
        setenv("SDL_AUDIODRIVER", "dummy", 1);
        unsetenv("SDL_DISKAUDIOFILE");
    }
    void openInto(const char* file) const { setenv("SDL_DISKAUDIOFILE", (folder / file).c_str(), 1); }
    /// Has anything but silence been written there?
    static bool isLoud(const std::filesystem::path& file) {
        std::ifstream in(file, std::ios::binary);
        const std::string bytes(std::istreambuf_iterator<char>(in), {});
        return bytes.find_first_not_of('\0') != std::string::npos;
    }
    static bool becomesLoud(const std::filesystem::path& file) {
        for (int i = 0; i < 100 && !isLoud(file); ++i)
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        return isLoud(file);
    }
    static std::string onlyOutput(Sounds& sounds) {
        std::promise<std::vector<std::string>> told;
        sounds.outputs([&told](std::vector<std::string> names) { told.set_value(std::move(names)); });
        const auto names = told.get_future().get();
        EXPECT_EQ(names.size(), 1U);
        return names.empty() ? std::string() : names.front();
    }
    /// Asked more than once: the answer is that of the time before.
    static bool canSpeak(Sounds& sounds) {
        for (int i = 0; i < 20 && !sounds.canSpeak(); ++i)
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        return sounds.canSpeak();
    }
    static std::vector<std::int16_t> word() { return std::vector<std::int16_t>(22050, 9000); }

    std::filesystem::path folder;
};

TEST_F(SoundFiles, SpeechGoesToItsOwnDeviceAndSoundsToTheSystems) {
    std::string name;
    {
        Sounds both;
        name = onlyOutput(both);
        EXPECT_TRUE(both.canSpeak());
        both.speak(word(), 22050);
        EXPECT_TRUE(becomesLoud(folder / "system")) << "no device is named";
    }
    std::filesystem::remove(folder / "system");
    Sounds apart(name.substr(1));
    EXPECT_EQ(onlyOutput(apart), name);
    EXPECT_TRUE(canSpeak(apart));
    openInto("headphones");
    apart.speak(word(), 22050);
    EXPECT_TRUE(becomesLoud(folder / "headphones"));
    EXPECT_FALSE(isLoud(folder / "system")) << "speakers stay silent";
    apart.play(Sound::Done);
    EXPECT_TRUE(becomesLoud(folder / "system"));
}

TEST_F(SoundFiles, WithoutItsDeviceNothingIsSaidAnywhere) {
    Sounds sounds("USB MAU");
    onlyOutput(sounds);
    EXPECT_FALSE(canSpeak(sounds));
    openInto("headphones");
    sounds.speak(word(), 22050);
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
    EXPECT_FALSE(isLoud(folder / "system"));
    EXPECT_FALSE(isLoud(folder / "headphones"));
}

} // namespace
} // namespace kiosk::ui
