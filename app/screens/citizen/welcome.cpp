// First screen: what this machine does, what to have at hand, what is read and when it is erased. While
// nobody is there it invites instead.
#include "app/screens/draw.hpp"

#include <array>

namespace kiosk::screens {
namespace {

/// The office is closed, and what staff want visitors to know.
void notices(const View& v) {
    auto& ui = v.ui;
    const auto& office = v.knowledge.office;
    const auto& message = office.message.in(languageOf(v));
    const bool closed = v.flow.clockTrusted && office.hours.isClosed(v.flow.now);
    if (!closed && message.empty()) return;
    ui.beginPanel(ui::Ui::PanelKind::Info);
    if (!message.empty()) ui.iconText("welcome.message", ui::Icon::Info, message);
    if (const auto opens = office.hours.opensNext(v.flow.now); closed && opens) {
        constexpr std::array days = {"weekday.monday",   "weekday.tuesday", "weekday.wednesday",
                                     "weekday.thursday", "weekday.friday",  "weekday.saturday",
                                     "weekday.sunday"};
        const auto date = opens->dateInVietnam();
        ui.iconText("welcome.closed", ui::Icon::Clock,
                    ui.w("welcome.closed", {{"time", opens->timeInVietnam()},
                                            {"day", ui.w(days[static_cast<std::size_t>(weekday(date))])},
                                            {"date", date.vietnamese()}}));
    }
    ui.endPanel();
}

void whatToKnow(const View& v) {
    auto& ui = v.ui;
    ui.beginPanel(ui::Ui::PanelKind::Plain);
    ui.iconText("welcome.bring", ui::Icon::Card, ui.w("welcome.bring"));
    ui.iconText("welcome.read", ui::Icon::Camera, ui.w("welcome.read"));
    ui.iconText("welcome.erase", ui::Icon::Erase, ui.w("welcome.erase"));
    ui.iconText("welcome.time", ui::Icon::Clock, ui.w("welcome.time"));
    ui.endPanel();
    ui.space(ui::mm::gap);
}

/// In both languages at once: whoever comes has chosen none yet. The two kinds of card take turns.
void invitation(const View& v) {
    auto& ui = v.ui;
    constexpr std::int64_t turnMs = 4000;
    const bool portrait = ui.theme().panel.portrait();
    const int which = ui.theme().motion ? static_cast<int>(v.flow.now.ms / turnMs % 2) : 0;
    ui.space(portrait ? 4 * ui::mm::gap : ui::mm::gap);
    ui.title("invite.title", ui.w("invite.title"));
    ui.heading("invite.other_title", ui.w("invite.other_title"));
    ui.space(ui::mm::gap);
    ui.cardDrawing("invite.drawing", ui.w("invite.drawing"), which, portrait ? 120 : 62);
    ui.space(ui::mm::gap);
    ui.text("invite.lead", ui.w("invite.lead"));
    if (!v.flow.cameraTrouble && !v.flow.cameraPictures)
        ui.iconText("invite.card", ui::Icon::Camera, ui.w("invite.card"));
    notices(v);
}

} // namespace

void body(const View& v, const screen::Welcome&) {
    auto& ui = v.ui;
    if (rest(v.knowledge.office, v.flow) != Rest::No) return invitation(v);
    ui.title("welcome.title", ui.w("welcome.title"));
    ui.text("welcome.lead", ui.w("welcome.lead"));
    ui.space(ui::mm::gap);
    if (!v.flow.preferences.lowReach) whatToKnow(v);
    ui::ButtonLook start{.tone = ui::Tone::Primary, .icon = ui::Icon::Card, .heightMm = 30};
    const auto hint = ui.w("welcome.start.detail");
    start.detail = hint;
    if (ui.button("welcome.start", ui.w("welcome.start"), start)) v.emit(event::Start{});
    ui::ButtonLook browse{.icon = ui::Icon::Search, .heightMm = 24};
    const auto about = ui.w("welcome.browse.detail");
    browse.detail = about;
    if (ui.button("welcome.browse", ui.w("welcome.browse"), browse)) v.emit(event::Browse{});
    ui::ButtonLook look{.icon = ui::Icon::Document, .heightMm = 24};
    const auto how = ui.w("welcome.lookup.detail");
    look.detail = how;
    if (ui.button("welcome.lookup", ui.w("welcome.lookup"), look)) v.emit(event::LookUp{});
    ui::ButtonLook number{.icon = ui::Icon::People, .heightMm = 24};
    const auto counter = ui.w("welcome.ticket.detail");
    number.detail = counter;
    if (v.knowledge.office.offersTickets && ui.button("welcome.ticket", ui.w("welcome.ticket"), number))
        v.emit(event::TakeTicket{});
    if (v.flow.preferences.lowReach) whatToKnow(v); // there is little height: what to press comes first
    notices(v);                                     // below: buttons never move under a finger
}

Forward forward(const View&, const screen::Welcome&) { return {}; }

} // namespace kiosk::screens
