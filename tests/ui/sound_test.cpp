// Sounds never hold up the screen, with or without a device.
#include "app/ui/sound.hpp"

#include <chrono>
#include <cstdlib>
#include <gtest/gtest.h>

namespace kiosk::ui {
namespace {

TEST(Sounds, PlayAtOnceOrAreSilent) {
    for (const char* driver : {"dummy", "no-such-driver"}) {
        setenv("SDL_AUDIODRIVER", driver, 1);
        const auto start = std::chrono::steady_clock::now();
        auto sounds = std::make_unique<Sounds>();
        for (const auto sound : {Sound::Read, Sound::Wrong, Sound::Done, Sound::Warning, Sound::Hint})
            sounds->play(sound);
        EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(100)) << driver;
    }
    setenv("SDL_AUDIODRIVER", "dummy", 1);
}

} // namespace
} // namespace kiosk::ui
