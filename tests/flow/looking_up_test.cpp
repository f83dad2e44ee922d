#include "tests/flow/kiosk_in_mind.hpp"

#include "app/base/crypto.hpp"

namespace kiosk::test {
namespace {

std::string reference() { return crypto::reference("00112233445566778899aabbccddeeff"); }

Progress progress(int status, std::optional<Date> due = std::nullopt) {
    return {
        reference(), "H29.5-261127-0001", "1.004873", due, {{1, Instant{1}, ""}, {status, Instant{2}, ""}}};
}

/// On the screen with code and birth date filled in, and the office asked.
Mind asking() {
    Mind m;
    m.send(event::LookUp{});
    m.send(event::Edited{"code", "h29.5-261127-0001"});
    m.send(event::Edited{"birth", "01021999"});
    m.send(event::AskOffice{});
    return m;
}

TEST(LookingUp, ASlipHeldUpOnTheFirstScreenIsRecognised) {
    Mind m;
    m.showCard(reference());
    ASSERT_NE(m.at<screen::LookUp>(), nullptr);
    EXPECT_EQ(m.at<screen::LookUp>()->code, reference());
    EXPECT_EQ(cameraMode(m.flow), CameraMode::Reading) << "for the card, whose birth date is wanted next";
}

TEST(LookingUp, AnotherCodeThereIsNoSlip) {
    Mind m;
    auto misread = reference();
    misread.back() = misread.back() == '0' ? '1' : '0';
    m.showCard(misread);
    m.showCard("https://example.org/");
    EXPECT_NE(m.at<screen::Welcome>(), nullptr);
}

TEST(LookingUp, TheCardGivesTheBirthDateAndNothingElse) {
    Mind m;
    m.showCard(reference());
    m.showCard(adultCard);
    ASSERT_NE(m.at<screen::LookUp>(), nullptr);
    EXPECT_EQ(m.at<screen::LookUp>()->birth, "01021999");
    EXPECT_EQ(m.at<screen::LookUp>()->code, reference());
    EXPECT_FALSE(m.flow.session.customer.has_value());
    m.send(event::AskOffice{});
    ASSERT_NE(m.did<effect::AskOffice>(), nullptr);
    EXPECT_EQ(m.did<effect::AskOffice>()->code, reference());
    EXPECT_EQ(m.did<effect::AskOffice>()->birth, (Date{1999, 2, 1}));
}

TEST(LookingUp, ACardReadWhileTheCodeIsTypedDoesNotTakeTheKeyboardAway) {
    Mind m;
    m.send(event::LookUp{});
    m.send(event::Focus{"code"});
    m.send(event::Edited{"code", "h29.5"});
    m.showCard(adultCard);
    EXPECT_EQ(m.at<screen::LookUp>()->focus, "code");
    EXPECT_EQ(m.at<screen::LookUp>()->code, "H29.5");
    EXPECT_EQ(m.at<screen::LookUp>()->birth, "01021999");
    m.send(event::Focus{"birth"});
    m.showCard(childCard);
    EXPECT_EQ(m.at<screen::LookUp>()->focus, "") << "what was being typed is there";
}

TEST(LookingUp, AReferenceIsUnderstoodAsPeopleTypeIt) {
    Mind m;
    m.send(event::LookUp{});
    auto typed = reference();
    std::erase(typed, '-');
    for (char& c : typed) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    m.send(event::Edited{"code", typed});
    m.send(event::Edited{"birth", "01021999"});
    m.send(event::AskOffice{});
    ASSERT_NE(m.did<effect::AskOffice>(), nullptr);
    EXPECT_EQ(m.did<effect::AskOffice>()->code, reference());
}

TEST(LookingUp, WithoutACodeOrAWholeDateTheOfficeIsNotAsked) {
    Mind m;
    m.send(event::LookUp{});
    m.send(event::Edited{"birth", "3102199"});
    m.send(event::AskOffice{});
    EXPECT_EQ(m.did<effect::AskOffice>(), nullptr);
    EXPECT_TRUE(m.at<screen::LookUp>()->problems.contains("code"));
    EXPECT_TRUE(m.at<screen::LookUp>()->problems.contains("birth"));
    m.send(event::Edited{"code", "'; DROP"});
    m.send(event::AskOffice{});
    EXPECT_EQ(m.at<screen::LookUp>()->problems.at("code"), "lookup.code.problem");
}

TEST(LookingUp, TheAnswerIsShownAndBackDoesNotOpenItAgain) {
    auto m = asking();
    EXPECT_EQ(m.did<effect::AskOffice>()->code, "H29.5-261127-0001");
    m.send(event::ProgressFound{progress(4)});
    ASSERT_NE(m.at<screen::Progress>(), nullptr);
    m.send(event::Back{});
    ASSERT_NE(m.at<screen::LookUp>(), nullptr);
    EXPECT_TRUE(m.at<screen::LookUp>()->birth.empty());
}

TEST(LookingUp, NothingOfItIsLeftForTheNextPerson) {
    auto m = asking();
    m.send(event::ProgressFound{progress(4)});
    m.send(event::Finish{});
    EXPECT_NE(m.at<screen::Welcome>(), nullptr);
    EXPECT_TRUE(m.flow.history.empty());
    EXPECT_NE(m.did<effect::Wipe>(), nullptr);
}

TEST(LookingUp, AnAnswerAfterThePersonLeftIsNotShownToTheNext) {
    auto m = asking();
    m.send(event::EndSession{});
    m.send(event::ProgressFound{progress(4)});
    EXPECT_NE(m.at<screen::Welcome>(), nullptr);
    m.send(event::LookUp{});
    m.send(event::ProgressFound{progress(4)});
    EXPECT_EQ(m.at<screen::Progress>(), nullptr);
}

TEST(LookingUp, WhatWasTypedStaysWhenTheOfficeDoesNotAnswer) {
    auto m = asking();
    m.send(event::ProgressTrouble{Code::OfficeUnreachable});
    auto* look = m.at<screen::LookUp>();
    ASSERT_NE(look, nullptr);
    EXPECT_EQ(look->trouble, Code::OfficeUnreachable);
    EXPECT_EQ(look->birth, "01021999");
    m.send(event::AskOffice{});
    EXPECT_TRUE(m.at<screen::LookUp>()->asking);
    EXPECT_FALSE(m.at<screen::LookUp>()->trouble.has_value());
}

TEST(LookingUp, LateIsPastThePromisedDayWhileTheOfficeHasWorkToDo) {
    const Date today{2026, 11, 27}, yesterday{2026, 11, 26};
    EXPECT_TRUE(progress(4, yesterday).isLate(today));
    EXPECT_TRUE(progress(5, yesterday).isLate(today));
    EXPECT_FALSE(progress(4, today).isLate(today));
    EXPECT_FALSE(progress(4).isLate(today));
    for (const int ended : {3, 7, 8, 9, 10}) EXPECT_FALSE(progress(ended, yesterday).isLate(today)) << ended;
}

TEST(LookingUp, TheSlipsSecretGoesAlongAndNotWithAnotherCode) {
    const auto slip = SlipCode::make(reference());
    Mind m;
    m.showCard(slip.text());
    m.showCard(adultCard);
    m.send(event::AskOffice{});
    ASSERT_NE(m.did<effect::AskOffice>(), nullptr);
    ASSERT_TRUE(m.did<effect::AskOffice>()->slip);
    EXPECT_EQ(m.did<effect::AskOffice>()->slip->text(), slip.text());
    m.send(event::ProgressFound{progress(4), Instant{7}});
    ASSERT_NE(m.at<screen::Progress>(), nullptr);
    EXPECT_EQ(m.at<screen::Progress>()->keptAt, Instant{7});

    Mind typed;
    typed.showCard(slip.text());
    typed.send(event::Edited{"code", reference()});
    typed.send(event::Edited{"birth", "01021999"});
    typed.send(event::AskOffice{});
    EXPECT_FALSE(typed.did<effect::AskOffice>()->slip)
        << "a code that was typed is answered by the office alone";
}

TEST(LookingUp, ASlipsCodeIsReadStrictly) {
    const auto slip = SlipCode::make(reference());
    EXPECT_EQ(SlipCode::read(slip.text())->text(), slip.text());
    EXPECT_EQ(SlipCode::read(reference())->text(), reference());
    for (const auto& bad : {slip.text() + "0", reference() + ".", reference() + ".0123", "." + slip.text(),
                            std::string("K7-9Q2M-4XTX.0123456789ABCDEF01234567")})
        EXPECT_FALSE(SlipCode::read(bad)) << bad;
}

} // namespace
} // namespace kiosk::test
