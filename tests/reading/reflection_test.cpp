// Reflections over a code are seen for what they are; light modules are not taken for them.
#include "app/reading/soft/reflection.hpp"

#include "tests/specimen/specimen.hpp"

#include <gmock/gmock.h>

namespace kiosk::reading::soft {
namespace {

constexpr int size = 49;
constexpr float dark = 40, light = 225, brightest = 255;

std::size_t at(int x, int y) { return static_cast<std::size_t>(y * size + x); }

std::vector<float> randomModules(float lightLevel) {
    specimen::Random random(5);
    std::vector<float> out(static_cast<std::size_t>(size * size));
    for (auto& grey : out) grey = random.below(2) == 0 ? dark : lightLevel;
    return out;
}

TEST(Reflection, IsFoundWholeAndNothingElse) {
    auto greys = randomModules(light);
    for (int y = 10; y < 18; ++y)
        for (int x = 20; x < 30; ++x) greys[at(x, y)] = brightest;
    const auto found = findReflections(greys, size);
    for (int y = 0; y < size; ++y)
        for (int x = 0; x < size; ++x)
            EXPECT_EQ(found[at(x, y)], y >= 10 && y < 18 && x >= 20 && x < 30) << x << ' ' << y;
}

TEST(Reflection, OverexposedModulesAreNone) {
    const auto found = findReflections(randomModules(brightest), size);
    EXPECT_LT(std::ranges::count(found, true), size * size / 20);
}

TEST(Reflection, WhatIsLightBesideOneIsDoubtful) {
    std::vector<bool> reflections(static_cast<std::size_t>(size * size));
    reflections[at(20, 20)] = true;
    const auto trust = lightTrust(reflections, size);
    EXPECT_EQ(trust[at(20, 20)], 0);
    EXPECT_LT(trust[at(21, 21)], trust[at(22, 20)]);
    EXPECT_LT(trust[at(22, 20)], 1);
    EXPECT_EQ(trust[at(23, 20)], 1);
    EXPECT_EQ(trust[at(0, 0)], 1);
}

} // namespace
} // namespace kiosk::reading::soft
