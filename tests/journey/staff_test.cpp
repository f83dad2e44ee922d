// Staff at the kiosk, by pressing pixels: the first start, each role, a PIN that is guessed, a parcel carried
// by hand.
#include "tests/journey/journey.hpp"
#include "tests/papers/poppler.hpp"

#include "app/base/files.hpp"
#include "app/store/journal/journal.hpp"
#include "tests/drivers/thermal_printer.hpp"

#include <fstream>
#include <gmock/gmock.h>

namespace kiosk::journey {
namespace {

class StaffJourney : public Journey {
protected:
    StaffJourney() {
        std::filesystem::create_directories(stick());
        house->configure("[staff]\nsticks_folder = \"" + (folder / "media").string() + "\"\n");
    }
    std::filesystem::path stick() const { return folder / "media" / "MAU"; }
    void open() {
        Journey::open();
        person->see("welcome.start");
    }
    template <typename P>
    const P* page() const {
        const auto* desk = std::get_if<screen::Staff>(&person->flow().screen);
        return desk == nullptr ? nullptr : std::get_if<P>(&desk->page);
    }
    template <typename P>
    void waitFor(const std::string& what) {
        person->wait(what, [this] { return page<P>() != nullptr; });
    }
    void knock() {
        for (int i = 0; i < 5; ++i) person->tapCorner();
        person->waitFor<screen::Staff>("the login");
    }
    void typePin(const std::string& target, const std::string& pin) {
        person->tap("field." + target);
        person->type(pin);
        person->tap("ui.key.done");
    }
    void makeAdministrator() {
        knock();
        waitFor<staff::page::AccountForm>("the first account");
        person->tap("field.name");
        person->type("Quanr trij MAU");
        person->tap("ui.key.done");
        typePin("pin", "481957");
        typePin("again", "481957");
        person->picture("first-account");
        person->tap("staff.save");
        waitFor<staff::page::RecoveryCode>("the recovery code");
        recoveryCode = page<staff::page::RecoveryCode>()->code;
        person->tap("staff.noted");
        waitFor<staff::page::SetUp>("what there is to set up");
        person->picture("set-up");
        person->tap("footer.back");
        waitFor<staff::page::Menu>("the menu");
    }
    void signIn(const std::string& account, const std::string& pin) {
        knock();
        person->wait("the accounts", [this] {
            return page<staff::page::SignIn>() != nullptr && !page<staff::page::SignIn>()->busy;
        });
        if (person->sees(account)) person->tap(account);
        tryPin(pin);
    }
    void tryPin(const std::string& pin) {
        person->type(pin);
        person->tap("staff.sign_in");
        person->wait("word about the PIN", [this] {
            return page<staff::page::SignIn>() == nullptr || !page<staff::page::SignIn>()->busy;
        });
    }
    void leave() {
        person->tap("footer.end");
        person->waitFor<screen::Welcome>("welcome");
    }
    std::vector<std::int64_t> journalKinds() const {
        auto db = store::Db::open(store::databaseFile(house->data().string()), store::Db::Mode::ReadOnly);
        std::vector<std::int64_t> kinds;
        if (db)
            static_cast<void>(store::Journal(*db).walk(0, [&](const store::journal::Row& row) {
                if (row.account != 0) kinds.push_back(row.kind);
                return true;
            }));
        return kinds;
    }

    std::string recoveryCode;
};

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

TEST_F(StaffJourney, AGuessedPinWaitsOverARestartToo) {
    open();
    makeAdministrator();
    leave();
    signIn("account.1", "111222");
    for (int i = 0; i < 4; ++i) tryPin("111222");
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
