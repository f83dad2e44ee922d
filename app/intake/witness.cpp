#include "app/intake/witness.hpp"

#include "app/base/json/json.hpp"
#include "app/delivery/checkpoint.hpp"

namespace kiosk::intake {
namespace {

using Json = nlohmann::json;
using store::journal::Attestation;
using store::journal::Head;
using store::journal::Purpose;

Reply refusal(int status, Code code, const std::string& reason, const std::string& kiosk,
              const std::string& word = {}) {
    auto reply = refuse(status, name(code), reason, "journal of kiosk " + kiosk);
    if (word.empty()) return reply;
    reply.body = Json{{"error", name(code)}, {"reason", reason}, {"witness", word}}.dump();
    return reply;
}

Reply notNow(const Error& error, const std::string& kiosk) {
    return later(error, "journal of kiosk " + kiosk);
}

/// Does the way from `from` over the links pass through `standing` and end at `end`? A word of ours that lies
/// before `from` needs no look: `from` is one too, and was only given because it followed.
std::optional<Code> objection(const Head& from, const CheckpointRequest& request, const Head& end,
                              const std::optional<Head>& standing) {
    if (standing && end.sequence < standing->sequence) return Code::JournalRolledBack;
    Head at = from;
    bool passed = !standing || standing->sequence < from.sequence || *standing == from;
    for (const auto& link : request.links) {
        at = store::journal::follow(at, link);
        if (standing && at.sequence == standing->sequence) passed = at == *standing;
    }
    return passed && at == end ? std::nullopt : std::optional(Code::JournalForked);
}

/// The word that stands for this kiosk, checked: a ledger that was tampered with must not vouch for anything.
Result<std::optional<Head>> standingOf(const Witnessed& known, const Office& office) {
    if (known.text.empty()) return std::nullopt;
    const auto word = readAttestation(Purpose::Witness, known.text, office.keys.signing);
    if (!word) return fail(Code::StoreDamaged, "the witness of kiosk " + known.kiosk + " is not ours");
    return std::optional(word->head);
}

Reply judge(const Office& office, Ledger& ledger, const KioskRow& kiosk, const CheckpointRequest& request,
            Instant now) {
    const auto checkpoint = readAttestation(Purpose::Checkpoint, request.checkpoint, kiosk.signing);
    if (!checkpoint || checkpoint->kiosk != kiosk.id)
        return refusal(422, Code::JournalUnsigned, "the checkpoint is not signed by this kiosk", kiosk.id);
    Head from = store::journal::genesis();
    if (!request.known.empty()) {
        const auto known = readAttestation(Purpose::Witness, request.known, office.keys.signing);
        if (!known || known->kiosk != kiosk.id)
            return refusal(422, Code::JournalUnsigned, "the witness it goes on from is not ours", kiosk.id);
        from = known->head;
    }
    const auto known = ledger.witnessed(kiosk.id);
    if (!known) return notNow(known.error(), kiosk.id);
    const auto standing = standingOf(*known, office);
    if (!standing) return notNow(standing.error(), kiosk.id);
    if (const auto code = objection(from, request, checkpoint->head, *standing)) {
        if (auto noted = ledger.dispute(kiosk.id, std::string(name(*code)), now); !noted)
            return notNow(noted.error(), kiosk.id);
        return refusal(409, *code, "the journal does not go on from what this office has witnessed", kiosk.id,
                       known->text);
    }
    const auto word = attest(Purpose::Witness, kiosk.id, checkpoint->head, now, office.signing);
    if (auto kept = ledger.witness(kiosk.id, word.text); !kept) return notNow(kept.error(), kiosk.id);
    return {200, word.text,
            "journal of kiosk " + kiosk.id + ": witnessed up to entry " +
                std::to_string(checkpoint->head.sequence),
            0};
}

} // namespace

Reply witness(const Office& office, Ledger& ledger, std::string_view text, const std::string& fingerprint,
              Instant now) {
    const auto kiosk = ledger.kioskOf(fingerprint);
    if (!kiosk) return notNow(kiosk.error(), "?");
    if (!*kiosk || (*kiosk)->revoked)
        return refusal(403, Code::OfficeRefused, "this kiosk is not enrolled here", "unknown or revoked");
    const auto request = readCheckpointRequest(text);
    if (!request) return refusal(422, request.error().code, request.error().detail, (*kiosk)->id);
    return judge(office, ledger, **kiosk, *request, now);
}

} // namespace kiosk::intake
