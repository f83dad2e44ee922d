// Blocks decoded bit by bit: beyond what erasing whole codewords can, and never what chance made.
#include "app/reading/symbol/ordered_statistics.hpp"

#include "app/reading/symbol/reed_solomon.hpp"
#include "tests/reading/codewords.hpp"

#include <gmock/gmock.h>

namespace kiosk::reading::symbol {
namespace {

constexpr int length = 60, check = 22; // a block of version 8-M
constexpr float sure = 5, worst = -22;

std::vector<float> ratiosOf(const Block& block) {
    std::vector<float> out;
    for (const auto codeword : block)
        for (int bit = 7; bit >= 0; --bit) out.push_back((codeword >> bit & 1) != 0 ? sure : -sure);
    return out;
}

std::size_t bitOf(int at, int bit) { return static_cast<std::size_t>(at * 8 + bit); }

TEST(OrderedStatistics, FillsInABitOfMoreCodewordsThanCouldBeErased) {
    specimen::Random random(1);
    for (int round = 0; round < 20; ++round) {
        const auto sent = codeword(length, check, random);
        auto ratios = ratiosOf(sent);
        for (int at = 0; at < 2 * check; ++at) ratios[bitOf(at, random.below(8))] = 0;
        const auto got = decodeOrdered(ratios, check, worst);
        ASSERT_TRUE(got);
        EXPECT_EQ(got->block, sent);
        EXPECT_LE(got->log2False, worst);
    }
}

TEST(OrderedStatistics, DoubtfulBitsMayAllBeWrongAndTwoSureOnesToo) {
    specimen::Random random(2);
    for (int round = 0; round < 20; ++round) {
        const auto sent = codeword(length, check, random);
        auto ratios = ratiosOf(sent);
        for (int at = 0; at < check; ++at) {
            auto& ratio = ratios[bitOf(at, random.below(8))];
            ratio *= -0.1F;
        }
        for (const int at : {check + 3, check + 9}) ratios[bitOf(at, random.below(8))] *= -0.4F;
        const auto got = decodeOrdered(ratios, check, worst);
        ASSERT_TRUE(got);
        EXPECT_EQ(got->block, sent);
    }
}

TEST(OrderedStatistics, GivesACodewordOrNothing) {
    specimen::Random random(3);
    int refused = 0;
    for (int round = 0; round < 60; ++round) {
        auto ratios = ratiosOf(codeword(length, check, random));
        for (auto& ratio : ratios) ratio += static_cast<float>((1 + round % 6) * random.normal());
        const auto got = decodeOrdered(ratios, check, worst);
        if (got)
            EXPECT_TRUE(Syndromes(got->block, check).clean());
        else
            ++refused;
    }
    EXPECT_GT(refused, 10);
}

/// The bound that acceptance rests on, against how often random bits are taken for a block.
TEST(OrderedStatistics, RandomBitsAreTakenNoMoreOftenThanTheBoundSays) {
    specimen::Random random(4);
    constexpr int few = 4, tries = 3000;
    constexpr float lenient = -4;
    int taken = 0;
    for (int i = 0; i < tries; ++i) {
        std::vector<float> ratios(26 * 8);
        for (auto& ratio : ratios) ratio = static_cast<float>(random.normal());
        taken += decodeOrdered(ratios, few, lenient) ? 1 : 0;
    }
    EXPECT_LE(taken, tries * std::exp2(lenient));
}

TEST(OrderedStatistics, NothingSeenIsNothingRead) {
    EXPECT_FALSE(decodeOrdered(std::vector<float>(length * 8), check, worst));
}

} // namespace
} // namespace kiosk::reading::symbol
