// Many submissions over a network that drops, cuts, garbles, repeats and delays at random, to an office that
// is restarted meanwhile: judged by the content of what the office exported. Two mistakes of a kiosk show
// that the judge would see them. KIOSK_SUBMISSIONS=10000 is a long run, by twelve kiosks; KIOSK_SEED names
// another sequence, and a hundred of them are the million (an office that holds a million dossiers takes most
// of the time to open its ledger, 2,000 times).
#include "tests/intake/hostile_proxy.hpp"
#include "tests/intake/served_office.hpp"
#include "tests/store/number_from.hpp"

#include <algorithm>
#include <atomic>
#include <numeric>
#include <random>

namespace kiosk::intake {
namespace {

using testing::HostileProxy;

enum class Mistake {
    None,
    NewKeyOnRetry,  ///< a try that failed is made again as if it were another dossier
    AnyAnswerIsGood ///< what is not signed by the office counts as acknowledged
};

/// One kiosk: its queue, its stretch of the network. Used by one thread.
class Kiosk {
public:
    Kiosk(const std::string& folder, OfficeLink link, Mistake mistake, unsigned seed)
        : proxy_(portOf(link.url)), link_(std::move(link)), mistake_(mistake), random_(seed) {
        EXPECT_TRUE(files::makeFolder(folder));
        db_.emplace(store::Db::open(folder + "/kiosk.db").value());
        outbox_.emplace(*db_, folder + "/outbox");
        const auto patience = std::chrono::milliseconds(400);
        link_.url = "https://127.0.0.1:" + std::to_string(proxy_.port());
        gateway_ = httpsGateway(link_, {patience, patience});
    }

    /// Queues dossier `n` and tries once to deliver what waits longest.
    void submit(int n) {
        queue(n);
        proxy_.behave(anything());
        tryOnce();
        constexpr int atATime = 200;
        if (++submitted_ % atATime != 0) return;
        EXPECT_TRUE(outbox_->expire(now(), 0));
    }

    /// Until nothing waits, or nothing is taken any more.
    void finish() {
        constexpr int mostInVain = 1000; // at least 20 s
        proxy_.behave(HostileProxy::Honest);
        for (int inVain = 0; inVain < mostInVain && tryOnce();)
            inVain = lastFailure_.empty() ? 0 : inVain + 1;
        EXPECT_EQ(outbox_->counts()->queued, 0) << "the last try: " << lastFailure_;
    }

    int tries() const { return tries_; }
    int failed() const { return failed_; }

private:
    static int portOf(const std::string& url) { return std::atoi(url.substr(url.rfind(':') + 1).c_str()); }

    void queue(int n) {
        // Larger than a handshake, by which the proxy knows a request.
        const nlohmann::json content = {{"schema", 1}, {"specimen", n}, {"pad", std::string(4000, 'm')}};
        const auto parcel = pack(link_, n, content.dump());
        EXPECT_TRUE(outbox_->put(parcel));
        if (mistake_ == Mistake::NewKeyOnRetry) numbers_[parcel.key] = n;
    }

    /// False: nothing waits.
    bool tryOnce() {
        const auto parcel = outbox_->next(Instant{1LL << 60}).value();
        if (!parcel) return false;
        const auto verdict = attempt(*gateway_, *parcel, now(), 0.5);
        ++tries_;
        const bool again = verdict.failure && !verdict.permanent;
        if (again) ++failed_;
        // As the sender waits; without it, all would be queued while the office is away.
        if (again) std::this_thread::sleep_for(std::chrono::milliseconds(20));
        lastFailure_ = verdict.failure ? std::string(name(*verdict.failure)) : std::string();
        if (again && mistake_ == Mistake::NewKeyOnRetry) queue(numbers_.at(parcel->key));
        if (again && mistake_ != Mistake::None) {
            EXPECT_TRUE(outbox_->acknowledged(parcel->key, "mistake", "{}", now()));
            return true;
        }
        EXPECT_TRUE(apply(*outbox_, verdict, now()));
        // An answer that came is asked for again now and then, as after a crash before it was written.
        if (verdict.acknowledgement && random_() % 16 == 0)
            static_cast<void>(gateway_->deliver(parcel->bytes, parcel->key));
        return true;
    }

    HostileProxy::Trouble anything() {
        constexpr std::array often = {
            HostileProxy::Honest,  HostileProxy::Honest,   HostileProxy::Honest,
            HostileProxy::Honest,  HostileProxy::Honest,   HostileProxy::DropAnswer,
            HostileProxy::Garbage, HostileProxy::Truncate, HostileProxy::CutRequest};
        if (random_() % 300 == 0) return HostileProxy::Slow; // costs a second
        return often.at(random_() % often.size());
    }

