// Several looks at one symbol: what none shows alone they show together, and two symbols are never added up.
#include "app/reading/soft/evidence.hpp"
#include "app/reading/soft/symbol_decoder.hpp"
#include "tests/specimen/corpus.hpp"

#include <gmock/gmock.h>

namespace kiosk::reading::soft {
namespace {

/// Log-likelihood ratios of a look through gaussian noise: mean `strength`, variance twice that.
std::vector<float> look(const cv::Mat& modules, double strength, specimen::Random& random) {
    std::vector<float> out;
    for (int y = 0; y < modules.rows; ++y)
        for (int x = 0; x < modules.cols; ++x) {
            const double sign = modules.at<std::uint8_t>(y, x) == 0 ? 1 : -1;
            out.push_back(static_cast<float>(sign * strength + std::sqrt(2 * strength) * random.normal()));
        }
    return out;
}

int versionOf(const cv::Mat& modules) { return symbol::versionOf(modules.cols); }

std::optional<Decoded> decode(const cv::Mat& modules, std::span<const float> ratios) {
    return SymbolDecoder(versionOf(modules)).decode(ratios, 4);
}

TEST(Fusion, TwoFramesShowWhatNeitherShowsAlone) {
    int together = 0;
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        const auto [card, payload] = specimen::corpusCard(seed);
        specimen::Random random(seed);
        const auto first = look(card.modules, 4.5, random), second = look(card.modules, 4.5, random);
        EXPECT_FALSE(decode(card.modules, first));
        EXPECT_FALSE(decode(card.modules, second));
        Evidence evidence;
        evidence.add(versionOf(card.modules), first);
        const auto sum = evidence.add(versionOf(card.modules), second);
        ASSERT_EQ(evidence.frames(), 2);
        const auto decoded = decode(card.modules, sum);
        if (!decoded) continue;
        ++together;
        EXPECT_EQ(std::string(decoded->bytes.begin(), decoded->bytes.end()), payload);
    }
    EXPECT_GE(together, 8);
}

TEST(Fusion, ABetterLookReplacesTheNewest) {
    const auto card = specimen::corpusCard(2).card;
    specimen::Random random(2);
    const auto first = look(card.modules, 5, random), second = look(card.modules, 5, random),
               better = look(card.modules, 9, random);
    Evidence evidence;
    evidence.add(versionOf(card.modules), first);
    evidence.add(versionOf(card.modules), second);
    const auto sum = evidence.improve(better);
    for (std::size_t i = 0; i < first.size(); ++i) ASSERT_NEAR(sum[i], first[i] + better[i], 1e-3);
    EXPECT_EQ(evidence.frames(), 2);
}

TEST(Fusion, FramesOfTwoSymbolsAreNeverMixed) {
    std::vector<specimen::CorpusCard> cards;
    for (std::uint64_t seed = 1; seed <= 24; ++seed) cards.push_back(specimen::corpusCard(seed));
    specimen::Random random(3);
    int pairs = 0;
    for (const auto& a : cards)
        for (const auto& b : cards) {
            if (a.payload == b.payload || a.card.modules.size() != b.card.modules.size()) continue;
            ++pairs;
            Evidence evidence;
            const int version = versionOf(a.card.modules);
            for (int i = 0; i < 3; ++i) evidence.add(version, look(a.card.modules, 4, random));
            ASSERT_EQ(evidence.frames(), 3);
            const auto next = look(b.card.modules, 4, random);
            const auto sum = evidence.add(version, next);
            EXPECT_EQ(evidence.frames(), 1);
            EXPECT_TRUE(std::ranges::equal(sum, next));
        }
    EXPECT_GT(pairs, 20);
}

TEST(Fusion, AnotherVersionStartsAnew) {
    Evidence evidence;
    evidence.add(1, std::vector<float>(21 * 21, 1));
    EXPECT_EQ(evidence.add(2, std::vector<float>(25 * 25, 1)).size(), 25U * 25U);
    EXPECT_EQ(evidence.frames(), 1);
}

TEST(Fusion, WhatHasNotGrownForASecondIsForgotten) {
    const auto card = specimen::corpusCard(1).card;
    specimen::Random random(1);
    Evidence evidence;
    const int version = versionOf(card.modules);
    evidence.add(version, look(card.modules, 4, random));
    for (int i = 0; i < 20; ++i) evidence.pass();
    evidence.add(version, look(card.modules, 4, random));
    EXPECT_EQ(evidence.frames(), 2);
    for (int i = 0; i < 40; ++i) evidence.pass();
    evidence.add(version, look(card.modules, 4, random));
    EXPECT_EQ(evidence.frames(), 1);
}

TEST(SymbolDecoder, AcceptsNothingOfChance) {
    specimen::Random random(9);
    for (const int version : {1, 3, 7, 10})
        for (int i = 0; i < 40; ++i) {
            const auto size = static_cast<std::size_t>(symbol::sizeOf(version));
            std::vector<float> ratios(size * size);
            for (auto& r : ratios) r = static_cast<float>(3 * random.normal());
            SymbolDecoder decoder(version);
            EXPECT_FALSE(decoder.decode(ratios, 4));
            EXPECT_EQ(decoder.decoded(), 0);
        }
}

} // namespace
} // namespace kiosk::reading::soft
