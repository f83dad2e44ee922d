#include "app/intake/progress/board.hpp"

#include "app/delivery/progress/board.hpp"

namespace kiosk::intake {
namespace {

constexpr int ready = 9, handedOver = 10;

Result<board::Entry> stands(Ledger& ledger, const Entry& entry) {
    const auto rows = ledger.statuses(entry.key);
    if (!rows) return fail(rows.error());
    board::Entry out{entry.reference,
                     entry.dossierCode,
                     entry.procedure,
                     entry.receivedAt,
                     1,
                     entry.receivedAt,
                     std::nullopt,
                     std::nullopt,
                     std::nullopt,
                     entry.route == Route::Carried};
    for (const auto& row : *rows) {
        out.status = row.status;
        out.statusAt = row.at;
        if ((row.status == ready || row.status == handedOver) && !out.solvedAt) out.solvedAt = row.at;
        if (!row.due) continue;
        if (!out.promised) out.promised = row.due;
        out.due = row.due;
    }
    return out;
}

} // namespace

Reply boardOf(Ledger& ledger, std::string_view question, const std::string& fingerprint) {
    const auto kiosk = ledger.kioskOf(fingerprint);
    if (!kiosk) return later(kiosk.error(), "board");
    if (!*kiosk || (*kiosk)->revoked)
        return refuse(403, "KioskUnknown", "this kiosk may not ask here", "board");
    const auto about = "kiosk " + (*kiosk)->id + " board";
    const auto since = board::readQuestion(question);
    if (!since) return refuse(422, name(since.error().code), since.error().detail, about);
    const auto entries = ledger.of((*kiosk)->id, *since, board::most);
    if (!entries) return later(entries.error(), about);
    std::vector<board::Entry> out;
    for (const auto& entry : *entries) {
        const auto one = stands(ledger, entry);
        if (!one) return later(one.error(), about);
        out.push_back(*one);
    }
    return {200, board::write(out), about + ": answered", 0};
}

} // namespace kiosk::intake
