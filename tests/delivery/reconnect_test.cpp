// A thousand kiosks and one office on a virtual clock: what the office meets when it goes away, asks for
// patience and comes back. The kiosks decide with the sender's own code.
#include "app/delivery/sender.hpp"

#include <algorithm>
#include <functional>
#include <gtest/gtest.h>
#include <map>
#include <numeric>
#include <queue>
#include <random>

namespace kiosk {
namespace {

constexpr int kiosks = 1000;
constexpr int windowS = 10;
/// What one intake is built to take (parcels a second, an hour long).
constexpr int capacity = 25;

/// The office at the moment of a try.
struct Office : Gateway {
    std::optional<DeliveryFailure> failure;
    Result<store::journal::Attestation> witness(const std::string&) override {
        return fail(Code::OfficeUnreachable);
    }
    Result<OfficeKeys> officeKeys(const OfficeKeys&) override { return fail(Code::OfficeUnreachable); }
    void trust(const crypto::VerifyKeys&) override {}
    Result<look_up::Answer> lookUp(const look_up::Question&) override {
        return fail(Code::OfficeUnreachable);
    }
    Result<std::vector<board::Entry>> board(Instant) override { return fail(Code::OfficeUnreachable); }
    Result<kept_progress::Batch> progress(std::int64_t) override { return fail(Code::OfficeUnreachable); }
    Result<std::string> bundle(int) override { return fail(Code::OfficeUnreachable); }
    Result<void> tell(const kiosk_state::State&) override { return fail(Code::OfficeUnreachable); }
    tl::expected<parcel::Acknowledgement, DeliveryFailure> deliver(const Bytes&,
                                                                   const std::string&) override {
        if (failure) return tl::unexpected<DeliveryFailure>(*failure);
        return parcel::Acknowledgement{};
    }
};

/// Queue and worker of one kiosk, without its disk and threads (app/workers/delivery_worker.cpp).
struct Kiosk {
    OfficeRest rest;
    std::vector<store::QueuedParcel> queue; // oldest first; createdAt holds the next try
    std::optional<Instant> due() const {
        if (queue.empty()) return std::nullopt;
        const auto next = std::min_element(queue.begin(), queue.end(), [](const auto& a, const auto& b) {
            return a.createdAt < b.createdAt;
        });
        return std::max(next->createdAt, rest.until());
    }
};

class Town {
public:
    explicit Town(unsigned seed) : random_(seed), kiosks_(kiosks) {}

    /// Every kiosk has `parcels` due at time 0; a person confirms a dossier every 2 to 5 minutes if `people`.
    /// `office` says what the office answers at a time (seconds).
    void run(int seconds, int parcels, bool people,
             const std::function<std::optional<DeliveryFailure>(int)>& office) {
        tries_.assign(static_cast<std::size_t>(seconds), 0);
        for (int k = 0; k < kiosks; ++k) {
            kiosks_[at(k)].queue.resize(static_cast<std::size_t>(parcels));
            events_.push({0, k, false});
            if (people) events_.push({person(0), k, true});
        }
        while (!events_.empty() && events_.top().ms < seconds * 1000LL) {
            const auto e = events_.top();
            events_.pop();
            office_.failure = office(static_cast<int>(e.ms / 1000));
            if (e.confirmed) {
                events_.push({person(e.ms), e.kiosk, true});
                confirm(kiosks_[at(e.kiosk)], Instant{e.ms});
            } else
                cycle(kiosks_[at(e.kiosk)], Instant{e.ms});
            if (const auto due = kiosks_[at(e.kiosk)].due())
                events_.push({std::max(due->ms, e.ms + 1), e.kiosk, false});
        }
    }

    /// Tries in each ten (`length`) seconds of [from, to).
    std::vector<int> windows(int from, int to, int length = windowS) const {
        std::vector<int> sums;
        for (int s = from; s + length <= to; s += length)
            sums.push_back(std::accumulate(tries_.begin() + s, tries_.begin() + s + length, 0));
        return sums;
    }
    int busiestSecond(int from) const { return *std::max_element(tries_.begin() + from, tries_.end()); }
    std::size_t queued() const {
        std::size_t n = 0;
        for (const auto& k : kiosks_) n += k.queue.size();
        return n;
    }

private:
    struct Happening {
        std::int64_t ms;
        int kiosk;
        bool confirmed;
        bool operator<(const Happening& other) const { return ms > other.ms; } // earliest first
    };

    static std::size_t at(int kiosk) { return static_cast<std::size_t>(kiosk); }
    double random01() { return std::uniform_real_distribution<double>(0, 1)(random_); }
    std::int64_t person(std::int64_t now) {
        return now + 120'000 + static_cast<std::int64_t>(random01() * 180'000);
    }

    void confirm(Kiosk& kiosk, Instant now) {
        store::QueuedParcel parcel;
        parcel.createdAt = now;
        kiosk.queue.push_back(parcel);
        if (now >= kiosk.rest.untilForNew()) tryDue(kiosk, now);
    }

    void cycle(Kiosk& kiosk, Instant now) {
        if (now >= kiosk.rest.until()) tryDue(kiosk, now);
    }

    /// One connection: a failure ends it, a success empties the queue behind it.
    void tryDue(Kiosk& kiosk, Instant now) {
        const auto due = std::find_if(kiosk.queue.begin(), kiosk.queue.end(),
                                      [now](const auto& p) { return p.createdAt <= now; });
        if (due == kiosk.queue.end()) return;
        ++tries_[static_cast<std::size_t>(now.ms / 1000)];
        const double random = random01();
        const auto verdict = attempt(office_, *due, now, random);
        kiosk.rest.note(verdict, now, random);
        if (!verdict.failure) return kiosk.queue.clear();
        ++due->attempts;
        due->createdAt = verdict.nextTry;
    }

