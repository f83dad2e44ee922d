#include "app/store/tickets.hpp"

#include "tests/store/folder.hpp"

#include <gtest/gtest.h>
#include <vector>

namespace kiosk::store {
namespace {

constexpr std::int64_t minute = 60'000;
constexpr Instant morning{1'795'395'600'000}; // 08:00 in Viet Nam

Instant after(int minutes) { return {morning.ms + minutes * minute}; }

TEST(Tickets, CountEachDayFromOneAndOverARestart) {
    const testing::Folder folder;
    {
        const auto db = Db::open(folder / "kiosk.db").value();
        EXPECT_EQ(Tickets(db).take(morning, {}).value().number, 1);
        EXPECT_EQ(Tickets(db).take(after(1), {}).value().number, 2);
    }
    const auto db = Db::open(folder / "kiosk.db").value();
    Tickets tickets(db);
    EXPECT_EQ(tickets.take(after(2), {}).value().number, 3);
    EXPECT_EQ(tickets.take(after(24 * 60), {}).value().number, 1);
    ASSERT_TRUE(tickets.expire(after(24 * 60).dateInVietnam()));
    EXPECT_EQ(tickets.take(after(24 * 60 + 1), {}).value().number, 2) << "today's are kept";
}

TEST(Tickets, TheWaitIsThatOfCountersThatNeverRest) {
    const Service service{2, 10};
    std::vector<Instant> taken{after(0)};
    EXPECT_EQ(estimatedWait(taken, service), 0);
    taken.push_back(after(0));
    EXPECT_EQ(estimatedWait(taken, service), 0) << "the second counter is free";
    taken.push_back(after(4));
    EXPECT_EQ(estimatedWait(taken, service), 6) << "until the first is done";
    for (int i = 0; i < 4; ++i) taken.push_back(after(4));
    EXPECT_EQ(estimatedWait(taken, service), 26) << "three each before it, since 0";
    taken.push_back(after(120));
    EXPECT_EQ(estimatedWait(taken, service), 0) << "an hour later all are gone";
}

} // namespace
} // namespace kiosk::store
