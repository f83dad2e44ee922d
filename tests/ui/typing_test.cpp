// Every Vietnamese syllable can be typed in Telex, VNI and with the tone row, and comes out in one spelling.
#include "app/ui/ui.hpp"

#include <array>
#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace kiosk::ui {
namespace {

std::vector<std::string> split(std::string_view words) {
    std::vector<std::string> out;
    for (std::size_t at = 0; at < words.size();) {
        const auto end = std::min(words.find(' ', at), words.size());
        out.emplace_back(words.substr(at, end - at));
        at = end + 1;
    }
    return out;
}

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

struct Letter {
    const char *letter, *telex, *vni;
    std::array<const char*, 6> tones; // level, huyền, hỏi, ngã, sắc, nặng
};
const std::vector<Letter>& vowels() {
    static const std::vector<Letter> all{
        {"a", "a", "a", {"a", "à", "ả", "ã", "á", "ạ"}},   {"ă", "aw", "a8", {"ă", "ằ", "ẳ", "ẵ", "ắ", "ặ"}},
        {"â", "aa", "a6", {"â", "ầ", "ẩ", "ẫ", "ấ", "ậ"}}, {"e", "e", "e", {"e", "è", "ẻ", "ẽ", "é", "ẹ"}},
        {"ê", "ee", "e6", {"ê", "ề", "ể", "ễ", "ế", "ệ"}}, {"i", "i", "i", {"i", "ì", "ỉ", "ĩ", "í", "ị"}},
        {"o", "o", "o", {"o", "ò", "ỏ", "õ", "ó", "ọ"}},   {"ô", "oo", "o6", {"ô", "ồ", "ổ", "ỗ", "ố", "ộ"}},
        {"ơ", "ow", "o7", {"ơ", "ờ", "ở", "ỡ", "ớ", "ợ"}}, {"u", "u", "u", {"u", "ù", "ủ", "ũ", "ú", "ụ"}},
        {"ư", "uw", "u7", {"ư", "ừ", "ử", "ữ", "ứ", "ự"}}, {"y", "y", "y", {"y", "ỳ", "ỷ", "ỹ", "ý", "ỵ"}}};
    return all;
}
constexpr const char* telexTones[] = {"", "f", "r", "x", "s", "j"};
constexpr const char* vniTones[] = {"", "2", "3", "4", "1", "5"};
constexpr const char* rowTones[] = {"", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"};

// ' follows the vowel that carries the tone: written by hand, not computed by the rule under test.
const char* const rhymes =
    "a' a'c a'ch a'i a'm a'n a'ng a'nh a'o a'p a't a'u a'y ă'c ă'm ă'n ă'ng ă'p ă't â'c â'm â'n â'ng â'p â't "
    "â'u â'y "
    "e' e'c e'm e'n e'ng e'o e'p e't ê' ê'ch ê'm ê'n ê'nh ê'p ê't ê'u i' i'a i'ch i'm i'n i'nh i'p i't i'u "
    "iê'c iê'm "
    "iê'n iê'ng iê'p iê't iê'u yê'm yê'n yê't yê'u o' o'c o'i o'm o'n o'ng o'p o't ô' ô'c ô'i ô'm ô'n ô'ng "
    "ô'p ô't ơ' ơ'i ơ'm "
    "ơ'n ơ'p ơ't o'a oa'c oa'ch oa'i oa'm oa'n oa'ng oa'nh oa'o oa't oa'y oă'c oă'm oă'n oă'ng oă't o'e oe'n "
    "oe'o oe't u' u'a "
    "u'c u'i u'm u'n u'ng u'p u't uâ'n uâ'ng uâ't uâ'y uê' uê'ch uê'nh uô'c uô'i uô'm uô'n uô'ng uô't uơ' ư' "
    "ư'a ư'c ư'i ư'm ư'n "
    "ư'ng ư't ư'u ươ'c ươ'i ươ'm ươ'n ươ'ng ươ'p ươ't ươ'u u'y uy'ch uy'n uy'nh uy't uy'u uyê'n uyê't y'";
const char* const onsets = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x";

struct Syllable {
    std::string text, telexMarks, vniMarks; // keys without the tone
    std::vector<std::string> direct;        // letters as keys of the Vietnamese row
    int tone;
};

void addSyllables(const std::string& onset, const std::string& rhyme, std::vector<Syllable>& all) {
    for (int tone = 0; tone < 6; ++tone) {
        Syllable s;
        s.tone = tone;
        const bool stroke = onset == "đ";
        s.text = onset;
        s.telexMarks = stroke ? "dd" : onset;
        s.vniMarks = stroke ? "d9" : onset;
        if (stroke)
            s.direct = {"đ"};
        else
            for (const char c : onset) s.direct.emplace_back(1, c);
        for (std::size_t i = 0; i < rhyme.size();) {
            const Letter* vowel = nullptr;
            for (const auto& v : vowels())
                if (rhyme.compare(i, std::string(v.letter).size(), v.letter) == 0) vowel = &v;
            const std::string letter = vowel ? vowel->letter : rhyme.substr(i, 1);
            i += letter.size();
            const bool toned = i < rhyme.size() && rhyme[i] == '\'';
            if (toned) ++i;
            s.text += toned ? vowel->tones[static_cast<std::size_t>(tone)] : letter;
            s.telexMarks += vowel ? vowel->telex : letter;
            s.vniMarks += vowel ? vowel->vni : letter;
            s.direct.push_back(letter);
        }
        all.push_back(std::move(s));
    }
}

bool possible(const std::string& onset, const std::string& rhyme) {
    const char first = rhyme[0];
    const bool rounded = rhyme.starts_with("o'a") || rhyme.starts_with("oa") || rhyme.starts_with("oă") ||
                         rhyme.starts_with("o'e") || rhyme.starts_with("oe") || first == 'u' ||
                         rhyme.starts_with("ư") || rhyme.starts_with("ươ");
    if (onset == "qu")
        return !rounded && !rhyme.starts_with("o") && !rhyme.starts_with("ô") && !rhyme.starts_with("i'a") &&
               !rhyme.starts_with("iê") && !rhyme.starts_with("ơ'i") && !rhyme.starts_with("i'u");
    if (onset == "gi")
        return first != 'i' && first != 'y' && !rhyme.starts_with("o'a") && !rhyme.starts_with("oa");
    if (onset == "g")
        return first != 'i' && first != 'y' && first != 'e' && !rhyme.starts_with("ê"); // gh, gi
    return true;
}

const std::vector<Syllable>& syllables() {
    static const std::vector<Syllable> all = [] {
        std::vector<Syllable> list;
        for (const auto& rhyme : split(rhymes)) {
            addSyllables("", rhyme, list);
            for (const auto& onset : split(onsets))
                if (possible(onset, rhyme)) addSyllables(onset, rhyme, list);
        }
        return list;
    }();
    return all;
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
