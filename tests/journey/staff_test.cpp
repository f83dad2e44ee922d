// Staff at the kiosk, by pressing pixels: the first start, each role, a PIN that is guessed, a parcel carried
// by hand.
#include "tests/journey/staff_journey.hpp"
#include "tests/papers/poppler.hpp"

#include "app/base/files.hpp"
#include "app/store/staff/accounts.hpp"
#include "tests/drivers/thermal_printer.hpp"

#include <fstream>
#include <gmock/gmock.h>

namespace kiosk::journey {
namespace {

TEST_F(StaffJourney, TheAdministratorSetsTheKioskUpAndAnAttendantSeesOnlyWhatIsTheirs) {
    house->office().start();
    open();
    makeAdministrator();
    person->picture("menu");
    person->tap("staff.settings");
    person->wait("the settings", [this] {
        return page<staff::page::Settings>() != nullptr && !page<staff::page::Settings>()->all.empty();
    });
    person->tap("setting.screen.language.change");
    person->tap("setting.choice.en");
    person->see("settings.changed");
    person->picture("settings");
    EXPECT_EQ(Config::load((house->data() / "kiosk.toml").string())->language, "en");
    person->tap("footer.back");
    person->tap("staff.accounts");
    person->tap("staff.accounts.add");
    person->tap("field.name");
    person->type("Quaay 1");
    person->tap("ui.key.done");
    typePin("pin", "270613");
    typePin("again", "270613");
    person->tap("staff.save");
    person->see("account.2");
    person->picture("accounts");
    person->tap("footer.back");
    person->tap("staff.journal");
    person->see("journal.whole");
    person->picture("journal");
    leave();
    signIn("account.2", "270613");
    waitFor<staff::page::Menu>("the attendant's menu");
    EXPECT_FALSE(person->sees("staff.settings") || person->sees("staff.accounts") ||
                 person->sees("staff.journal"));
    person->tap("staff.devices");
    person->wait("a code to be read", [this] {
        return page<staff::page::Devices>() != nullptr && page<staff::page::Devices>()->codesRead > 0;
    });
    EXPECT_FALSE(person->flow().session.customer) << "a reading test identifies nobody";
    person->picture("devices");
    person->tap("footer.back");
    person->tap("staff.care");
    person->tap("staff.restart");
    EXPECT_FALSE(app->frame());
    EXPECT_TRUE(app->wantsRestart());
    person.reset();
    app.reset();
    EXPECT_THAT(journalKinds(), testing::IsSupersetOf({50, 53, 54, 60})) << "who did what";
    open();
    EXPECT_EQ(person->flow().preferences.language, Language::En) << "the setting is in force";
}

/// Wrong PINs of the day before, hours apart; the kiosk is closed.
void guessEarlier(const std::string& data, int times) {
    auto db = store::Db::open(store::databaseFile(data)).value();
    store::StaffAccounts accounts(db, files::deviceKey(store::deviceKeyFile(data)).value());
    for (int i = 0; i < times; ++i) {
        constexpr std::int64_t hour = 3'600'000;
        const auto verdict =
            accounts.signIn(1, Secret<std::string>("111222"), {}, Instant{now().ms - (24 - 2 * i) * hour});
        ASSERT_TRUE(verdict) << verdict.error().detail;
    }
}

TEST_F(StaffJourney, AGuessedPinWaitsOverARestartToo) {
    open();
    makeAdministrator();
    leave();
    signIn("account.1", "111222");
    for (int i = 0; i < 3; ++i) tryPin("111222");
    person.reset();
    app.reset();
    // So that the wait after the fifth typed here is of minutes, and a slow machine does not sit it out.
    guessEarlier(house->data().string(), 4);
    open();
    signIn("account.1", "111222");
    EXPECT_TRUE(page<staff::page::SignIn>()->waitUntil);
    person->picture("wait");
    open();
    signIn("account.1", "481957");
    ASSERT_NE(page<staff::page::SignIn>(), nullptr) << "the right one waits as well";
    EXPECT_TRUE(page<staff::page::SignIn>()->waitUntil);
}

TEST_F(StaffJourney, ASlipThatDidNotComeOutIsPrintedAgainByStaff) {
    test::ThermalPrinter printer;
    house->office().start();
    house->configure("[printer]\nslip = \"" + printer.address() + "\"\n");
    open();
    printer.be(test::ThermalPrinter::State::NoPaper);
    submit(false, "2.000815", true);
    person->see("slip.print.trouble");
    const auto reference = screen<screen::Slip>().content.code.reference;
    person->tap("slip.finish");
    person->see("welcome.start");
    makeAdministrator();
    person->tap("staff.queue");
    printer.be(test::ThermalPrinter::State::Ready);
    person->tap("queue." + reference + ".slip");
    person->see("queue.printed");
    EXPECT_EQ(printer.slips().size(), 1U);
}

TEST_F(StaffJourney, TheBoardTellsHowTheKiosksDossiersStandAndIsWrittenToAStick) {
    house->office().start();
    open();
    submit(false, "2.000815", true);
    const auto code = screen<screen::Slip>().content.dossierCode;
    person->tap("slip.rate.5");
    person->see("slip.rate.thanks");
    person->tap("slip.finish");
    person->see("welcome.start");
    ASSERT_EQ(0, run({KIOSK_INTAKE, "status", code, "--data", house->office().dataFolder().string(), "--set",
                      "4", "--due", "2026-01-05"}));
    makeAdministrator();
    person->tap("staff.board");
    EXPECT_EQ(person->see("board.received").value, "1");
    EXPECT_EQ(person->see("board.late").value, "1");
    EXPECT_EQ(person->see("board.apologised").value, "0");
    EXPECT_EQ(person->see("board.satisfied").value, "100 %");
    person->picture("board");
    person->tap("queue.stick.look");
    person->tap("stick.0.table");
    person->see("board.exported");
    const auto name = "kiosk-board-" + now().dateInVietnam().iso() + ".csv";
    const auto table = files::read((stick() / name).string());
    ASSERT_TRUE(table);
    EXPECT_THAT(std::string(files::asText(*table)), testing::HasSubstr("," + code + ",2.000815,"));
    const auto report = "kiosk-board-" + now().dateInVietnam().iso() + ".pdf";
    EXPECT_THAT(papers::flat(papers::outputOf("pdftotext -layout '" + (stick() / report).string() + "' -")),
                testing::HasSubstr(code + " · 2.000815 · TRỄ HẠN"));
}

TEST_F(StaffJourney, AParcelIsCarriedToTheOfficeByHandAndItsAnswerBack) {
    open();
    submit(false, "2.000815", false);
    person->tap("slip.finish");
    person->waitFor<screen::Welcome>("welcome");
    makeAdministrator();
    person->tap("staff.queue");
    person->see("queue.queued");
    person->tap("queue.stick.look");
    person->tap("stick.0.export");
    person->wait("the parcel on the stick", [this] {
        return page<staff::page::Queue>() != nullptr && page<staff::page::Queue>()->exported == 1;
    });
    person->picture("queue");
    house->office().importFrom(stick() / "kiosk-parcels");
    person->tap("stick.0.settle");
    person->wait("the office's answer", [this] {
        const auto* queue = page<staff::page::Queue>();
        return queue != nullptr && queue->settled == 1 && queue->state && queue->state->acknowledged == 1;
    });
    EXPECT_EQ(house->office().dossiers().size(), 1U);
}

} // namespace
} // namespace kiosk::journey
