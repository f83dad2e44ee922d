// Staff mode as values: the way in, what each role may, and that nothing of a citizen comes near it.
#include "app/flow/staff/page.hpp"
#include "tests/flow/kiosk_in_mind.hpp"

#include <gmock/gmock.h>

namespace kiosk::test {
namespace {

namespace action = staff::action;
namespace answer = staff::answer;
namespace page = staff::page;
namespace request = staff::request;
using staff::Role;
using staff::Task;

class StaffMode : public testing::Test {
protected:
    void act(staff::Action what) { m.send(event::Staff{std::move(what)}); }
    void say(staff::Answer what) { m.send(event::StaffAnswer{std::move(what)}); }
    void signIn(const staff::Account& account) {
        act(action::Enter{});
        say(answer::Accounts{{account}});
        m.send(event::Edited{"pin", "481957"});
        act(action::SignIn{});
        say(answer::SignIn{account, {}, false, 5});
    }
    void signIn(Role role) { signIn({4, "MẪU", role, false}); }
    template <typename P>
    const P* at() const {
        const auto* desk = std::get_if<screen::Staff>(&m.flow.screen);
        return desk == nullptr ? nullptr : std::get_if<P>(&desk->page);
    }
    /// The last request of this kind.
    template <typename R>
    const R* asked() const {
        const R* found = nullptr;
        for (const auto& e : m.effects)
            if (const auto* staffs = std::get_if<effect::Staff>(&e))
                if (const auto* r = std::get_if<R>(&staffs->request)) found = r;
        return found;
    }

