// How a dossier stands, asked at the kiosk: by the code on the slip and the card's birth date, with the
// office there and with the office away.
#include "app/store/db.hpp"
#include "app/store/progress.hpp"
#include "tests/journey/canary.hpp"
#include "tests/journey/journey.hpp"

#include <cctype>
#include <gmock/gmock.h>

namespace kiosk::journey {
namespace {

class LookUpJourney : public Journey {};

TEST_F(LookUpJourney, HowItStandsIsLookedUpByTheCodeAndTheCardsBirthDate) {
    house->office().start();
    open();
    visit(false, "2.000815");
    const auto code = screen<screen::Slip>().content.dossierCode;
    person->tap("slip.finish");
    person->waitFor<screen::Welcome>("welcome");
    ASSERT_EQ(0, run({KIOSK_INTAKE, "status", code, "--data", house->office().dataFolder().string(), "--set",
                      "5", "--due", "2099-12-31", "--note", "Thiếu bản chính (MẪU)"}));
    person->tap("welcome.lookup");
    person->waitFor<screen::LookUp>("the question for a code");
    person->tap("field.code");
    std::string keys = code;
    for (char& c : keys) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    person->type(keys);
    person->wait("the birth date from the card", [&] { return screen<screen::LookUp>().birth.size() == 8; });
    person->picture("look-up");
    person->tap("lookup.ask");
    person->waitFor<screen::Progress>("the office's answer");
    EXPECT_EQ(person->see("progress.note").value, "Thiếu bản chính (MẪU)");
    EXPECT_EQ(person->see("progress.due").value, "31/12/2099");
    EXPECT_EQ(screen<screen::Progress>().found.status(), 5);
    person->picture("progress");
}

TEST_F(LookUpJourney, WithTheOfficeAwayTheSlipOpensWhatTheKioskWasGivenToKeep) {
    house->office().start();
    open();
    visit(false, "2.000815");
    const auto slip = screen<screen::Slip>().content;
    app.reset();
    ASSERT_EQ(0,
              run({KIOSK_INTAKE, "status", slip.dossierCode, "--data", house->office().dataFolder().string(),
                   "--set", "5", "--note", "Thiếu bản chính (MẪU)"}));
    open(); // asks the office as soon as it is up
    person->wait("what the office entered", [&] {
        const auto db =
            store::Db::open(store::databaseFile(house->data().string()), store::Db::Mode::ReadOnly);
        return db && store::ProgressStore(*db).find(slip.code.reference, now()).value().has_value();
    });
    house->office().stop();
    EXPECT_EQ(heldBelow(house->data(), {"Thiếu bản chính (MẪU)", slip.code.secret.reveal()}),
              std::vector<std::string>{})
        << "the kiosk cannot read what it keeps";
    person->scan(slip.code.text());
    person->waitFor<screen::LookUp>("the slip to be recognised");
    person->wait("the birth date from the card", [&] { return screen<screen::LookUp>().birth.size() == 8; });
    person->tap("lookup.ask");
    person->waitFor<screen::Progress>("what was kept");
    EXPECT_EQ(person->see("progress.note").value, "Thiếu bản chính (MẪU)");
    person->see("progress.kept");
    person->picture("progress-kept");
}

} // namespace
} // namespace kiosk::journey
