// How does a dossier stand? The slip or receipt before the camera, or its code typed, and the applicant's
// birth date.
#include "app/screens/draw.hpp"

namespace kiosk::screens {
namespace {

void box(const View& v, const screen::LookUp& s, const std::string& target, const std::string& shown) {
    const auto it = s.problems.find(target);
    const auto label = v.ui.w("lookup." + target), hint = v.ui.w("lookup." + target + ".hint"),
               wrong = it == s.problems.end() ? std::string() : v.ui.w(it->second);
    typedField(v, target,
               {.label = label, .value = shown, .hint = hint, .problem = wrong, .active = s.focus == target});
}

void trouble(const View& v, Code code) {
    auto& ui = v.ui;
    ui.beginPanel(ui::Ui::PanelKind::Warning);
    ui.iconText("lookup.trouble.title", ui::Icon::Warning, errorTitle(v, code));
    // What these two say elsewhere is about sending.
    ui.live("lookup.trouble.title");
    ui.live("lookup.trouble.help");
    const bool notNow = code == Code::OfficeUnreachable || code == Code::OfficeBusy;
    ui.text("lookup.trouble.help", notNow ? ui.w("lookup.not_now") : errorHelp(v, code));
    ui.endPanel();
}

} // namespace

void body(const View& v, const screen::LookUp& s) {
    auto& ui = v.ui;
    const bool tight = isTight(v, !s.focus.empty());
    if (!tight) ui.title("lookup.title", ui.w("lookup.title"));
    if (s.asking) return ui.progress("lookup.asking", ui.w("lookup.asking"), -1);
    if (s.trouble) trouble(v, *s.trouble);
    if (s.focus.empty()) ui.iconText("lookup.lead", ui::Icon::Camera, ui.w("lookup.lead"));
    if (s.focus.empty() && v.preview.rgb != nullptr && !v.flow.cameraTrouble)
        ui.cardPreview("lookup.preview", ui.w("card.preview"), v.preview,
                       ui.theme().panel.portrait() ? 90 : 50, false);
    if (!tight || s.focus != "birth") box(v, s, "code", s.code);
    if (!tight || s.focus != "code") box(v, s, "birth", dateShown(s.birth));
}

Forward forward(const View& v, const screen::LookUp& s) {
    if (s.asking) return {};
    return {"lookup.ask", v.ui.w("lookup.ask"), ui::Icon::Search, event::AskOffice{}};
}

Typing typing(const View&, const screen::LookUp& s) {
    // As letters come: a code has no tones.
    if (s.focus == "code") return {ui::KeyboardKind::Email, "code", s.code, false, 40, false};
    if (s.focus == "birth") return {ui::KeyboardKind::Digits, "birth", s.birth, false, 8, true};
    return {};
}

} // namespace kiosk::screens
