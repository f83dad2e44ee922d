// Staff try the whole way: a visit like any other, but for its marks; counted and kept nowhere.
#include "app/base/json/json.hpp"
#include "app/flow/dossier.hpp"
#include "tests/flow/kiosk_in_mind.hpp"

namespace kiosk::test {
namespace {

namespace action = staff::action;
namespace answer = staff::answer;
namespace request = staff::request;
using staff::Role;

class Rehearsal : public testing::Test {
protected:
    void act(staff::Action what) { m.send(event::Staff{std::move(what)}); }
    void begin(Role role = Role::Administrator) {
        act(action::Enter{});
        m.send(event::StaffAnswer{answer::Accounts{{{4, "MẪU", role, false}}}});
        m.send(event::StaffAnswer{answer::SignIn{staff::Account{4, "MẪU", role, false}, {}, false, 5}});
        act(action::Open{staff::Task::SetUp});
        act(action::Rehearse{});
    }
    void agree() {
        m.pass(1000);
        m.send(event::ToggleAgreement{});
        m.send(event::ConfirmIdentity{});
    }
    void sendIt() {
        m.openForm();
        m.flow.screen = screen::Sending{m.flow.now};
        m.send(event::Committed{{"MAU-1", {}}, m.flow.now});
    }
    bool asked(auto is) const {
        return std::any_of(m.effects.begin(), m.effects.end(), [&](const Effect& e) {
            const auto* staffs = std::get_if<effect::Staff>(&e);
            return staffs != nullptr && is(staffs->request);
        });
    }

    Mind m;
};

TEST_F(Rehearsal, IsBegunByWhoSetsTheKioskUpAndSignsThemOut) {
    begin(Role::Supervisor);
    EXPECT_NE(m.at<screen::Staff>(), nullptr);
    m.send(event::EndSession{});
    begin();
    ASSERT_NE(m.at<screen::PresentCard>(), nullptr);
    EXPECT_TRUE(m.flow.session.rehearsal);
    EXPECT_TRUE(asked([](const staff::Request& r) {
        const auto* begun = std::get_if<request::Rehearse>(&r);
        return begun != nullptr && begun->by == 4;
    })) << "who did it is for the journal";
    EXPECT_TRUE(asked([](const staff::Request& r) { return std::holds_alternative<request::SignedOut>(r); }));
    m.send(event::Back{});
    EXPECT_NE(m.at<screen::Welcome>(), nullptr) << "not back into staff mode";
}

TEST_F(Rehearsal, MarksWhatIsSentAndTheSlipAndKeepsNothing) {
    begin();
    m.showCard(adultCard);
    agree();
    m.openForm();
    EXPECT_EQ(nlohmann::json::parse(dossierJson({catalogue(), m.procedures, units(), m.office}, m.flow))
                  .at("rehearsal"),
              true);
    m.effects.clear();
    m.send(event::Help{});
    m.send(event::Stay{});
    sendIt();
    ASSERT_NE(m.at<screen::Slip>(), nullptr);
    EXPECT_TRUE(m.at<screen::Slip>()->content.rehearsal);
    m.send(event::KeepAnswers{true});
    m.send(event::Rate{1});
    m.send(event::RateReason{1});
    EXPECT_EQ(m.did<effect::SaveProfile>(), nullptr);
    EXPECT_EQ(m.did<effect::Count>(), nullptr);
    m.send(event::Finish{});
    EXPECT_FALSE(m.flow.session.rehearsal) << "the next visit is one again";
}

TEST_F(Rehearsal, LastsWhenAnotherCardIsShownAndEndsWithTheSession) {
    begin();
    m.showCard(adultCard);
    m.pass(1000);
    m.send(event::NotMe{});
    EXPECT_TRUE(m.flow.session.rehearsal);
    m.send(event::EndSession{});
    EXPECT_EQ(m.did<effect::Count>(), nullptr) << "nobody has given up";
    m.identify();
    m.openForm();
    EXPECT_FALSE(nlohmann::json::parse(dossierJson({catalogue(), m.procedures, units(), m.office}, m.flow))
                     .contains("rehearsal"));
    sendIt();
    EXPECT_FALSE(m.at<screen::Slip>()->content.rehearsal);
    m.send(event::Rate{5});
    EXPECT_NE(m.did<effect::Count>(), nullptr);
}

} // namespace
} // namespace kiosk::test
