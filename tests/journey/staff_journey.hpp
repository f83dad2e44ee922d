// Staff before the kiosk: the hidden gesture, the first account, signing in; and a memory stick.
#pragma once

#include "app/store/journal/journal.hpp"
#include "tests/journey/journey.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace kiosk::journey {

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

} // namespace kiosk::journey
