// Cards read by hand scanners, wherever a person is.
#include "app/base/json/json.hpp"
#include "tests/flow/kiosk_in_mind.hpp"
#include "tests/identity/hostile_codes.hpp"

#include "app/flow/dossier.hpp"

namespace kiosk::test {
namespace {

TEST(Scanner, AScanAtWelcomeStartsASession) {
    Mind m;
    m.showCard(adultCard, ReadBy::Scanner);
    m.pass(1000);
    ASSERT_NE(m.at<screen::ConfirmIdentity>(), nullptr);
    EXPECT_EQ(m.flow.session.customer->readBy, ReadBy::Scanner);
    EXPECT_EQ(m.flow.session.customer->assurance, Assurance::Read);
}

TEST(Scanner, AScanIsMeantEvenWhenACardStillLiesThereOrPicturesArePlayed) {
    Mind m;
    m.send(event::CameraChanged{std::nullopt, true});
    m.identify();
    m.send(event::EndSession{}); // not armed: no CodeGone since
    m.showCard(adultCard, ReadBy::Scanner);
    EXPECT_NE(m.at<screen::PresentCard>(), nullptr);
}

TEST(Scanner, AScannedCodeThatIsNoCardIsAnsweredAtWelcomeToo) {
    Mind m;
    m.showCard("8936000000000");
    EXPECT_NE(m.at<screen::Welcome>(), nullptr) << "a parcel before the camera";
    m.showCard("8936000000000", ReadBy::Scanner);
    ASSERT_NE(m.at<screen::PresentCard>(), nullptr);
    EXPECT_EQ(m.at<screen::PresentCard>()->wrong, Code::CardNotIdCard);
}

TEST(Scanner, ReplacedLettersAskForTheCamera) {
    Mind m;
    m.showCard("001099000001|012345678|Nguy?n V?n M?u|01021999|Nam|H? N?i|05062021", ReadBy::Scanner);
    ASSERT_NE(m.at<screen::PresentCard>(), nullptr);
    EXPECT_EQ(m.at<screen::PresentCard>()->wrong, Code::ScanGarbled);
}

TEST(Scanner, ItGoesOnFromTypingAndForASecondPerson) {
    Mind m;
    m.send(event::Start{});
    m.pass(11000);
    m.send(event::TypeInstead{});
    ASSERT_NE(m.at<screen::TypeIdentity>(), nullptr);
    m.showCard(adultCard, ReadBy::Scanner);
    m.pass(1000);
    ASSERT_NE(m.at<screen::ConfirmIdentity>(), nullptr);
    m.send(event::ToggleAgreement{});
    m.send(event::ConfirmIdentity{});
    m.openForm();
    m.showCard(childCard, ReadBy::Scanner);
    ASSERT_TRUE(std::holds_alternative<overlay::OtherCard>(m.flow.overlay)) << "asked, never mixed in";
}

TEST(Scanner, LostMarksAreRestoredByTheCameraBeforeAnythingIsFilled) {
    Mind m;
    m.showCard(adultCardWithoutMarks, ReadBy::Scanner);
    m.pass(1000);
    ASSERT_NE(m.at<screen::ConfirmIdentity>(), nullptr);
    EXPECT_TRUE(m.flow.session.customer->has(Warning::LostDiacritics));
    m.send(event::ToggleAgreement{});
    m.showCard(childCard);
    EXPECT_TRUE(std::holds_alternative<overlay::OtherCard>(m.flow.overlay))
        << "another person is not a repair";
    m.send(event::Stay{});
    m.showCard(adultCard);
    ASSERT_NE(m.at<screen::ConfirmIdentity>(), nullptr);
    EXPECT_EQ(m.flow.session.customer->name, "Nguyễn Văn Mẫu");
    EXPECT_FALSE(m.flow.session.customer->has(Warning::LostDiacritics));
    EXPECT_TRUE(m.at<screen::ConfirmIdentity>()->agreed) << "what was agreed stays so";
    m.showCard(adultCardWithoutMarks, ReadBy::Scanner);
    EXPECT_EQ(m.flow.session.customer->name, "Nguyễn Văn Mẫu") << "never the other way round";
}

TEST(Scanner, TheDossierSaysHowTheCardWasReadAndWhatWasLost) {
    for (const auto by : {ReadBy::Camera, ReadBy::Scanner}) {
        Mind m;
        m.showCard(by == ReadBy::Scanner ? adultCardWithoutMarks : adultCard, by);
        m.pass(1000);
        m.send(event::ToggleAgreement{});
        m.send(event::ConfirmIdentity{});
        m.openForm();
        const auto dossier =
            nlohmann::json::parse(dossierJson({catalogue(), m.procedures, units(), m.office}, m.flow));
        const auto& customer = dossier["customer"];
        const bool scanned = by == ReadBy::Scanner;
        EXPECT_EQ(customer["assurance"], "read");
        EXPECT_EQ(customer["read_by"], scanned ? "scanner" : "camera");
        const auto& warnings = customer["warnings"];
        EXPECT_EQ(std::find(warnings.begin(), warnings.end(), "LostDiacritics") != warnings.end(), scanned);
    }
}

TEST(Scanner, CountsThoseThatAreThere) {
    Mind m;
    for (const bool ready : {true, true, false}) m.send(event::ScannerChanged{ready});
    EXPECT_EQ(m.flow.scanners, 1);
    m.showCard(adultCard);
    m.send(event::EndSession{});
    EXPECT_EQ(m.flow.scanners, 1) << "a device is not the customer's";
}

TEST(Scanner, HostileCodesIdentifyNobodyAnywhere) {
    for (const auto& code : hostileCodes()) {
        Mind welcome, typing, form;
        welcome.showCard(code, ReadBy::Scanner);
        EXPECT_FALSE(welcome.flow.session.customer);
        ASSERT_NE(welcome.at<screen::PresentCard>(), nullptr) << code;
        EXPECT_TRUE(welcome.at<screen::PresentCard>()->wrong) << code;
        typing.send(event::Start{});
        typing.send(event::TypeInstead{});
        typing.showCard(code, ReadBy::Scanner);
        ASSERT_NE(typing.at<screen::TypeIdentity>(), nullptr) << code;
        EXPECT_EQ(typing.at<screen::TypeIdentity>()->number, "");
        form.identify();
        form.openForm();
        const auto before = form.flow.session.answers;
        form.showCard(code, ReadBy::Scanner);
        EXPECT_TRUE(std::holds_alternative<std::monostate>(form.flow.overlay)) << code;
        EXPECT_EQ(form.flow.session.answers.size(), before.size());
    }
}

} // namespace
} // namespace kiosk::test
