// The outbox's slots: how many there are, who gets them, and which flushes a commit needs beside SQLite's.
#include "app/store/queue/slot.hpp"
#include "app/store/sql.hpp"
#include "tests/store/outbox_stage.hpp"
#include "tests/store/watched_disk.hpp"

#include <cstring>
#include <gmock/gmock.h>
#include <set>
#include <thread>
#include <unistd.h>

namespace kiosk::store {
namespace {

class OutboxSlots : public OutboxTest {};

TEST_F(OutboxSlots, startingAgainAndAgainMakesNoMoreFiles) {
    const auto count = [&] {
        return std::distance(fs::directory_iterator(files_), fs::directory_iterator());
    };
    std::ptrdiff_t early = 0;
    for (int start = 0; start < 30; ++start) {
        auto db = Db::open(path_).value();
        Outbox outbox(db, files_);
        ASSERT_TRUE(outbox.adoptFiles());
        ASSERT_TRUE(outbox.put(specimen(start)));
        ASSERT_TRUE(outbox.acknowledged(specimen(start).key, "c", "{}", Instant{1}));
        if (start == 3) early = count();
    }
    EXPECT_LE(count(), early);
}

TEST_F(OutboxSlots, aSlotWhoseMakingWasCutOffIsUsedAndNotSetAside) {
    auto db = Db::open(path_).value();
    ASSERT_TRUE(files::makeFolder(files_));
    ASSERT_TRUE(files::writeDurably(files_ + "/000001.parcel", ""));
    ASSERT_TRUE(files::writeDurably(files_ + "/000002.parcel", std::string(100, 0)));
    Outbox outbox(db, files_);
    ASSERT_TRUE(outbox.adoptFiles());
    ASSERT_TRUE(outbox.put(specimen(1)));
    ASSERT_TRUE(outbox.put(specimen(2)));
    for (const auto& entry : fs::directory_iterator(files_))
        EXPECT_EQ(entry.path().extension(), ".parcel") << entry.path();
    EXPECT_THAT(drain(outbox), ::testing::SizeIs(2));
}

/// More parcels than slots are ready, while more are being made: no two share a slot.
TEST_F(OutboxSlots, slotsMadeAheadAreGivenToOneParcelEach) {
    auto db = Db::open(path_).value();
    {
        Outbox outbox(db, files_);
        for (int n = 0; n < 90; ++n) {
            ASSERT_TRUE(outbox.put(specimen(n)));
            if (n % 7 != 0) continue;
            ASSERT_TRUE(outbox.adoptFiles()); // lists the folder while slots are being made
        }
    }
    ASSERT_TRUE(execute(db.handle(), "DELETE FROM outbox"));
    Outbox outbox(db, files_);
    EXPECT_EQ(outbox.adoptFiles().value(), 90);
}

using testing::WatchedDisk;

/// A settled slot lands under the flush of SQLite's commit; where one flush does not cover both (another kind
/// of file system than ext4), it gets its own.
TEST_F(OutboxSlots, aSettledSlotCostsNoFlushBesideTheCommits) {
    auto db = Db::open(path_).value();
    Outbox outbox(db, files_);
    ASSERT_TRUE(outbox.put(specimen(1))); // makes the slots
    const bool covered = slot::flushCovers(files_, path_);
    const WatchedDisk slots(files_);
    ASSERT_TRUE(outbox.put(specimen(2)));
    EXPECT_EQ(slots.landings() + slots.syncs(), 1);
    EXPECT_EQ(slots.landings(), covered ? 1 : 0);
}

/// Its blocks may not all be on the disk (another run made it, or a restored copy has holes): own flush.
TEST_F(OutboxSlots, aSlotOfAnotherRunIsFlushedByItself) {
    auto db = Db::open(path_).value();
    ASSERT_TRUE(Outbox(db, files_).put(specimen(1)));
    const auto names = slot::list(files_).value();
    for (const auto& name : names) {
        if (!slot::isFree(files_, name)) continue;
        fs::resize_file(files_ + "/" + name, 0);
        fs::resize_file(files_ + "/" + name, 16'384); // a hole
    }
    Outbox outbox(db, files_);
    const WatchedDisk slots(files_);
    ASSERT_TRUE(outbox.put(specimen(2)));
    EXPECT_EQ(slots.ownSyncs(), 1); // the keeper's thread may flush slots it makes ahead meanwhile
    EXPECT_EQ(slots.landings(), 0);
}

TEST_F(OutboxSlots, aFileThatGrowsIsFlushedByItself) {
    auto db = Db::open(path_).value();
    Outbox outbox(db, files_);
    ASSERT_TRUE(outbox.put(specimen(1)));
    const WatchedDisk slots(files_);
    ASSERT_TRUE(outbox.put(specimen(2, 20'000)));
    EXPECT_EQ(slots.ownSyncs(), 1); // the keeper's thread may flush slots it makes ahead meanwhile
    EXPECT_EQ(slots.landings(), 0);
}

TEST_F(OutboxSlots, filesOnAnotherDiskThanTheDatabaseAreFlushedByThemselves) {
    char memory[] = "/dev/shm/kiosk-outbox-XXXXXX";
    ASSERT_NE(::mkdtemp(memory), nullptr) << "needs /dev/shm, a file system of its own on every Debian";
    {
        auto db = Db::open(path_).value();
        Outbox outbox(db, memory);
        ASSERT_TRUE(outbox.put(specimen(1)));
        EXPECT_FALSE(slot::flushCovers(memory, path_));
        const WatchedDisk slots(memory);
        ASSERT_TRUE(outbox.put(specimen(2)));
        EXPECT_EQ(slots.syncs(), 1);
        EXPECT_EQ(slots.landings(), 0);
    }
    fs::remove_all(memory);
}

/// The disk refuses the file's bytes, whichever way they go: neither row nor file is left, the error is told,
/// and when the disk is well again the same key can come again.
TEST_F(OutboxSlots, aFileThatDoesNotReachTheDiskLeavesNoRowBehind) {
    auto db = Db::open(path_).value();
    Outbox outbox(db, files_);
    ASSERT_TRUE(outbox.put(specimen(1)));
    int n = 1;
    for (const std::size_t size : {3000U, 20'000U}) { // lands; has a flush of its own
        const auto parcel = specimen(++n, size);
        {
            const WatchedDisk slots(files_, WatchedDisk::Refuse::Both);
            const auto done = outbox.put(parcel);
            ASSERT_FALSE(done);
            EXPECT_EQ(done.error().code, Code::StoreUnavailable);
            EXPECT_GT(slots.landings() + slots.syncs(), 0);
        }
        EXPECT_EQ(outbox.counts()->queued, n - 1);
        EXPECT_EQ(outbox.adoptFiles().value(), 0);
        ASSERT_TRUE(outbox.put(parcel));
        EXPECT_EQ(outbox.counts()->queued, n);
    }
    EXPECT_EQ(drain(outbox).size(), 3U);
}

/// SQLite's own flush fails after the file landed: not told "received", nothing left, and it works again.
TEST_F(OutboxSlots, aLogThatDoesNotReachTheDiskLeavesNoFileBehind) {
    auto db = Db::open(path_).value();
    Outbox outbox(db, files_);
    ASSERT_TRUE(outbox.put(specimen(1)));
    {
        const WatchedDisk log(path_ + "-wal", WatchedDisk::Refuse::Syncs);
        EXPECT_FALSE(outbox.put(specimen(2)));
        EXPECT_EQ(log.syncs(), 1);
    }
    EXPECT_EQ(outbox.counts()->queued, 1);
    EXPECT_EQ(outbox.adoptFiles().value(), 0);
    ASSERT_TRUE(outbox.put(specimen(2)));
    EXPECT_EQ(drain(outbox).size(), 2U);
}

} // namespace
} // namespace kiosk::store
