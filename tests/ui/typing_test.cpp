// Every Vietnamese syllable can be typed in Telex, VNI and with the tone row, and comes out in one spelling.
#include "app/ui/ui.hpp"
#include "tests/ui/syllables.hpp"

#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace kiosk::ui {
namespace {

using test::rowTones;
using test::syllables;
using test::telexTones;
using test::vniTones;

std::string typeAll(const std::vector<std::string>& keys, TypingMethod method) {
    std::string text;
    for (const auto& key : keys) text = typed(text, key, method);
    return text;
}
std::string typeLetters(std::string_view keys, TypingMethod method) {
    std::string text;
    for (const char key : keys) text = typed(text, std::string(1, key), method);
    return text;
}

TEST(Typing, EverySyllableInTelexWithTheToneAtTheEnd) {
    ASSERT_GT(syllables().size(), 7000u);
    for (const auto& s : syllables())
        EXPECT_EQ(typeLetters(s.telexMarks + telexTones[s.tone], TypingMethod::Telex), s.text);
}
TEST(Typing, EverySyllableInVniWithTheToneAtTheEnd) {
    for (const auto& s : syllables())
        EXPECT_EQ(typeLetters(s.vniMarks + vniTones[s.tone], TypingMethod::Vni), s.text);
}
TEST(Typing, EverySyllableWithTheVietnameseRow) {
    for (const auto& s : syllables())
        for (const auto method : {TypingMethod::Telex, TypingMethod::Vni}) {
            auto keys = s.direct;
            if (s.tone > 0) keys.emplace_back(rowTones[s.tone]);
            EXPECT_EQ(typeAll(keys, method), s.text);
        }
}

TEST(Typing, WholeNamesInBothMethods) {
    EXPECT_EQ(typeLetters("Nguyeenx Vawn Maaux", TypingMethod::Telex), "Nguyễn Văn Mẫu");
    EXPECT_EQ(typeLetters("Nguye6n4 Va8n Ma6u4", TypingMethod::Vni), "Nguyễn Văn Mẫu");
    EXPECT_EQ(typeLetters("Ddawngj Thij Thuowngr", TypingMethod::Telex), "Đặng Thị Thưởng");
    EXPECT_EQ(typeLetters("DDOOIF", TypingMethod::Telex), "ĐỒI");
    EXPECT_EQ(typeLetters("QUOOCS", TypingMethod::Telex), "QUỐC");
}
TEST(Typing, MarksAndTonesInAnyOrder) {
    EXPECT_EQ(typeLetters("vietej", TypingMethod::Telex), "việt");
    EXPECT_EQ(typeLetters("vijeet", TypingMethod::Telex), "việt");
    EXPECT_EQ(typeLetters("duongwdf", TypingMethod::Telex), "đường");
    EXPECT_EQ(typeLetters("duong7d", TypingMethod::Vni).substr(0, 1), "d");
    EXPECT_EQ(typeLetters("d9uong72", TypingMethod::Vni), "đường");
    EXPECT_EQ(typeLetters("hoafn", TypingMethod::Telex), "hoàn") << "the tone moves when a final comes";
    EXPECT_EQ(typeLetters("hoaf", TypingMethod::Telex), "hòa");
    EXPECT_EQ(typeLetters("thuowr", TypingMethod::Telex), "thuở");
}
TEST(Typing, DoubledKeysGiveTheLetter) {
    EXPECT_EQ(typeLetters("ass", TypingMethod::Telex), "as");
    EXPECT_EQ(typeLetters("aaa", TypingMethod::Telex), "aa");
    EXPECT_EQ(typeLetters("ddd", TypingMethod::Telex), "dd");
    EXPECT_EQ(typeLetters("oww", TypingMethod::Telex), "ow");
    EXPECT_EQ(typeLetters("ww", TypingMethod::Telex), "w");
    EXPECT_EQ(typeLetters("a11", TypingMethod::Vni), "a1");
    EXPECT_EQ(typeLetters("a66", TypingMethod::Vni), "a6");
}
TEST(Typing, ClearsTheTone) {
    EXPECT_EQ(typeLetters("toansz", TypingMethod::Telex), "toan");
    EXPECT_EQ(typeLetters("toan10", TypingMethod::Vni), "toan");
    EXPECT_EQ(typeAll({"t", "a", "\u0301", "\u0301"}, TypingMethod::Telex), "ta");
}
TEST(Typing, DigitsStayDigitsWhereNoSyllableStands) {
    EXPECT_EQ(typeLetters("so61 12", TypingMethod::Vni), "số 12");
    EXPECT_EQ(typeLetters("0901 234", TypingMethod::Vni), "0901 234");
    EXPECT_EQ(typeLetters("a1 2", TypingMethod::Telex), "a1 2");
}
TEST(Typing, ForeignWordsAreLeftAlone) {
    EXPECT_EQ(typeLetters("Jazz", TypingMethod::Telex), "Jazz");
    EXPECT_EQ(typed("mau@", ".vn", TypingMethod::Telex), "mau@.vn");
    EXPECT_EQ(typed("", "\u0301", TypingMethod::Telex), "") << "a tone without a vowel is nothing";
}
TEST(Typing, BackspaceTakesOneWholeLetter) {
    EXPECT_EQ(backspaced("Mẫu"), "Mẫ");
    EXPECT_EQ(backspaced("Mẫ"), "M");
    EXPECT_EQ(backspaced("e\u0302\u0301"), "") << "decomposed too";
    EXPECT_EQ(backspaced(""), "");
}

} // namespace
} // namespace kiosk::ui
