// A failure that needs the whole screen: what happened and what to do now; nothing given is lost.
#include "app/screens/draw.hpp"

namespace kiosk::screens {

void body(const View& v, const screen::Trouble& s) {
    auto& ui = v.ui;
    ui.title("trouble.title", errorTitle(v, s.code));
    ui.beginPanel(ui::Ui::PanelKind::Warning);
    ui.iconText("trouble.help", ui::Icon::Info, errorHelp(v, s.code));
    ui.endPanel();
    if (s.backToReview) ui.text("trouble.kept", ui.w("trouble.kept"));
}

Forward forward(const View& v, const screen::Trouble& s) {
    if (s.backToReview) return {"trouble.back", v.ui.w("trouble.back"), ui::Icon::Back, event::Back{}};
    return {"trouble.finish", v.ui.w("slip.finish"), ui::Icon::Check, event::Finish{}};
}

} // namespace kiosk::screens
