#include "app/intake/papers/page.hpp"

#include "app/base/json/json.hpp"
#include "app/base/time.hpp"

#include <algorithm>

namespace kiosk::intake {
namespace {

using Json = nlohmann::json;

constexpr int maxDepth = 6;

std::string escape(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&quot;";
            break;
        case '\'':
            out += "&#39;";
            break;
        case '\n':
            out += "<br>";
            break;
        default:
            if (static_cast<unsigned char>(c) >= 0x20) out += c; // control characters have no place on a page
        }
    }
    return out;
}

std::string text(const Json& json, const char* key) {
    if (!json.is_object() || !json.contains(key)) return {};
    return json[key].is_string() ? json[key].get<std::string>() : std::string();
}

/// Labels of fields the kiosk always writes; anything else shows its own key.
std::string label(const std::string& key) {
    static const std::pair<std::string_view, std::string_view> labels[] = {
        {"personal_number", "Số định danh cá nhân"},
        {"number", "Số định danh cá nhân"},
        {"old_number", "Số CMND cũ"},
        {"name", "Họ và tên"},
        {"full_name", "Họ và tên"},
        {"birth_date", "Ngày sinh"},
        {"sex", "Giới tính"},
        {"address", "Nơi cư trú"},
        {"issued_on", "Ngày cấp"},
        {"issue_date", "Ngày cấp"},
        {"phone", "Số điện thoại"},
        {"email", "Thư điện tử"},
        {"role", "Vai trò"},
        {"source", "Nguồn"},
        {"read_by", "Đọc bằng"},
        {"given_at", "Thời điểm đồng ý"},
        {"version", "Phiên bản"},
        {"text", "Nội dung"},
        {"purpose", "Mục đích"},
        {"agreed", "Đồng ý"},
        {"province", "Tỉnh, thành phố"},
        {"ward", "Phường, xã"},
        {"street", "Số nhà, đường"},
        {"old", "Địa chỉ cũ"},
        {"new", "Địa chỉ mới"},
        {"keep_profile", "Lưu hồ sơ khách hàng"},
        {"field", "Mục"},
        {"value", "Nội dung"}};
    for (const auto& [name, words] : labels)
        if (name == key) return std::string(words);
    return escape(key);
}

std::string value(const Json& json, int depth) {
    if (json.is_string()) {
        const auto raw = json.get<std::string>();
        const auto date = Date::fromIso(raw);
        return escape(date ? date->vietnamese() : raw);
    }
    if (json.is_boolean()) return json.get<bool>() ? "Có" : "Không";
    if (json.is_number()) return escape(json.dump());
    if (json.is_null() || depth > maxDepth) return "";
    std::string rows;
    for (const auto& [key, item] : json.items()) {
        if (item.is_null() || (item.is_string() && item.get_ref<const std::string&>().empty())) continue;
        rows += "<tr>" + (json.is_object() ? "<th>" + label(key) + "</th>" : std::string()) + "<td>" +
                value(item, depth + 1) + "</td></tr>";
    }
    return rows.empty() ? "" : "<table>" + rows + "</table>";
}

std::string section(const std::string& title, const std::string& content) {
    return content.empty() ? "" : "<section><h2>" + escape(title) + "</h2>" + content + "</section>\n";
}

std::string row(const std::string& name, const std::string& content) {
    return content.empty() ? "" : "<tr><th>" + escape(name) + "</th><td>" + escape(content) + "</td></tr>";
}

std::string originWords(const std::string& origin) {
    if (origin == "card") return "đọc từ thẻ";
    if (origin == "profile") return "hồ sơ khách hàng";
    if (origin == "office") return "dữ liệu của đơn vị";
    if (origin == "customer") return "khách khai";
    return origin;
}

/// How sure the identity is: a QR code is unsigned and anyone can print one, so it must never look verified.
std::string assuranceBanner(const Json& dossier) {
    const Json customer = dossier.value("customer", Json::object());
    const std::string assurance = text(customer, "assurance");
    if (assurance == "verified") return "";
    const auto warnings = customer.is_object() ? customer.value("warnings", Json::array()) : Json::array();
    const bool lostMarks = std::find(warnings.begin(), warnings.end(), "LostDiacritics") != warnings.end();
    const char* words = assurance == "read" ? "ĐỌC TỪ THẺ – CHƯA XÁC THỰC" : "KHÁCH TỰ NHẬP – CHƯA XÁC THỰC";
    return std::string("<p class=\"warning\">") + words +
           ". Cán bộ đối chiếu giấy tờ gốc trước khi tiếp nhận." +
           (lostMarks ? " Máy quét cầm tay làm mất dấu: họ tên và địa chỉ cần đối chiếu với thẻ." : "") +
           "</p>\n";
}