    HostileProxy proxy_;
    OfficeLink link_;
    Mistake mistake_;
    std::mt19937 random_;
    std::optional<store::Db> db_;
    std::optional<store::Outbox> outbox_;
    std::unique_ptr<Gateway> gateway_;
    std::map<std::string, int> numbers_; // of what was queued under a key
    int submitted_ = 0, tries_ = 0, failed_ = 0;
    std::string lastFailure_; // of the last try; empty: it was taken
};

class HostileNetwork : public IntakeTest {
protected:
    struct Judgement {
        int lost = 0, doubled = 0;
    };

    /// Submits dossiers 0 to count - 1 and lets them all be delivered.
    Judgement submit(int count, Mistake mistake) {
        const unsigned many = count < 1000 ? 1 : 12;
        const auto seed = static_cast<unsigned>(testing::numberFrom("KIOSK_SEED", 11));
        for (unsigned k = 0; k < many; ++k) {
            const auto name = "kiosk-" + std::to_string(k);
            enrol(name, name);
            kiosks_.push_back(std::make_unique<Kiosk>(folder_ / (name + "-data"), link(server_->port(), name),
                                                      mistake, seed * many + k));
        }
        times_.resize(static_cast<std::size_t>(count));
        std::atomic<int> next{0}, busy{static_cast<int>(many)};
        {
            std::vector<std::jthread> threads;
            for (auto& kiosk : kiosks_)
                threads.emplace_back([&next, &busy, &kiosk = *kiosk, count] {
                    for (int n = next++; n < count; n = next++) kiosk.submit(n);
                    kiosk.finish();
                    --busy;
                });
            restartWhile(busy, next, std::min(500, count / 3));
        }
        take();
        const Judgement found{static_cast<int>(std::ranges::count(times_, 0)),
                              static_cast<int>(std::ranges::count_if(times_, [](int n) { return n > 1; }))};
        print(found);
        return found;
    }

    int failed() const {
        return std::accumulate(kiosks_.begin(), kiosks_.end(), 0,
                               [](int sum, const auto& kiosk) { return sum + kiosk->failed(); });
    }

    void print(const Judgement& found) const {
        const int tries = std::accumulate(kiosks_.begin(), kiosks_.end(), 0,
                                          [](int sum, const auto& kiosk) { return sum + kiosk->tries(); });
        std::printf(
            "%zu submissions, %d tries of which %d failed, the office restarted %d times: %d lost, %d "
            "doubled\n",
            times_.size(), tries, failed(), restarts_, found.lost, found.doubled);
        std::fflush(stdout);
    }

    /// The office goes and comes back each time so many more were submitted.
    void restartWhile(const std::atomic<int>& busy, const std::atomic<int>& submitted, int every) {
        const int port = server_->port();
        int due = submitted + every;
        while (busy > 0) {
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
            if (submitted < due) continue;
            due += every;
            stop();
            take();
            start(port);
            ++restarts_;
        }
    }

    /// What the office exported, counted and taken away, as the office's own system does.
    void take() {
        for (const auto& entry : std::filesystem::directory_iterator(dossiersFolder(office_))) {
            if (entry.path().extension() == ".json") {
                const auto bytes = files::read(entry.path().string()).value();
                const auto json = nlohmann::json::parse(files::asText(bytes));
                ++times_.at(json.at("dossier").at("specimen").get<std::size_t>());
            }
            std::filesystem::remove(entry.path());
        }
    }

    std::vector<std::unique_ptr<Kiosk>> kiosks_;
    std::vector<int> times_; // that each dossier was exported
    int restarts_ = 0;
};

TEST_F(HostileNetwork, LosesNothingAndDoublesNothing) {
    const auto count = static_cast<int>(testing::numberFrom("KIOSK_SUBMISSIONS", 60));
    const auto found = submit(count, Mistake::None);
    EXPECT_EQ(found.lost, 0);
    EXPECT_EQ(found.doubled, 0);
    EXPECT_GT(failed(), count / 8) << "the network was hostile";
    EXPECT_GT(restarts_, 0);
}

TEST_F(HostileNetwork, ARetryUnderANewKeyWouldBeSeenAsDoubled) {
    EXPECT_GT(submit(40, Mistake::NewKeyOnRetry).doubled, 0);
}

TEST_F(HostileNetwork, AnAnswerTakenWithoutTheOfficesSignatureWouldBeSeenAsLost) {
    EXPECT_GT(submit(40, Mistake::AnyAnswerIsGood).lost, 0);
}

} // namespace
} // namespace kiosk::intake
