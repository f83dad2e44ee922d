// Which spellings of a syllable count as the same sound, and how well typed tones agree.
#include "app/procedures/search/phonetic.hpp"

#include <gtest/gtest.h>
#include <utility>

using namespace kiosk::search;

namespace {

class Confused : public testing::TestWithParam<std::pair<const char*, const char*>> {};

TEST_P(Confused, SoundsTheSame) {
    EXPECT_EQ(soundKey(GetParam().first), soundKey(GetParam().second));
    EXPECT_FALSE(soundKey(GetParam().first).empty());
}

INSTANTIATE_TEST_SUITE_P(Sounds, Confused,
                         testing::Values(std::pair{"tru", "chu"}, std::pair{"xo", "so"},
                                         std::pair{"rap", "dap"}, std::pair{"gia", "da"},
                                         std::pair{"nam", "lam"}, std::pair{"nghi", "ngi"},
                                         std::pair{"ghe", "ge"}, std::pair{"can", "cang"},
                                         std::pair{"sinh", "sin"}, std::pair{"cuoc", "cuot"},
                                         std::pair{"ky", "ki"}, std::pair{"chieu", "chiu"},
                                         std::pair{"huu", "hiu"}, std::pair{"khaii", "khai"}));

TEST(SoundKey, KeepsOtherSoundsApart) {
    EXPECT_NE(soundKey("cha"), soundKey("ca"));
    EXPECT_NE(soundKey("khai"), soundKey("hai"));
    EXPECT_NE(soundKey("ma"), soundKey("me"));
    EXPECT_NE(soundKey("nha"), soundKey("na"));
}

TEST(SoundKey, IsEmptyForWhatIsNoSyllable) {
    for (const char* text : {"", "b", "xkcd", "9", "a1", "123"}) EXPECT_TRUE(soundKey(text).empty()) << text;
}

TEST(ToneAgreement, IsBestForTheSameAndWorstForAnotherWord) {
    EXPECT_EQ(toneAgreement("tru4", "tru4", true), 1);
    EXPECT_EQ(toneAgreement("tru", "tru4", false), 1);                                   // typed without any
    EXPECT_GT(toneAgreement("sưa3", "sưa2", true), toneAgreement("sưa4", "sưa2", true)); // hỏi for ngã
    EXPECT_GT(toneAgreement("sưa", "sưa2", true), toneAgreement("sưa4", "sưa2", true));  // forgotten
    EXPECT_GT(toneAgreement("cuơc4", "cươc4", true), toneAgreement("cuơc5", "cươc4", true));
}

TEST(ToneAgreement, TellsBarredDFromPlain) {
    EXPECT_EQ(toneAgreement("đat", "đât4", true), 1);
    EXPECT_LT(toneAgreement("đan", "dân", true), 1);
}

} // namespace
