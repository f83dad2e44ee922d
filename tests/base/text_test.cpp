// Vietnamese text: strict UTF-8, NFC and the two comparison keys, on examples and on seeded random texts.
#include "app/base/text.hpp"

#include <array>
#include <gtest/gtest.h>
#include <random>
#include <vector>

namespace kiosk::text {
namespace {

std::string encode(char32_t c) {
    std::string s;
    const auto put = [&](char32_t b) { s += static_cast<char>(b); };
    if (c < 0x80) {
        put(c);
    } else if (c < 0x800) {
        put(0xC0 | c >> 6);
        put(0x80 | (c & 63));
    } else if (c < 0x10000) {
        put(0xE0 | c >> 12);
        put(0x80 | (c >> 6 & 63));
        put(0x80 | (c & 63));
    } else {
        put(0xF0 | c >> 18);
        put(0x80 | (c >> 12 & 63));
        put(0x80 | (c >> 6 & 63));
        put(0x80 | (c & 63));
    }
    return s;
}

/// Vowels with every tone in the order of toneOf(): none, huyền, hỏi, ngã, sắc, nặng.
const std::vector<std::array<std::string, 6>> vowels = {
    {"a", "à", "ả", "ã", "á", "ạ"}, {"ă", "ằ", "ẳ", "ẵ", "ắ", "ặ"}, {"â", "ầ", "ẩ", "ẫ", "ấ", "ậ"},
    {"e", "è", "ẻ", "ẽ", "é", "ẹ"}, {"ê", "ề", "ể", "ễ", "ế", "ệ"}, {"i", "ì", "ỉ", "ĩ", "í", "ị"},
    {"o", "ò", "ỏ", "õ", "ó", "ọ"}, {"ô", "ồ", "ổ", "ỗ", "ố", "ộ"}, {"ơ", "ờ", "ở", "ỡ", "ớ", "ợ"},
    {"u", "ù", "ủ", "ũ", "ú", "ụ"}, {"ư", "ừ", "ử", "ữ", "ứ", "ự"}, {"y", "ỳ", "ỷ", "ỹ", "ý", "ỵ"},
};

/// A name of `syllables` syllables such as "thữb đạ".
std::string randomWords(std::mt19937& random, int syllables) {
    static constexpr const char* heads[] = {"", "b", "đ", "Đ", "ngh", "Tr", "k", "qu", "TH"};
    static constexpr const char* tails[] = {"", "n", "ng", "ch", "T", "m"};
    std::string s;
    for (int i = 0; i < syllables; ++i) {
        if (i > 0) s += ' ';
        s += heads[random() % std::size(heads)] + vowels[random() % vowels.size()][random() % 6] +
             tails[random() % std::size(tails)];
    }
    return s;
}

TEST(Utf8, acceptsExactlyTheScalarValues) {
    for (char32_t c = 0; c < 0x110000; ++c) {
        const bool surrogate = c >= 0xD800 && c <= 0xDFFF;
        ASSERT_EQ(isUtf8(encode(c)), !surrogate) << std::hex << static_cast<unsigned>(c);
    }
    for (const char32_t c : {0x110000U, 0x13FFFFU, 0x1FFFFFU}) EXPECT_FALSE(isUtf8(encode(c)));
}

TEST(Utf8, refusesOverlongFormsAndFragments) {
    for (const char* bad :
         {"\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xF0\x8F\xBF\xBF", "\xC3", "\xE1\xBA",
          "\xF0\x9F\x98", "\xF8\x88\x80\x80\x80", "\xFF", "a\xC3 b", "\xE1\xBA\x41"})
        EXPECT_FALSE(isUtf8(bad)) << testing::PrintToString(std::string(bad));
    EXPECT_TRUE(isUtf8(""));
    EXPECT_TRUE(isUtf8(std::string_view("a\0b", 3)));
}

TEST(Utf8, cuttingAWellFormedTextIsNoticedUnlessBetweenCharacters) {
    std::mt19937 random(1);
    for (int round = 0; round < 200; ++round) {
        const auto s = randomWords(random, 4);
        for (std::size_t n = 0; n <= s.size(); ++n) {
            const bool between = n == s.size() || (static_cast<unsigned char>(s[n]) & 0xC0U) != 0x80U;
            ASSERT_EQ(isUtf8(std::string_view(s).substr(0, n)), between) << s << " " << n;
        }
    }
}

TEST(Nfc, composesWhatKeyboardsAndScannersDecompose) {
    EXPECT_EQ(nfc("Nguye\u0302\u0303n Va\u0306n Ma\u0302\u0303u"), "Nguyễn Văn Mẫu");
    EXPECT_EQ(nfc("\u00EA\u0301"), "ế");
    EXPECT_EQ(nfc("e\u0323\u0302"), "ệ"); // marks in canonical order
    EXPECT_EQ(nfc("e\u0302\u0323"), "ệ"); // and the other way round
    EXPECT_EQ(nfc(""), "");
}

TEST(Nfc, isIdempotentAndKeepsFoldAndToneKey) {
    std::mt19937 random(2);
    for (int round = 0; round < 500; ++round) {
        const auto s = randomWords(random, 1 + static_cast<int>(random() % 5));
        const auto once = nfc(s);
        EXPECT_EQ(nfc(once), once);
        EXPECT_EQ(fold(once), fold(s));
        EXPECT_EQ(toneKey(once), toneKey(s));
    }
}

TEST(Case, knowsVietnameseLetters) {
    EXPECT_EQ(lower("ĐƯỜNG NGUYỄN HUỆ"), "đường nguyễn huệ");
    EXPECT_EQ(upper("đường nguyễn huệ"), "ĐƯỜNG NGUYỄN HUỆ");
    EXPECT_EQ(lower("I"), "i"); // never the Turkish dotless one
}

TEST(Fold, leavesOnlyPlainLettersDigitsAndSingleSpaces) {
    EXPECT_EQ(fold("Giấy  XÁC-nhận"), "giay xac nhan");
    EXPECT_EQ(fold("  Đăng ký (kết hôn)!  "), "dang ky ket hon");
    EXPECT_EQ(fold("1.001193"), "1 001193");
    EXPECT_EQ(fold("–…"), "");
    std::mt19937 random(3);
    for (int round = 0; round < 500; ++round) {
        const auto folded = fold(randomWords(random, 4));
        for (const char c : folded) ASSERT_TRUE((c >= 'a' && c <= 'z') || c == ' ') << folded;
        EXPECT_EQ(fold(folded), folded);
        EXPECT_EQ(folded.find("  "), std::string::npos);
    }
}

TEST(Fold, everyVowelWithEveryToneIsItsPlainLetter) {
    const std::string plain = "aaaeeiooouuy";
    for (std::size_t v = 0; v < vowels.size(); ++v)
        for (const auto& form : vowels[v]) {
            EXPECT_EQ(fold(form), std::string(1, plain[v])) << form;
            EXPECT_EQ(fold(upper(form)), std::string(1, plain[v])) << form;
        }
}

TEST(ToneKey, forgivesOnlyWhereTheToneStands) {
    EXPECT_EQ(toneKey("hòa"), "hoa1");
    EXPECT_EQ(toneKey("hoà"), toneKey("hòa"));
    EXPECT_EQ(toneKey("Thúy Hòa"), toneKey("Thuý Hoà"));
    EXPECT_EQ(toneKey("khỏe"), toneKey("khoẻ"));
    EXPECT_NE(toneKey("hòa"), toneKey("hóa"));
    EXPECT_NE(toneKey("hòa"), toneKey("hoa"));
    EXPECT_NE(toneKey("an"), toneKey("ăn"));
    EXPECT_NE(toneKey("da"), toneKey("đa"));
    EXPECT_EQ(toneKey("  Bến   Nghé "), toneKey("bến nghé"));
}

TEST(ToneKey, tellsEveryToneOfEveryVowelApart) {
    for (const auto& vowel : vowels)
        for (std::size_t a = 0; a < 6; ++a)
            for (std::size_t b = 0; b < 6; ++b)
                EXPECT_EQ(toneKey("t" + vowel[a] + "n") == toneKey("t" + vowel[b] + "n"), a == b)
                    << vowel[a] << vowel[b];
}

TEST(Length, countsCharactersNotBytes) {
    EXPECT_EQ(length("Mẫu"), 3U);
    EXPECT_EQ(length(""), 0U);
    EXPECT_EQ(length("\U0001F600"), 1U);
}

TEST(Trim, removesSpaceAndNulAtBothEndsOnly) {
    EXPECT_EQ(trim(std::string_view("\0 \t a b \r\n\0", 11)), "a b");
    EXPECT_EQ(trim(" \t\r\n"), "");
    EXPECT_EQ(trim(""), "");
}

TEST(Diacritics, areMissedInANameOfSeveralSyllablesOnly) {
    EXPECT_TRUE(hasDiacritics("Nguyễn Văn Mẫu"));
    EXPECT_TRUE(hasDiacritics("Nguye\u0302n Van Mau")); // decomposed
    EXPECT_FALSE(hasDiacritics("NGUYEN VAN MAU"));
    EXPECT_TRUE(hasDiacritics("Anh"));
    EXPECT_FALSE(hasDiacritics("Nguyen – Mau")); // a dash is no letter
    EXPECT_FALSE(hasDiacritics("Nguyen\tMau"));
}

} // namespace
} // namespace kiosk::text
