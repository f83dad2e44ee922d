#include "app/intake/progress/status.hpp"

#include "app/base/json/json.hpp"
#include "app/base/text.hpp"
#include "app/intake/progress/look_up.hpp"

namespace kiosk::intake {
namespace {

using Json = nlohmann::json;

constexpr std::size_t longestNote = 500; // characters

} // namespace

Result<StatusRow> statusRow(int status, const std::string& due, const std::string& note, Instant at) {
    if (status < look_up::firstStatus || status > look_up::lastStatus)
        return fail(Code::ConfigInvalid, "status: 1 to 10");
    if (!text::isUtf8(note) || text::length(note) > longestNote)
        return fail(Code::ConfigInvalid, "note: UTF-8, at most 500 characters");
    StatusRow row{status, at, std::nullopt, text::nfc(text::trim(note))};
    if (!due.empty() && !(row.due = Date::fromIso(due)))
        return fail(Code::ConfigInvalid, "due: a date like 2026-12-31");
    return row;
}

Reply takeStatus(Ledger& ledger, std::string_view json, const std::string& fingerprint, Instant now) {
    const auto peer = ledger.kioskOf(fingerprint);
    if (!peer) return later(peer.error(), "status");
    if (!*peer || (*peer)->revoked || !(*peer)->isSystem)
        return refuse(403, "NotASystem",
                      "only the office's own system enters steps (kiosk-intake enrol --system)", "status");
    const auto about = "system " + (*peer)->id + " status";
    const auto j = Json::parse(json, nullptr, false);
    const auto field = [&](const char* key) { return j.is_object() ? j.value(key, Json()) : Json(); };
    const auto due = field("due"), note = field("note");
    if (field("schema") != 1 || !field("what").is_string() || !field("status").is_number_integer() ||
        !(due.is_null() || due.is_string()) || !(note.is_null() || note.is_string()))
        return refuse(422, name(Code::ParcelInvalid), "see app/intake/README.md, POST /v1/statuses", about);
    const auto row = statusRow(field("status").get<int>(), due.is_null() ? "" : due.get<std::string>(),
                               note.is_null() ? "" : note.get<std::string>(), now);
    if (!row) return refuse(422, name(Code::ParcelInvalid), row.error().detail, about);
    const auto entry = ledger.find(field("what").get<std::string>());
    if (!entry) return later(entry.error(), about);
    if (!*entry) return refuse(404, name(Code::DossierNotFound), "no dossier of this key or code", about);
    if (auto done = ledger.addStatus((*entry)->key, *row); !done) return later(done.error(), about);
    const auto progress = progressOf(ledger, **entry);
    if (!progress) return later(progress.error(), about);
    return {200, look_up::write(*progress),
            about + " " + (*entry)->dossierCode + ": " + std::to_string(row->status), 0};
}

} // namespace kiosk::intake
