#include "app/intake/receiver.hpp"

#include "app/base/files.hpp"
#include "app/base/json/json.hpp"
#include "app/base/text.hpp"
#include "app/intake/papers/page.hpp"

namespace kiosk::intake {
namespace {

using Json = nlohmann::json;

/// By its present key or one it had before.
Result<parcel::Header> verify(const Bytes& bytes, const KioskRow& kiosk) {
    auto header = parcel::verify(bytes, kiosk.signing);
    for (const auto& former : kiosk.former)
        if (!header) header = parcel::verify(bytes, former);
    return header;
}

std::string about(const parcel::Header& header) {
    return "kiosk " + header.kiosk + " parcel " + header.reference;
}

/// Codes of an office's own system may hold anything; a file name may not.
std::string fileName(const std::string& code) {
    std::string out = code;
    for (char& c : out)
        if (!parcel::isIdentifier(std::string("x") + c)) c = '_';
    return !out.empty() && out[0] == '.' ? "_" + out : out;
}

Reply refusePeek(const Error& error) {
    if (error.code == Code::ParcelUnknownVersion) {
        auto reply = refuse(
            426, name(error.code),
            "this office understands parcel schema 1; update kiosk-intake, the parcel waits at the kiosk",
            "parcel of an unknown schema");
        return reply;
    }
    return refuse(422, name(error.code), error.detail, "unreadable parcel");
}

} // namespace

Receiver::Receiver(const Office& office, Ledger& ledger, CodeAllocator& numbering, std::string dataFolder)
    : office_(office), ledger_(ledger), numbering_(numbering), dataFolder_(std::move(dataFolder)) {}

Reply Receiver::receive(const Bytes& bytes, const std::string& fingerprint, Instant now) {
    const auto kiosk = ledger_.kioskOf(fingerprint);
    if (!kiosk) return later(kiosk.error(), "look up kiosk");
    if (!*kiosk || (*kiosk)->isSystem)
        return refuse(403, "KioskUnknown", "this kiosk is not enrolled here", "unknown kiosk");
    const auto header = parcel::peek(bytes);
    if (!header) return refusePeek(header.error());
    if (header->kiosk != (*kiosk)->id)
        return refuse(403, "KioskMismatch", "the parcel names another kiosk than the one that brought it",
                      about(*header));
    if ((*kiosk)->revoked) return quarantine(bytes, *header);
    return take(bytes, **kiosk, Route::Network, now);
}

Reply Receiver::carried(const Bytes& bytes, Instant now) {
    return signedFor(bytes, Revoked::Quarantine, Route::Carried, now);
}

Reply Receiver::admit(const Bytes& bytes, Instant now) {
    return signedFor(bytes, Revoked::Admit, Route::Network, now);
}

/// By the kiosk that the header names and the signature proves.
Reply Receiver::signedFor(const Bytes& bytes, Revoked revoked, Route route, Instant now) {
    const auto header = parcel::peek(bytes);
    if (!header) return refusePeek(header.error());
    const auto kiosk = ledger_.kioskOf(header->kiosk);
    if (!kiosk) return later(kiosk.error(), "look up kiosk");
    if (!*kiosk) return refuse(403, "KioskUnknown", "this kiosk is not enrolled here", about(*header));
    if ((*kiosk)->revoked && revoked == Revoked::Quarantine && verify(bytes, **kiosk))
        return quarantine(bytes, *header);
    return take(bytes, **kiosk, route, now);
}

Reply Receiver::quarantine(const Bytes& bytes, const parcel::Header& header) {
    const auto folder = quarantineFolder(dataFolder_);
    const auto path = folder + "/" + header.key + "-" + parcel::contentHash(bytes).substr(0, 16) + ".parcel";
    auto kept = files::makeFolder(folder);
    if (kept) kept = files::writeDurably(path, files::asText(bytes));
    if (!kept) return later(kept.error(), about(header));
    return refuse(403, "KioskRevoked",
                  "this kiosk is revoked; the parcel is kept at the office for a supervised import",
                  about(header));
}

Reply Receiver::known(const Entry& entry, const std::string& contentHash) {
    const std::string line = "kiosk " + entry.kiosk + " parcel " + entry.reference;
    if (entry.contentHash != contentHash)
        return refuse(409, "KeyReused", "the key of this parcel already names another parcel", line);
    // The first try may have been cut between ledger and files.
    if (auto done = exportMissing(); !done) return later(done.error(), line);
    return {200, entry.acknowledgement, line + ": known as " + entry.dossierCode, 0};
}

Reply Receiver::take(const Bytes& bytes, const KioskRow& kiosk, Route route, Instant now) {
    const auto header = verify(bytes, kiosk);
    if (!header) return refuse(422, name(header.error().code), header.error().detail, "kiosk " + kiosk.id);
    if (header->office != office_.settings.code)
        return refuse(422, name(Code::ParcelNotForUs), "the parcel is addressed to another office",
                      about(*header));
    const auto hash = parcel::contentHash(bytes);
    const auto before = ledger_.find(header->key);
    if (!before) return later(before.error(), about(*header));
    if (*before) return known(**before, hash);
    const auto dossier = open(bytes, *header);
    if (!dossier) return refuse(422, name(dossier.error().code), dossier.error().detail, about(*header));
    const auto json = text::isUtf8(*dossier) ? Json::parse(*dossier, nullptr, false) : Json();
    if (!json.is_object() || !json.contains("schema") || !json["schema"].is_number_integer())
        return refuse(422, name(Code::ParcelInvalid), "the dossier is not readable", about(*header));
    if (json["schema"] != 1)
        return refuse(426, name(Code::ParcelUnknownVersion),
                      "this office understands dossier schema 1; update kiosk-intake", about(*header));
    return header->procedure == parcel::rehearsal ? rehearsed(*header, hash, now)
                                                  : store(*header, hash, *dossier, route, now);
}

Reply Receiver::rehearsed(const parcel::Header& header, const std::string& contentHash, Instant now) const {
    const parcel::Acknowledgement ack{header.key, contentHash, "THU-" + header.reference, true, now, {}};
    return {200, parcel::writeAcknowledgement(ack, office_.signing),
            about(header) + ": a rehearsal, nothing is kept", 0};
}

Result<std::string> Receiver::open(const Bytes& bytes, const parcel::Header& header) const {
    for (const auto& key : office_.sealing)
        if (parcel::keyId(key.publicKey) == header.sealingKey)
            return parcel::open(bytes, key.publicKey, key.secret);
    return fail(Code::ParcelNotForUs, "sealed to a key that this office does not have");
}

Result<std::string> Receiver::documentOf(const parcel::Header& header, const Allocated& code,
                                         const std::string& contentHash, const std::string& dossier,
                                         Instant now) const {
    const Json document = {{"schema", 1},
                           {"dossier_code", code.code},
                           {"built_in_numbering", code.builtIn},
                           {"received_at", now.iso()},
                           {"office", office_.settings.code},
                           {"office_name", office_.settings.name},
                           {"kiosk", header.kiosk},
                           {"key", header.key},
                           {"content_hash", contentHash},
                           {"dossier", Json::parse(dossier, nullptr, false)}};
    return document.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

Reply Receiver::store(const parcel::Header& header, const std::string& contentHash,
                      const std::string& dossier, Route route, Instant now) {
    const auto code = numbering_.allocate(header.key, now);
    if (!code) return later(code.error(), about(header));
    const auto document = documentOf(header, *code, contentHash, dossier, now);
    if (!document) return later(document.error(), about(header));
    const parcel::Acknowledgement ack{header.key, contentHash, code->code, code->builtIn, now, {}};
    const Entry entry{
        header.key,       contentHash, header.kiosk, header.procedure,
        header.reference, code->code,  now,          parcel::writeAcknowledgement(ack, office_.signing),
        *document,        route};
    // Ledger first: from here on the dossier cannot be taken twice, and a crash before the files is repaired
    // by exportMissing.
    if (auto done = ledger_.add(entry); !done) return later(done.error(), about(header));
    if (auto done = exportFiles(entry); !done) return later(done.error(), about(header));
    return {200, entry.acknowledgement, about(header) + ": taken as " + entry.dossierCode, 0};
}

Result<void> Receiver::exportFiles(const Entry& entry) {
    const auto stem = dossiersFolder(dataFolder_) + "/" + fileName(entry.dossierCode);
    if (auto made = files::makeFolder(dossiersFolder(dataFolder_)); !made) return made;
    if (auto done = files::writeDurably(stem + ".html", dossierPage(entry.document)); !done) return done;
    if (auto done = files::writeDurably(stem + ".json", entry.document); !done) return done;
    return ledger_.markExported(entry.key);
}

Result<int> Receiver::exportMissing() {
    const auto missing = ledger_.notExported();
    if (!missing) return fail(missing.error());
    for (const auto& entry : *missing)
        if (auto done = exportFiles(entry); !done) return fail(done.error());
    return static_cast<int>(missing->size());
}

} // namespace kiosk::intake
