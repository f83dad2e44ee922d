// The declaration as the paper form would look: what the office gets, sheet by sheet, and printed if there is
// a printer.
#include "app/screens/draw.hpp"

#include <algorithm>

namespace kiosk::screens {
namespace {

/// As wide as there is room for, but no taller than a person reads at once; larger with larger text.
constexpr double tallestMm = 380;

void sheet(const View& v, const screen::Paper& s) {
    auto& ui = v.ui;
    const auto& picture = s.sheets[s.sheet];
    const auto number = std::to_string(s.sheet + 1), count = std::to_string(s.sheets.size());
    ui.sheet("paper.sheet", ui.w("paper.sheet", {{"number", number}, {"count", count}}),
             {picture.width, picture.height, picture.rgb.reveal().data(), s.sheet + 1},
             tallestMm * ui.theme().textScale());
    if (s.sheets.size() == 1) return;
    ui.text("paper.number", ui.w("paper.sheet", {{"number", number}, {"count", count}}));
    ui.beginColumns(2);
    if (ui.button("paper.before", ui.w("paper.before"), {.icon = ui::Icon::Back, .enabled = s.sheet > 0}))
        v.emit(event::TurnSheet{-1});
    if (ui.button("paper.after", ui.w("paper.after"),
                  {.icon = ui::Icon::Next, .enabled = s.sheet + 1 < s.sheets.size()}))
        v.emit(event::TurnSheet{1});
    ui.endColumns();
}

void printing(const View& v, const screen::Paper& s) {
    using Print = screen::Paper::Print;
    auto& ui = v.ui;
    if (!v.knowledge.office.printsPapers) return;
    for (const auto* key : {"paper.print.running", "paper.print.done", "paper.print.trouble"}) ui.live(key);
    if (s.print == Print::Printing)
        return ui.iconText("paper.print.running", ui::Icon::Printer, ui.w("paper.print.running"));
    ui.beginPanel(s.printTrouble ? ui::Ui::PanelKind::Warning : ui::Ui::PanelKind::Plain);
    if (s.printTrouble) {
        ui.iconText("paper.print.trouble", ui::Icon::Printer, errorTitle(v, *s.printTrouble));
        ui.text("paper.print.help", ui.w("paper.print.help"));
    } else if (s.print == Print::Printed) {
        ui.iconText("paper.print.done", ui::Icon::Check, ui.w("paper.print.done"));
    }
    if (ui.button("paper.print", ui.w(s.print == Print::No ? "paper.print" : "paper.print.again"),
                  {.icon = ui::Icon::Printer}))
        v.emit(event::PrintPaper{});
    ui.endPanel();
}

} // namespace

void body(const View& v, const screen::Paper& s) {
    auto& ui = v.ui;
    ui.live("paper.drawing");
    ui.title("paper.title", ui.w("paper.title"));
    if (s.trouble) {
        ui.beginPanel(ui::Ui::PanelKind::Warning);
        ui.iconText("paper.trouble", ui::Icon::Warning, errorTitle(v, *s.trouble));
        ui.text("paper.trouble.help", ui.w("paper.trouble.help"));
        return ui.endPanel();
    }
    ui.text("paper.text", ui.w("paper.text"), true);
    if (s.sheets.empty()) return ui.progress("paper.drawing", ui.w("paper.drawing"), -1);
    printing(v, s);
    sheet(v, s);
}

Forward forward(const View& v, const screen::Paper&) {
    return {"paper.close", v.ui.w("paper.close"), ui::Icon::Check, event::Back{}};
}

} // namespace kiosk::screens