    Mind m;
};

TEST_F(StaffMode, TheGestureShowsOnlyTheLogin) {
    act(action::Enter{});
    EXPECT_NE(at<page::SignIn>(), nullptr);
    EXPECT_NE(asked<request::ListAccounts>(), nullptr);
    for (const auto task :
         {Task::Devices, Task::Queue, Task::Journal, Task::Accounts, Task::Settings, Task::Care})
        act(action::Open{task});
    act(action::Restart{});
    EXPECT_NE(at<page::SignIn>(), nullptr) << "nothing opens before the PIN";
    EXPECT_EQ(asked<request::ReadQueue>(), nullptr);
    EXPECT_EQ(asked<request::Restart>(), nullptr);
}

TEST_F(StaffMode, ItIsReachedFromTheFirstScreenOnly) {
    m.send(event::Start{});
    act(action::Enter{});
    EXPECT_EQ(at<page::SignIn>(), nullptr) << "a person is in the middle of something";
}

TEST_F(StaffMode, WithoutAnAccountTheAdministratorIsMadeWithARecoveryCode) {
    act(action::Enter{});
    say(answer::Accounts{});
    ASSERT_NE(at<page::AccountForm>(), nullptr);
    act(action::SaveAccount{});
    EXPECT_EQ(at<page::AccountForm>()->problems.size(), 2U) << "name and PIN";
    m.send(event::Edited{"name", "Quản trị MẪU"});
    m.send(event::Edited{"pin", "481957"});
    m.send(event::Edited{"again", "481956"});
    act(action::SaveAccount{});
    EXPECT_EQ(at<page::AccountForm>()->problems.at("again"), "staff.again.problem");
    m.send(event::Edited{"again", "481957"});
    act(action::SaveAccount{});
    ASSERT_NE(asked<request::CreateFirst>(), nullptr);
    EXPECT_EQ(asked<request::CreateFirst>()->pin.reveal(), "481957");
    EXPECT_EQ(at<page::AccountForm>()->pin, "") << "not kept";
    say(answer::FirstCreated{{1, "Quản trị MẪU", Role::Administrator, false}, "AAAA-BBBB-CCCC-DDDD-EEEE"});
    ASSERT_NE(at<page::RecoveryCode>(), nullptr);
    m.send(event::Back{});
    ASSERT_NE(at<page::RecoveryCode>(), nullptr) << "it is shown once, so nothing leads past it by chance";
    act(action::CodeNoted{});
    EXPECT_NE(at<page::SetUp>(), nullptr) << "a new kiosk is set up next";
    act(action::Open{Task::Devices});
    m.send(event::Back{});
    EXPECT_NE(at<page::SetUp>(), nullptr) << "back on the list";
    m.send(event::Back{});
    EXPECT_NE(at<page::Menu>(), nullptr);
}

TEST_F(StaffMode, ThePanelIsMeasuredWithACard) {
    signIn(Role::Administrator);
    act(action::OpenMeasure{});
    ASSERT_NE(asked<request::ReadSettings>(), nullptr);
    const staff::Setting inForce{"screen.diagonal_inches", "21.5", "21.5", staff::Setting::Kind::Text, {}};
    say(answer::Settings{{inForce}, false});
    act(action::Widen{
        14.4}); // drawn 100 mm wide it is as wide as the card: the panel is smaller than was thought
    act(action::SaveMeasure{});
    ASSERT_NE(asked<request::ChangeSetting>(), nullptr);
    EXPECT_EQ(asked<request::ChangeSetting>()->key, "screen.diagonal_inches");
    EXPECT_EQ(asked<request::ChangeSetting>()->value, "18.4");
    say(answer::Settings{{inForce}, true});
    EXPECT_TRUE(at<page::Measure>()->saved);
    act(action::Widen{1000});
    EXPECT_LE(at<page::Measure>()->cardMm, 180);
}

TEST_F(StaffMode, SettingUpIsTheAdministrators) {
    signIn(Role::Supervisor);
    act(action::Open{Task::SetUp});
    act(action::OpenMeasure{});
    act(action::OpenConnection{});
    EXPECT_NE(at<page::Menu>(), nullptr);
    EXPECT_EQ(asked<request::ReadKeys>(), nullptr);
}

TEST_F(StaffMode, TheMachineIsSwitchedOffOnlyAfterAskingOnceMore) {
    act(action::Enter{});
    act(action::ShutDown{});
    signIn(Role::Attendant);
    act(action::ShutDown{});
    act(action::Open{Task::Care});
    act(action::ShutDown{});
    EXPECT_EQ(asked<request::ShutDown>(), nullptr);
    act(action::ShutDown{});
    EXPECT_NE(asked<request::ShutDown>(), nullptr);
}

TEST_F(StaffMode, TestPrintsSayWhatBecameOfThem) {
    using State = page::Devices::Test::State;
    signIn(Role::Attendant);
    act(action::Open{Task::Devices});
    act(action::TestSlip{});
    act(action::TestPaper{});
    EXPECT_EQ(m.did<effect::PrintSlip>(), nullptr) << "there is no printer";
    EXPECT_EQ(m.did<effect::PrintTestSheet>(), nullptr);
    m.office.printsPapers = true;
    m.send(event::PrinterChanged{{}, "MẪU"});
    act(action::TestSlip{});
    act(action::TestPaper{});
    ASSERT_NE(m.did<effect::PrintSlip>(), nullptr);
    ASSERT_NE(m.did<effect::PrintTestSheet>(), nullptr);
    m.send(event::SlipPrinted{m.did<effect::PrintSlip>()->slip.code.reference, {}});
    m.send(event::PaperPrinted{Code::PrinterNoPaper});
    EXPECT_EQ(at<page::Devices>()->slip.state, State::Printed);
    EXPECT_EQ(at<page::Devices>()->paper.state, State::Failed);
}

TEST_F(StaffMode, TheJournalIsLookedThroughByParts) {
    signIn(Role::Supervisor);
    act(action::Open{Task::Journal});
    act(action::ShowJournal{staff::JournalPart::Staff});
    ASSERT_NE(asked<request::ReadJournal>(), nullptr);
    EXPECT_EQ(asked<request::ReadJournal>()->part, staff::JournalPart::Staff);
    act(action::ExportJournal{"/media/MAU"});
    ASSERT_NE(asked<request::WriteJournal>(), nullptr);
    say(answer::TableWritten{});
    EXPECT_TRUE(at<page::Journal>()->exported);
}

TEST_F(StaffMode, AWrongPinSaysHowManyAreLeftAndWaits) {
    act(action::Enter{});
    say(answer::Accounts{{{4, "MẪU", Role::Attendant, false}, {5, "MẪU 2", Role::Attendant, false}}});
    EXPECT_EQ(at<page::SignIn>()->chosen, 0);
    act(action::ChooseAccount{5});
    m.send(event::Edited{"pin", "481957"});
    act(action::SignIn{});
    EXPECT_EQ(asked<request::SignIn>()->id, 5);
    say(answer::SignIn{{}, Instant{m.flow.now.ms + 15'000}, false, 1});
    const auto before = m.effects.size();
    m.send(event::Edited{"pin", "481957"});
    act(action::SignIn{});
    EXPECT_EQ(m.effects.size(), before) << "not asked while it waits";
    m.pass(15'000);
    act(action::SignIn{});
    EXPECT_GT(m.effects.size(), before);
}

TEST_F(StaffMode, EachRoleOpensItsPagesAndNoOther) {
    const std::vector<Task> all = {Task::Devices,    Task::Care,    Task::Queue,    Task::RetryQueue,
                                   Task::CarryQueue, Task::Journal, Task::Accounts, Task::Settings};
    const std::map<Role, std::size_t> allowed = {
        {Role::Attendant, 3}, {Role::Supervisor, 6}, {Role::Administrator, 8}};
    for (const auto& [role, count] : allowed) {
        EXPECT_EQ(
            std::count_if(all.begin(), all.end(), [r = role](Task t) { return staff::may({.role = r}, t); }),
            count);
        m = Mind();
        signIn(role);
        ASSERT_NE(at<page::Menu>(), nullptr);
        act(action::Open{Task::Settings});
        EXPECT_EQ(at<page::Settings>() != nullptr, role == Role::Administrator);
        act(action::Open{Task::Accounts});
        EXPECT_EQ(at<page::Accounts>() != nullptr, role == Role::Administrator);
        act(action::Open{Task::Journal});
        EXPECT_EQ(at<page::Journal>() != nullptr, role != Role::Attendant);
        act(action::Open{Task::Queue});
        ASSERT_NE(at<page::Queue>(), nullptr);
        act(action::Retry{"k"});
        act(action::Export{"/media/x"});
        EXPECT_EQ(asked<request::Retry>() != nullptr, role != Role::Attendant);
        EXPECT_EQ(asked<request::Export>() != nullptr, role != Role::Attendant);
        const auto* retry = asked<request::Retry>();
        EXPECT_TRUE(retry == nullptr || retry->by == 4) << "who did it goes into the journal";
    }
}

TEST_F(StaffMode, FiveMinutesWithoutATouchSignOut) {
    signIn(Role::Administrator);
    m.pass(staff::idleMs - 1000);
    EXPECT_NE(at<page::Menu>(), nullptr);
    m.pass(1000);
    EXPECT_TRUE(std::holds_alternative<screen::Welcome>(m.flow.screen));
    ASSERT_NE(asked<request::SignedOut>(), nullptr);
    EXPECT_EQ(asked<request::SignedOut>()->by, 4);
}

TEST_F(StaffMode, ALoginThatNobodyUsesGivesTheKioskBack) {
    act(action::Enter{});
    m.pass(m.office.idleWarningSeconds * 1000LL);
    EXPECT_TRUE(std::holds_alternative<screen::Welcome>(m.flow.screen));
}

TEST_F(StaffMode, ACardShownHereIsAReadingTestAndNobodyIsIdentified) {
    signIn(Role::Attendant);
    act(action::Open{Task::Devices});
    EXPECT_EQ(cameraMode(m.flow), CameraMode::Reading);
    const std::string_view card = "001099000001|012345678|Nguyễn Văn Mẫu|01021999|Nam|Số 1, MẪU|05062021";
    m.send(event::CodeRead{Secret<Bytes>(Bytes(card.begin(), card.end()))});
    EXPECT_EQ(at<page::Devices>()->codesRead, 1);
    EXPECT_FALSE(m.flow.session.customer);
}

TEST_F(StaffMode, AnswersThatComeAfterSigningOutChangeNothing) {
    signIn(Role::Administrator);
    act(action::Open{Task::Queue});
    m.send(event::EndSession{});
    say(answer::Queue{});
    say(answer::SignIn{staff::Account{4, "MẪU", Role::Administrator, false}, {}, false, 5});
    say(answer::FirstCreated{});
    EXPECT_TRUE(std::holds_alternative<screen::Welcome>(m.flow.screen));
}

TEST_F(StaffMode, RemovingIsAskedTwiceAndBackLeadsToTheMenuAndOut) {
    signIn(Role::Administrator);
    act(action::Open{Task::Accounts});
    say(answer::Accounts{{{4, "MẪU", Role::Administrator, false}, {5, "MẪU 2", Role::Attendant, false}}});
    for (int i = 0; i < 2; ++i) act(action::Remove{4});
    EXPECT_EQ(asked<request::Remove>(), nullptr) << "one's own";
    act(action::Remove{5});
    EXPECT_EQ(asked<request::Remove>(), nullptr);
    act(action::Remove{5});
    EXPECT_EQ(asked<request::Remove>()->id, 5);
    m.send(event::Back{});
    EXPECT_NE(at<page::Menu>(), nullptr);
    m.send(event::Back{});
    EXPECT_TRUE(std::holds_alternative<screen::Welcome>(m.flow.screen));
}

TEST_F(StaffMode, ATelephonesCodeComesAfterThePin) {
    act(action::Enter{});
    say(answer::Accounts{{{4, "MẪU", Role::Attendant, false, true}}});
    m.send(event::Edited{"pin", "481957"});
    act(action::SignIn{});
    EXPECT_EQ(asked<request::SignIn>(), nullptr) << "not without the code";
    EXPECT_TRUE(at<page::SignIn>()->onCode);
    m.send(event::Edited{"phone_code", "050471"});
    act(action::SignIn{});
    ASSERT_NE(asked<request::SignIn>(), nullptr);
    EXPECT_EQ(asked<request::SignIn>()->pin.reveal(), "481957");
    EXPECT_EQ(asked<request::SignIn>()->code, "050471");
    EXPECT_EQ(at<page::SignIn>()->code, "") << "not kept";
}

TEST_F(StaffMode, WhoMustHaveATelephoneAddsItBeforeAnythingElse) {
    signIn({4, "MẪU", Role::Administrator, false, false, true});
    ASSERT_NE(at<page::Phone>(), nullptr);
    ASSERT_NE(asked<request::NewPhoneKey>(), nullptr);
    for (const auto task : {Task::Settings, Task::Accounts, Task::Devices, Task::Journal}) {
        act(action::Open{task});
        EXPECT_NE(at<page::Phone>(), nullptr) << "not before";
    }
    say(answer::PhoneKey{Secret<std::string>(std::string("MAU")), Secret<std::string>(std::string("uri"))});
    m.send(event::Edited{"phone_code", "050471"});
    act(action::AddPhone{});
    say(answer::SecondFactorChanged{4, true, false});
    act(action::Open{Task::Settings});
    EXPECT_NE(at<page::Settings>(), nullptr);
}

TEST_F(StaffMode, EverybodyAddsATelephoneToTheirOwnAccountOnly) {
    signIn(Role::Attendant);
    act(action::Open{Task::Phone});
    ASSERT_NE(asked<request::NewPhoneKey>(), nullptr);
    act(action::AddPhone{});
    EXPECT_EQ(asked<request::AddPhone>(), nullptr) << "there is no key yet";
    say(answer::PhoneKey{Secret<std::string>(std::string("MAU")), Secret<std::string>(std::string("uri"))});
    m.send(event::Edited{"phone_code", "050471"});
    act(action::AddPhone{});
    ASSERT_NE(asked<request::AddPhone>(), nullptr);
    EXPECT_EQ(asked<request::AddPhone>()->by, 4);
    say(answer::Failed{Code::StaffCodeWrong});
    EXPECT_TRUE(at<page::Phone>()->wrong);
    say(answer::SecondFactorChanged{4, true, false});
    EXPECT_TRUE(std::get<screen::Staff>(m.flow.screen).account->phoneCode);
    EXPECT_TRUE(at<page::Phone>()->uri.reveal().empty()) << "shown once";
    act(action::RemoveSecondFactor{5});
    EXPECT_EQ(asked<request::RemoveSecondFactor>(), nullptr) << "asked once more";
    act(action::RemoveSecondFactor{5});
    ASSERT_NE(asked<request::RemoveSecondFactor>(), nullptr);
    EXPECT_EQ(asked<request::RemoveSecondFactor>()->id, 4) << "nobody else's";
}

TEST_F(StaffMode, ACardIsHeldUpInsteadOfATelephone) {
    signIn(Role::Attendant);
    act(action::Open{Task::Phone});
    m.showCard(adultCard);
    EXPECT_EQ(asked<request::AddCard>(), nullptr) << "nobody asked for it";
    EXPECT_EQ(cameraMode(m.flow), CameraMode::Idle);
    act(action::UseCard{});
    EXPECT_EQ(cameraMode(m.flow), CameraMode::Reading);
    m.showCard(adultCard);
    ASSERT_NE(asked<request::AddCard>(), nullptr);
    const auto code = asked<request::AddCard>()->code;
    EXPECT_EQ(code.size(), 64U) << "a hash, and nothing of the card";
    say(answer::SecondFactorChanged{4, false, true});
    EXPECT_TRUE(std::get<screen::Staff>(m.flow.screen).account->card);
    m.send(event::EndSession{});

    act(action::Enter{});
    say(answer::Accounts{{{4, "MẪU", Role::Attendant, false, false, false, true}}});
    m.showCard(adultCard);
    m.send(event::Edited{"pin", "481957"});
    m.effects.clear();
    act(action::SignIn{});
    EXPECT_EQ(asked<request::SignIn>(), nullptr) << "the card is asked for";
    EXPECT_TRUE(staff::waitsForCard(*at<page::SignIn>()));
    EXPECT_EQ(cameraMode(m.flow), CameraMode::Reading);
    m.showCard(adultCard);
    ASSERT_NE(asked<request::SignIn>(), nullptr);
    EXPECT_EQ(asked<request::SignIn>()->code, code);
    EXPECT_FALSE(m.flow.session.customer) << "nobody is identified by it";
    say(answer::SignIn{{}, {}, false, 4});
    EXPECT_FALSE(staff::waitsForCard(*at<page::SignIn>())) << "both are asked for again";
    EXPECT_EQ(at<page::SignIn>()->code, "");
}

TEST_F(StaffMode, WhoMustHaveATelephoneCannotUseACardInstead) {
    signIn({4, "MẪU", Role::Administrator, false, false, true});
    act(action::UseCard{});
    m.showCard(adultCard);
    EXPECT_EQ(asked<request::AddCard>(), nullptr);
}

TEST_F(StaffMode, BundlesAreLookedAtBeforeTheyAreInstalledByAnAdministrator) {
    signIn(Role::Supervisor);
    act(action::Open{Task::Bundles});
    EXPECT_NE(at<page::Menu>(), nullptr);
    m.send(event::EndSession{});
    signIn(Role::Administrator);
    act(action::Open{Task::Bundles});
    act(action::FetchBundle{});
    EXPECT_EQ(asked<request::FetchBundle>(), nullptr) << "what is here is not known yet";
    say(answer::Bundles{{{{7, {}, {}, false, true}}, {{"/media/MAU/8.kbundle", false}}}, false});
    act(action::FetchBundle{});
    EXPECT_EQ(asked<request::FetchBundle>()->newerThan, 7);
    act(action::InstallBundle{});
    EXPECT_EQ(asked<request::InstallBundle>(), nullptr);
    act(action::PreviewBundle{"/media/MAU/8.kbundle"});
    say(answer::BundlePreview{{"/media/MAU/8.kbundle", 8, {}, {}, {}}});
    act(action::InstallBundle{});
    EXPECT_EQ(asked<request::InstallBundle>()->path, "/media/MAU/8.kbundle");
    say(answer::Failed{Code::BundleInvalid, "lang/vi.json"});
    EXPECT_EQ(at<page::Bundles>()->detail, "lang/vi.json");
    m.send(event::Back{});
    ASSERT_NE(at<page::Bundles>(), nullptr);
    EXPECT_FALSE(at<page::Bundles>()->preview);
    act(action::TakeBackBundle{});
    say(answer::Bundles{{}, true});
    EXPECT_TRUE(at<page::Bundles>()->changed);
    EXPECT_FALSE(at<page::Bundles>()->trouble);
}

TEST_F(StaffMode, WhileTheScreenIsWipedItIsCleaning) {
    signIn(Role::Attendant);
    act(action::Open{Task::Care});
    EXPECT_FALSE(isCleaning(m.flow));
    act(action::Clean{});
    EXPECT_TRUE(isCleaning(m.flow));
    m.pass(staff::cleaningMs);
    EXPECT_FALSE(isCleaning(m.flow));
}

} // namespace
} // namespace kiosk::test
