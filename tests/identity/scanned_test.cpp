// Cards read by hand scanners: what they lose on the way, and what is hostile.
#include "app/identity/id_card.hpp"
#include "app/identity/scanned_text.hpp"
#include "tests/identity/hostile_codes.hpp"

#include <gmock/gmock.h>

namespace kiosk {
namespace {

using testing::Contains;
using testing::Not;

const id_card::Clock clockNow{{2026, 11, 24}, true};

Result<Identity> scanned(const std::string& payload) {
    return id_card::parse(payload, clockNow, ReadBy::Scanner);
}

std::string verdict(const std::string& payload) {
    const auto read = scanned(payload);
    if (!read) return std::string(name(read.error().code));
    return read->has(Warning::LostDiacritics) ? "without marks" : "whole";
}

std::string card(const std::string& who, const std::string& sex = "Nam",
                 const std::string& address = "Ba Dinh, Ha Noi") {
    return "001099000001|012345678|" + who + "|01021999|" + sex + "|" + address + "|05062021";
}

TEST(Scanned, WholeCardsReadAsFromTheCamera) {
    const auto payload = card("Nguyễn Văn Mẫu", "Nam", "Ba Đình, Hà Nội");
    auto read = scanned(payload + "\r\n");
    ASSERT_TRUE(read);
    EXPECT_EQ(read->readBy, ReadBy::Scanner);
    EXPECT_EQ(read->assurance, Assurance::Read) << "never better than the camera";
    EXPECT_FALSE(read->has(Warning::LostDiacritics));
    auto seen = id_card::parse(payload, clockNow);
    ASSERT_TRUE(seen);
    EXPECT_EQ(seen->readBy, ReadBy::Camera);
    seen->readBy = ReadBy::Scanner;
    EXPECT_EQ(*read, *seen);
}

TEST(Scanned, LostMarksAreAcceptedAndSaid) {
    const auto read = scanned(card("Nguyen Van Mau"));
    ASSERT_TRUE(read);
    EXPECT_THAT(read->warnings, Contains(Warning::LostDiacritics));
    EXPECT_THAT(read->warnings, Not(Contains(Warning::NameWithoutDiacritics))) << "said once";
    EXPECT_EQ(verdict(card("MAU")), "without marks") << "the address has none either";
    EXPECT_EQ(verdict(card("Mai Anh", "Nam", "Hà Nội")), "whole") << "a name without marks on a whole card";
    EXPECT_EQ(verdict(card("Huynh Thi Mau", "Nu")), "without marks");
    const auto seen = id_card::parse(card("Nguyen Van Mau"), clockNow);
    ASSERT_TRUE(seen);
    EXPECT_FALSE(seen->has(Warning::LostDiacritics)) << "a camera loses nothing";
    EXPECT_TRUE(seen->has(Warning::NameWithoutDiacritics));
}

TEST(Scanned, LostOrReplacedLettersAreNotACard) {
    for (const auto& payload :
         {card("Nguy?n V?n M?u"), card("Nguyen Van Mau", "N?"), card("Nguyen Van Mau", "Nam", "S? 1, H? N?i"),
          card("Nguyn Vn Mu"),         // left out
          card("Nguyen Thi Mau", "N"), // … of "Nữ"
          card("Nguyá»…n VÄƒn Máº«u"), // UTF-8 shown as Windows-1252
          card("Nguyen Van Mau", "Nam", "Ba \xC3\x84\xC2\x90\xC3\x83\xC2\xACnh"), // … as Latin-1: "Đình"
          card("Nguy\xEF\xBF\xBDn Van Mau"),                                      // replaced on the way
          card("Nguy\x1Ao Van Mau"), card("Nguy\xEA\xF6n V\xE3n"), // one byte a letter: TCVN3, Windows-1258
          card("Nguyen Van 12345")})
        EXPECT_EQ(verdict(payload), "ScanGarbled") << payload;
}

TEST(Scanned, OtherCodesKeepTheirOwnAnswer) {
    EXPECT_EQ(verdict("------------"), "CardNotIdCard");
    EXPECT_EQ(verdict("WHAT IS THIS?"), "CardNotIdCard") << "a question mark alone is no damaged card";
    EXPECT_EQ(verdict("\xFF"), "CardNotText");
    EXPECT_EQ(verdict(card("Nguyen Van Mau", "Nam", std::string(600, 'a'))), "CardTooLong");
    EXPECT_EQ(verdict("001099000001|012345678|Mai Anh|31021999|Nam|Ha Noi|05062021"), "CardFieldInvalid");
}

TEST(ScannedText, VietnameseIsNeverTakenForDamaged) {
    for (const char* text :
         {"Nguyễn Thị Ước", "Đặng Trường Sơn", "Số 1, Tổ 2, Phường Đống Đa", "Quảng Ngãi", "Âu Ưng Ê",
          "H’Mẫu Y-Sa", "Ấp Kiến Ân, xã Kiến An", "ÂÃÀÁ ÊÈÉ ÔÕÒÓ ÙÚ ÝỲ", "Tổ 2 – “Bến Tre”", "Ế Ề Ể Ễ Ệ"})
        EXPECT_FALSE(scanned_text::isGarbled(text)) << text;
    for (const char* name :
         {"Nguyễn Văn Mẫu", "Ðặng Ý", "Y Krông", "H'Hen Niê", "Lê Ô", "Mai Anh", "Ngô Ư", "Y", "Vũ Thị Ý"})
        EXPECT_FALSE(scanned_text::lacksLetters(name)) << name;
    for (const char* name : {"Nguyn Vn Mu", "Trn An", "Phm Th Hoa"})
        EXPECT_TRUE(scanned_text::lacksLetters(name)) << name;
}

TEST(Hostile, NoneIsACardAndNoAnswerRepeatsIt) {
    const auto codes = test::hostileCodes();
    ASSERT_GE(codes.size(), 60U);
    for (const auto& code : codes)
        for (const auto by : {ReadBy::Camera, ReadBy::Scanner}) {
            const auto read = id_card::parse(code, clockNow, by);
            ASSERT_FALSE(read) << code;
            EXPECT_LE(read.error().detail.size(), 40U) << code;
            EXPECT_TRUE(code.size() < 12 ||
                        read.error().detail.find(code.substr(0, 12)) == std::string::npos);
        }
}

} // namespace
} // namespace kiosk
