// The whole kiosk is killed at random moments of people's visits, again and again, its office too; in the end
// every dossier whose slip was seen is at the office, once (reliability R1). KIOSK_KILLS=200 is the long run.
#include "app/commands/journal.hpp"
#include "app/store/db.hpp"
#include "app/store/queue/outbox.hpp"
#include "tests/journey/journey.hpp"
#include "tests/store/number_from.hpp"

#include <algorithm>
#include <array>
#include <csignal>
#include <map>
#include <random>
#include <sstream>
#include <sys/wait.h>
#include <unistd.h>

namespace kiosk::journey {
namespace {

/// What the process in front of the person tells over a pipe, each as one atomic write.
struct Told {
    enum Kind : int { Sending, Promised } kind;
    std::array<char, 32> reference; // of what was promised, ended by zero
};

/// One visit after the other, until killed.
[[noreturn]] void visitUntilKilled(House& house, int pipe, unsigned seed) {
    const auto tell = [pipe](Told told) {
        if (::write(pipe, &told, sizeof told) != sizeof told) ::_exit(3);
    };
    try {
        std::mt19937 random(seed);
        const auto app = house.openKiosk(1080, 1920);
        Person person(*app, {});
        for (;;) {
            identify(person, false);
            chooseTile(person, "2.000815");
            fillForm(person);
            person.see("review.send");
            tell({Told::Sending, {}});
            person.tap("review.send");
            person.waitFor<screen::Slip>("the slip");
            Told promised{Told::Promised, {}};
            const auto reference = std::get<screen::Slip>(person.flow().screen).content.code.reference;
            std::copy(reference.begin(), reference.end(), promised.reference.begin());
            tell(promised);
            const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(random() % 1500);
            while (std::chrono::steady_clock::now() < until) app->frame();
            person.tap("slip.finish");
        }
    } catch (const std::exception& e) {
        std::fprintf(stderr, "the visit went wrong: %s\n", e.what());
    }
    ::_exit(1);
}

class WholeKioskKills : public Journey {
protected:
    void liveAndDie() {
        if (random_() % 2 == 0) house->office().start(); // else it is away
        int pipe[2];
        ASSERT_EQ(0, ::pipe(pipe));
        const pid_t child = ::fork();
        ASSERT_GE(child, 0);
        if (child == 0) {
            ::close(pipe[0]);
            visitUntilKilled(*house, pipe[1], random_());
        }
        ::close(pipe[1]);
        // Mostly around the moment of sending, else whenever it is.
        Told told{};
        if (random_() % 4 == 0) {
            ::usleep(static_cast<useconds_t>(random_() % 4'000'000));
        } else {
            while (::read(pipe[0], &told, sizeof told) == sizeof told && told.kind != Told::Sending)
                note(told);
            ::usleep(static_cast<useconds_t>(random_() % 400'000));
        }
        if (random_() % 3 == 0) house->office().kill();
        ::kill(child, SIGKILL);
        int status = 0;
        ASSERT_EQ(child, ::waitpid(child, &status, 0));
        ASSERT_TRUE(WIFSIGNALED(status)) << "it ended by itself with " << WEXITSTATUS(status);
        while (::read(pipe[0], &told, sizeof told) == sizeof told) note(told);
        ::close(pipe[0]);
        house->office().stop();
    }
    void note(const Told& told) {
        if (told.kind == Told::Promised) promised_.emplace_back(told.reference.data());
    }

    std::mt19937 random_{7};
    std::vector<std::string> promised_;
};

TEST_F(WholeKioskKills, LoseNothingThatWasPromisedAndDoubleNothing) {
    const auto kills = testing::numberFrom("KIOSK_KILLS", 3);
    for (long n = 0; n < kills; ++n) {
        liveAndDie();
        if (HasFatalFailure()) return;
    }
    house->office().start();
    open();
    const auto data = house->data().string();
    auto db = store::Db::open(store::databaseFile(data), store::Db::Mode::ReadOnly).value();
    const store::Outbox outbox(db, store::outboxFolder(data));
    person->wait(
        "the queue to empty", [&] { return outbox.counts()->queued == 0; }, std::chrono::minutes(10));
    EXPECT_EQ(outbox.counts()->refused, 0);
    std::map<std::string, int> received;
    for (const auto& file : house->office().dossiers()) {
        std::ifstream in(file);
        const auto dossier = nlohmann::json::parse(in);
        EXPECT_EQ(differences(dossier, house->truth(), "2.000815"), std::vector<std::string>{});
        ++received[dossier.at("dossier").at("reference").get<std::string>()];
    }
    for (const auto& reference : promised_) EXPECT_EQ(received[reference], 1) << reference;
    for (const auto& [reference, times] : received) EXPECT_EQ(times, 1) << reference;
    // What was on its way to the disk when the kill came may be there without having been promised.
    EXPECT_LE(received.size(), promised_.size() + static_cast<std::size_t>(kills));
    person.reset();
    app.reset();
    std::ostringstream out, err;
    EXPECT_EQ(runJournalVerify(data, {}, out, err), 0) << err.str();
    std::printf("kills of the whole kiosk: %ld, dossiers promised: %zu, at the office: %zu\n", kills,
                promised_.size(), received.size());
}

} // namespace
} // namespace kiosk::journey
