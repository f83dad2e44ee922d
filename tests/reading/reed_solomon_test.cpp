// Errors and erasures up to the bound, and nothing beyond it taken for granted.
#include "app/reading/symbol/reed_solomon.hpp"

#include "tests/reading/codewords.hpp"

#include <algorithm>
#include <gmock/gmock.h>
#include <numeric>

namespace kiosk::reading::symbol {
namespace {

struct Damage {
    Block block;
    std::vector<int> erasures;
};
Damage damage(Block block, int errors, int erased, specimen::Random& random) {
    std::vector<int> places(block.size());
    std::iota(places.begin(), places.end(), 0);
    for (std::size_t i = places.size() - 1; i > 0; --i)
        std::swap(places[i], places[static_cast<std::size_t>(random.below(static_cast<int>(i) + 1))]);
    for (int i = 0; i < errors; ++i)
        block[static_cast<std::size_t>(places[static_cast<std::size_t>(i)])] ^=
            static_cast<std::uint8_t>(1 + random.below(255));
    const auto first = places.begin() + errors;
    for (auto at = first; at != first + erased; ++at) // an erased codeword may happen to be right
        block[static_cast<std::size_t>(*at)] = static_cast<std::uint8_t>(random.below(256));
    return {std::move(block), {first, first + erased}};
}

Block corrected(Block block, const std::vector<Correction>& corrections) {
    for (const auto& c : corrections) block[static_cast<std::size_t>(c.at)] ^= c.change;
    return block;
}

TEST(ReedSolomon, CorrectsEveryMixOfErrorsAndErasuresUpToTheBound) {
    specimen::Random random(1);
    for (const auto& [length, check] : {std::pair{26, 7}, {26, 10}, {44, 18}, {70, 26}, {145, 30}, {255, 30}})
        for (int erased = 0; erased <= check; ++erased) {
            const int errors = (check - erased) / 2;
            const auto sent = codeword(length, check, random);
            const auto got = damage(sent, errors, erased, random);
            std::vector<Correction> corrections;
            ASSERT_TRUE(Syndromes(got.block, check).correct(got.erasures, corrections))
                << length << ' ' << check << ' ' << errors << '+' << erased;
            EXPECT_EQ(corrected(got.block, corrections), sent);
        }
}

TEST(ReedSolomon, LeavesACodewordAlone) {
    specimen::Random random(2);
    const auto sent = codeword(44, 18, random);
    std::vector<Correction> corrections;
    const Syndromes syndromes(sent, 18);
    EXPECT_TRUE(syndromes.clean());
    EXPECT_TRUE(syndromes.correct({}, corrections));
    EXPECT_THAT(corrections, testing::IsEmpty());
}

TEST(ReedSolomon, GivesACodewordWithinTheBoundOrNothing) {
    specimen::Random random(3);
    int refused = 0;
    for (int i = 0; i < 2000; ++i) {
        const int check = 7 + random.below(20), length = check + 10 + random.below(60);
        const int errors = random.below(check + 1), erased = random.below(check - errors + 2);
        const auto sent = codeword(length, check, random);
        auto got = damage(sent, errors, erased, random);
        std::vector<Correction> corrections;
        const bool decoded = Syndromes(got.block, check).correct(got.erasures, corrections);
        if (2 * errors + erased <= check) {
            ASSERT_TRUE(decoded);
            ASSERT_EQ(corrected(got.block, corrections), sent);
        } else if (decoded) { // another codeword's sphere: it must be one, within the bound
            ASSERT_TRUE(Syndromes(corrected(got.block, corrections), check).clean());
            const auto found = std::ranges::count_if(corrections, [](const auto& c) { return !c.erased; });
            ASSERT_LE(2 * found + erased, check);
        } else {
            ++refused;
        }
    }
    EXPECT_GT(refused, 500);
}

TEST(ReedSolomon, RefusesMoreErasuresThanItHasRedundancy) {
    specimen::Random random(4);
    const auto got = damage(codeword(44, 18, random), 0, 19, random);
    std::vector<Correction> corrections;
    EXPECT_FALSE(Syndromes(got.block, 18).correct(got.erasures, corrections));
}

/// The bound that acceptance rests on, against how often random words decode.
TEST(ReedSolomon, RandomBlocksDecodeNoMoreOftenThanTheBoundSays) {
    specimen::Random random(5);
    constexpr int check = 4, length = 26, tries = 20000;
    double bound = 0;
    for (int errors = 0; errors <= check / 2; ++errors)
        bound += std::exp2(log2FalseDecoding(length, check, 0, errors));
    int decoded = 0;
    for (int i = 0; i < tries; ++i) {
        Block block(length);
        for (auto& codeword : block) codeword = static_cast<std::uint8_t>(random.below(256));
        std::vector<Correction> corrections;
        decoded += Syndromes(block, check).correct({}, corrections) ? 1 : 0;
    }
    EXPECT_GT(decoded, 0);
    EXPECT_NEAR(decoded, bound * tries, 5 * std::sqrt(bound * tries));
}

} // namespace
} // namespace kiosk::reading::symbol
