// Typing the identity when the card does not read; marked as typed wherever it goes.
#include "app/screens/draw.hpp"

namespace kiosk::screens {
namespace {

std::string problem(const View& v, const screen::TypeIdentity& s, const std::string& target) {
    const auto it = s.problems.find(target);
    return it == s.problems.end() ? std::string() : v.ui.w(it->second);
}

/// "001 099 000 001": groups of three are easier to compare with the card.
std::string grouped(const std::string& digits) {
    std::string out;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && i % 3 == 0) out += ' ';
        out += digits[i];
    }
    return out;
}

void box(const View& v, const screen::TypeIdentity& s, const std::string& target, const std::string& shown) {
    const auto label = v.ui.w("type." + target), hint = v.ui.w("type." + target + ".hint"),
               wrong = problem(v, s, target);
    typedField(v, target,
               {.label = label, .value = shown, .hint = hint, .problem = wrong, .active = s.focus == target});
}

} // namespace

void body(const View& v, const screen::TypeIdentity& s) {
    auto& ui = v.ui;
    ui.title("type.title", ui.w("type.title"));
    ui.beginPanel(ui::Ui::PanelKind::Info);
    ui.iconText("type.lead", ui::Icon::Info, ui.w("type.lead"));
    ui.endPanel();
    box(v, s, "number", grouped(s.number));
    box(v, s, "name", s.name);
    box(v, s, "birth", dateShown(s.birth));
    ui.heading("type.sex", ui.w("type.sex"));
    ui.beginColumns(2);
    if (ui.choice("choice.sex.male", ui.w("sex.male"), s.sex == "male")) v.emit(event::Pick{"sex", "male"});
    if (ui.choice("choice.sex.female", ui.w("sex.female"), s.sex == "female"))
        v.emit(event::Pick{"sex", "female"});
    ui.endColumns();
    if (const auto wrong = problem(v, s, "sex"); !wrong.empty())
        ui.iconText("type.sex.problem", ui::Icon::Warning, wrong);
}

Forward forward(const View& v, const screen::TypeIdentity&) {
    return {"type.next", v.ui.w("common.next"), ui::Icon::Next, event::ConfirmTyped{}};
}

Typing typing(const View&, const screen::TypeIdentity& s) {
    if (s.focus == "number") return {ui::KeyboardKind::Digits, "number", s.number, false, 12, true};
    if (s.focus == "name") return {ui::KeyboardKind::Text, "name", s.name, false, 80, false};
    if (s.focus == "birth") return {ui::KeyboardKind::Digits, "birth", s.birth, false, 8, true};
    return {};
}

} // namespace kiosk::screens
