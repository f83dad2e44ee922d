// First screen: what this machine does, what to have at hand, what is read and when it is erased.
#include "app/screens/draw.hpp"

namespace kiosk::screens {

void body(const View& v, const screen::Welcome&) {
    auto& ui = v.ui;
    ui.title("welcome.title", ui.w("welcome.title"));
    ui.text("welcome.lead", ui.w("welcome.lead"));
    ui.space(ui::mm::gap);
    ui.beginPanel(ui::Ui::PanelKind::Plain);
    ui.iconText("welcome.bring", ui::Icon::Card, ui.w("welcome.bring"));
    ui.iconText("welcome.read", ui::Icon::Camera, ui.w("welcome.read"));
    ui.iconText("welcome.erase", ui::Icon::Erase, ui.w("welcome.erase"));
    ui.iconText("welcome.time", ui::Icon::Clock, ui.w("welcome.time"));
    ui.endPanel();
    ui.space(ui::mm::gap);
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
}

Forward forward(const View&, const screen::Welcome&) { return {}; }

} // namespace kiosk::screens
