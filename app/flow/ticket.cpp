// A number for the counter, without a card and without sending anything.
#include "app/flow/step.hpp"

namespace kiosk {

void on(Step& s, const event::TakeTicket&) {
    if (s.at<screen::Welcome>() == nullptr || !s.knowledge.office.offersTickets) return;
    s.begin();
    s.go(screen::Ticket{});
    s.effect(effect::TakeTicket{s.flow.now});
}

void on(Step& s, const event::TicketTaken& e) {
    auto* ticket = s.at<screen::Ticket>();
    if (ticket == nullptr || ticket->content) return;
    ticket->content = TicketContent{e.number, e.waitMinutes, e.at, s.flow.preferences.language};
    s.flow.lastTouch = s.flow.now;
    s.play(effect::SoundKind::Done);
    if (!s.flow.printer) return;
    ticket->print = screen::Ticket::Print::Printing;
    s.effect(effect::PrintTicket{*ticket->content});
}

void on(Step& s, const event::TicketTrouble& e) {
    auto* ticket = s.at<screen::Ticket>();
    if (ticket == nullptr) return;
    ticket->trouble = e.code;
    s.play(effect::SoundKind::Wrong);
}

void on(Step& s, const event::TicketPrinted& e) {
    auto* ticket = s.at<screen::Ticket>();
    if (ticket == nullptr) return;
    ticket->print = e.trouble ? screen::Ticket::Print::Failed : screen::Ticket::Print::Printed;
}

} // namespace kiosk
