// One question by its type: a box, choices, an address of today's units, or
// rows.
#include "app/screens/form/form_parts.hpp"

#include <algorithm>
#include <iterator>

namespace kiosk::screens {
namespace {

constexpr std::size_t choicesInPlace = 6, maxProposals = 4;

std::string digitsOf(const std::string& s) {
    std::string out;
    std::copy_if(s.begin(), s.end(), std::back_inserter(out), [](char c) { return c >= '0' && c <= '9'; });
    return out;
}

Answer answerOf(const View& v, const std::string& key) {
    const auto it = v.flow.session.answers.find(key);
    return it == v.flow.session.answers.end() ? Answer{} : it->second;
}

/// Label, hint, where the answer came from and what is wrong, for questions
/// that are not a box.
void question(const View& v, const screen::FormPage& s, const Field& field, const Answer& answer) {
    auto& ui = v.ui;
    const auto key = "question." + field.key;
    ui.heading(key, fieldLabel(v, field));
    if (const auto& hint = field.hint.in(languageOf(v)); !hint.empty()) ui.text(key + ".hint", hint, true);
    if (const auto note = originNote(v, answer); !note.empty()) ui.text(key + ".note", note, true);
    if (const auto problem = problemOf(v, s.problems, field.key); !problem.empty())
        ui.iconText(key + ".problem", ui::Icon::Warning, problem);
}

void boxField(const View& v, const screen::FormPage& s, const Field& field) {
    const bool active = s.focus == field.key;
    const auto answer = answerOf(v, field.key);
    const auto draft = s.drafts.find(field.key);
    const auto raw = draft == s.drafts.end() ? rawText(field, answer.value) : draft->second;
    const auto label = fieldLabel(v, field), value = shownText(v, field, raw, active),
               problem = problemOf(v, s.problems, field.key);
    const auto note = draft == s.drafts.end() ? originNote(v, answer) : std::string();
    auto hint = field.hint.in(languageOf(v));
    if (hint.empty() && field.type == FieldType::Date) hint = v.ui.w("form.date_hint");
    typedField(v, field.key,
               {.label = label,
                .value = value,
                .hint = hint,
                .note = note,
                .problem = problem,
                .active = active,
                .multiline = field.type == FieldType::LongText});
    if (active && field.isPlace) placeSuggestions(v, field.key, raw);
}

void choiceField(const View& v, const screen::FormPage& s, const Field& field) {
    const auto answer = answerOf(v, field.key);
    if (field.type == FieldType::YesNo || field.choices.size() <= choicesInPlace) {
        question(v, s, field, answer);
        choiceRows(v, field, answer.value);
        return;
    }
    const auto label = fieldLabel(v, field), value = form::display(field, answer.value, languageOf(v)),
               hint = v.ui.w("form.tap_to_choose"), note = originNote(v, answer),
               problem = problemOf(v, s.problems, field.key);
    if (v.ui.field("field." + field.key,
                   {.label = label, .value = value, .hint = hint, .note = note, .problem = problem}))
        v.emit(event::OpenPicker{field.key});
}

/// Units of today that the address on the card may have become: proposed, never
/// chosen for the person.
void proposals(const View& v, const Field& field, const Answer& answer, const form::Address& address) {
    if (answer.note.empty() || answer.origin != Origin::Suggested) return;
    const auto match = v.knowledge.units.match(answer.note);
    if (match.wards.empty()) return;
    v.ui.text("proposals." + field.key, v.ui.w("form.proposals"));
    for (std::size_t i = 0; i < std::min(match.wards.size(), maxProposals); ++i) {
        const auto& code = match.wards[i]->code;
        const bool chosen = code == address.wardCode;
        if (!v.ui.choice("choice." + field.key + "." + code, unitWords(v, code), chosen)) continue;
        if (address.line == answer.note) v.emit(event::Edited{field.key + ".line", match.line});
        v.emit(event::OpenPicker{field.key}); // wards are picked inside the picker
        v.emit(event::Pick{"unit", code});
    }
}

void addressField(const View& v, const screen::FormPage& s, const Field& field) {
    auto& ui = v.ui;
    const auto answer = answerOf(v, field.key);
    const auto address = form::Address::fromJson(answer.value).value_or(form::Address{});
    const auto target = field.key + ".line";
    if (!isTight(v, s.focus == target)) {
        question(v, s, field, answer);
        proposals(v, field, answer, address);
        const bool chosen = !address.wardCode.empty();
        const auto detail = ui.w(chosen ? "form.ward.change" : "form.ward.detail");
        if (ui.button("ward." + field.key,
                      chosen ? address.wardName + ", " + address.provinceName : ui.w("form.ward.choose"),
                      {.icon = ui::Icon::Place, .detail = detail}))
            v.emit(event::OpenPicker{field.key});
    }
    const auto draft = s.drafts.find(target);
    const auto label = ui.w("form.line"), hint = ui.w("form.line.hint");
    typedField(v, target,
               {.label = label,
                .value = draft == s.drafts.end() ? address.line : draft->second,
                .hint = hint,
                .active = s.focus == target});
}

std::string rowWords(const View& v, const Field& field, const form::Row& row) {
    std::string out;
    for (const auto& column : field.columns) {
        const auto cell = row.find(column.key);
        if (cell == row.end() || cell->second.empty()) continue;
        out += (out.empty() ? "" : "; ") + form::display(column, cell->second, languageOf(v));
    }
    return out;
}

void tableField(const View& v, const screen::FormPage& s, const Field& field) {
    auto& ui = v.ui;
    const auto answer = answerOf(v, field.key);
    const auto rows = form::rowsFromJson(answer.value).value_or(std::vector<form::Row>{});
    question(v, s, field, answer);
    if (rows.empty()) ui.text("table." + field.key + ".empty", ui.w("form.table.empty"), true);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto number = std::to_string(i + 1);
        if (ui.fact("row." + field.key + "." + std::to_string(i), number + ".", rowWords(v, field, rows[i]),
                    {}, ui.w("common.change")))
            v.emit(event::EditRow{field.key, static_cast<int>(i)});
    }
    if (rows.size() < static_cast<std::size_t>(std::max(field.maxRows, 1)) &&
        ui.button("row." + field.key + ".add", ui.w("form.table.add"), {.icon = ui::Icon::Add}))
        v.emit(event::EditRow{field.key, -1});
}

} // namespace

