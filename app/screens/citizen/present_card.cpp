// Hold the card before the camera: live mirrored preview, what to do, and other ways when it does not read.
#include "app/screens/draw.hpp"

namespace kiosk::screens {
namespace {

void hints(const View& v) {
    auto& ui = v.ui;
    ui.beginPanel(ui::Ui::PanelKind::Info);
    ui.heading("card.help.title", ui.w("card.help.title"));
    ui.iconText("card.help.closer", ui::Icon::Search, ui.w("card.help.closer"));
    ui.iconText("card.help.still", ui::Icon::Card, ui.w("card.help.still"));
    ui.iconText("card.help.light", ui::Icon::Contrast, ui.w("card.help.light"));
    ui.endPanel();
}

void otherWays(const View& v, const screen::PresentCard& s) {
    auto& ui = v.ui;
    const bool second = !s.person.empty();
    if (ui.button("card.type", ui.w(second ? "card.type_other" : "card.type"), {.icon = ui::Icon::Keyboard}))
        v.emit(event::TypeInstead{});
    ui.iconText("card.staff", ui::Icon::Person, ui.w("card.staff"), true);
}

void wrong(const View& v, const screen::PresentCard& s) {
    if (!s.wrong && !s.sameAsCustomer) return;
    auto& ui = v.ui;
    ui.beginPanel(ui::Ui::PanelKind::Warning);
    if (s.sameAsCustomer) {
        ui.heading("card.same.title", ui.w("card.same.title"));
        ui.text("card.same.help", ui.w("card.same.help", {{"person", personWords(v, s.person)}}));
    } else {
        ui.heading("card.wrong.title", errorTitle(v, *s.wrong));
        ui.text("card.wrong.help", errorHelp(v, *s.wrong));
    }
    ui.endPanel();
}

} // namespace

void body(const View& v, const screen::PresentCard& s) {
    auto& ui = v.ui;
    const auto waited = v.flow.now.ms - s.since.ms;
    const bool trouble = v.flow.cameraTrouble.has_value();
    if (s.person.empty())
        ui.title("card.title", ui.w("card.title"));
    else
        ui.title("card.title", ui.w("card.title_other", {{"person", personWords(v, s.person)}}));
    ui.text("card.lead", s.found ? ui.w("card.read") : ui.w("card.lead"));
    if (trouble) {
        ui.beginPanel(ui::Ui::PanelKind::Warning);
        ui.heading("card.trouble.title", errorTitle(v, *v.flow.cameraTrouble));
        ui.text("card.trouble.help", errorHelp(v, *v.flow.cameraTrouble));
        ui.endPanel();
    } else {
        ui.cardPreview("card.preview", ui.w("card.preview"), v.preview,
                       ui.theme().panel.portrait() ? 120 : 78, s.found.has_value());
        if (v.flow.cameraPictures) ui.iconText("card.pictures", ui::Icon::Info, ui.w("card.pictures"));
    }
    wrong(v, s);
    if (!s.found && waited >= helpAfterMs && !trouble) hints(v);
    if (!s.found && (trouble || waited >= otherWaysAfterMs || s.wrong)) otherWays(v, s);
    ui.beginColumns(2);
    ui.cardDrawing("card.drawing.new", ui.w("card.drawing.new"), 1, 34);
    ui.cardDrawing("card.drawing.old", ui.w("card.drawing.old"), 0, 34);
    ui.endColumns();
}

Forward forward(const View&, const screen::PresentCard&) { return {}; }

} // namespace kiosk::screens
