// The 12-digit number against what else is known.
#include "app/identity/personal_number.hpp"

#include <gmock/gmock.h>

namespace kiosk {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(PersonalNumber, IsTwelveAsciiDigits) {
    EXPECT_TRUE(personal_number::isWellFormed("001099000001"));
    for (const char* bad :
         {"", "00109900000", "0010990000012", "00109900000a", " 01099000001", "٠٠١٠٩٩٠٠٠٠٠١"})
        EXPECT_FALSE(personal_number::isWellFormed(bad)) << bad;
}

TEST(PersonalNumber, KnowsThe63Provinces) {
    int known = 0;
    for (int i = 0; i < 1000; ++i) {
        const auto digits = std::to_string(1000 + i).substr(1);
        known += personal_number::province(digits + "099000001").has_value();
    }
    EXPECT_EQ(known, 63);
    EXPECT_EQ(personal_number::province("001099000001"), "Hà Nội");
    EXPECT_EQ(personal_number::province("079099000001"), "Hồ Chí Minh");
    EXPECT_EQ(personal_number::province("096099000001"), "Cà Mau");
    EXPECT_EQ(personal_number::province("000099000001"), std::nullopt);
    EXPECT_EQ(personal_number::province("100099000001"), std::nullopt);
}

TEST(PersonalNumber, MatchesCenturySexAndYearOfEveryCode) {
    for (int code = 0; code <= 9; ++code) {
        const std::string number = "001" + std::to_string(code) + "07000001";
        const Date birth{1900 + 100 * (code / 2) + 7, 3, 4};
        const Sex sex = code % 2 == 0 ? Sex::Male : Sex::Female;
        EXPECT_THAT(personal_number::check(number, birth, sex), IsEmpty()) << code;
        const Sex other = sex == Sex::Male ? Sex::Female : Sex::Male;
        EXPECT_THAT(personal_number::check(number, birth, other), ElementsAre(Warning::SexMismatch)) << code;
        EXPECT_THAT(personal_number::check(number, birth.plusYears(100), sex),
                    ElementsAre(Warning::CenturyMismatch));
        EXPECT_THAT(personal_number::check(number, birth.plusYears(1), sex),
                    ElementsAre(Warning::BirthYearMismatch));
    }
}

} // namespace
} // namespace kiosk
