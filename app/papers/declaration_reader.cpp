// What a declaration says, out of the dossier that describes itself.
#include "app/base/json/json.hpp"
#include "app/papers/declaration.hpp"

#include <cstdio>

namespace kiosk::papers {
namespace {

using Json = nlohmann::json;

std::string textOf(const Json& json, const char* key) {
    const auto it = json.is_object() ? json.find(key) : json.end();
    return json.is_object() && it != json.end() && it->is_string() ? it->get<std::string>() : std::string();
}

Json at(const Json& json, const char* key) {
    return json.is_object() && json.contains(key) ? json[key] : Json();
}

std::vector<std::string> texts(const Json& list) {
    std::vector<std::string> out;
    if (!list.is_array()) return out;
    for (const auto& one : list) out.push_back(one.is_string() ? one.get<std::string>() : std::string());
    return out;
}

/// "2026-11-24T03:04:05Z" -> the day in Viet Nam.
std::optional<Date> dayOf(const std::string& iso) {
    int year = 0;
    unsigned month = 0, day = 0, hour = 0;
    if (std::sscanf(iso.c_str(), "%4d-%2u-%2uT%2u", &year, &month, &day, &hour) != 4 || hour > 23 ||
        !Date::make(year, month, day))
        return std::nullopt;
    const std::chrono::sys_days at{std::chrono::year(year) / static_cast<int>(month) / static_cast<int>(day)};
    const auto ms = std::chrono::milliseconds(at.time_since_epoch() + std::chrono::hours(hour));
    return Instant{ms.count()}.dateInVietnam();
}

SheetItem itemOf(const Json& answer) {
    SheetItem item;
    item.label = textOf(answer, "label");
    if (item.label.empty()) item.label = textOf(answer, "field");
    item.value = textOf(answer, "display");
    const auto table = at(answer, "table");
    item.columns = texts(at(table, "columns"));
    const auto rows = at(table, "rows");
    if (rows.is_array())
        for (const auto& row : rows) {
            item.rows.push_back(texts(row));
            item.rows.back().resize(item.columns.size());
        }
    return item;
}

/// Parts in the order in which they come. To whom it goes stands above them all.
void readAnswers(const Json& answers, Declaration& d) {
    if (!answers.is_array()) return;
    for (const auto& answer : answers) {
        auto item = itemOf(answer);
        if (item.label == "Kính gửi" && !item.value.empty()) {
            d.office = item.value;
            continue;
        }
        const auto title = textOf(answer, "section");
        if (d.parts.empty() || d.parts.back().title != title) d.parts.push_back({title, {}});
        d.parts.back().items.push_back(std::move(item));
    }
}

} // namespace

Result<Declaration> declarationOf(std::string_view dossierJson) {
    const auto dossier = Json::parse(dossierJson, nullptr, false);
    if (!dossier.is_object()) return fail(Code::PaperFailed, "no dossier");
    const auto form = at(dossier, "form"), procedure = at(dossier, "procedure"),
               office = at(dossier, "office"), customer = at(dossier, "customer");
    Declaration d;
    d.name = textOf(form, "name_vi");
    d.legal = textOf(form, "legal");
    d.promise = textOf(form, "declaration_vi");
    d.office = textOf(office, "name");
    d.place = textOf(office, "ward_name");
    d.procedureName = textOf(procedure, "name_vi");
    d.procedureCode = textOf(procedure, "code");
    d.reference = textOf(dossier, "reference");
    d.signer = textOf(customer, "name");
    d.verified = textOf(customer, "assurance") == "verified";
    d.rehearsal = at(dossier, "rehearsal") == true;
    d.date = dayOf(textOf(dossier, "created_at")).value_or(Date{});
    d.signatures = texts(at(form, "signatures"));
    if (d.signatures.empty()) d.signatures = {"Người khai (ký, ghi rõ họ tên)"};
    if (d.place.empty()) d.place = "…………";
    readAnswers(at(dossier, "answers"), d);
    if (d.name.empty() || d.date == Date{}) return fail(Code::PaperFailed, "no declaration in the dossier");
    return d;
}

} // namespace kiosk::papers
