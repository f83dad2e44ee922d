// While nobody is there, and who is called.
#include "tests/flow/kiosk_in_mind.hpp"

namespace kiosk::test {
namespace {

TEST(Resting, InvitesAfterAMinuteUntilSomebodyComes) {
    Mind m;
    m.pass(inviteAfterMs - 1);
    EXPECT_EQ(rest(m.office, m.flow), Rest::No);
    m.pass(1);
    EXPECT_EQ(rest(m.office, m.flow), Rest::Inviting);
    m.send(event::Touched{});
    EXPECT_EQ(rest(m.office, m.flow), Rest::No);
    EXPECT_NE(m.at<screen::Welcome>(), nullptr) << "the touch wakes and does nothing else";
    m.pass(inviteAfterMs);
    m.showCard(adultCard);
    EXPECT_NE(m.at<screen::PresentCard>(), nullptr) << "a card held up begins";
    m.pass(inviteAfterMs);
    EXPECT_EQ(rest(m.office, m.flow), Rest::No) << "never in the middle of a visit";
}

TEST(Resting, DarkOnlyOutsideTheHoursAndOnlyIfTheOfficeWantsIt) {
    Mind m;
    m.send(event::Tick{Instant{1'900'000'000'000}}); // later than any build: a Monday at night
    m.send(event::Touched{});
    m.pass(inviteAfterMs);
    m.office.darkWhenClosed = true;
    EXPECT_EQ(rest(m.office, m.flow), Rest::Inviting) << "hours that are not known";
    m.office.hours = *OpeningHours::parse("T2-CN 00:00-24:00");
    EXPECT_EQ(rest(m.office, m.flow), Rest::Inviting);
    m.office.hours = *OpeningHours::parse("T2 07:30-07:31");
    EXPECT_EQ(rest(m.office, m.flow), Rest::Dark);
    m.office.darkWhenClosed = false;
    EXPECT_EQ(rest(m.office, m.flow), Rest::Inviting);
    m.office.darkWhenClosed = true;
    m.send(event::Tick{Instant{1'600'000'000'000}}); // a clock that cannot be right
    m.pass(inviteAfterMs);
    EXPECT_NE(rest(m.office, m.flow), Rest::Dark);
}

TEST(Resting, TheNextPersonFindsTheButtonsWhereTheyUsuallyAre) {
    Mind m;
    m.send(event::Start{});
    m.send(event::ToggleReach{});
    EXPECT_TRUE(m.flow.preferences.lowReach);
    m.send(event::EndSession{});
    EXPECT_FALSE(m.flow.preferences.lowReach);
}

TEST(CallingStaff, SaysWhatBecameOfIt) {
    using Call = Flow::Call;
    Mind m;
    m.send(event::CallStaff{});
    m.send(event::CallStaff{});
    EXPECT_EQ(std::count_if(m.effects.begin(), m.effects.end(),
                            [](const auto& e) { return std::holds_alternative<effect::CallStaff>(e); }),
              1)
        << "one call at a time";
    EXPECT_EQ(m.flow.call, Call::Calling);
    m.send(event::StaffCalled{Code::OfficeUnreachable});
    EXPECT_EQ(m.flow.call, Call::Failed);
    m.send(event::CallStaff{});
    m.send(event::StaffCalled{});
    EXPECT_EQ(m.flow.call, Call::Called);
    m.pass(10 * 60'000);
    EXPECT_EQ(m.flow.call, Call::No) << "whoever was called has come, or is called again";
}

TEST(TakingANumber, IsOfferedOnlyWhereTheOfficeWantsIt) {
    Mind m;
    m.send(event::TakeTicket{});
    EXPECT_EQ(m.did<effect::TakeTicket>(), nullptr);
    m.office.offersTickets = true;
    m.send(event::TakeTicket{});
    ASSERT_NE(m.did<effect::TakeTicket>(), nullptr);
    m.send(event::TicketTaken{"A012", 25, m.flow.now});
    ASSERT_NE(m.at<screen::Ticket>(), nullptr);
    EXPECT_EQ(m.at<screen::Ticket>()->content->number, "A012");
    EXPECT_EQ(m.did<effect::PrintTicket>(), nullptr) << "no printer";
    m.send(event::Finish{});
    EXPECT_NE(m.at<screen::Welcome>(), nullptr);
}

TEST(TakingANumber, IsPrintedWhereThereIsAPrinter) {
    Mind m;
    m.office.offersTickets = true;
    m.send(event::PrinterChanged{{}, "MẪU"});
    m.send(event::TakeTicket{});
    m.send(event::TicketTaken{"A001", 0, m.flow.now});
    ASSERT_NE(m.did<effect::PrintTicket>(), nullptr);
    EXPECT_EQ(m.did<effect::PrintTicket>()->ticket.number, "A001");
    m.send(event::TicketPrinted{Code::PrinterNoPaper});
    EXPECT_EQ(m.at<screen::Ticket>()->print, screen::Ticket::Print::Failed);
}

TEST(Notices, WaitForTheNextScreenSoThatNothingMovesUnderAFinger) {
    Mind m;
    m.send(event::LinkChanged{true});
    EXPECT_FALSE(m.flow.notices.offline);
    m.send(event::LinkChanged{false});
    EXPECT_TRUE(m.flow.notices.offline) << "the first screen tells at once, below everything";
    m.identify();
    m.openForm();
    EXPECT_TRUE(m.flow.notices.offline);
    m.send(event::LinkChanged{true});
    m.send(event::CameraChanged{Code::CameraLost});
    m.send(event::Edited{"phone", "0901"});
    EXPECT_TRUE(m.flow.notices.offline && !m.flow.notices.camera) << "still the same page";
    m.send(event::Help{});
    EXPECT_TRUE(!m.flow.notices.offline && m.flow.notices.camera) << "something else is looked at";
    m.send(event::CameraChanged{});
    m.send(event::Stay{});
    EXPECT_FALSE(m.flow.notices.camera);
}

} // namespace
} // namespace kiosk::test
