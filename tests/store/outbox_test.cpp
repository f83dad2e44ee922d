// The queue of parcels: what was put is given back, whatever happened to row, file or process.
#include "tests/store/outbox_stage.hpp"

#include "app/store/sql.hpp"

#include <csignal>
#include <cstring>
#include <gmock/gmock.h>
#include <set>
#include <sys/resource.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace kiosk::store {
namespace {

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