std::string customer(const Json& dossier) {
    Json shown = dossier.value("customer", Json::object());
    if (!shown.is_object()) return "";
    shown.erase("assurance");
    return value(shown, 0);
}

std::string answers(const Json& dossier) {
    const Json list = dossier.value("answers", Json::array());
    if (!list.is_array()) return "";
    std::string out, current, rows;
    const auto flush = [&] {
        if (!rows.empty())
            out += section(current.empty() ? "Nội dung khai" : current, "<table>" + rows + "</table>");
        rows.clear();
    };
    for (const auto& answer : list) {
        const auto title = text(answer, "section");
        if (title != current) flush();
        current = title;
        auto shown = text(answer, "display");
        if (shown.empty() && answer.is_object() && answer.contains("value"))
            shown = answer["value"].is_string() ? answer["value"].get<std::string>() : answer["value"].dump();
        const auto name = text(answer, "label").empty() ? text(answer, "field") : text(answer, "label");
        const auto note = text(answer, "note");
        rows += "<tr><th>" + escape(name) + "</th><td>" + escape(shown) + "</td><td class=\"origin\">" +
                escape(originWords(text(answer, "origin")) + (note.empty() ? "" : ", " + note)) +
                "</td></tr>";
    }
    flush();
    return out;
}

constexpr const char* style =
    "body{font:11pt/1.45 'Times New Roman',serif;max-width:19cm;margin:1cm auto;color:#000}"
    "h1{font-size:15pt;text-align:center;margin:.6em 0}h2{font-size:12pt;border-bottom:1px solid "
    "#000;margin:1em 0 .3em}"
    "table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.2em "
    ".5em;border:1px solid #999}"
    "th{width:34%;font-weight:normal;background:#f3f3f3}.origin{width:20%;font-size:9pt;color:#444}"
    ".warning{border:2px solid "
    "#000;padding:.5em;text-align:center;font-weight:bold}td{overflow-wrap:anywhere}"
    "@media print{body{margin:0}section{break-inside:avoid}}";

std::string heading(const Json& document, const Json& dossier) {
    const Json procedure = dossier.value("procedure", Json::object());
    const bool builtIn = document.contains("built_in_numbering") && document["built_in_numbering"] == true;
    std::string out = "<h1>" + escape(text(procedure, "name_vi")) + "</h1>\n<table>";
    out += row("Mã hồ sơ", text(document, "dossier_code") +
                               (builtIn ? " (số tạm của đơn vị, chưa phải mã của Hệ thống một cửa)" : ""));
    out += row("Mã tra cứu tại kiosk", text(dossier, "reference"));
    out += row("Thủ tục", text(procedure, "code"));
    out += row("Đơn vị", text(document, "office_name"));
    out += row("Kiosk", text(document, "kiosk"));
    out += row("Lập tại kiosk", text(dossier, "created_at"));
    out += row("Nhận về đơn vị", text(document, "received_at"));
    out += "</table>\n";
    if (dossier.contains("clock_trusted") && dossier["clock_trusted"] == false)
        out += "<p class=\"warning\">Đồng hồ của kiosk không đáng tin khi lập hồ sơ này; hãy dùng thời điểm "
               "nhận về đơn vị.</p>\n";
    return out;
}

} // namespace

std::string dossierPage(std::string_view documentJson) {
    const auto document = Json::parse(documentJson, nullptr, false);
    if (!document.is_object()) return {};
    const Json dossier = document.value("dossier", Json::object());
    std::string page = "<!DOCTYPE html>\n<html lang=\"vi\"><head><meta charset=\"utf-8\">"
                       "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
                       "'unsafe-inline'\">"
                       "<title>" +
                       escape(text(document, "dossier_code")) + "</title><style>" + style +
                       "</style></head><body>\n";
    page += heading(document, dossier);
    page += assuranceBanner(dossier);
    page += section("Khách hàng", customer(dossier));
    page += section("Những người liên quan", value(dossier.value("people", Json::array()), 0));
    page += answers(dossier);
    page += section("Địa chỉ", value(dossier.value("addresses", Json::array()), 0));
    page += section("Đồng ý xử lý dữ liệu cá nhân", value(dossier.value("consent", Json::object()), 0));
    return page + "</body></html>\n";
}

} // namespace kiosk::intake