std::string fieldLabel(const View& v, const Field& field) {
    const auto& label = field.label.in(languageOf(v));
    return field.required ? label : label + " (" + v.ui.w("form.optional") + ")";
}

std::string problemOf(const View& v, const std::map<std::string, Problem>& problems, const std::string& key) {
    const auto it = problems.find(key);
    return it == problems.end() ? std::string() : problemWords(v, it->second);
}

std::string rawText(const Field& field, const std::string& value) {
    if (field.type == FieldType::Number) {
        auto typed = value;
        std::replace(typed.begin(), typed.end(), '.', ','); // decimals are typed with a comma
        return typed;
    }
    if (field.type != FieldType::Date) return value;
    const auto date = Date::fromIso(value);
    return digitsOf(date ? date->vietnamese() : value);
}

std::string shownText(const View& v, const Field& field, const std::string& raw, bool active) {
    if (field.type == FieldType::Date) return dateShown(raw);
    if (active || field.type == FieldType::Number) return raw;
    return form::display(field, raw, languageOf(v));
}

bool isTyped(FieldType type) {
    return type != FieldType::Choice && type != FieldType::YesNo && type != FieldType::Address &&
           type != FieldType::Table && type != FieldType::Signature;
}

Typing typingInto(const Field& field, std::string target, std::string text) {
    Typing keys{.kind = ui::KeyboardKind::Digits,
                .target = std::move(target),
                .text = std::move(text),
                .maxLength = static_cast<std::size_t>(std::max(field.maxLength, 1)),
                .digitsOnly = true};
    const auto atMost = [&keys](std::size_t n) { keys.maxLength = std::min(keys.maxLength, n); };
    switch (field.type) {
    case FieldType::Date:
        atMost(8);
        break;
    case FieldType::Number:
        atMost(16);
        keys.kind = ui::KeyboardKind::Decimal;
        keys.alsoAllowed = ',';
        break;
    case FieldType::Money:
        atMost(15);
        break;
    case FieldType::Phone:
        atMost(16); // '+' and 15 digits
        keys.kind = ui::KeyboardKind::Phone;
        keys.alsoAllowed = '+';
        break;
    case FieldType::PersonalNumber:
        atMost(12);
        break;
    case FieldType::TaxCode:
        atMost(13);
        break;
    case FieldType::Email:
        keys.kind = ui::KeyboardKind::Email;
        keys.digitsOnly = false;
        break;
    default:
        keys.kind = ui::KeyboardKind::Text;
        keys.digitsOnly = false;
    }
    return keys;
}

void choiceRows(const View& v, const Field& field, const std::string& value) {
    const auto row = [&](const std::string& choice, const std::string& label) {
        if (v.ui.choice("choice." + field.key + "." + choice, label, value == choice))
            v.emit(event::Pick{field.key, choice});
    };
    const bool yesNo = field.type == FieldType::YesNo;
    v.ui.beginColumns(yesNo || field.choices.size() == 2 ? 2 : 1);
    if (yesNo) {
        row("yes", v.ui.w("common.yes"));
        row("no", v.ui.w("common.no"));
    } else {
        for (const auto& choice : field.choices) row(choice.value, choice.label.in(languageOf(v)));
    }
    v.ui.endColumns();
}

void formField(const View& v, const screen::FormPage& s, const Field& field) {
    switch (field.type) {
    case FieldType::Choice:
    case FieldType::YesNo:
        return choiceField(v, s, field);
    case FieldType::Address:
        return addressField(v, s, field);
    case FieldType::Table:
        return tableField(v, s, field);
    case FieldType::Signature:
        return;
    default:
        return boxField(v, s, field);
    }
}

} // namespace kiosk::screens
