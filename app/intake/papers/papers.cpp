#include "app/intake/papers/papers.hpp"

#include "app/base/json/json.hpp"
#include "app/papers/declaration.hpp"
#include "app/papers/receipt.hpp"

namespace kiosk::intake {
namespace {

using Json = nlohmann::json;

std::string textAt(const Json& json, const char* pointer) {
    const Json::json_pointer at(pointer);
    return json.contains(at) && json.at(at).is_string() ? json.at(at).get<std::string>() : std::string();
}

/// The first answer of a field whose key ends so; forms name their telephone fields differently.
std::string answerOf(const Json& dossier, std::string_view ending) {
    const auto answers = dossier.value("answers", Json::array());
    if (answers.is_array())
        for (const auto& answer : answers)
            if (textAt(answer, "/field").ends_with(ending)) return textAt(answer, "/display");
    return {};
}

/// Where the person lives today, as chosen; else as on the card.
std::string addressOf(const Json& dossier) {
    const auto ward = textAt(dossier, "/addresses/0/chosen/ward_name");
    if (ward.empty()) return textAt(dossier, "/customer/address_on_card");
    const auto line = textAt(dossier, "/addresses/0/line");
    return (line.empty() ? "" : line + ", ") + ward + ", " +
           textAt(dossier, "/addresses/0/chosen/province_name");
}

papers::SheetItem papersOf(const Json& dossier) {
    papers::SheetItem table;
    table.columns = {"Tên giấy tờ", "Bản chính", "Bản sao"};
    const auto papers = dossier.value("papers", Json::array());
    const auto count = [](const Json& paper, const char* key) {
        const auto it = paper.find(key);
        return it != paper.end() && it->is_number_integer() ? it->get<int>() : 0;
    };
    if (papers.is_array())
        for (const auto& paper : papers) {
            if (!paper.is_object()) continue;
            const auto words = [&](const char* key) {
                const int n = count(paper, key);
                return n == 0 ? std::string() : std::to_string(n);
            };
            table.rows.push_back({textAt(paper, "/name"), words("originals"), words("copies")});
        }
    return table;
}

papers::Taken takenOf(const Json& document, const Entry& entry) {
    const auto dossier = document.value("dossier", Json::object());
    papers::Taken t;
    t.office = textAt(document, "/office_name");
    t.place = textAt(dossier, "/office/ward_name");
    t.dossierCode = entry.dossierCode;
    t.builtInNumbering = document.value("built_in_numbering", false);
    t.name = textAt(dossier, "/customer/name");
    t.address = addressOf(dossier);
    t.phone = answerOf(dossier, "phone");
    t.number = textAt(dossier, "/customer/personal_number");
    t.procedureName = textAt(dossier, "/procedure/name_vi");
    t.procedureCode = entry.procedure;
    t.papers = papersOf(dossier);
    t.received = entry.receivedAt.dateInVietnam();
    t.receivedTime = entry.receivedAt.timeInVietnam();
    return t;
}

} // namespace

Result<std::string> paperOf(Ledger& ledger, const Entry& entry, PaperKind kind, Instant now) {
    const auto document = Json::parse(entry.document, nullptr, false);
    if (!document.is_object() || !document.value("dossier", Json()).is_object())
        return fail(Code::PaperFailed, "the dossier is not readable");
    if (kind == PaperKind::Declaration) {
        const auto declaration = papers::declarationOf(document["dossier"].dump());
        return declaration ? papers::declarationPdf(*declaration) : fail(declaration.error());
    }
    const auto rows = ledger.statuses(entry.key);
    if (!rows) return fail(rows.error());
    papers::Apology apology{takenOf(document, entry), {}, {}};
    std::vector<Date> dates;
    for (const auto& row : *rows) {
        if (row.due && (dates.empty() || dates.back() != *row.due)) dates.push_back(*row.due);
        if (!row.note.empty()) apology.reason = row.note;
    }
    if (!dates.empty()) apology.dossier.due = dates.back();
    const auto today = now.dateInVietnam();
    if (dates.empty())
        return fail(Code::PaperFailed,
                    "no date is promised yet: `kiosk-intake status … --set 2 --due yyyy-mm-dd`");
    if (kind == PaperKind::Receipt) return papers::receiptPdf(apology.dossier, today);
    if (dates.size() < 2)
        return fail(Code::PaperFailed,
                    "no new date is promised yet: `kiosk-intake status … --set 4 --due yyyy-mm-dd`");
    apology.promised = dates[dates.size() - 2];
    return papers::apologyPdf(apology, today);
}

} // namespace kiosk::intake
