#include "app/base/config/opening_hours.hpp"

#include <gtest/gtest.h>

namespace kiosk {
namespace {

/// In Viet Nam; 2026-11-23 is a Monday.
Instant at(unsigned day, int hour, int minute) {
    return Instant{1'795'392'000'000 + ((static_cast<std::int64_t>(day) - 23) * 24 + hour - 7) * 3'600'000LL +
                   minute * 60'000LL};
}

TEST(OpeningHours, TheTestsClockIsRight) {
    EXPECT_EQ(at(23, 0, 5).dateInVietnam(), (Date{2026, 11, 23}));
    EXPECT_EQ(at(23, 0, 5).timeInVietnam(), "00:05");
    EXPECT_EQ(weekday({2026, 11, 23}), 0);
    EXPECT_EQ(weekday({2026, 11, 29}), 6);
}

TEST(OpeningHours, AnOfficesWeekIsFollowed) {
    const auto hours = OpeningHours::parse("T2-T6 07:30-11:30 13:00-17:00; T7 07:30-11:30").value();
    EXPECT_TRUE(hours.isClosed(at(23, 7, 29)));
    EXPECT_FALSE(hours.isClosed(at(23, 7, 30)));
    EXPECT_TRUE(hours.isClosed(at(23, 11, 30))) << "the end is outside";
    EXPECT_FALSE(hours.isClosed(at(27, 16, 59)));
    EXPECT_TRUE(hours.isClosed(at(28, 13, 30))) << "Saturday afternoon";
    EXPECT_TRUE(hours.isClosed(at(29, 9, 0))) << "Sunday";
    EXPECT_EQ(hours.opensNext(at(23, 12, 0)), at(23, 13, 0));
    EXPECT_EQ(hours.opensNext(at(23, 8, 0)), at(23, 13, 0)) << "while it is open: the time after";
    EXPECT_EQ(hours.opensNext(at(28, 12, 0)), at(30, 7, 30)) << "over the weekend";
}

TEST(OpeningHours, WhatIsNotKnownIsNeverClosed) {
    const auto none = OpeningHours::parse("  ").value();
    EXPECT_FALSE(none.isKnown());
    EXPECT_FALSE(none.isClosed(at(29, 3, 0)));
    EXPECT_FALSE(none.opensNext(at(29, 3, 0)));
}

TEST(OpeningHours, MistakesAreRefused) {
    for (const auto* bad : {"T2", "T8 07:00-08:00", "T6-T2 07:00-08:00", "T2 08:00-07:00", "T2 7:00-8:00",
                            "T2 07:00-08:00 07:30-09:00", "T2 07:00-24:01", "T2 07:60-08:00", "07:00-08:00",
                            "T2-T3 07:00-08:00; T3 07:59-09:00", "T2 07:00"})
        EXPECT_FALSE(OpeningHours::parse(bad)) << bad;
    EXPECT_TRUE(OpeningHours::parse("CN 00:00-24:00"));
}

} // namespace
} // namespace kiosk
