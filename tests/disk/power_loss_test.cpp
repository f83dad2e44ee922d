// The power is lost at every boundary between two requests to the disk, in many ways at each; then the real
// recovery runs, and what was promised to people is judged by content. Six mistakes that such a store could
// contain are shown to be caught.
#include "app/base/crypto.hpp"
#include "app/base/files.hpp"
#include "app/store/profiles.hpp"
#include "app/store/sql.hpp"
#include "tests/disk/recorded_disk.hpp"
#include "tests/store/folder.hpp"
#include "tests/store/number_from.hpp"
#include "tests/store/specimen_parcel.hpp"

#include <algorithm>
#include <cstdio>
#include <fcntl.h>
#include <functional>
#include <gtest/gtest.h>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

namespace kiosk::store {
namespace {

namespace fs = std::filesystem;
using testing::RecordedDisk;

constexpr Date today{2026, 11, 24};

/// What was promised, and after which request to the disk.
struct Promise {
    std::size_t since;
    std::string key;           // of a parcel; empty: a profile was erased
    Bytes bytes;               // what its person gave
    bool acknowledged = false; // else: received
};

/// What is done wrong.
struct Mistake {
    bool normalSync = false; // synchronous=NORMAL
    bool noSync = false;     // fsync does nothing
    bool earlyPromise = false;
    bool newKeyOnRetry = false;
    bool noReplay = false; // a restore forgets the erasures
    bool noUniqueKey = false;
};

struct Verdict {
    int states = 0, judged = 0, lost = 0, doubled = 0, reappeared = 0, damaged = 0;
    std::string damage; // the last
    int wrong() const { return lost + doubled + reappeared + damaged; }
};

/// A life of the store, recorded.
class Life {
public:
    explicit Life(Mistake mistake) : mistake_(mistake), disk_(folder_.path()) {
        disk_.pretendToSync(mistake.noSync);
        start();
        for (int n = 1; n <= 5; ++n) put(n, n == 3 ? 20'000 : 2000);
        acknowledge(1);
        EXPECT_TRUE(outbox_->refused(specimen(2).key, Code::OfficeRefused, Instant{1}));
        EXPECT_TRUE(outbox_->requeue(specimen(2).key, Instant{2}));
        Profiles profiles(*db_, deviceKey());
        EXPECT_TRUE(profiles.save(card(1), {}, today, 30));
        EXPECT_TRUE(profiles.save(card(2), {}, today, 30));
        EXPECT_TRUE(db_->backup());
        EXPECT_TRUE(profiles.erase(card(1), today));
        promises_.push_back({disk_.size(), {}, {}});
        for (int n = 6; n <= 8; ++n) put(n, 2000);
        acknowledge(6);
        acknowledge(3);
        stop();
        start(); // the last close took the log away
        put(9, 2000);
        EXPECT_TRUE(outbox_->expire(Instant{1LL << 50}, 1));
        for (auto& p : promises_) // what was removed for good is owed no more
            if (p.acknowledged) p.since = std::min(p.since, disk_.size());
        expiredFrom_ = disk_.size();
        put(10, 2000);
        stop();
    }

    std::size_t requests() const { return disk_.size(); }

    /// The power is lost after so many requests; true: nothing is wrong. A disk that was judged at this
    /// boundary already is not judged again.
    bool survives(std::size_t requests, std::uint64_t seed, Verdict& verdict) {
        ++verdict.states;
        const auto state = disk_.after(requests, seed);
        if (std::exchange(boundary_, requests) != requests) judgedHere_.clear();
        if (!judgedHere_.insert(fingerprint(state)).second) return true;
        ++verdict.judged;
        const auto before = verdict.wrong();
        const std::string folder = lay(state);
        judge(folder, requests, verdict);
        fs::remove_all(folder);
        return verdict.wrong() == before;
    }

private:
    static Secret<Bytes> deviceKey() { return Secret<Bytes>(Bytes(32, 7)); }
    static CardKey card(int n) {
        return CardKey::of("07919900001" + std::to_string(n), Date{1999, 2, 1}, "Nguyễn Văn Mẫu");
    }
    std::string path() const { return folder_ / "kiosk.db"; }

    void start() {
        db_.emplace(std::move(openOrSalvage(path()).value().db));
        EXPECT_TRUE(execute(db_->handle(), "PRAGMA wal_autocheckpoint=12")); // so that some happen
        if (mistake_.normalSync) {
            EXPECT_TRUE(execute(db_->handle(), "PRAGMA synchronous=NORMAL"));
        }
        outbox_.emplace(*db_, folder_ / "outbox");
        EXPECT_TRUE(outbox_->adoptFiles());
    }
    void stop() {
        outbox_.reset();
        db_.reset();
    }
    void put(int n, std::size_t size) {
        auto parcel = specimen(n, size);
        if (mistake_.earlyPromise) promises_.push_back({disk_.size(), parcel.key, parcel.bytes});
        EXPECT_TRUE(outbox_->put(parcel));
        promises_.push_back({disk_.size(), parcel.key, parcel.bytes});
        if (mistake_.newKeyOnRetry && n == 4) { // the answer was lost on the way to the screen
            parcel.key = crypto::hex(crypto::hash("another")).substr(0, 32);
            EXPECT_TRUE(outbox_->put(parcel));
        }
    }
    void acknowledge(int n) {
        EXPECT_TRUE(
            outbox_->acknowledged(specimen(n).key, "H29-261124-000" + std::to_string(n), "{}", Instant{3}));
        promises_.push_back({disk_.size(), specimen(n).key, {}, true});
    }

    using State = std::map<std::string, testing::Content>;

    static std::size_t fingerprint(const State& state) {
        std::size_t all = 0;
        for (const auto& [name, content] : state) {
            const std::string_view bytes(reinterpret_cast<const char*>(content.bytes.data()),
                                         content.bytes.size());
            for (const std::size_t part : {std::hash<std::string>()(name),
                                           std::hash<std::string_view>()(bytes), std::size_t{content.size}})
                all = all * 1'000'003 ^ part;
        }
        return all;
    }

    /// Writes a state where recovery can work on it.
    static std::string lay(const State& files) {
        char pattern[] = "/dev/shm/kiosk-power-XXXXXX";
        const std::string folder = ::mkdtemp(pattern);
        fs::create_directory(folder + "/outbox");
        for (const auto& [name, content] : files) {
            const files::Descriptor fd(
                ::open((folder + "/" + name).c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600));
            EXPECT_EQ(::ftruncate(fd.get(), static_cast<off_t>(content.size)), 0);
            EXPECT_TRUE(files::writeAll(fd.get(), content.bytes, 0));
        }
        return folder;
    }

    void judge(const std::string& folder, std::size_t requests, Verdict& verdict) const {
        const std::string path = folder + "/kiosk.db";
        if (mistake_.noReplay) { // somebody restores by hand
            fs::remove(path + ".erasures");
            if (fs::exists(backupPath(path)))
                fs::copy_file(backupPath(path), path, fs::copy_options::overwrite_existing);
            fs::remove(path + "-wal");
        }
        auto opened = openOrSalvage(path);
        if (!opened || opened->incident) {
            ++verdict.damaged;
            verdict.damage = opened ? opened->incident->detail : opened.error().detail;
            return;
        }
        Outbox outbox(opened->db, folder + "/outbox");
        const auto adopted = outbox.adoptFiles();
        const auto integrity = one(opened->db, "PRAGMA integrity_check");
        if (!adopted || integrity != "ok") {
            ++verdict.damaged;
            verdict.damage = adopted ? integrity : adopted.error().detail;
            return;
        }
        if (mistake_.noUniqueKey) dropUniqueKey(opened->db);
        judgeParcels(opened->db, requests, verdict);
        const bool erased = std::ranges::any_of(
            promises_, [&](const auto& p) { return p.key.empty() && p.since <= requests; });
        if (erased && one(opened->db, "SELECT count(*) > 1 FROM profile") == "1") ++verdict.reappeared;
    }

    void judgeParcels(const Db& db, std::size_t requests, Verdict& verdict) const {
        std::multimap<std::string, std::pair<std::string, Bytes>> held; // key -> state, bytes
        std::map<Bytes, std::set<std::string>> keysOf;
        Statement query(db, "SELECT key, state, bytes FROM outbox");
        while (query.step().value_or(false)) {
            held.emplace(query.text(0), std::pair(query.text(1), query.blob(2)));
            keysOf[query.blob(2)].insert(query.text(0));
        }
        std::set<std::string> expired;
        for (const auto& p : promises_)
            if (p.acknowledged && requests >= expiredFrom_) expired.insert(p.key);
        for (const auto& p : promises_) {
            if (p.key.empty() || p.since > requests) continue;
            const auto row = held.find(p.key);
            if (row == held.end()) {
                // The removal of what the office acknowledged may or may not have come to the disk.
                verdict.lost += !expired.contains(p.key) && !mayBeExpired(p.key, requests);
            } else if (p.acknowledged ? row->second.first != "acknowledged" : row->second.second != p.bytes) {
                ++verdict.lost;
            }
        }
        for (const auto& [key, row] : held) verdict.doubled += held.count(key) > 1;
        for (const auto& [bytes, keys] : keysOf) verdict.doubled += keys.size() > 1;
    }

    /// Acknowledged before: expire() was under way or done.
    bool mayBeExpired(const std::string& key, std::size_t requests) const {
        return std::ranges::any_of(promises_, [&](const auto& p) {
            return p.acknowledged && p.key == key && p.since <= requests && requests + 64 >= expiredFrom_;
        });
    }

    /// As if the schema had forgotten it, and every parcel came in once more.
    static void dropUniqueKey(const Db& db) {
        const auto done =
            execute(db.handle(),
                    "CREATE TABLE copy AS SELECT * FROM outbox; DROP TABLE outbox; "
                    "ALTER TABLE copy RENAME TO outbox; INSERT INTO outbox SELECT * FROM outbox LIMIT 1");
        EXPECT_TRUE(done);
    }

    static std::string one(const Db& db, const char* sql) {
        Statement query(db, sql);
        return query.step().value_or(false) ? query.text(0) : std::string();
    }

    Mistake mistake_;
    testing::Folder folder_;
    RecordedDisk disk_;
    std::optional<Db> db_;
    std::optional<Outbox> outbox_;
    std::vector<Promise> promises_;
    std::size_t expiredFrom_ = 0;
    std::size_t boundary_ = 0;
    std::set<std::size_t> judgedHere_; // fingerprints
};

void print(const char* what, const Verdict& v) {
    std::printf("%-46s %8d states  %d different  lost %d  doubled %d  reappeared %d  damaged %d\n", what,
                v.states, v.judged, v.lost, v.doubled, v.reappeared, v.damaged);
    std::fflush(stdout);
}

class PowerLoss : public ::testing::Test {
protected:
    static void SetUpTestSuite() { crypto::init(); }
};

TEST_F(PowerLoss, nothingPromisedIsLostAtAnyBoundary) {
    Life life({});
    const auto wanted = static_cast<std::size_t>(testing::numberFrom("KIOSK_POWER_STATES", 400));
    const auto boundaries = life.requests() + 1;
    Verdict verdict;
    auto before = boundaries; // none
    std::uint64_t seed = 0;
    for (std::size_t n = 0; n < wanted; ++n) {
        // Each boundary in all its ways, then the next; where there are fewer states, evenly spread ones.
        const auto at = n * boundaries / wanted;
        seed = wanted < boundaries ? n % 5 : at == before ? seed + 1 : 0;
        before = at;
        ASSERT_TRUE(life.survives(at, seed, verdict))
            << "after request " << at << " of " << boundaries - 1 << ", seed " << seed << ": lost "
            << verdict.lost << ", doubled " << verdict.doubled << ", reappeared " << verdict.reappeared
            << ", damaged " << verdict.damaged << " " << verdict.damage;
    }
    print("as it is (synchronous=FULL)", verdict);
    std::printf("%zu boundaries\n", boundaries);
}

/// The judge is no judge unless it finds these.
TEST_F(PowerLoss, everySeededMistakeIsCaught) {
    const struct {
        const char* name;
        Mistake mistake;
        int Verdict::*caught;
    } mistakes[] = {
        {"synchronous=NORMAL", {.normalSync = true}, &Verdict::lost},
        {"missing fsync", {.noSync = true}, &Verdict::lost},
        {"promised before it is committed", {.earlyPromise = true}, &Verdict::lost},
        {"retry under a new key", {.newKeyOnRetry = true}, &Verdict::doubled},
        {"restore without replay of erasures", {.noReplay = true}, &Verdict::reappeared},
        {"lost unique key, and a parcel that comes twice", {.noUniqueKey = true}, &Verdict::doubled}};
    for (const auto& [name, mistake, caught] : mistakes) {
        Life life(mistake);
        Verdict verdict;
        constexpr std::size_t most = 120, least = 20; // states
        for (std::size_t n = 0; n < most && (n < least || verdict.*caught == 0); ++n)
            life.survives(n * life.requests() / most, n % 3, verdict);
        print(name, verdict);
        EXPECT_GT(verdict.*caught, 0) << name;
    }
}

} // namespace
} // namespace kiosk::store
