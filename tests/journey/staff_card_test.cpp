// A card beside the PIN, by pressing pixels and holding it before the camera.
#include "tests/journey/staff_journey.hpp"
#include "tests/journey/stage_camera.hpp"

#include <gmock/gmock.h>

namespace kiosk::journey {
namespace {

TEST_F(StaffJourney, ACardIsAskedForBesideThePin) {
    StageCamera camera;
    camera.showNothing();
    Journey::open(1080, 1920, camera.address());
    person->see("welcome.start");
    makeAdministrator();
    person->tap("staff.phone");
    person->tap("staff.card.use");
    person->see("staff.card.preview");
    person->picture("card-asked");
    const auto own = specimen::specimen(11, specimen::Layout::Card2024),
               other = specimen::specimen(12, specimen::Layout::Card2024);
    camera.show(own);
    person->see("staff.card.on");
    person->picture("card-on");
    camera.showNothing();
    leave();
    signIn("account.1", "481957");
    ASSERT_TRUE(page<staff::page::SignIn>() != nullptr && page<staff::page::SignIn>()->onCode)
        << "the PIN alone opens nothing";
    person->see("staff.card.preview");
    camera.show(other);
    person->wait("word about the wrong card", [this] {
        return page<staff::page::SignIn>() != nullptr && page<staff::page::SignIn>()->wrong;
    });
    EXPECT_FALSE(person->flow().session.customer);
    person->picture("another-card");
    camera.showNothing();
    tryPin("481957");
    person->see("staff.card.preview");
    camera.show(own);
    waitFor<staff::page::Menu>("the menu");
    EXPECT_THAT(journalKinds(), testing::IsSupersetOf({67, 55, 53}));
}

} // namespace
} // namespace kiosk::journey
