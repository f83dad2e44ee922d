// One row of a table as questions below each other.
#include "app/screens/form/form_parts.hpp"

namespace kiosk::screens {
namespace {

std::string valueOf(const screen::RowEditor& row, const std::string& key) {
    const auto it = row.values.find(key);
    return it == row.values.end() ? std::string() : it->second.value;
}

void column(const View& v, const screen::FormPage& s, const screen::RowEditor& row, const Field& field) {
    const auto value = valueOf(row, field.key), problem = problemOf(v, row.problems, field.key);
    const auto& ownHint = field.hint.in(languageOf(v));
    if (field.type == FieldType::Choice || field.type == FieldType::YesNo) {
        const auto key = "question." + field.key;
        v.ui.heading(key, fieldLabel(v, field));
        if (!ownHint.empty()) v.ui.text(key + ".hint", ownHint, true);
        if (!problem.empty()) v.ui.iconText(key + ".problem", ui::Icon::Warning, problem);
        return choiceRows(v, field, value);
    }
    if (!isTyped(field.type)) return;
    const bool active = s.focus == field.key;
    const auto label = fieldLabel(v, field), shown = shownText(v, field, rawText(field, value), active),
               hint = ownHint.empty() && field.type == FieldType::Date ? v.ui.w("form.date_hint") : ownHint;
    typedField(v, field.key,
               {.label = label,
                .value = shown,
                .hint = hint,
                .problem = problem,
                .active = active,
                .multiline = field.type == FieldType::LongText});
    if (active && field.isPlace) placeSuggestions(v, field.key, value);
}

} // namespace

void rowBody(const View& v, const screen::FormPage& s, const screen::RowEditor& row) {
    auto& ui = v.ui;
    const auto* table = formFieldOf(v, row.field);
    if (table == nullptr) return;
    ui.title("row.title", table->label.in(languageOf(v)));
    ui.text("row.number",
            row.row < 0 ? ui.w("row.new") : ui.w("row.number", {{"number", std::to_string(row.row + 1)}}));
    for (const auto& field : table->columns) column(v, s, row, field);
    ui.beginColumns(row.row < 0 ? 1 : 2);
    if (ui.button("row.cancel", ui.w("row.cancel"), {.tone = ui::Tone::Quiet, .icon = ui::Icon::Close}))
        v.emit(event::ClosePicker{});
    if (row.row >= 0 &&
        ui.button("row.drop", ui.w("row.drop"), {.tone = ui::Tone::Danger, .icon = ui::Icon::Delete}))
        v.emit(event::DropRow{});
    ui.endColumns();
}

Typing rowTyping(const View& v, const screen::FormPage& s, const screen::RowEditor& row) {
    const auto* table = formFieldOf(v, row.field);
    if (table == nullptr || s.focus.empty()) return {};
    for (const auto& field : table->columns)
        if (field.key == s.focus && isTyped(field.type))
            return typingInto(field, s.focus, rawText(field, valueOf(row, field.key)));
    return {};
}

} // namespace kiosk::screens
