// Every setting with a sentence of what it does; changed one at a time, taken back with one tap.
#include "app/screens/staff/staff_parts.hpp"

namespace kiosk::screens {
namespace {

std::string valueWords(const View& v, const staff::Setting& s, const std::string& value) {
    if (value.empty()) return v.ui.w("setting.empty");
    return s.kind == staff::Setting::Kind::Choice ? settingWords(v, value) : value;
}

void one(const View& v, const staff::page::Settings& p, const staff::Setting& s) {
    auto& ui = v.ui;
    const auto key = "setting." + s.key;
    ui.title("setting.title", ui.w(key));
    ui.text("setting.help", ui.w(key + ".help"));
    ui.text("setting.default", ui.w("setting.default", {{"value", valueWords(v, s, s.fallback)}}), true);
    if (p.refused) {
        ui.beginPanel(ui::Ui::PanelKind::Warning);
        ui.live("setting.refused");
        ui.iconText("setting.refused", ui::Icon::Warning, ui.w("setting.refused"));
        ui.endPanel();
    }
    if (s.kind == staff::Setting::Kind::Choice) {
        for (const auto& choice : s.choices)
            if (ui.choice("setting.choice." + choice, valueWords(v, s, choice), choice == s.value))
                act(v, staff::action::SetSetting{choice});
        return;
    }
    const auto label = ui.w("setting.new_value");
    typedField(v, "setting", {.label = label, .value = p.draft, .active = p.typing});
}

} // namespace

std::string settingWords(const View& v, const std::string& value) {
    // "vi-vn-x-south" is a voice by its part of the country.
    const auto key =
        "setting.value." + value.substr(value.rfind('-') == std::string::npos ? 0 : value.rfind('-') + 1);
    return v.ui.has(key) ? v.ui.w(key) : value;
}

void staffPage(const View& v, const staff::page::Settings& p) {
    auto& ui = v.ui;
    if (const auto* open = openSetting(p)) return one(v, p, *open);
    ui.title("staff.settings.title", ui.w("staff.settings"));
    if (p.all.empty()) return ui.progress("staff.busy", ui.w("staff.busy"), -1);
    if (p.changed) {
        ui.beginPanel(ui::Ui::PanelKind::Info);
        ui.iconText("settings.changed", ui::Icon::Info, ui.w("settings.changed"));
        ui.beginColumns(2);
        if (ui.button("settings.undo", ui.w("settings.undo"), {.icon = ui::Icon::Back}))
            act(v, staff::action::UndoSettings{});
        if (ui.button("staff.restart", ui.w("staff.restart"),
                      {.tone = ui::Tone::Primary, .icon = ui::Icon::Restart}))
            act(v, staff::action::Restart{});
        ui.endColumns();
        ui.endPanel();
    }
    const auto change = ui.w("setting.change");
    for (const auto& s : p.all)
        if (ui.fact("setting." + s.key, ui.w("setting." + s.key), valueWords(v, s, s.value), {}, change))
            act(v, staff::action::OpenSetting{s.key});
}

} // namespace kiosk::screens
