// The disk or SQLite's memory fails at every request of a life of the store, once and from then on; whatever
// fails must be told, and when all is well again nothing that was promised is missing (reliability R3).
#include "app/base/crypto.hpp"
#include "app/store/profiles.hpp"
#include "app/store/sql.hpp"
#include "tests/disk/faulty_disk.hpp"
#include "tests/store/number_from.hpp"
#include "tests/store/specimen_parcel.hpp"

#include <cstdio>
#include <filesystem>
#include <gtest/gtest.h>
#include <map>
#include <optional>
#include <set>

namespace kiosk::store {
namespace {

namespace fs = std::filesystem;
using testing::Fault;
using testing::FaultyDisk;

constexpr Date today{2026, 11, 24};
std::size_t sizeOf(int n) { return n == 3 ? 20'000 : 2000; }

CardKey card() { return CardKey::of("079199000011", Date{1999, 2, 1}, "Nguyễn Văn Mẫu"); }

/// A life of the store on a disk that may fail, and what was promised in it.
class Life {
public:
    /// `earlyPromise`: a mistake, people are told "received" whatever the store says.
    explicit Life(const std::string& folder, bool earlyPromise = false)
        : folder_(folder), earlyPromise_(earlyPromise) {
        fs::create_directories(folder);
    }

    void live() {
        if (!start()) return;
        for (int n = 1; n <= 4; ++n) put(n);
        const auto kept = outbox_->acknowledged(specimen(1).key, "H29-261124-0001", "{}", Instant{3});
        if (!done(kept))
            open_.insert(1);
        else if (*kept) // else its put was refused
            acknowledged_.insert(1);
        done(outbox_->refused(specimen(2).key, Code::OfficeRefused, Instant{1}));
        done(outbox_->requeue(specimen(2).key, Instant{2}));
        Profiles profiles(*db_, Secret<Bytes>(Bytes(32, 7)));
        const bool saved = done(profiles.save(card(), {}, today, 30));
        done(db_->backup());
        erased_ = done(profiles.erase(card(), today)) && saved;
        put(5);
        stop();
        if (!start()) return;
        put(6);
        stop();
    }

    int refusals() const { return refusals_; }

    /// All is well again: what is wrong now; empty: nothing.
    std::string judge() {
        stop();
        auto wrong = inspect();
        stop(); // nothing is written any more
        return wrong;
    }

private:
    std::string inspect() {
        auto opened = openOrSalvage(path());
        if (!opened) return "does not open: " + opened.error().detail;
        if (opened->incident) return "damaged: " + opened->incident->detail;
        db_.emplace(std::move(opened->db));
        outbox_.emplace(*db_, folder_ + "/outbox");
        if (auto adopted = outbox_->adoptFiles(); !adopted) return "files: " + adopted.error().detail;
        for (int n = 1; n <= 6; ++n)
            if (auto wrong = judge(n); !wrong.empty()) return "parcel " + std::to_string(n) + " " + wrong;
        if (outbox_->rows(100)->size() != 6) return "doubled";
        Profiles profiles(*db_, Secret<Bytes>(Bytes(32, 7)));
        const auto profile = profiles.open(card(), today);
        if (!profile) return "profile: " + profile.error().detail;
        if (erased_ && *profile) return "an erased profile is back";
        return {};
    }

    std::string path() const { return folder_ + "/kiosk.db"; }

    template <typename T>
    bool done(const Result<T>& result) {
        refusals_ += result ? 0 : 1;
        return result.has_value();
    }
    bool start() {
        auto opened = openOrSalvage(path());
        if (!done(opened)) return false;
        db_.emplace(std::move(opened->db));
        static_cast<void>(execute(db_->handle(), "PRAGMA wal_autocheckpoint=12")); // so that some happen
        outbox_.emplace(*db_, folder_ + "/outbox");
        return done(outbox_->adoptFiles());
    }
    void stop() {
        outbox_.reset();
        db_.reset();
    }
    void put(int n) {
        if (done(outbox_->put(specimen(n, sizeOf(n)))) || earlyPromise_) promised_.insert(n);
    }
    /// What was promised is there; what was refused can be given again under its key.
    std::string judge(int n) {
        const auto parcel = specimen(n, sizeOf(n));
        const auto found = outbox_->find(parcel.key);
        if (!found) return found.error().detail;
        if (promised_.contains(n) && (!*found || (*found)->bytes != parcel.bytes)) return "lost";
        if (const auto again = outbox_->put(parcel); !again) return "refused again: " + again.error().detail;
        const auto rows = outbox_->rows(100);
        for (const auto& row : *rows) {
            if (row.key != parcel.key) continue;
            const bool settled = row.state == "acknowledged";
            if (acknowledged_.contains(n) ? !settled : settled && !open_.contains(n))
                return "is " + row.state;
        }
        return {};
    }

    std::string folder_;
    bool earlyPromise_;
    std::optional<Db> db_;
    std::optional<Outbox> outbox_;
    std::set<int> promised_, acknowledged_, open_; // open: the acknowledgement was not told to have been kept
    bool erased_ = false;
    int refusals_ = 0;
};

std::string freshFolder() {
    char pattern[] = "/dev/shm/kiosk-faults-XXXXXX";
    return ::mkdtemp(pattern);
}

/// Every how manyth index is tried; KIOSK_FAULTS=1: all. Memory is asked for ten times as often as the disk.
int stride(Fault fault) {
    const long otherwise = fault == Fault::NoMemory ? 63 : 9;
    return static_cast<int>(testing::numberFrom("KIOSK_FAULTS", otherwise));
}

struct Case {
    const char* name;
    Fault fault;
    bool lasting;
};

/// Before any test: SQLite takes its allocator only before its first use.
class Prepared : public ::testing::Environment {
    void SetUp() override {
        FaultyDisk::wrapAllocator();
        crypto::init();
    }
};
[[maybe_unused]] const auto* const prepared = ::testing::AddGlobalTestEnvironment(new Prepared);

class Faults : public ::testing::TestWithParam<Case> {};

TEST_P(Faults, AreToldAndLoseNothing) {
    const auto& [name, fault, lasting] = GetParam();
    int states = 0, silent = 0;
    bool fired = true;
    for (int index = 0; fired; index += stride(fault)) {
        const auto folder = freshFolder();
        FaultyDisk disk(folder);
        Life life(folder + "/data");
        disk.arm(fault, index, lasting);
        life.live();
        fired = disk.disarm();
        const auto wrong = life.judge();
        EXPECT_EQ(wrong, "") << name << " at request " << index;
        ++states;
        silent += fired && life.refusals() == 0 ? 1 : 0;
        fs::remove_all(folder);
    }
    std::printf("%s: %d states, every %dth request; in %d the store made up for it itself\n", name, states,
                stride(fault), silent);
    EXPECT_GT(states, 20) << "hardly anything was tried";
}

TEST(FaultsItself, SeesAPromiseMadeTooEarly) {
    int caught = 0;
    bool fired = true;
    for (int index = 0; fired && caught == 0; index += 5) {
        const auto folder = freshFolder();
        FaultyDisk disk(folder);
        Life life(folder + "/data", true);
        disk.arm(Fault::NoSpace, index, true);
        life.live();
        fired = disk.disarm();
        caught += life.judge().empty() ? 0 : 1;
        fs::remove_all(folder);
    }
    EXPECT_GT(caught, 0);
}

INSTANTIATE_TEST_SUITE_P(Every, Faults,
                         ::testing::Values(Case{"EIO once", Fault::InputOutput, false},
                                           Case{"EIO from then on", Fault::InputOutput, true},
                                           Case{"no space once", Fault::NoSpace, false},
                                           Case{"no space from then on", Fault::NoSpace, true},
                                           Case{"short write", Fault::ShortWrite, false},
                                           Case{"no memory once", Fault::NoMemory, false},
                                           Case{"no memory from then on", Fault::NoMemory, true}),
                         [](const auto& one) {
                             std::string name;
                             for (const char* c = one.param.name; *c != 0; ++c)
                                 if (*c != ' ') name += *c;
                             return name;
                         });

} // namespace
} // namespace kiosk::store
