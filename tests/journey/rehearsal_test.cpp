// A complete rehearsal by pressing pixels: the office answers and keeps nothing, the kiosk remembers that it
// went well.
#include "tests/journey/staff_journey.hpp"
#include "tests/papers/poppler.hpp"

#include <gmock/gmock.h>

namespace kiosk::journey {
namespace {

TEST_F(StaffJourney, ARehearsalGoesTheWholeWayAndLeavesNothingAtTheOffice) {
    house->office().start();
    open();
    makeAdministrator();
    person->tap("staff.set_up");
    person->tap("staff.set_up.rehearse");
    person->waitFor<screen::PresentCard>("present card");
    person->see("status.header.rehearsal");
    person->waitFor<screen::ConfirmIdentity>("the card to be read");
    const auto& proposals = person->flow().session.residence.proposals;
    if (!proposals.empty()) person->tap("residence." + proposals.front());
    person->tap("confirm.agree");
    person->tap("confirm.next");
    person->waitFor<screen::Choose>("choose");
    chooseTile(*person, "2.000815");
    fillForm(*person);
    send(*person, true);
    person->see("slip.rehearsal");
    const auto reference = screen<screen::Slip>().content.code.reference;
    EXPECT_EQ(screen<screen::Slip>().content.dossierCode, "THU-" + reference);
    EXPECT_THAT(
        papers::outputOf("pdftotext '" + (house->data() / "slips" / (reference + ".pdf")).string() + "' -"),
        testing::HasSubstr("BẢN LÀM THỬ"));
    person->tap("slip.finish");
    person->waitFor<screen::Welcome>("welcome");
    EXPECT_TRUE(house->office().dossiers().empty());
    signIn("account.1", "481957");
    person->tap("staff.set_up");
    person->wait("how it went", [this] {
        const auto* list = page<staff::page::SetUp>();
        return list != nullptr && list->rehearsal && !list->rehearsal->dossierCode.empty();
    });
    person->picture("rehearsed");
    EXPECT_THAT(journalKinds(), testing::Contains(66));
    leave();
    visit(false, "2.000815"); // and the next one is a visit
}

} // namespace
} // namespace kiosk::journey
