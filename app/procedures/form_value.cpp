// Answers' values: addresses and rows as JSON text, and how a value reads for a person.
#include "app/base/json/json.hpp"
#include "app/base/text.hpp"
#include "app/procedures/form.hpp"

#include <algorithm>

namespace kiosk::form {
namespace {

using nlohmann::json;

/// Never throws: invalid UTF-8 is replaced.
std::string print(const json& j) { return j.dump(-1, ' ', false, json::error_handler_t::replace); }

json parse(std::string_view text) { return json::parse(text, nullptr, false); }

/// "1500000" -> "1.500.000".
std::string grouped(std::string_view digits) {
    std::string out;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i != 0 && (digits.size() - i) % 3 == 0) out += '.';
        out += digits[i];
    }
    return out;
}

std::string displayMoney(const std::string& value, Language language) {
    std::string digits;
    for (const char c : value) {
        if (c >= '0' && c <= '9')
            digits += c;
        else if (c != ' ' && c != '.')
            return value;
    }
    if (digits.empty()) return value;
    return grouped(digits) + (language == Language::Vi ? " đ" : " VND");
}

std::string displayChoice(const Field& field, const std::string& value, Language language) {
    for (const Choice& c : field.choices)
        if (c.value == value) return c.label.in(language);
    return value;
}

std::string displayYesNo(const std::string& value, Language language) {
    if (value == "yes") return language == Language::Vi ? "Có" : "Yes";
    if (value == "no") return language == Language::Vi ? "Không" : "No";
    return value;
}

/// A line a row: "1. Nguyễn Văn Mẫu; 01/02/1999".
std::string displayTable(const Field& field, const std::string& value, Language language) {
    const auto rows = rowsFromJson(value);
    if (!rows) return value;
    std::string out;
    for (std::size_t i = 0; i < rows->size(); ++i) {
        std::string line;
        for (const Field& column : field.columns) {
            const auto it = (*rows)[i].find(column.key);
            if (it == (*rows)[i].end() || it->second.empty()) continue;
            line += (line.empty() ? "" : "; ") + display(column, it->second, language);
        }
        out += (i == 0 ? "" : "\n") + std::to_string(i + 1) + ". " + line;
    }
    return out;
}

} // namespace

std::optional<std::vector<Row>> rowsFromJson(std::string_view text) {
    const json j = parse(text);
    if (!j.is_array()) return std::nullopt;
    std::vector<Row> rows;
    for (const json& item : j) {
        if (!item.is_object()) return std::nullopt;
        Row row;
        for (const auto& [key, cell] : item.items()) {
            if (!cell.is_string()) return std::nullopt;
            row[key] = cell.get<std::string>();
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

std::string toJson(const std::vector<Row>& rows) {
    json j = json::array();
    for (const Row& row : rows) j.push_back(json(row));
    return print(j);
}

std::string Address::toJson() const {
    return print({{"line", line},
                  {"ward", wardCode},
                  {"ward_name", wardName},
                  {"province", provinceCode},
                  {"province_name", provinceName}});
}

std::optional<Address> Address::fromJson(std::string_view text) {
    const json j = parse(text);
    if (!j.is_object()) return std::nullopt;
    const auto read = [&](const char* key) -> std::optional<std::string> {
        const auto it = j.find(key);
        if (it == j.end() || !it->is_string()) return std::nullopt;
        return it->get<std::string>();
    };
    const auto l = read("line"), w = read("ward"), wn = read("ward_name"), p = read("province"),
               pn = read("province_name");
    if (!l || !w || !wn || !p || !pn) return std::nullopt;
    return Address{*l, *w, *wn, *p, *pn};
}

std::string Address::oneLine() const {
    std::string out;
    for (const std::string* part : {&line, &wardName, &provinceName})
        if (!part->empty()) out += (out.empty() ? "" : ", ") + *part;
    return out;
}

std::string display(const Field& field, const std::string& value, Language language) {
    switch (field.type) {
    case FieldType::Date: {
        const auto date = Date::fromIso(value);
        return date ? date->vietnamese() : value;
    }
    case FieldType::Money:
        return displayMoney(value, language);
    case FieldType::Choice:
        return displayChoice(field, value, language);
    case FieldType::YesNo:
        return displayYesNo(value, language);
    case FieldType::Address: {
        const auto a = Address::fromJson(value);
        return a ? a->oneLine() : value;
    }
    case FieldType::Table:
        return displayTable(field, value, language);
    case FieldType::Number: {
        std::string s = value;
        std::replace(s.begin(), s.end(), language == Language::Vi ? '.' : ',',
                     language == Language::Vi ? ',' : '.');
        return s;
    }
    case FieldType::Text:
    case FieldType::LongText:
    case FieldType::Name:
    case FieldType::Phone:
    case FieldType::Email:
    case FieldType::PersonalNumber:
    case FieldType::TaxCode:
    case FieldType::Signature:
        break;
    }
    return value;
}

} // namespace kiosk::form
