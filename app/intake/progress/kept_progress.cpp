#include "app/intake/progress/kept_progress.hpp"

#include "app/base/json/json.hpp"
#include "app/delivery/progress/kept_progress.hpp"
#include "app/intake/progress/look_up.hpp"

namespace kiosk::intake {
namespace {

using Json = nlohmann::json;

constexpr std::size_t mostRows = 200;

/// What the kiosk put into the dossier; nothing from kiosks of earlier versions.
std::optional<Secret<Bytes>> keyIn(const Entry& entry) {
    const auto document = Json::parse(entry.document, nullptr, false);
    const auto at = Json::json_pointer("/dossier/progress_key");
    if (!document.is_object() || !document.contains(at) || !document.at(at).is_string()) return std::nullopt;
    auto key = crypto::fromHex(document.at(at).get<std::string>());
    if (!key || key->size() != 32) return std::nullopt;
    return Secret<Bytes>(std::move(*key));
}

/// Nothing: of no use to a kiosk.
Result<std::optional<kept_progress::Sealed>> sealedFor(Ledger& ledger, const std::string& key) {
    const auto entry = ledger.find(key);
    if (!entry) return fail(entry.error());
    const auto secret = *entry ? keyIn(**entry) : std::nullopt;
    if (!secret) return std::nullopt;
    const auto answer = progressOf(ledger, **entry);
    if (!answer) return fail(answer.error());
    kept_progress::Sealed sealed{(*entry)->reference, kept_progress::seal(*answer, *secret)};
    if (2 * sealed.bytes.size() > kept_progress::mostBytes)
        return std::nullopt; // hundreds of steps: only online
    return sealed;
}

} // namespace

Reply progressFor(Ledger& ledger, std::string_view question, const std::string& fingerprint) {
    const auto kiosk = ledger.kioskOf(fingerprint);
    if (!kiosk) return later(kiosk.error(), "progress");
    if (!*kiosk || (*kiosk)->revoked)
        return refuse(403, "KioskUnknown", "this kiosk may not ask here", "progress");
    const auto about = "kiosk " + (*kiosk)->id + " progress";
    const auto after = kept_progress::readQuestion(question);
    if (!after) return refuse(422, name(after.error().code), after.error().detail, about);
    const auto rows = ledger.statusesAfter((*kiosk)->id, *after, mostRows);
    if (!rows) return later(rows.error(), about);
    kept_progress::Batch batch{*after, {}, rows->size() == mostRows};
    std::size_t bytes = 0;
    for (const auto& [key, number] : *rows) {
        auto sealed = sealedFor(ledger, key);
        if (!sealed) return later(sealed.error(), about);
        if (*sealed) {
            bytes += 2 * (*sealed)->bytes.size();
            if (bytes > kept_progress::mostBytes) {
                batch.more = true;
                break;
            }
            batch.news.push_back(std::move(**sealed));
        }
        batch.next = number;
    }
    return {200, kept_progress::write(batch), about + ": " + std::to_string(batch.news.size()), 0};
}

} // namespace kiosk::intake
