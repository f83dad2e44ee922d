// What a voice says instead of what is written.
#include "app/ui/speech/spoken.hpp"

#include <gtest/gtest.h>

namespace kiosk::ui {
namespace {

TEST(Spoken, DatesAreWords) {
    EXPECT_EQ(spoken("05/09/2020", "vi"), "ngày 5 tháng 9 năm 2020");
    EXPECT_EQ(spoken("ngày hẹn 05/09/2020.", "vi"), "ngày hẹn ngày 5 tháng 9 năm 2020.");
    EXPECT_EQ(spoken("30/12/1999", "en"), "30 December 1999");
    EXPECT_EQ(spoken("30/13/1999", "en"), "30/13/1999") << "no such month: as it is written";
}

TEST(Spoken, LongNumbersAndCodesAreSignBySign) {
    EXPECT_EQ(spoken("0901234567", "vi"), "0 9 0 1 2 3 4 5 6 7");
    EXPECT_EQ(spoken("K7-9Q2M-4XTR", "en"), "K 7, 9 Q 2 M, 4 X T R");
    EXPECT_EQ(spoken("50.000 đồng", "vi"), "50.000 đồng") << "an amount stays one";
    EXPECT_EQ(spoken("2020", "vi"), "2020");
    EXPECT_EQ(spoken("UBND TP", "vi"), "UBND TP");
}

TEST(Spoken, AMaskedNumberSaysThatItIsMasked) {
    EXPECT_EQ(spoken("••••••••0001", "vi"), " số đã che  0 0 0 1");
}

TEST(Spoken, NothingIsTakenForACommandOfTheSpeechProgram) {
    EXPECT_EQ(spoken("Nguyễn [[h@l'oU]] <mark>\x01 Văn", "vi"), "Nguyễn h@l'oU mark Văn");
}

TEST(Spoken, VietnameseNamesOnAnEnglishScreenAreVietnamese) {
    EXPECT_EQ(voiceFor("Nguyễn Văn Mẫu", "en"), "vi");
    EXPECT_EQ(voiceFor("Is this you?", "en"), "en");
    EXPECT_EQ(voiceFor("English", "vi"), "vi");
}

} // namespace
} // namespace kiosk::ui
