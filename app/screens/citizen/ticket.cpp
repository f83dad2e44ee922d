// A number for the counter, large enough to be remembered where there is no printer.
#include "app/screens/draw.hpp"

namespace kiosk::screens {

void body(const View& v, const screen::Ticket& s) {
    using Print = screen::Ticket::Print;
    auto& ui = v.ui;
    ui.title("ticket.title", ui.w("ticket.title"));
    if (s.trouble) {
        ui.beginPanel(ui::Ui::PanelKind::Warning);
        ui.iconText("ticket.trouble", ui::Icon::Warning, errorTitle(v, *s.trouble));
        ui.text("ticket.trouble.help", ui.w("ticket.trouble.help"));
        return ui.endPanel();
    }
    if (!s.content) return ui.progress("ticket.busy", ui.w("ticket.busy"), -1);
    const auto minutes = std::to_string(s.content->waitMinutes);
    ui.beginPanel(ui::Ui::PanelKind::Success);
    ui.number("ticket.number", s.content->number);
    ui.iconText("ticket.wait", ui::Icon::Clock,
                s.content->waitMinutes == 0 ? ui.w("ticket.soon")
                                            : ui.w("ticket.wait", {{"minutes", minutes}}));
    ui.endPanel();
    ui.live("ticket.print");
    if (s.print == Print::No || s.print == Print::Failed)
        ui.iconText("ticket.print", ui::Icon::Edit, ui.w("ticket.remember"));
    else
        ui.iconText("ticket.print", ui::Icon::Printer,
                    ui.w(s.print == Print::Printed ? "ticket.printed" : "ticket.printing"));
    ui.text("ticket.bring", ui.w("ticket.bring"));
}

Forward forward(const View& v, const screen::Ticket& s) {
    if (!s.content && !s.trouble) return {};
    return {"ticket.finish", v.ui.w("ticket.finish"), ui::Icon::Check, event::Finish{}};
}

} // namespace kiosk::screens
