#include "tests/flow/kiosk_in_mind.hpp"

namespace kiosk::test {
namespace {

TEST(Identify, ACardHeldUpAtWelcomeStartsASession) {
    Mind m;
    m.showCard(adultCard);
    ASSERT_NE(m.at<screen::PresentCard>(), nullptr);
    EXPECT_TRUE(m.at<screen::PresentCard>()->found.has_value()) << "the tick is shown first";
    EXPECT_NE(m.did<effect::Play>(), nullptr);
    m.pass(1000);
    ASSERT_NE(m.at<screen::ConfirmIdentity>(), nullptr);
    EXPECT_EQ(m.flow.session.customer->assurance, Assurance::Read);
    EXPECT_NE(m.did<effect::OpenProfile>(), nullptr);
}

TEST(Identify, TheSameCardStillLyingThereDoesNotStartTheNextSession) {
    Mind m;
    m.identify();
    m.send(event::EndSession{});
    ASSERT_NE(m.at<screen::Welcome>(), nullptr);
    m.showCard(adultCard);
    EXPECT_NE(m.at<screen::Welcome>(), nullptr);
    m.send(event::CodeGone{});
    m.showCard(adultCard);
    EXPECT_NE(m.at<screen::PresentCard>(), nullptr);
}

TEST(Identify, PicturesFromFilesNeverWakeTheKiosk) {
    Mind m;
    m.send(event::CameraChanged{std::nullopt, true});
    m.showCard(adultCard);
    EXPECT_NE(m.at<screen::Welcome>(), nullptr);
}

TEST(Identify, AnotherKindOfCodeIsNamed) {
    Mind m;
    m.send(event::Start{});
    m.showCard("https://example.org/");
    ASSERT_NE(m.at<screen::PresentCard>(), nullptr);
    EXPECT_EQ(m.at<screen::PresentCard>()->wrong, Code::CardNotIdCard);
    m.showCard(adultCard);
    EXPECT_FALSE(m.at<screen::PresentCard>()->wrong.has_value());
}

TEST(Identify, AHintIsShownAndHeardOnceWhileTheCardDoesNotRead) {
    Mind m;
    m.send(event::Hint{CardHint::Closer});
    EXPECT_NE(m.at<screen::Welcome>(), nullptr) << "elsewhere it means nothing";
    EXPECT_EQ(m.did<effect::Play>(), nullptr);
    m.send(event::Start{});
    m.effects.clear();
    m.send(event::Hint{CardHint::Closer});
    ASSERT_NE(m.at<screen::PresentCard>(), nullptr);
    EXPECT_EQ(m.at<screen::PresentCard>()->hint, CardHint::Closer);
    ASSERT_NE(m.did<effect::Play>(), nullptr);
    EXPECT_EQ(m.did<effect::Play>()->sound, effect::SoundKind::Hint);
    m.effects.clear();
    m.send(event::Hint{CardHint::Closer});
    EXPECT_EQ(m.did<effect::Play>(), nullptr) << "the same again is not news";
    m.send(event::Hint{});
    EXPECT_FALSE(m.at<screen::PresentCard>()->hint.has_value());
    EXPECT_EQ(m.did<effect::Play>(), nullptr);
    m.send(event::Hint{CardHint::HoldStill});
    m.showCard(adultCard);
    EXPECT_TRUE(m.at<screen::PresentCard>()->found.has_value());
    EXPECT_FALSE(m.at<screen::PresentCard>()->hint.has_value()) << "read: nothing is left to be said";
    m.send(event::Hint{CardHint::Darker});
    EXPECT_FALSE(m.at<screen::PresentCard>()->hint.has_value());
}

TEST(Identify, NothingGoesOnWithoutAgreement) {
    Mind m;
    m.send(event::Start{});
    m.showCard(adultCard);
    m.pass(1000);
    m.send(event::ConfirmIdentity{});
    ASSERT_NE(m.at<screen::ConfirmIdentity>(), nullptr);
    EXPECT_TRUE(m.at<screen::ConfirmIdentity>()->mustAgree);
    EXPECT_FALSE(m.flow.session.consent.given);
    m.send(event::ToggleAgreement{});
    m.send(event::ConfirmIdentity{});
    EXPECT_NE(m.at<screen::Choose>(), nullptr);
    EXPECT_TRUE(m.flow.session.consent.given);
    EXPECT_EQ(m.flow.session.consent.wording, consentWording);
}

TEST(Identify, WhatIsKeptIsErasedOnlyWhenAskedTwice) {
    Mind m;
    m.send(event::Start{});
    m.showCard(adultCard);
    m.pass(1000);
    m.send(event::ProfileOpened{KeptProfile{}});
    m.send(event::ShowMyData{});
    m.effects.clear();
    m.send(event::EraseMyData{});
    ASSERT_NE(m.at<screen::MyData>(), nullptr);
    EXPECT_TRUE(m.at<screen::MyData>()->confirming);
    m.send(event::Back{});
    ASSERT_NE(m.at<screen::MyData>(), nullptr) << "going back only takes the question away";
    EXPECT_FALSE(m.at<screen::MyData>()->confirming);
    EXPECT_EQ(m.did<effect::EraseProfile>(), nullptr);
    m.send(event::EraseMyData{});
    m.send(event::EraseMyData{});
    EXPECT_NE(m.did<effect::EraseProfile>(), nullptr);
}

TEST(Identify, RefusingErasesThePersonAndStillLetsThemBrowse) {
    Mind m;
    m.send(event::Start{});
    m.showCard(adultCard);
    m.pass(1000);
    m.send(event::RefuseAgreement{});
    EXPECT_NE(m.at<screen::Refused>(), nullptr);
    EXPECT_FALSE(m.flow.session.customer.has_value());
    EXPECT_NE(m.did<effect::Wipe>(), nullptr);
    m.send(event::Browse{});
    ASSERT_NE(m.at<screen::Choose>(), nullptr);
    EXPECT_TRUE(m.at<screen::Choose>()->browseOnly);
}

TEST(Identify, AnOldAddressIsProposedNeverRewritten) {
    Mind m;
    m.send(event::Start{});
    m.showCard(adultCard);
    m.pass(1000);
    const auto& r = m.flow.session.residence;
    EXPECT_FALSE(r.alreadyTwoLevel);
    EXPECT_FALSE(r.chosen.has_value());
    ASSERT_FALSE(r.proposals.empty());
    const auto unit = r.proposals.front();
    m.send(event::ChooseResidence{unit});
    EXPECT_EQ(m.flow.session.residence.chosen, unit);
    m.send(event::ChooseResidence{""});
    EXPECT_FALSE(m.flow.session.residence.chosen.has_value());
}

TEST(Identify, ATypedIdentityIsMarkedAndOpensNoProfile) {
    Mind m;
    m.send(event::Start{});
    m.send(event::TypeInstead{});
    m.send(event::ConfirmTyped{});
    ASSERT_NE(m.at<screen::TypeIdentity>(), nullptr);
    EXPECT_EQ(m.at<screen::TypeIdentity>()->problems.size(), 4U);
    m.send(event::Edited{"number", "001099000001"});
    m.send(event::Edited{"name", "Nguyễn Văn Mẫu"});
    m.send(event::Edited{"birth", "31021999"});
    m.send(event::Pick{"sex", "male"});
    m.send(event::ConfirmTyped{});
    EXPECT_EQ(m.at<screen::TypeIdentity>()->problems.count("birth"), 1U) << "31 February does not roll over";
    m.send(event::Edited{"birth", "01021999"});
    m.send(event::ConfirmTyped{});
    ASSERT_NE(m.at<screen::ConfirmIdentity>(), nullptr);
    EXPECT_EQ(m.flow.session.customer->assurance, Assurance::Typed);
    EXPECT_EQ(m.did<effect::OpenProfile>(), nullptr);
}

TEST(Identify, ADifferentCardInTheMiddleIsAskedAboutNeverMixedIn) {
    Mind m;
    m.identify();
    m.openForm();
    m.showCard(adultCard);
    EXPECT_TRUE(std::holds_alternative<std::monostate>(m.flow.overlay))
        << "one's own card again is nothing new";
    m.showCard(childCard);
    ASSERT_TRUE(std::holds_alternative<overlay::OtherCard>(m.flow.overlay));
    EXPECT_EQ(m.flow.session.customer->personalNumber, "001099000001");
    EXPECT_EQ(std::get<overlay::OtherCard>(m.flow.overlay).persons, std::vector<std::string>{"child"});
    m.send(event::Stay{});
    EXPECT_TRUE(m.answer("child_name").empty());
    m.showCard(childCard);
    m.send(event::OtherCardIs{"child"});
    EXPECT_EQ(m.answer("child_name"), "Đặng Lê Mẫu");
    EXPECT_EQ(m.flow.session.answers["child_name"].origin, Origin::SecondCard);
}

TEST(Identify, StartingAnewWithTheOtherCardErasesTheFirstPerson) {
    Mind m;
    m.identify();
    m.openForm();
    m.send(event::Edited{"phone", "0901234567"});
    m.showCard(childCard);
    m.send(event::UseOtherCard{});
    m.pass(1000);
    ASSERT_NE(m.at<screen::ConfirmIdentity>(), nullptr);
    EXPECT_EQ(m.flow.session.customer->personalNumber, "052321000003");
    EXPECT_TRUE(m.flow.session.answers.empty());
    EXPECT_FALSE(m.flow.session.consent.given) << "the first person's agreement is not the second's";
    EXPECT_NE(m.did<effect::Wipe>(), nullptr);
}

TEST(Identify, AWrongClockStillWorksAndIsMarked) {
    Mind m;
    m.send(event::Tick{Instant{0}});
    EXPECT_FALSE(m.flow.clockTrusted);
    m.send(event::Start{});
    m.showCard(adultCard);
    m.pass(1000);
    EXPECT_NE(m.at<screen::ConfirmIdentity>(), nullptr);
}

} // namespace
} // namespace kiosk::test