    std::mt19937 random_;
    Office office_;
    std::vector<Kiosk> kiosks_;
    std::priority_queue<Happening> events_;
    std::vector<int> tries_;
};

double mean(const std::vector<int>& w) {
    return std::accumulate(w.begin(), w.end(), 0.0) / static_cast<double>(w.size());
}
int peak(const std::vector<int>& w) { return *std::max_element(w.begin(), w.end()); }

std::optional<DeliveryFailure> unreachable(int) {
    return DeliveryFailure{{Code::OfficeUnreachable, ""}, std::nullopt, false};
}

class Reconnect : public ::testing::TestWithParam<unsigned> {};
INSTANTIATE_TEST_SUITE_P(Seeds, Reconnect, ::testing::Range(1U, 21U));

TEST_P(Reconnect, cutOffTogetherTheyAreSpreadEvenlyAfterAMinute) {
    for (const int parcels : {1, 20}) {
        Town town(GetParam());
        town.run(1800, parcels, false, unreachable);
        const auto w = town.windows(60, 1800);
        EXPECT_LE(peak(w), 2 * mean(w)) << parcels;
        EXPECT_LE(town.busiestSecond(60), capacity) << parcels;
    }
}

TEST_P(Reconnect, peopleConfirmingMeanwhileDoNotChangeThat) {
    Town town(GetParam());
    town.run(1800, 1, true, unreachable);
    const auto w = town.windows(60, 1800);
    EXPECT_LE(peak(w), 2 * mean(w));
    EXPECT_LE(mean(w) / windowS, capacity / 2.0); // a growing queue does not call more often
}

TEST_P(Reconnect, whenTheOfficeIsBackTheyDoNotAllComeAtOnceAndAllCome) {
    constexpr int back = 1200;
    Town town(GetParam());
    town.run(back + 301, 3, false, [](int s) { return s < back ? unreachable(s) : std::nullopt; });
    const auto before = town.windows(60, back);
    EXPECT_LE(peak(town.windows(back, back + 300)), 2 * mean(before));
    EXPECT_EQ(town.queued(), 0U);
}

TEST_P(Reconnect, anOfficeThatAsksForPatienceGetsItAndIsNotMetByAWave) {
    // Ten seconds of a longer patience hold so few tries that chance alone makes peaks: longer windows.
    for (const auto& [asked, window] : {std::pair(10, 10), {30, 10}, {120, 10}, {600, 60}}) {
        Town town(GetParam());
        town.run(7200, 2, false, [a = asked](int) {
            return DeliveryFailure{{Code::OfficeBusy, ""}, std::chrono::seconds(a), false};
        });
        EXPECT_EQ(peak(town.windows(1, asked, 1)), 0) << asked; // nobody before it is over
        const auto w = town.windows(std::max(60, asked), 7200, window);
        EXPECT_LE(peak(w), 2 * mean(w)) << asked;
        EXPECT_LE(town.busiestSecond(60), capacity) << asked;
    }
}

TEST(BackOff, isFullJitterUnderACeiling) {
    EXPECT_EQ(backOff(0, 0.5).count(), 500);
    EXPECT_EQ(backOff(2, 0.5).count(), 18'000);
    EXPECT_EQ(backOff(4, 0.5).count(), 150'000);
    EXPECT_EQ(backOff(1'000'000, 0.5).count(), 150'000);
    EXPECT_EQ(backOff(3, 0.0).count(), 0);
}

TEST(Sender, waitsAtLeastAsLongAsTheOfficeAsks) {
    Office office;
    store::QueuedParcel parcel;
    office.failure = DeliveryFailure{{Code::OfficeBusy, ""}, std::chrono::seconds(30), false};
    EXPECT_EQ(attempt(office, parcel, Instant{1000}, 0.0).nextTry, Instant{31'000});
    EXPECT_EQ(attempt(office, parcel, Instant{1000}, 0.5).nextTry, Instant{181'000});
    office.failure->retryAfter = std::chrono::seconds(600);
    EXPECT_EQ(attempt(office, parcel, Instant{1000}, 0.5).nextTry, Instant{901'000});
    office.failure = DeliveryFailure{{Code::OfficeRefused, ""}, std::nullopt, true};
    EXPECT_TRUE(attempt(office, parcel, Instant{1000}, 0.5).permanent);
}

TEST(Sender, afterAFailureTheWholeQueueRestsButANewDossierIsTriedAtOnce) {
    Office office;
    OfficeRest rest;
    const Instant t{1'000'000};
    const auto note = [&] { rest.note(attempt(office, {}, t, 0.5), t, 0.5); };
    office.failure = unreachable(0);
    note();
    EXPECT_EQ(rest.until(), Instant{t.ms + 500});
    note();
    EXPECT_EQ(rest.until(), Instant{t.ms + 3000});
    EXPECT_LE(rest.untilForNew(), t);
    office.failure->retryAfter = std::chrono::seconds(40); // asked: the new one waits as well
    note();
    EXPECT_EQ(rest.untilForNew(), Instant{t.ms + 40'000});
    office.failure = DeliveryFailure{{Code::OfficeRefused, ""}, std::nullopt, true};
    note(); // a refusal is an answer
    EXPECT_LE(rest.until(), t);
}

} // namespace
} // namespace kiosk
