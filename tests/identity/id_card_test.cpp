// The card's payload: what is read, what is refused and under which name.
#include "app/identity/id_card.hpp"

#include "app/base/text.hpp"

#include <gmock/gmock.h>

namespace kiosk {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const id_card::Clock clockNow{{2026, 11, 24}, true};
const id_card::Clock clockBehind{{2020, 1, 1}, false};

const std::string card2021 =
    "001099000001|012345678|Nguyễn Văn Mẫu|01021999|Nam|Số 1, Tổ 2, Phúc Xá, Ba Đình, Hà Nội|05062021";
const std::string card2024 =
    "001199000002||Huỳnh Thị Mẫu|15081999|Nữ|Thôn 3, Tân Phú, Vĩnh Tường, Vĩnh Phúc|01082024||||";
const std::string cardChild = "052221000003||Đặng Lê Mẫu|20112021|Nam|Tổ 7, Hoài Hương, Hoài Nhơn, Bình "
                              "Định|06112024||Đặng Văn Cha|Lê Thị Mẹ|";

std::vector<std::string> fieldsOf(std::string_view s) {
    std::vector<std::string> out(1);
    for (const char c : s)
        if (c == '|')
            out.emplace_back();
        else
            out.back() += c;
    return out;
}

/// The payload with one field replaced.
std::string with(std::string_view payload, std::size_t index, std::string_view value) {
    auto fields = fieldsOf(payload);
    fields.at(index) = value;
    std::string out = fields[0];
    for (std::size_t i = 1; i < fields.size(); ++i) out += '|' + fields[i];
    return out;
}

/// "CardFieldInvalid: name" or "ok".
std::string verdict(std::string_view payload, const id_card::Clock& clock = clockNow) {
    const auto read = id_card::parse(payload, clock);
    if (read) return "ok";
    return std::string(name(read.error().code)) +
           (read.error().detail.empty() ? "" : ": " + read.error().detail);
}

TEST(IdCard, ReadsTheLayoutOf2021) {
    const auto read = id_card::parse(card2021, clockNow);
    ASSERT_TRUE(read) << read.error().detail;
    EXPECT_EQ(read->source, IdentitySource::CardQr2021);
    EXPECT_EQ(read->assurance, Assurance::Read);
    EXPECT_EQ(read->personalNumber, "001099000001");
    EXPECT_EQ(read->oldNumber, "012345678");
    EXPECT_EQ(read->name, "Nguyễn Văn Mẫu");
    EXPECT_EQ(read->birthDate, (Date{1999, 2, 1}));
    EXPECT_EQ(read->sex, Sex::Male);
    EXPECT_EQ(read->address, "Số 1, Tổ 2, Phúc Xá, Ba Đình, Hà Nội");
    EXPECT_EQ(read->issuedOn, (Date{2021, 6, 5}));
    EXPECT_EQ(read->expiresOn, (Date{2024, 2, 1}));
    EXPECT_THAT(read->warnings, ElementsAre(Warning::CardExpired));
}

TEST(IdCard, ReadsTheLayoutOf2024) {
    const auto read = id_card::parse(card2024, clockNow);
    ASSERT_TRUE(read) << read.error().detail;
    EXPECT_EQ(read->source, IdentitySource::CardQr2024);
    EXPECT_EQ(read->oldNumber, "");
    EXPECT_EQ(read->sex, Sex::Female);
    EXPECT_EQ(read->expiresOn, (Date{2039, 8, 15})) << "issued within two years of 25: runs to 40";
    EXPECT_THAT(read->warnings, IsEmpty());
}

TEST(IdCard, ReadsTheParentsOnAChildsCard) {
    const auto read = id_card::parse(cardChild, clockNow);
    ASSERT_TRUE(read) << read.error().detail;
    EXPECT_EQ(read->fatherName, "Đặng Văn Cha");
    EXPECT_EQ(read->motherName, "Lê Thị Mẹ");
    EXPECT_EQ(read->expiresOn, (Date{2035, 11, 20}));
}

TEST(IdCard, IgnoresWhatScannersAppendAtTheTwoEndsOnly) {
    const std::string nul(1, '\0');
    EXPECT_EQ(verdict(" \r\n" + nul + card2021 + nul + "\r\n "), "ok");
    EXPECT_EQ(verdict("\t" + card2021), "CardFieldInvalid: personal number");
    EXPECT_EQ(verdict(card2021 + "\t"), "CardFieldInvalid: issue date");
    EXPECT_EQ(verdict(with(card2021, 2, "Nguyễn\nVăn Mẫu")), "CardFieldInvalid: name");
    EXPECT_EQ(verdict("\xEF\xBB\xBF" + card2021), "CardFieldInvalid: personal number")
        << "a byte order mark is not ours";
}

TEST(IdCard, GivesDecomposedTextInNfc) {
    const std::string decomposed =
        with(with(card2024, 2, "Hu\x79\xCC\x80nh Thi\xCC\xA3 Ma\xCC\x82\xCC\x83u"), 4, "Nu\xCC\x9B\xCC\x83");
    const auto read = id_card::parse(decomposed, clockNow);
    ASSERT_TRUE(read) << read.error().detail;
    EXPECT_EQ(read->name, "Huỳnh Thị Mẫu");
    EXPECT_EQ(read->sex, Sex::Female);
}

struct Case {
    const char* why;
    std::string payload;
    const char* verdict;
};

void check(const std::vector<Case>& cases, const id_card::Clock& clock = clockNow) {
    for (const auto& c : cases) EXPECT_EQ(verdict(c.payload, clock), c.verdict) << c.why;
}

TEST(IdCard, KnowsACardByItsNumberOfFields) {
    check({{"empty", "", "CardNotIdCard: 1 fields"},
           {"only spaces", " \r\n", "CardNotIdCard: 1 fields"},
           {"a web address", "https://example.vn/mau", "CardNotIdCard: 1 fields"},
           {"five fields", "001099000001|012345678|Nguyễn Văn Mẫu|01021999|Nam", "CardNotIdCard: 5 fields"},
           {"a trailing bar", card2021 + "|", "CardNotIdCard: 8 fields"},
           {"ten fields", card2024.substr(0, card2024.size() - 1), "CardNotIdCard: 10 fields"},
           {"twelve fields", card2024 + "|", "CardNotIdCard: 12 fields"},
           {"many bars", std::string(400, '|'), "CardNotIdCard: 401 fields"},
           {"empty fields are kept", "||||||", "CardFieldInvalid: personal number"}});
}

TEST(IdCard, RefusesWhatIsNotText) {
    const std::string guess = "001199000002||Hu廙軟h Thị Mẫu|15081999|Nữ|Vĩnh Phúc|01082024||||";
    check({{"overlong slash", with(card2021, 5, "\xC0\xAF"), "CardNotText: not UTF-8"},
           {"surrogate", with(card2021, 5, "\xED\xA0\x80"), "CardNotText: not UTF-8"},
           {"over U+10FFFF", with(card2021, 5, "\xF4\x90\x80\x80"), "CardNotText: not UTF-8"},
           {"cut in a character", "001099000001|\xE1\xBB", "CardNotText: not UTF-8"},
           {"Latin-1", with(card2021, 2, "Nguy\xEAn"), "CardNotText: not UTF-8"},
           {"Big5 guess", guess, "CardNotText: guessed charset"},
           {"Big5 guess that swallowed a bar", "001199000002||Hu廙軟15081999|Nữ|Phúc|01082024||||",
            "CardNotText: guessed charset"},
           {"half-width katakana", with(card2021, 2, "Huｻｳnh"), "CardNotText: guessed charset"},
           {"replacement character", with(card2021, 5, "Hà N\xEF\xBF\xBDi"), "CardNotText: guessed charset"},
           {"a poster in Chinese is some other code", "歡迎光臨", "CardNotIdCard: 1 fields"}});
}

TEST(IdCard, AcceptsAtMost512Bytes) {
    const auto fits =
        with(card2021, 5, std::string(512 - (card2021.size() - fieldsOf(card2021)[5].size()), 'a'));
    ASSERT_EQ(fits.size(), 512U);
    EXPECT_EQ(verdict(fits), "ok");
    EXPECT_EQ(verdict(fits + " "), "CardTooLong");
    EXPECT_EQ(verdict(std::string(1U << 20U, 'A')), "CardTooLong");
}

TEST(IdCard, NamesLookAlikes) {
    check({{"COVID", "001099000001|NGUYEN VAN MAU|1999-02-01|0|QID0001|1<2", "CardIsCovidQr"},
           {"health insurance",
            "DN4010000000001|4e677579e1bb856e2056c4836e204de1baab75|01/02/1999|1|5068c3ba632058c3a1|01 - "
            "001|-|-|x|$",
            "CardIsHealthInsurance"},
           {"health insurance with as many fields as a card",
            "DN4010000000001|4e677579e1bb856e2056c4836e204de1baab75|01/02/1999|1|a|b|$",
            "CardIsHealthInsurance"},
           {"VNeID by name", "https://vneid.gov.vn/x", "CardIsVneid"},
           {"VNeID token", std::string(40, 'e') + "." + std::string(40, 'Q') + "==", "CardIsVneid"},
           {"a bank transfer is not VNeID", "000201" + std::string(80, '1'), "CardNotIdCard: 1 fields"},
           {"12 digits are no hexadecimal name", with(card2021, 1, "012345678901"), "ok"}});
}

TEST(IdCard, ChecksEveryField) {
    check({{"11 digits", with(card2021, 0, "00109900000"), "CardFieldInvalid: personal number"},
           {"13 digits", with(card2021, 0, "0010990000011"), "CardFieldInvalid: personal number"},
           {"a letter", with(card2021, 0, "00109900000O"), "CardFieldInvalid: personal number"},
           {"Arabic digits", with(card2021, 0, "٠٠١٠٩٩"), "CardFieldInvalid: personal number"},
           {"old number of 8", with(card2021, 1, "01234567"), "CardFieldInvalid: old number"},
           {"old number with a sign", with(card2021, 1, "-12345678"), "CardFieldInvalid: old number"},
           {"no name", with(card2021, 2, ""), "CardFieldInvalid: name"},
           {"blank name", with(card2021, 2, "  "), "CardFieldInvalid: name"},
           {"digits in the name", with(card2021, 2, "Nguyễn Văn Mẫu 2"), "CardFieldInvalid: name"},
           {"markup in the name", with(card2021, 2, "<b>Mẫu</b>"), "CardFieldInvalid: name"},
           {"SQL in the name", with(card2021, 2, "Mẫu'; DROP TABLE--"), "CardFieldInvalid: name"},
           {"Cyrillic look-alike", with(card2021, 2, "Nguyễn Văn Мẫu"), "CardFieldInvalid: name"},
           {"zero-width space", with(card2021, 2, "Mẫu\xE2\x80\x8BVăn"), "CardFieldInvalid: name"},
           {"direction override", with(card2021, 5, "Hà \xE2\x80\xAENội"), "CardFieldInvalid: address"},
           {"NUL in the address", with(card2021, 5, std::string("a\0b", 3)), "CardFieldInvalid: address"},
           {"escape in the address", with(card2021, 5, "\x1B[2J"), "CardFieldInvalid: address"},
           {"line separator", with(card2021, 5, "Hà\xE2\x80\xA8Nội"), "CardFieldInvalid: address"},
           {"private use", with(card2021, 5, "\xEE\x80\x80"), "CardFieldInvalid: address"},
           {"sex in English", with(card2021, 4, "Male"), "CardFieldInvalid: sex"},
           {"sex in capitals", with(card2021, 4, "NAM"), "CardFieldInvalid: sex"},
           {"no sex", with(card2021, 4, ""), "CardFieldInvalid: sex"},
           {"Nu although other letters have their marks", with(card2024, 4, "Nu"), "CardFieldInvalid: sex"},
           {"tail", with(card2024, 7, "\x01"), "CardFieldInvalid: cancelled number"},
           {"father", with(card2024, 8, "\t"), "CardFieldInvalid: father's name"},
           {"mother", with(card2024, 9, "\x7F"), "CardFieldInvalid: mother's name"},
           {"last", with(card2024, 10, "a\x0b"), "CardFieldInvalid: field 10"}});
}

TEST(IdCard, AcceptsWhatOccursOnGoodCards) {
    check({{"capitals", with(card2021, 2, "NGUYỄN VĂN MẪU"), "ok"},
           {"ethnic minorities", with(card2021, 2, "H'Hen Niê Mẫu"), "ok"},
           {"typographic apostrophe", with(card2021, 2, "H’Mẫu Y-Sa"), "ok"},
           {"double commas", with(card2021, 5, "Tổ 2,, Phúc Xá, Ba Đình; (cũ: số 1/2-A) \"B\""), "ok"},
           {"no-break space",
            with(card2021, 5,
                 "Tổ\xC2\xA0"
                 "2"),
            "ok"},
           {"no address", with(card2021, 5, ""), "ok"},
           {"cancelled number", with(card2024, 7, "001199000009"), "ok"}});
}

TEST(IdCard, TakesOnlyRealDates) {
    check(
        {{"31 February", with(card2021, 3, "31021999"), "CardFieldInvalid: birth date"},
         {"29 February in a common year", with(card2021, 3, "29021999"), "CardFieldInvalid: birth date"},
         {"month 13", with(card2021, 3, "01131999"), "CardFieldInvalid: birth date"},
         {"year first", with(card2021, 3, "19990201"), "CardFieldInvalid: birth date"},
         {"slashes", with(card2021, 3, "01/02/1999"), "CardFieldInvalid: birth date"},
         {"seven digits", with(card2021, 3, "1021999"), "CardFieldInvalid: birth date"},
         {"31 June issued", with(card2021, 6, "31062021"), "CardFieldInvalid: issue date"},
         {"no issue date", with(card2021, 6, ""), "CardFieldInvalid: issue date"},
         {"issued before birth", with(card2021, 6, "31011999"), "CardFieldInvalid: issue date: before birth"},
         {"born on a leap day", with(card2021, 3, "29022000"), "ok"}});
}

TEST(IdCard, TellsPartialBirthDatesFromWrongOnes) {
    check({{"year only", with(card2021, 3, "1999"), "CardPartialBirthDate"},
           {"0000yyyy", with(card2021, 3, "00001999"), "CardPartialBirthDate"},
           {"00mmyyyy", with(card2021, 3, "00021999"), "CardPartialBirthDate"},
           {"no such month", with(card2021, 3, "00131999"), "CardFieldInvalid: birth date"},
           {"no such year", with(card2021, 3, "00000000"), "CardFieldInvalid: birth date"},
           {"letters", with(card2021, 3, "199O"), "CardFieldInvalid: birth date"}});
}

TEST(IdCard, DatesInTheFutureAreWrongOnlyWhileTheClockIsTrusted) {
    const auto tomorrow = with(card2024, 6, "25112026");
    EXPECT_EQ(verdict(tomorrow), "CardFieldInvalid: issue date: in the future");
    EXPECT_EQ(verdict(with(card2024, 6, "24112026")), "ok") << "today is not the future";
    EXPECT_EQ(verdict(with(card2021, 3, "01022999")), "CardFieldInvalid: birth date: in the future");
    const auto behind = id_card::parse(card2024, clockBehind);
    ASSERT_TRUE(behind);
    EXPECT_THAT(behind->warnings, ElementsAre(Warning::DateInFuture));
}

TEST(IdCard, WarnsWithoutBlocking) {
    const auto warnings = [](const std::string& payload) {
        const auto read = id_card::parse(payload, clockNow);
        EXPECT_TRUE(read) << payload;
        return read ? read->warnings : std::vector<Warning>{};
    };
    EXPECT_THAT(warnings(with(card2021, 6, "01072024")), Contains(Warning::LayoutDateMismatch));
    EXPECT_THAT(warnings(with(card2021, 6, "30062024")), Not(Contains(Warning::LayoutDateMismatch)));
    EXPECT_THAT(warnings(with(card2024, 6, "30062024")), Contains(Warning::LayoutDateMismatch));
    EXPECT_THAT(warnings(with(card2021, 1, "001099000009")), Contains(Warning::OldNumberUnusual));
    EXPECT_THAT(warnings(with(card2024, 0, "999199000002")), ElementsAre(Warning::ProvinceUnknown));
    EXPECT_THAT(warnings(with(card2024, 0, "001198000002")), ElementsAre(Warning::BirthYearMismatch));
    EXPECT_THAT(warnings(with(card2024, 0, "001099000002")), ElementsAre(Warning::SexMismatch));
    EXPECT_THAT(warnings(with(card2024, 0, "001399000002")), ElementsAre(Warning::CenturyMismatch));
    EXPECT_THAT(warnings("001199000002||Huynh Thi Mau|15081999|Nu|Thon 3, Vinh Phuc|01082024||||"),
                ElementsAre(Warning::NameWithoutDiacritics));
}

TEST(IdCard, ErrorsNeverRepeatWhatTheCardSays) {
    const std::string secret = "Bímật";
    for (std::size_t i = 0; i < 11; ++i) {
        const auto read = id_card::parse(with(cardChild, i, secret + "\x01"), clockNow);
        ASSERT_FALSE(read) << i;
        EXPECT_THAT(read.error().detail, Not(HasSubstr(secret)));
    }
}

TEST(IdCard, ExpiresAtTheMilestones) {
    struct Row {
        Date birth, issued;
        std::optional<Date> expires;
    };
    const Date born{2000, 5, 10};
    const std::vector<Row> rows = {
        {born, {2021, 6, 1}, Date{2025, 5, 10}},
        {born, {2023, 5, 9}, Date{2025, 5, 10}},
        {born, {2023, 5, 10}, Date{2040, 5, 10}}, // within two years before 25
        {born, {2038, 5, 10}, Date{2060, 5, 10}},
        {born, {2058, 5, 9}, Date{2060, 5, 10}},
        {born, {2058, 5, 10}, std::nullopt},
        {{1950, 1, 1}, {2021, 6, 1}, std::nullopt},
        {{2012, 3, 1}, {2024, 6, 30}, Date{2037, 3, 1}}, // 14 is a milestone of the new law only
        {{2016, 3, 1}, {2024, 7, 1}, Date{2030, 3, 1}},
        {{2012, 3, 1}, {2024, 7, 1}, Date{2037, 3, 1}},
        {{2000, 2, 29}, {2021, 6, 1}, Date{2025, 3, 1}},
    };
    for (const auto& row : rows)
        EXPECT_EQ(id_card::expiry(row.birth, row.issued), row.expires) << row.issued.iso();
}

TEST(IdCard, TypedIdentitiesPassTheSameRules) {
    const auto typed =
        id_card::typed(" 001099000001 ", " Nguyễn Văn Mẫu ", {1999, 2, 1}, Sex::Male, clockNow);
    ASSERT_TRUE(typed);
    EXPECT_EQ(typed->assurance, Assurance::Typed);
    EXPECT_EQ(typed->source, IdentitySource::Typed);
    EXPECT_EQ(typed->personalNumber, "001099000001");
    EXPECT_EQ(typed->name, "Nguyễn Văn Mẫu");
    EXPECT_FALSE(typed->issuedOn);
    EXPECT_THAT(typed->warnings, IsEmpty());
    const auto refused = [](const char* number, const char* who, Date birth) {
        const auto r = id_card::typed(number, who, birth, Sex::Male, clockNow);
        return r ? std::string("ok") : r.error().detail;
    };
    EXPECT_EQ(refused("00109900000", "Mẫu", {1999, 2, 1}), "personal number");
    EXPECT_EQ(refused("001099000001", "", {1999, 2, 1}), "name");
    EXPECT_EQ(refused("001099000001", "\xFF", {1999, 2, 1}), "name");
    EXPECT_EQ(refused("001099000001", "Mẫu", {1999, 2, 31}), "birth date");
    EXPECT_EQ(refused("001099000001", "Mẫu", {2026, 11, 25}), "birth date: in the future");
}

TEST(IdCard, MasksAllButTheFirstThreeAndLastTwoDigits) {
    EXPECT_EQ(id_card::maskedNumber("001099000021"), "001•••••••21");
    EXPECT_EQ(id_card::maskedNumber("001"), "•••") << "a malformed number is masked whole";
    EXPECT_EQ(id_card::maskedNumber(""), "");
}

} // namespace
} // namespace kiosk
