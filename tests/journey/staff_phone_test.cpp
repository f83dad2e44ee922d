// A telephone beside the PIN, by pressing pixels: added with the code it shows, asked for when signing in.
#include "tests/journey/staff_journey.hpp"

#include <gmock/gmock.h>
#include <liboath/oath.h>

namespace kiosk::journey {
namespace {

/// An authenticator app that has scanned what the screen shows.
class Telephone {
public:
    explicit Telephone(const std::string& uri) {
        const auto from = uri.find("secret=") + 7;
        const auto text = uri.substr(from, uri.find('&', from) - from);
        char* bytes = nullptr;
        std::size_t size = 0;
        if (oath_base32_decode(text.data(), text.size(), &bytes, &size) != OATH_OK)
            throw std::runtime_error("no key in the QR code");
        key_.assign(bytes, size);
        std::free(bytes);
    }
    std::string code(Instant at) const {
        char code[7] = {};
        if (oath_totp_generate(key_.data(), key_.size(), at.ms / 1000, 30, 0, 6, code) != OATH_OK)
            throw std::runtime_error("no code");
        return code;
    }

private:
    std::string key_;
};

TEST_F(StaffJourney, ATelephonesCodeIsAskedForBesideThePin) {
    open();
    makeAdministrator();
    person->tap("staff.phone");
    person->see("staff.phone.qr");
    const Telephone telephone(page<staff::page::Phone>()->uri.reveal());
    person->picture("telephone");
    person->tap("field.phone_code");
    person->type("000000");
    person->tap("staff.phone.add");
    person->wait("word about the wrong code", [this] {
        return page<staff::page::Phone>() != nullptr && page<staff::page::Phone>()->wrong;
    });
    person->tap("field.phone_code");
    person->type(telephone.code(now()));
    person->tap("staff.phone.add");
    person->see("staff.phone.on");
    person->picture("telephone-on");
    leave();
    signIn("account.1", "481957");
    ASSERT_TRUE(page<staff::page::SignIn>() != nullptr && page<staff::page::SignIn>()->onCode)
        << "the PIN alone opens nothing";
    person->picture("code-asked");
    tryPin("111111");
    EXPECT_TRUE(page<staff::page::SignIn>() != nullptr && page<staff::page::SignIn>()->wrong);
    person->type("481957");
    person->tap("staff.sign_in");
    // The next step's: the one used to switch it on is not taken twice, and half a minute ahead is right.
    tryPin(telephone.code({now().ms + 30'000}));
    waitFor<staff::page::Menu>("the menu");
    EXPECT_THAT(journalKinds(), testing::IsSupersetOf({57, 55, 53}));
}

TEST_F(StaffJourney, WhomTheOfficeAsksForATelephoneAddsItFirst) {
    house->configure("phone_for = \"everyone\"\n");
    open();
    makeAdministrator();
    leave();
    signIn("account.1", "481957");
    waitFor<staff::page::Phone>("the telephone to be added");
    person->see("staff.phone.qr");
    person->see("staff.phone.demanded");
    person->picture("telephone-demanded");
    person->tap("footer.back");
    waitFor<staff::page::Menu>("the menu");
    EXPECT_FALSE(person->sees("staff.settings") || person->sees("staff.queue")) << "not before";
    person->tap("staff.phone");
    person->see("staff.phone.qr");
    const Telephone telephone(page<staff::page::Phone>()->uri.reveal());
    person->tap("field.phone_code");
    person->type(telephone.code(now()));
    person->tap("staff.phone.add");
    person->see("staff.phone.on");
    person->tap("footer.back");
    person->see("staff.settings");
}

} // namespace
} // namespace kiosk::journey
