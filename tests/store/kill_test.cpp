// A process that lives the outbox's life is killed at random moments, again and again; whoever comes after it
// finds all that was promised, once (reliability R1). KIOSK_KILLS=10000 is the long run.
#include "tests/store/folder.hpp"
#include "tests/store/number_from.hpp"
#include "tests/store/specimen_parcel.hpp"

#include <csignal>
#include <cstdio>
#include <gtest/gtest.h>
#include <map>
#include <random>
#include <set>
#include <sys/wait.h>
#include <unistd.h>

namespace kiosk::store {
namespace {

/// What the child tells over a pipe, each as one atomic write, after the fact.
struct Told {
    enum Kind : int { Received, Acknowledged } kind;
    int number;
};

std::size_t sizeOf(int n) { return n % 7 == 3 ? 20'000 : 2000; }

/// From parcel `n` on, until killed.
[[noreturn]] void live(const std::string& folder, int pipe, int n, bool earlyPromise) {
    auto opened = openOrSalvage(folder + "/kiosk.db");
    if (!opened || opened->incident) ::_exit(1);
    Outbox outbox(opened->db, folder + "/outbox");
    if (!outbox.adoptFiles()) ::_exit(2);
    const auto tell = [pipe](Told told) {
        if (::write(pipe, &told, sizeof told) != sizeof told) ::_exit(3);
    };
    for (const int first = n;; ++n) {
        if (earlyPromise) tell({Told::Received, n});
        if (!outbox.put(specimen(n, sizeOf(n)))) ::_exit(4);
        tell({Told::Received, n});
        if (n % 5 == 0 && !opened->db.backup()) ::_exit(5);
        if (n % 3 != 0 || n == first) continue;
        if (!outbox.acknowledged(specimen(n - 1).key, "H29-261124-0001", "{}", Instant{3})) ::_exit(6);
        tell({Told::Acknowledged, n - 1});
        if (!outbox.expire(Instant{1LL << 50}, 1)) ::_exit(7);
    }
}

class Kills : public ::testing::Test {
protected:
    /// One life, ended after some milliseconds; learns what it told.
    void liveAndDie(bool earlyPromise = false) {
        int pipe[2];
        ASSERT_EQ(0, ::pipe(pipe));
        const pid_t child = ::fork();
        ASSERT_GE(child, 0);
        if (child == 0) {
            ::close(pipe[0]);
            live(folder_.path(), pipe[1], next_, earlyPromise);
        }
        ::close(pipe[1]);
        // Mostly while it is at work, whenever it gets there; else perhaps while it still recovers.
        Told first{};
        const bool atWork = random_() % 4 != 0 && ::read(pipe[0], &first, sizeof first) == sizeof first;
        // The mistake shows between its promise and the commit: every other kill is aimed there.
        const bool aimed = earlyPromise && atWork && random_() % 2 == 0;
        if (!aimed) ::usleep(static_cast<useconds_t>(random_() % 60'000));
        ::kill(child, SIGKILL);
        int status = 0;
        ASSERT_EQ(child, ::waitpid(child, &status, 0));
        ASSERT_TRUE(WIFSIGNALED(status)) << "it ended by itself with " << WEXITSTATUS(status);
        int last = next_ - 1;
        const auto learn = [&](const Told& told) {
            if (told.kind == Told::Received) waiting_.insert(last = told.number);
            if (told.kind == Told::Acknowledged) waiting_.erase(told.number);
        };
        if (atWork) learn(first);
        for (Told told{}; ::read(pipe[0], &told, sizeof told) == sizeof told;) learn(told);
        ::close(pipe[0]);
        doubtful_ = last - 1; // whose acknowledgement may have been kept without being told
        inFlight_ = last + 1; // which may have been received without being told
        next_ = last + 2;
    }

    /// What is wrong with what whoever comes after finds; empty: nothing.
    std::string judge() {
        auto opened = openOrSalvage(folder_ / "kiosk.db");
        if (!opened) return "does not open: " + opened.error().detail;
        if (opened->incident) return "damaged: " + opened->incident->detail;
        Outbox outbox(opened->db, folder_ / "outbox");
        if (auto adopted = outbox.adoptFiles(); !adopted) return "files: " + adopted.error().detail;
        std::map<std::string, Bytes> found;
        std::string wrong;
        const auto seen = outbox.eachUnacknowledged([&](const QueuedParcel& parcel) -> Result<void> {
            if (!found.emplace(parcel.key, parcel.bytes).second) wrong = "doubled";
            return {};
        });
        if (!seen) return "rows: " + seen.error().detail;
        for (auto it = waiting_.begin(); it != waiting_.end();) {
            const auto parcel = specimen(*it, sizeOf(*it));
            const auto at = found.find(parcel.key);
            if (at == found.end() && *it != doubtful_) wrong = "parcel " + std::to_string(*it) + " is lost";
            if (at != found.end() && at->second != parcel.bytes) wrong = "other bytes";
            it = at == found.end() ? waiting_.erase(it) : std::next(it);
            if (at != found.end()) found.erase(at);
        }
        if (found.erase(specimen(inFlight_).key) > 0) waiting_.insert(inFlight_);
        if (!found.empty()) wrong = "some that nobody gave, or that were acknowledged";
        // At a counter too they go some time.
        for (; waiting_.size() > 60; waiting_.erase(waiting_.begin()))
            if (!outbox.acknowledged(specimen(*waiting_.begin()).key, "c", "{}", Instant{1}))
                return "no answer kept";
        return wrong;
    }

    testing::Folder folder_;
    std::mt19937 random_{1};
    std::set<int> waiting_; // promised and not acknowledged
    int next_ = 1, inFlight_ = 0, doubtful_ = 0;
};

TEST_F(Kills, LoseAndDoubleNothing) {
    crypto::init();
    const auto kills = testing::numberFrom("KIOSK_KILLS", 60);
    for (long i = 0; i < kills; ++i) {
        ASSERT_NO_FATAL_FAILURE(liveAndDie());
        ASSERT_EQ(judge(), "") << "after kill " << i;
    }
    std::printf("%ld kills, %d parcels given\n", kills, next_);
    EXPECT_GT(next_, kills) << "hardly anything happened between the kills";
}

TEST_F(Kills, OfAKioskThatPromisesTooEarlyAreSeenToLose) {
    crypto::init();
    std::string wrong;
    for (int i = 0; i < 300 && wrong.empty(); ++i) {
        ASSERT_NO_FATAL_FAILURE(liveAndDie(true));
        wrong = judge();
    }
    EXPECT_NE(wrong, "");
}

} // namespace
} // namespace kiosk::store
