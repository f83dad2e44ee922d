#include "app/store/staff/counts.hpp"

#include "tests/store/folder.hpp"

#include <gtest/gtest.h>

namespace kiosk::store {
namespace {

TEST(Counts, AreSummedOverDaysAndForgotten) {
    const testing::Folder folder;
    const auto db = Db::open(folder / "kiosk.db").value();
    Counts counts(db);
    for (const auto& [detail, day] : {std::pair{5, Date{2026, 11, 1}}, std::pair{5, Date{2026, 11, 2}},
                                      std::pair{5, Date{2026, 11, 2}}, std::pair{1, Date{2026, 11, 3}}})
        ASSERT_TRUE(counts.add(Counted::Rating, detail, day));
    ASSERT_TRUE(counts.add(Counted::Help, 9, {2026, 11, 2}));
    using Map = std::map<int, int>;
    EXPECT_EQ(counts.sum(Counted::Rating, {2026, 11, 1}, {2026, 11, 3}).value(), (Map{{1, 1}, {5, 3}}));
    EXPECT_EQ(counts.sum(Counted::Rating, {2026, 11, 2}, {2026, 11, 2}).value(), (Map{{5, 2}}));
    EXPECT_EQ(counts.sum(Counted::GivenUp, {2026, 11, 1}, {2026, 11, 3}).value(), Map{});
    ASSERT_TRUE(counts.expire({2026, 11, 3}));
    EXPECT_EQ(counts.sum(Counted::Rating, {2026, 1, 1}, {2026, 12, 31}).value(), (Map{{1, 1}}));
    EXPECT_FALSE(counts.add(Counted::Rating, 1000, {2026, 11, 1}))
        << "a number with room for more than a count";
}

} // namespace
} // namespace kiosk::store
