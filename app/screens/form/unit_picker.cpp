// Choosing today's ward: by province and list, or by typing a part of its name.
#include "app/screens/form/form_parts.hpp"

namespace kiosk::screens {
namespace {

/// The ward the field has now; empty: none.
std::string wardNow(const View& v, const std::string& field) {
    const auto it = v.flow.session.answers.find(field);
    if (it == v.flow.session.answers.end()) return {};
    return form::Address::fromJson(it->second.value).value_or(form::Address{}).wardCode;
}

void units(const View& v, const screen::UnitPicker& picker) {
    auto& ui = v.ui;
    if (picker.units.empty()) {
        ui.iconText("picker.none", ui::Icon::Info, ui.w("picker.none"));
        return;
    }
    const auto now = wardNow(v, picker.field);
    ui.beginColumns(ui.theme().panel.portrait() ? 2 : 3);
    for (const auto& code : picker.units) {
        const auto* unit = v.knowledge.units.find(code);
        if (unit == nullptr) continue;
        const bool elsewhere = picker.province.empty() && !unit->parentCode.empty();
        const auto* province = elsewhere ? v.knowledge.units.find(unit->parentCode) : nullptr;
        const auto detail = province == nullptr ? std::string() : province->fullName();
        if (ui.choice("unit." + code, unit->fullName(), code == now, detail))
            v.emit(event::Pick{"unit", code});
    }
    ui.endColumns();
}

} // namespace

void pickerBody(const View& v, const screen::FormPage& s, const screen::UnitPicker& picker) {
    auto& ui = v.ui;
    const auto* province = v.knowledge.units.find(picker.province);
    const bool tight = isTight(v, s.focus == "picker");
    if (!tight) ui.title("picker.title", ui.w(province == nullptr ? "picker.unit.any" : "picker.unit.ward"));
    if (province != nullptr && !tight &&
        ui.button("picker.other_province",
                  ui.w("picker.other_province", {{"province", province->fullName()}}),
                  {.icon = ui::Icon::Place}))
        v.emit(event::Pick{"unit", ""});
    const auto label = ui.w("picker.query"), hint = ui.w("picker.unit.hint");
    typedField(v, "picker",
               {.label = label, .value = picker.query, .hint = hint, .active = s.focus == "picker"});
    units(v, picker);
    if (ui.button("picker.close", ui.w("picker.close"), {.tone = ui::Tone::Quiet, .icon = ui::Icon::Close}))
        v.emit(event::ClosePicker{});
}

} // namespace kiosk::screens
