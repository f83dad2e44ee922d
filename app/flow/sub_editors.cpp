// The form's helpers that take over the screen for a moment: ward picker, long choice lists, rows of a table.
#include "app/base/json/json.hpp"
#include "app/flow/step.hpp"

#include <algorithm>

namespace kiosk {
namespace {

using nlohmann::json;

constexpr std::size_t maxUnits = 40;

const Field* fieldOf(const Step& s, const std::string& key) {
    const auto* procedure = currentProcedure(s.knowledge, s.flow);
    return procedure == nullptr ? nullptr : form::find(procedure->form, key);
}

form::Address addressNow(const Step& s, const std::string& key) {
    const auto it = s.flow.session.answers.find(key);
    if (it == s.flow.session.answers.end()) return {};
    return form::Address::fromJson(it->second.value).value_or(form::Address{});
}

json rowsNow(const Step& s, const std::string& key) {
    const auto it = s.flow.session.answers.find(key);
    if (it == s.flow.session.answers.end() || it->second.value.empty()) return json::array();
    auto rows = json::parse(it->second.value, nullptr, false);
    return rows.is_array() ? rows : json::array();
}

void keepRows(Step& s, const std::string& key, const json& rows) {
    s.flow.session.answers[key] = {rows.empty() ? std::string() : rows.dump(), Origin::Customer, {}};
}

void close(screen::FormPage& page) {
    page.sub = std::monostate{};
    page.focus.clear();
}

void listUnits(const Step& s, screen::UnitPicker& picker) {
    picker.units.clear();
    std::vector<const Unit*> units;
    if (!picker.query.empty())
        units = s.knowledge.units.search(picker.query, picker.province, maxUnits);
    else
        units = picker.province.empty() ? s.knowledge.units.provinces()
                                        : s.knowledge.units.wards(picker.province);
    for (const auto* unit : units) picker.units.push_back(unit->code);
}

void pickUnit(Step& s, screen::FormPage& page, screen::UnitPicker& picker, const std::string& code) {
    const auto* unit = s.knowledge.units.find(code);
    picker.query.clear();
    if (unit == nullptr || unit->parentCode.empty()) { // a province, or "another province"
        picker.province = unit == nullptr ? std::string() : unit->code;
        return listUnits(s, picker);
    }
    auto address = addressNow(s, picker.field);
    address.wardCode = unit->code;
    address.wardName = unit->fullName();
    const auto* province = s.knowledge.units.find(unit->parentCode);
    address.provinceCode = unit->parentCode;
    address.provinceName = province == nullptr ? std::string() : province->fullName();
    if (const auto draft = page.drafts.find(picker.field + ".line"); draft != page.drafts.end()) {
        address.line = draft->second;
        page.drafts.erase(draft);
    }
    s.flow.session.answers[picker.field] = {address.toJson(), Origin::Customer, {}};
    page.problems.erase(picker.field);
    close(page);
}

} // namespace

void on(Step& s, const event::OpenPicker& e) {
    auto* page = s.at<screen::FormPage>();
    const auto* field = fieldOf(s, e.field);
    if (page == nullptr) return;
    if (field == nullptr || field->type == FieldType::Choice) {
        page->sub = screen::ChoicePicker{.field = e.field};
        return;
    }
    screen::UnitPicker picker{.field = e.field};
    picker.province = addressNow(s, e.field).provinceCode;
    if (picker.province.empty()) picker.province = s.flow.session.residence.proposedProvince;
    if (const auto* ward = s.knowledge.units.find(s.knowledge.office.wardCode);
        picker.province.empty() && ward != nullptr)
        picker.province = ward->parentCode;
    listUnits(s, picker);
    page->sub = std::move(picker);
    page->focus.clear();
}

void on(Step& s, const event::ClosePicker&) {
    if (auto* page = s.at<screen::FormPage>()) close(*page);
}

void pickInSub(Step& s, screen::FormPage& page, const event::Pick& e) {
    if (auto* picker = std::get_if<screen::UnitPicker>(&page.sub)) {
        const auto copy = *picker; // closing the picker ends its life
        auto working = copy;
        pickUnit(s, page, working, e.value);
        if (std::holds_alternative<screen::UnitPicker>(page.sub)) page.sub = working;
        return;
    }
    if (auto* picker = std::get_if<screen::ChoicePicker>(&page.sub)) {
        const auto field = picker->field;
        close(page);
        return on(s, event::Pick{field, e.value});
    }
    if (auto* row = std::get_if<screen::RowEditor>(&page.sub)) {
        row->values[e.field] = {e.value, Origin::Customer, {}};
        row->problems.erase(e.field);
    }
}

bool editInSub(Step& s, screen::FormPage& page, const event::Edited& e) {
    if (auto* picker = std::get_if<screen::UnitPicker>(&page.sub)) {
        picker->query = e.text;
        listUnits(s, *picker);
        return true;
    }
    if (auto* picker = std::get_if<screen::ChoicePicker>(&page.sub)) {
        picker->query = e.text;
        return true;
    }
    if (auto* row = std::get_if<screen::RowEditor>(&page.sub)) {
        row->values[e.target] = {e.text, Origin::Customer, {}};
        row->problems.erase(e.target);
        return true;
    }
    return false;
}

void on(Step& s, const event::EditRow& e) {
    auto* page = s.at<screen::FormPage>();
    const auto* field = fieldOf(s, e.field);
    if (page == nullptr || field == nullptr) return;
    screen::RowEditor editor{.field = e.field, .row = e.row};
    const auto rows = rowsNow(s, e.field);
    for (const auto& column : field->columns) {
        std::string value = column.initial;
        if (e.row >= 0 && static_cast<std::size_t>(e.row) < rows.size())
            value = rows[static_cast<std::size_t>(e.row)].value(column.key, std::string());
        if (column.type == FieldType::Date)
            if (const auto date = Date::fromIso(value)) { // typed as digits
                const auto shown = date->vietnamese();
                value = shown.substr(0, 2) + shown.substr(3, 2) + shown.substr(6);
            }
        if (column.type == FieldType::Number) std::replace(value.begin(), value.end(), '.', ','); // as typed
        editor.values[column.key] = {value, Origin::Customer, {}};
    }
    page->focus.clear();
    page->sub = std::move(editor);
}

void on(Step& s, const event::KeepRow&) {
    auto* page = s.at<screen::FormPage>();
    auto* editor = page == nullptr ? nullptr : std::get_if<screen::RowEditor>(&page->sub);
    const auto* field = editor == nullptr ? nullptr : fieldOf(s, editor->field);
    if (field == nullptr) return;
    editor->problems.clear();
    json row = json::object();
    for (const auto& column : field->columns) {
        const auto value = canonical(column, editor->values[column.key].value);
        if (const auto problem = form::check(column, value, s.today()))
            editor->problems.emplace(column.key, *problem);
        row[column.key] = value;
    }
    if (!editor->problems.empty()) return;
    auto rows = rowsNow(s, field->key);
    const auto index = static_cast<std::size_t>(editor->row);
    if (editor->row >= 0 && index < rows.size())
        rows[index] = row;
    else
        rows.push_back(row);
    keepRows(s, field->key, rows);
    page->problems.erase(field->key);
    close(*page);
}

void on(Step& s, const event::DropRow&) {
    auto* page = s.at<screen::FormPage>();
    auto* editor = page == nullptr ? nullptr : std::get_if<screen::RowEditor>(&page->sub);
    if (editor == nullptr) return;
    auto rows = rowsNow(s, editor->field);
    if (editor->row >= 0 && static_cast<std::size_t>(editor->row) < rows.size())
        rows.erase(static_cast<std::size_t>(editor->row));
    keepRows(s, editor->field, rows);
    close(*page);
}

} // namespace kiosk
