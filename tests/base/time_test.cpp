// Calendar dates that exist, and Vietnam's clock (UTC+7 all year).
#include "app/base/time.hpp"

#include <gtest/gtest.h>

namespace kiosk {
namespace {

int daysIn(int year, unsigned month) {
    if (month == 2) return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

TEST(DateMake, acceptsExactlyTheDaysThatExist) {
    for (int year = 1799; year <= 3000; ++year)
        for (unsigned month = 0; month <= 13; ++month)
            for (unsigned day = 0; day <= 32; ++day) {
                const bool real = year >= 1800 && year <= 2999 && month >= 1 && month <= 12 && day >= 1 &&
                                  static_cast<int>(day) <= daysIn(year, month);
                ASSERT_EQ(Date::make(year, month, day).has_value(), real)
                    << year << '-' << month << '-' << day;
            }
}

TEST(DateMake, doesNotWrapLargeNumbers) {
    EXPECT_FALSE(Date::make(2000, 257, 1));
    EXPECT_FALSE(Date::make(2000, 1, 257));
}

TEST(DateText, survivesThereAndBack) {
    for (const auto* iso : {"1800-01-01", "1999-02-28", "2000-02-29", "2026-11-24", "2999-12-31"}) {
        const auto date = Date::fromIso(iso);
        ASSERT_TRUE(date) << iso;
        EXPECT_EQ(date->iso(), iso);
    }
    EXPECT_EQ(Date::fromCard("01021999")->vietnamese(), "01/02/1999");
    EXPECT_EQ(Date::fromCard("01021999")->iso(), "1999-02-01");
}

TEST(DateText, refusesEverythingElse) {
    for (const auto* bad :
         {"", "1021999", "31021999", "0102 999", "+1021999", "010219999", "00001999", "00011999"})
        EXPECT_FALSE(Date::fromCard(bad)) << bad;
    for (const auto* bad :
         {"", "1999-2-1", "1999/02/01", "1999-02-30", "1999-02-01 ", "-999-02-01", "1999-0a-01"})
        EXPECT_FALSE(Date::fromIso(bad)) << bad;
}

TEST(DateYears, leapDayComesOnFirstOfMarchInCommonYears) {
    const auto leap = *Date::make(2004, 2, 29);
    EXPECT_EQ(leap.plusYears(14).iso(), "2018-03-01");
    EXPECT_EQ(leap.plusYears(4).iso(), "2008-02-29");
}

TEST(DateYears, ageCountsOnTheBirthday) {
    const auto born = *Date::make(2000, 6, 15);
    EXPECT_EQ(born.yearsUntil(*Date::make(2014, 6, 14)), 13);
    EXPECT_EQ(born.yearsUntil(*Date::make(2014, 6, 15)), 14);
    EXPECT_EQ(born.yearsUntil(born), 0);
}

TEST(InstantText, isUtcAndVietnamIsSevenHoursAhead) {
    const Instant i{1795489445678}; // 2026-11-24T03:04:05.678Z
    EXPECT_EQ(i.iso(), "2026-11-24T03:04:05Z");
    EXPECT_EQ(i.timeInVietnam(), "10:04");
    EXPECT_EQ(i.dateInVietnam().iso(), "2026-11-24");
}

TEST(InstantText, dayChangesAtVietnamsMidnight) {
    const Instant before{1795539599999}; // 2026-11-24T16:59:59.999Z
    EXPECT_EQ(before.dateInVietnam().iso(), "2026-11-24");
    EXPECT_EQ(before.timeInVietnam(), "23:59");
    const Instant after{before.ms + 1};
    EXPECT_EQ(after.dateInVietnam().iso(), "2026-11-25");
    EXPECT_EQ(after.timeInVietnam(), "00:00");
}

TEST(InstantText, holdsBefore1970) {
    EXPECT_EQ(Instant{-1}.iso(), "1969-12-31T23:59:59Z");
    EXPECT_EQ(Instant{-1}.timeInVietnam(), "06:59");
}

TEST(BuildDate, isNotInTheFuture) {
    EXPECT_GE(buildDate().year, 2024);
    EXPECT_LE(buildDate(), now().dateInVietnam());
}

} // namespace
} // namespace kiosk
