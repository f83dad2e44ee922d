#include "app/store/outbox.hpp"

#include "app/base/crypto.hpp"
#include "app/base/files.hpp"
#include "app/store/slot.hpp"
#include "app/store/sql.hpp"
#include "tests/store/folder.hpp"
#include "tests/store/watched_disk.hpp"

#include <csignal>
#include <cstring>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <set>
#include <sys/resource.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace kiosk::store {
namespace {

namespace fs = std::filesystem;

QueuedParcel specimen(int n, std::size_t size = 3000) {
    const auto digest = crypto::hash("SPECIMEN " + std::to_string(n));
    QueuedParcel parcel;
    parcel.key = crypto::hex(digest).substr(0, 32);
    parcel.reference = crypto::reference(parcel.key);
    parcel.procedure = "1.001193";
    parcel.bytes = Bytes(size, static_cast<std::uint8_t>(n));
    parcel.subject = "subject-" + std::to_string(n);
    parcel.createdAt = Instant{1'000'000 + n};
    return parcel;
}

/// Everything queued, by key, read through next(): what the office would be sent.
std::map<std::string, Bytes> drain(Outbox& outbox) {
    std::map<std::string, Bytes> out;
    while (auto parcel = outbox.next(Instant{1LL << 60}).value()) {
        out[parcel->key] = parcel->bytes;
        EXPECT_TRUE(outbox.acknowledged(parcel->key, "H29.1-261124-0001", "{}", Instant{5}));
    }
    return out;
}

std::string contentOfFolder(const std::string& folder) {
    std::string all;
    for (const auto& entry : fs::directory_iterator(folder)) {
        const auto bytes = files::read(entry.path()).value();
        all.append(bytes.begin(), bytes.end());
    }
    return all;
}

class OutboxTest : public ::testing::Test {
protected:
    void SetUp() override { crypto::init(); }
    testing::Folder folder_;
    std::string path_ = folder_ / "kiosk.db";
    std::string files_ = folder_ / "outbox";
};

TEST_F(OutboxTest, givesBackExactlyWhatWasPutOldestFirst) {
    auto db = Db::open(path_).value();
    Outbox outbox(db, files_);
    for (int n : {2, 1, 3}) ASSERT_TRUE(outbox.put(specimen(n)));
    const auto first = outbox.next(Instant{2'000'000}).value();
    ASSERT_TRUE(first);
    EXPECT_EQ(first->key, specimen(1).key);
    EXPECT_EQ(first->bytes, specimen(1).bytes);
    EXPECT_EQ(first->subject, "subject-1");
    EXPECT_EQ(outbox.counts()->queued, 3);
    EXPECT_EQ(outbox.counts()->oldestQueued, Instant{1'000'001});
}

TEST_F(OutboxTest, startingAgainAndAgainMakesNoMoreFiles) {
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

TEST_F(OutboxTest, aSlotWhoseMakingWasCutOffIsUsedAndNotSetAside) {
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

TEST_F(OutboxTest, theSameKeyTwiceIsOneRowAndOtherBytesAreRefused) {
    auto db = Db::open(path_).value();
    Outbox outbox(db, files_);
    ASSERT_TRUE(outbox.put(specimen(1)));
    ASSERT_TRUE(outbox.put(specimen(1)));
    EXPECT_EQ(outbox.counts()->queued, 1);
    auto other = specimen(1);
    other.bytes[0] ^= 1;
    EXPECT_EQ(outbox.put(other).error().code, Code::ParcelInvalid);
}

TEST_F(OutboxTest, everyUnacknowledgedParcelIsAlsoASealedFile) {
    auto db = Db::open(path_).value();
    Outbox outbox(db, files_);
    const auto parcel = specimen(7, 20'000);
    ASSERT_TRUE(outbox.put(parcel));
    const std::string bytes(parcel.bytes.begin(), parcel.bytes.end());
    EXPECT_NE(contentOfFolder(files_).find(bytes), std::string::npos);
    ASSERT_TRUE(outbox.acknowledged(parcel.key, "H29-261124-0001", "{\"ack\":1}", Instant{9}));
    EXPECT_EQ(contentOfFolder(files_).find(bytes), std::string::npos);
    EXPECT_EQ(outbox.counts()->acknowledged, 1);
    EXPECT_EQ(outbox.rows(5)->at(0).dossierCode, "H29-261124-0001");
}

TEST_F(OutboxTest, postponedWaitsRefusedGoesToStaffAndRequeueBringsItBack) {
    auto db = Db::open(path_).value();
    Outbox outbox(db, files_);
    ASSERT_TRUE(outbox.put(specimen(1)));
    ASSERT_TRUE(outbox.postponed(specimen(1).key, Code::OfficeUnreachable, Instant{9'000'000}));
    EXPECT_FALSE(outbox.next(Instant{8'999'999}).value());
    EXPECT_EQ(outbox.nextDue().value(), Instant{9'000'000});
    EXPECT_EQ(outbox.rows(1)->at(0).reason, "OfficeUnreachable");
    ASSERT_TRUE(outbox.dueNow());
    EXPECT_EQ(outbox.next(Instant{1'000'001})->value().attempts, 1);
    ASSERT_TRUE(outbox.refused(specimen(1).key, Code::OfficeRefused, Instant{9'000'001}));
    EXPECT_FALSE(outbox.next(Instant{1LL << 60}).value());
    EXPECT_EQ(outbox.counts()->refused, 1);
    ASSERT_TRUE(outbox.requeue(specimen(1).key, Instant{9'000'002}));
    EXPECT_EQ(outbox.next(Instant{9'000'002})->value().bytes, specimen(1).bytes);
}

TEST_F(OutboxTest, findsTheSubjectsNewestParcelAndExpiresOnlyAcknowledgedOnes) {
    auto db = Db::open(path_).value();
    Outbox outbox(db, files_);
    auto second = specimen(2);
    second.subject = "subject-1";
    ASSERT_TRUE(outbox.put(specimen(1)));
    ASSERT_TRUE(outbox.put(second));
    EXPECT_EQ(outbox.findSubject("subject-1", Instant{0}).value()->reference, second.reference);
    EXPECT_FALSE(outbox.findSubject("subject-1", Instant{2'000'000}).value());
    EXPECT_FALSE(outbox.findSubject("", Instant{0}).value());
    ASSERT_TRUE(outbox.acknowledged(second.key, "c", "{}", Instant{10}));
    EXPECT_EQ(outbox.expire(Instant{86'400'000LL * 7}, 7).value(), 0);
    EXPECT_EQ(outbox.expire(Instant{86'400'000LL * 7 + 11}, 7).value(), 1);
    EXPECT_EQ(outbox.counts()->queued, 1);
}

TEST_F(OutboxTest, readsBesideARunningKioskAndCannotWrite) {
    auto db = Db::open(path_).value();
    Outbox outbox(db, files_);
    ASSERT_TRUE(outbox.put(specimen(1)));
    auto beside = Db::open(path_, Db::Mode::ReadOnly).value();
    Outbox view(beside, files_);
    EXPECT_EQ(view.counts()->queued, 1);
    ASSERT_TRUE(outbox.put(specimen(2)));
    EXPECT_EQ(view.counts()->queued, 2);
    EXPECT_FALSE(view.dueNow());
}

TEST_F(OutboxTest, aFileWithoutARowComesBackAndARowWithoutAFileGetsOne) {
    {
        auto db = Db::open(path_).value();
        Outbox outbox(db, files_);
        for (int n = 0; n < 5; ++n) ASSERT_TRUE(outbox.put(specimen(n)));
        ASSERT_TRUE(outbox.acknowledged(specimen(0).key, "c", "{}", Instant{1}));
        ASSERT_TRUE(execute(db.handle(), "DELETE FROM outbox WHERE subject = 'subject-3'"));
    }
    {
        auto db = Db::open(path_).value();
        Outbox outbox(db, files_);
        EXPECT_EQ(outbox.adoptFiles().value(), 1);
        EXPECT_EQ(outbox.adoptFiles().value(), 0);
    }
    fs::remove_all(files_);
    auto db = Db::open(path_).value();
    Outbox outbox(db, files_);
    EXPECT_EQ(outbox.adoptFiles().value(), 0);
    const auto bytes = specimen(3).bytes;
    EXPECT_NE(contentOfFolder(files_).find(std::string(bytes.begin(), bytes.end())), std::string::npos);
    EXPECT_EQ(drain(outbox).size(), 4U);
}

TEST_F(OutboxTest, aTornFileIsSetAsideAndNeverSent) {
    auto db = Db::open(path_).value();
    Outbox outbox(db, files_);
    ASSERT_TRUE(outbox.put(specimen(1)));
    ASSERT_TRUE(execute(db.handle(), "DELETE FROM outbox"));
    for (const auto& entry : fs::directory_iterator(files_)) {
        auto bytes = files::read(entry.path()).value();
        if (bytes.empty() || bytes[0] == 0) continue; // free, or just being made ahead
        bytes[1000] ^= 1;
        ASSERT_TRUE(files::writeDurably(entry.path(), files::asText(bytes)));
    }
    EXPECT_EQ(outbox.adoptFiles().value(), 0);
    EXPECT_EQ(outbox.counts()->queued, 0);
}

TEST_F(OutboxTest, aDamagedDatabaseIsSetAsideAndNothingQueuedIsLost) {
    {
        auto db = Db::open(path_).value();
        Outbox outbox(db, files_);
        for (int n = 0; n < 40; ++n) ASSERT_TRUE(outbox.put(specimen(n)));
        ASSERT_TRUE(outbox.acknowledged(specimen(0).key, "c", "{}", Instant{1}));
    }
    auto bytes = files::read(path_).value();
    for (std::size_t i = 4096; i + 4096 < bytes.size(); i += 3 * 4096)
        for (std::size_t k = 0; k < 512; ++k) bytes[i + k] = 0xA5;
    ASSERT_TRUE(files::writeDurably(path_, files::asText(bytes)));
    ASSERT_EQ(Db::open(path_).error().code, Code::StoreDamaged);
    auto opened = openOrSalvage(path_).value();
    ASSERT_TRUE(opened.incident);
    EXPECT_EQ(opened.incident->code, Code::StoreDamaged);
    Outbox outbox(opened.db, files_);
    ASSERT_TRUE(outbox.adoptFiles());
    const auto sent = drain(outbox);
    for (int n = 1; n < 40; ++n) EXPECT_EQ(sent.at(specimen(n).key), specimen(n).bytes) << n;
    int kept = 0;
    for (const auto& entry : fs::directory_iterator(folder_.path()))
        kept += entry.path().filename().string().find(".damaged-") != std::string::npos ? 1 : 0;
    EXPECT_GE(kept, 1);
}

TEST_F(OutboxTest, aFileOfAnotherKindIsTreatedAsDamage) {
    ASSERT_TRUE(files::writeDurably(path_, std::string(9000, 'x')));
    auto opened = openOrSalvage(path_).value();
    EXPECT_TRUE(opened.incident);
    Outbox outbox(opened.db, files_);
    EXPECT_TRUE(outbox.put(specimen(1)));
}

TEST_F(OutboxTest, aFullDatabaseIsAnErrorAndLosesNothing) {
    auto db = Db::open(path_).value();
    Outbox outbox(db, files_);
    ASSERT_TRUE(execute(db.handle(), "PRAGMA max_page_count = 40"));
    std::set<std::string> committed;
    int refused = 0;
    for (int n = 0; n < 60; ++n) {
        const auto done = outbox.put(specimen(n));
        if (done)
            committed.insert(specimen(n).key);
        else {
            EXPECT_EQ(done.error().code, Code::StoreFull);
            ++refused;
        }
    }
    EXPECT_GT(refused, 0);
    EXPECT_GT(committed.size(), 10U);
    EXPECT_EQ(outbox.adoptFiles().value(), 0); // a refused parcel left no file behind
    std::set<std::string> sent;
    for (const auto& [key, bytes] : drain(outbox)) sent.insert(key);
    EXPECT_EQ(sent, committed);
}

TEST_F(OutboxTest, aFileSizeLimitIsAnErrorAndLosesNothing) {
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
        std::signal(SIGXFSZ, SIG_IGN);
        auto db = Db::open(path_).value();
        Outbox outbox(db, files_);
        for (int n = 0; n < 3; ++n)
            if (!outbox.put(specimen(n))) ::_exit(2);
        const rlimit limit{8192, 8192};
        ::setrlimit(RLIMIT_FSIZE, &limit);
        const auto done = outbox.put(specimen(3, 20'000));
        ::_exit(!done && done.error().code == Code::StoreFull ? 0 : 3);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_EQ(WEXITSTATUS(status), 0);
    auto db = Db::open(path_).value();
    Outbox outbox(db, files_);
    ASSERT_TRUE(outbox.adoptFiles());
    EXPECT_EQ(drain(outbox).size(), 3U);
}

/// The row's way fails after its file was written: neither is left, and the same key may come again.
TEST_F(OutboxTest, aRowThatCannotBeCommittedLeavesNoFileBehind) {
    auto db = Db::open(path_).value();
    Outbox outbox(db, files_);
    ASSERT_TRUE(outbox.put(specimen(1)));
    ASSERT_TRUE(execute(db.handle(), "PRAGMA query_only = ON"));
    EXPECT_FALSE(outbox.put(specimen(2)));
    ASSERT_TRUE(execute(db.handle(), "PRAGMA query_only = OFF"));
    EXPECT_EQ(outbox.adoptFiles().value(), 0);
    EXPECT_EQ(outbox.counts()->queued, 1);
    ASSERT_TRUE(outbox.put(specimen(2)));
    EXPECT_EQ(drain(outbox).size(), 2U);
}

/// A row whose file never reached the disk (a crash between the two): the same key again makes it whole.
TEST_F(OutboxTest, theSameKeyAgainGivesARowItsMissingFile) {
    auto db = Db::open(path_).value();
    Outbox outbox(db, files_);
    const auto parcel = specimen(5);
    const std::string bytes(parcel.bytes.begin(), parcel.bytes.end());
    ASSERT_TRUE(outbox.put(parcel));
    for (const auto& entry : fs::directory_iterator(files_)) // as slots are while free
        ASSERT_TRUE(files::writeDurably(entry.path(), std::string(16'384, '\0')));
    ASSERT_EQ(contentOfFolder(files_).find(bytes), std::string::npos);
    ASSERT_TRUE(outbox.put(parcel));
    EXPECT_NE(contentOfFolder(files_).find(bytes), std::string::npos);
    EXPECT_EQ(outbox.counts()->queued, 1);
}

/// More parcels than slots are ready, while more are being made: no two share a slot.
TEST_F(OutboxTest, slotsMadeAheadAreGivenToOneParcelEach) {
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
TEST_F(OutboxTest, aSettledSlotCostsNoFlushBesideTheCommits) {
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
TEST_F(OutboxTest, aSlotOfAnotherRunIsFlushedByItself) {
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
    EXPECT_EQ(slots.syncs(), 1);
    EXPECT_EQ(slots.landings(), 0);
}

TEST_F(OutboxTest, aFileThatGrowsIsFlushedByItself) {
    auto db = Db::open(path_).value();
    Outbox outbox(db, files_);
    ASSERT_TRUE(outbox.put(specimen(1)));
    const WatchedDisk slots(files_);
    ASSERT_TRUE(outbox.put(specimen(2, 20'000)));
    EXPECT_EQ(slots.syncs(), 1);
    EXPECT_EQ(slots.landings(), 0);
}

TEST_F(OutboxTest, filesOnAnotherDiskThanTheDatabaseAreFlushedByThemselves) {
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
TEST_F(OutboxTest, aFileThatDoesNotReachTheDiskLeavesNoRowBehind) {
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
TEST_F(OutboxTest, aLogThatDoesNotReachTheDiskLeavesNoFileBehind) {
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

/// A child puts and reports each commit through a pipe. It is killed at any moment after its start, or, on
/// every other round, after some commits, so that a slow machine gets somewhere too.
TEST_F(OutboxTest, survivesSigkillAtAnyMoment) {
    std::set<std::string> told;
    for (int round = 0; round < 60; ++round) {
        int ends[2];
        ASSERT_EQ(::pipe(ends), 0);
        const pid_t child = ::fork();
        ASSERT_GE(child, 0);
        if (child == 0) {
            auto db = Db::open(path_).value();
            Outbox outbox(db, files_);
            if (!outbox.adoptFiles()) ::_exit(2);
            for (int n = 0;; ++n) {
                if (!outbox.put(specimen(round * 10'000 + n))) ::_exit(3);
                if (::write(ends[1], &n, sizeof n) != sizeof n) ::_exit(4);
            }
        }
        ::close(ends[1]);
        int n = 0;
        for (int left = round % 2 == 0 ? 0 : 2 + round % 7; left > 0; --left) {
            if (::read(ends[0], &n, sizeof n) != sizeof n) break;
            told.insert(specimen(round * 10'000 + n).key);
        }
        std::this_thread::sleep_for(
            std::chrono::milliseconds(round % 2 == 0 ? 8 + round * 7 % 60 : round % 5));
        ::kill(child, SIGKILL);
        while (::read(ends[0], &n, sizeof n) == sizeof n) told.insert(specimen(round * 10'000 + n).key);
        ::close(ends[0]);
        int status = 0;
        ::waitpid(child, &status, 0);
        ASSERT_TRUE(WIFSIGNALED(status)) << "child ended by itself: " << WEXITSTATUS(status);
    }
    ASSERT_GT(told.size(), 100U);
    auto db = Db::open(path_).value();
    Outbox outbox(db, files_);
    ASSERT_TRUE(outbox.adoptFiles());
    const auto sent = drain(outbox);
    for (const auto& key : told) EXPECT_TRUE(sent.contains(key));
    for (const auto& [key, bytes] : sent) EXPECT_EQ(bytes.size(), 3000U);
}

} // namespace
} // namespace kiosk::store
