// Many submissions over a network that drops, cuts, garbles, repeats and delays at random, to an office that
// is restarted meanwhile: judged by the content of what the office exported. Two mistakes of a kiosk show
// that the judge would see them. KIOSK_SUBMISSIONS=1000000 is the long run.
#include "tests/intake/hostile_proxy.hpp"
#include "tests/intake/served_office.hpp"

#include <random>

namespace kiosk::intake {
namespace {

using testing::HostileProxy;

enum class Mistake {
    None,
    NewKeyOnRetry,  ///< a try that failed is made again as if it were another dossier
    AnyAnswerIsGood ///< what is not signed by the office counts as acknowledged
};

class HostileNetwork : public IntakeTest {
protected:
    struct Judgement {
        int lost = 0, doubled = 0;
    };

    /// Submits dossiers 0 to count - 1 and lets them all be delivered.
    Judgement submit(int count, Mistake mistake) {
        HostileProxy proxy(server_->port());
        const int officePort = server_->port();
        const auto patience = std::chrono::milliseconds(400);
        const auto gateway = httpsGateway(link(proxy.port()), {patience, patience});
        for (int n = 0; n < count; ++n) {
            waiting_[queueSmall(n)] = n;
            proxy.behave(anything());
            tryOnce(*gateway, mistake);
            if (n % 500 == 250) {
                stop();
                tryOnce(*gateway, mistake);
                start(officePort);
            }
        }
        proxy.behave(HostileProxy::Honest);
        while (outbox_->counts()->queued > 0) tryOnce(*gateway, mistake);
        return judge(count);
    }

    std::string queueSmall(int n) {
        const nlohmann::json content = {{"schema", 1}, {"specimen", n}, {"pad", std::string(7000, 'm')}};
        return queue(n, "keys", content.dump());
    }

    void tryOnce(Gateway& gateway, Mistake mistake) {
        const auto parcel = outbox_->next(Instant{1LL << 60}).value();
        if (!parcel) return;
        const auto verdict = attempt(gateway, *parcel, now(), 0.5);
        ++tries_;
        const bool again = verdict.failure && !verdict.permanent;
        if (again) ++failed_;
        if (again && mistake == Mistake::NewKeyOnRetry) {
            waiting_[queueSmall(waiting_.at(parcel->key))] = waiting_.at(parcel->key);
            ASSERT_TRUE(outbox_->acknowledged(parcel->key, "mistake", "{}", now()));
        } else if (again && mistake == Mistake::AnyAnswerIsGood) {
            ASSERT_TRUE(outbox_->acknowledged(parcel->key, "mistake", "{}", now()));
        } else {
            ASSERT_TRUE(apply(*outbox_, verdict, now()));
            // An answer that came is asked for again now and then, as after a crash before it was written.
            if (verdict.acknowledgement && random_() % 16 == 0)
                static_cast<void>(gateway.deliver(parcel->bytes, parcel->key));
        }
    }

    HostileProxy::Trouble anything() {
        constexpr std::array often = {
            HostileProxy::Honest,  HostileProxy::Honest,   HostileProxy::Honest,
            HostileProxy::Honest,  HostileProxy::Honest,   HostileProxy::DropAnswer,
            HostileProxy::Garbage, HostileProxy::Truncate, HostileProxy::CutRequest};
        if (random_() % 300 == 0) return HostileProxy::Slow; // costs a second
        return often.at(random_() % often.size());
    }

    Judgement judge(int count) const {
        std::vector<int> times(static_cast<std::size_t>(count), 0);
        for (const auto& entry : std::filesystem::directory_iterator(dossiersFolder(office_))) {
            if (entry.path().extension() != ".json") continue;
            const auto bytes = files::read(entry.path().string()).value();
            ++times.at(
                nlohmann::json::parse(files::asText(bytes)).at("dossier").at("specimen").get<std::size_t>());
        }
        Judgement found;
        for (const int n : times) {
            found.lost += n == 0;
            found.doubled += n > 1;
        }
        return found;
    }

    std::mt19937 random_{11};
    std::map<std::string, int> waiting_; // the number of what was queued under a key
    int tries_ = 0, failed_ = 0;
};

TEST_F(HostileNetwork, LosesNothingAndDoublesNothing) {
    const char* wanted = std::getenv("KIOSK_SUBMISSIONS");
    const int count = wanted == nullptr ? 60 : std::atoi(wanted);
    const auto found = submit(count, Mistake::None);
    EXPECT_EQ(found.lost, 0);
    EXPECT_EQ(found.doubled, 0);
    EXPECT_GT(failed_, count / 8) << "the network was hostile";
    std::printf("%d submissions, %d tries of which %d failed: %d lost, %d doubled\n", count, tries_, failed_,
                found.lost, found.doubled);
}

TEST_F(HostileNetwork, ARetryUnderANewKeyWouldBeSeenAsDoubled) {
    EXPECT_GT(submit(40, Mistake::NewKeyOnRetry).doubled, 0);
}

TEST_F(HostileNetwork, AnAnswerTakenWithoutTheOfficesSignatureWouldBeSeenAsLost) {
    EXPECT_GT(submit(40, Mistake::AnyAnswerIsGood).lost, 0);
}

} // namespace
} // namespace kiosk::intake
