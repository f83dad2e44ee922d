#include "app/store/progress.hpp"

#include "tests/store/folder.hpp"

#include <gtest/gtest.h>

namespace kiosk::store {
namespace {

constexpr Instant start{1'795'000'000'000};

Instant after(std::int64_t minutes) { return {start.ms + minutes * 60'000}; }

struct Kept : ::testing::Test {
    testing::Folder folder;
    Db db = Db::open(folder / "kiosk.db").value();
    ProgressStore progress{db};
    void keep(const std::string& reference, const Bytes& sealed, std::int64_t upTo, Instant at) {
        ASSERT_TRUE(progress.keep({{reference, sealed}}, upTo, at));
    }
};

TEST_F(Kept, TheNewestReplacesWhatWasKeptAndTheOfficesNumberGoesOn) {
    EXPECT_EQ(progress.askedUpTo().value(), 0);
    keep("K7-9Q2M-4XTR", {1}, 3, start);
    keep("K7-9Q2M-4XTR", {2, 2}, 8, after(1));
    EXPECT_EQ(progress.askedUpTo().value(), 8);
    const auto found = progress.find("K7-9Q2M-4XTR", after(2)).value();
    ASSERT_TRUE(found);
    EXPECT_EQ(found->sealed, (Bytes{2, 2}));
    EXPECT_EQ(found->keptAt, after(1));
    EXPECT_FALSE(progress.find("K7-0000-0000", after(2)).value());
}

TEST_F(Kept, WrongTriesHaveToWaitLongerAndLongerAndARightOneForgetsThem) {
    keep("K7-9Q2M-4XTR", {1}, 1, start);
    const auto open = [&](Instant at) { return !progress.find("K7-9Q2M-4XTR", at).value()->notBefore; };
    for (int i = 0; i < ProgressStore::patience.free; ++i) {
        EXPECT_TRUE(open(start)) << i;
        ASSERT_TRUE(progress.countTry("K7-9Q2M-4XTR", start));
    }
    EXPECT_FALSE(open(after(14)));
    keep("K7-9Q2M-4XTR", {2}, 2, after(14));
    EXPECT_FALSE(open(after(14))) << "news give no try back";
    EXPECT_TRUE(open(after(15)));
    ASSERT_TRUE(progress.countTry("K7-9Q2M-4XTR", after(15)));
    EXPECT_FALSE(open(after(15 + 29)));
    EXPECT_TRUE(open(after(15 + 30)));
    for (int i = 0; i < 40; ++i) ASSERT_TRUE(progress.countTry("K7-9Q2M-4XTR", after(50)));
    EXPECT_TRUE(open(after(50 + 24 * 60))) << "never more than a day";
    ASSERT_TRUE(progress.opened("K7-9Q2M-4XTR"));
    EXPECT_TRUE(open(after(51)));
}

TEST_F(Kept, AClockPutBackMakesNobodyWaitForYears) {
    keep("K7-9Q2M-4XTR", {1}, 1, start);
    for (int i = 0; i < ProgressStore::patience.free; ++i)
        ASSERT_TRUE(progress.countTry("K7-9Q2M-4XTR", after(1'000'000)));
    const auto open = [&](Instant at) { return !progress.find("K7-9Q2M-4XTR", at).value()->notBefore; };
    EXPECT_FALSE(open(after(0))) << "the wait begins anew";
    EXPECT_FALSE(open(after(14)));
    EXPECT_TRUE(open(after(15)));
}

TEST_F(Kept, WhatTheOfficeHasNotSpokenOfForLongIsForgotten) {
    keep("K7-9Q2M-4XTR", {1}, 1, start);
    keep("K7-4XTR-9Q2M", {1}, 2, after(10));
    ASSERT_TRUE(progress.expire(after(5)));
    EXPECT_FALSE(progress.find("K7-9Q2M-4XTR", after(20)).value());
    EXPECT_TRUE(progress.find("K7-4XTR-9Q2M", after(20)).value());
}

TEST_F(Kept, IsSalvagedWithItsTries) {
    keep("K7-9Q2M-4XTR", {1}, 1, start);
    for (int i = 0; i < ProgressStore::patience.free; ++i)
        ASSERT_TRUE(progress.countTry("K7-9Q2M-4XTR", start));
    ASSERT_TRUE(db.backup());
    const auto path = folder / "kiosk.db";
    { Db gone = std::move(db); }
    std::filesystem::resize_file(path, 100);
    std::filesystem::remove(path + "-wal");
    const auto opened = openOrSalvage(path);
    ASSERT_TRUE(opened) << opened.error().detail;
    const auto found = ProgressStore(opened->db).find("K7-9Q2M-4XTR", after(1)).value();
    ASSERT_TRUE(found);
    EXPECT_TRUE(found->notBefore);
    db = Db::open(folder / "other.db").value();
}

} // namespace
} // namespace kiosk::store
