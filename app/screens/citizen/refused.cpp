// Agreement refused: nothing was kept, and what still works.
#include "app/screens/draw.hpp"

namespace kiosk::screens {

void body(const View& v, const screen::Refused&) {
    auto& ui = v.ui;
    ui.title("refused.title", ui.w("refused.title"));
    ui.iconText("refused.erased", ui::Icon::Erase, ui.w("refused.erased"));
    ui.heading("refused.still", ui.w("refused.still"));
    ui.iconText("refused.counter", ui::Icon::Person, ui.w("refused.counter"));
    ui.iconText("refused.portal", ui::Icon::Document, ui.w("refused.portal"));
    if (ui.button("refused.browse", ui.w("welcome.browse"),
                  {.tone = ui::Tone::Primary, .icon = ui::Icon::Search}))
        v.emit(event::Browse{});
}

Forward forward(const View& v, const screen::Refused&) {
    return {"refused.finish", v.ui.w("slip.finish"), ui::Icon::Check, event::Finish{}};
}

} // namespace kiosk::screens
