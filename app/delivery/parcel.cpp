#include "app/delivery/parcel.hpp"

#include "app/base/files.hpp"
#include "app/base/json/json.hpp"

#include <algorithm>
#include <cstdlib>
#include <sodium.h>

namespace kiosk::parcel {
namespace {

using Json = nlohmann::json;

constexpr std::string_view magic = "KPCL";
constexpr std::size_t maxHeader = 2048;

bool isHex(std::string_view s, std::size_t size) {
    return s.size() == size && s.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

bool isValid(const Header& h) {
    return isIdentifier(h.kiosk) && isIdentifier(h.office) && isIdentifier(h.procedure) &&
           isIdentifier(h.reference) && isHex(h.key, 32) && isHex(h.signingKey, 16) &&
           isHex(h.sealingKey, 16) && h.createdAt.ms >= 0;
}

/// Canonical: keys sorted, no spaces; nothing to escape in identifiers (isValid). Written out, because
/// building a JSON value for it costs a quarter of sealing.
std::string write(const Header& h) {
    std::string text;
    text.reserve(512);
    const auto add = [&text](std::string_view key, std::string_view value) {
        text.append(",\"").append(key).append("\":\"").append(value).append("\"");
    };
    text.append(h.clockTrusted ? R"({"clock_trusted":true,"created_ms":)"
                               : R"({"clock_trusted":false,"created_ms":)");
    text += std::to_string(h.createdAt.ms);
    add("key", h.key);
    add("kiosk", h.kiosk);
    add("office", h.office);
    add("procedure", h.procedure);
    add("reference", h.reference);
    text += ",\"schema\":" + std::to_string(h.schema);
    add("sealing_key", h.sealingKey);
    add("signing_key", h.signingKey);
    return text + "}";
}

Result<Header> readHeader(std::string_view text) {
    const auto json = Json::parse(text, nullptr, false);
    if (!json.is_object() || !json.contains("schema") || !json["schema"].is_number_integer())
        return fail(Code::ParcelInvalid, "header is not readable");
    if (json["schema"] != schemaVersion)
        return fail(Code::ParcelUnknownVersion, "parcel schema " + json["schema"].dump().substr(0, 12));
    try {
        Header h;
        h.kiosk = json.at("kiosk").get<std::string>();
        h.office = json.at("office").get<std::string>();
        h.signingKey = json.at("signing_key").get<std::string>();
        h.sealingKey = json.at("sealing_key").get<std::string>();
        h.key = json.at("key").get<std::string>();
        h.reference = json.at("reference").get<std::string>();
        h.procedure = json.at("procedure").get<std::string>();
        h.createdAt.ms = json.at("created_ms").get<std::int64_t>();
        h.clockTrusted = json.at("clock_trusted").get<bool>();
        // One spelling only: no duplicate keys, no extras, nothing two readers could understand differently.
        if (!isValid(h) || write(h) != text) return fail(Code::ParcelInvalid, "header is not canonical");
        return h;
    } catch (const Json::exception&) {
        return fail(Code::ParcelInvalid, "header lacks a field");
    }
}

void appendLength(Bytes& out, std::size_t n) {
    for (int shift = 0; shift < 32; shift += 8) out.push_back(static_cast<std::uint8_t>(n >> shift));
}

std::size_t lengthAt(std::span<const std::uint8_t> bytes, std::size_t at) {
    std::size_t n = 0;
    for (std::size_t i = 0; i < 4; ++i) n |= static_cast<std::size_t>(bytes[at + i]) << (8 * i);
    return n;
}

/// The parts of the frame; views into the parcel.
struct Frame {
    std::span<const std::uint8_t> header, cipher, signedPart, signature;
};

Result<std::span<const std::uint8_t>> headerBytes(std::span<const std::uint8_t> bytes) {
    if (bytes.size() < 8 || bytes.size() > maxBytes || files::asText(bytes.first(4)) != magic)
        return fail(Code::ParcelInvalid, "not a parcel");
    const auto n = lengthAt(bytes, 4);
    if (n > maxHeader || n > bytes.size() - 8) return fail(Code::ParcelInvalid, "header length");
    return bytes.subspan(8, n);
}

Result<Frame> frame(std::span<const std::uint8_t> bytes) {
    const auto header = headerBytes(bytes);
    if (!header) return fail(header.error());
    const auto at = 8 + header->size();
    if (bytes.size() < at + 4 + crypto_box_SEALBYTES + crypto_sign_BYTES)
        return fail(Code::ParcelInvalid, "too short");
    const auto n = lengthAt(bytes, at);
    if (n != bytes.size() - at - 4 - crypto_sign_BYTES) return fail(Code::ParcelInvalid, "length");
    return Frame{*header, bytes.subspan(at + 4, n), bytes.first(at + 4 + n), bytes.last(crypto_sign_BYTES)};
}

constexpr std::string_view acknowledgementContext = "kiosk-acknowledgement\n";

} // namespace

bool isIdentifier(std::string_view id) {
    return !id.empty() && id.size() <= 64 && id[0] != '.' && std::all_of(id.begin(), id.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
               c == '_' || c == '-';
    });
}

std::string keyId(const PublicKey& key) {
    return crypto::hex(crypto::hash(files::asText(key))).substr(0, 16);
}

std::string keyWords(const PublicKey& key) { return crypto::words(*crypto::fromHex(keyId(key))); }

std::string contentHash(std::span<const std::uint8_t> parcelBytes) {
    return crypto::hex(crypto::hash(files::asText(parcelBytes)));
}

/// As libsodium's crypto_box_seal: nonce = BLAKE2b-192(ephemeral key || recipient's key), then crypto_box.
Result<Envelope> Envelope::make(const PublicKey& office) {
    Envelope envelope;
    envelope.office_ = office;
    Secret<Bytes> secret(Bytes(crypto_box_SECRETKEYBYTES));
    crypto_box_keypair(envelope.ephemeral_.data(), secret.reveal().data());
    envelope.key_ = Secret<Bytes>(Bytes(crypto_box_BEFORENMBYTES));
    if (crypto_box_beforenm(envelope.key_.reveal().data(), office.data(), secret.reveal().data()) != 0)
        return fail(Code::KeyInvalid, "office sealing key");
    crypto_generichash_state state;
    static_assert(sizeof nonce_ == crypto_box_NONCEBYTES);
    crypto_generichash_init(&state, nullptr, 0, crypto_box_NONCEBYTES);
    crypto_generichash_update(&state, envelope.ephemeral_.data(), envelope.ephemeral_.size());
    crypto_generichash_update(&state, office.data(), office.size());
    crypto_generichash_final(&state, envelope.nonce_.data(), envelope.nonce_.size());
    return envelope;
}

std::size_t Envelope::sealedSize(std::size_t plain) { return plain + crypto_box_SEALBYTES; }

void Envelope::seal(std::span<const std::uint8_t> plain, std::uint8_t* out) {
    if (key_.reveal().empty()) std::abort();
    std::copy(ephemeral_.begin(), ephemeral_.end(), out);
    crypto_box_easy_afternm(out + ephemeral_.size(), plain.data(), plain.size(), nonce_.data(),
                            key_.reveal().data());
    key_.clear();
}

Result<Bytes> seal(const Header& header, std::string_view dossierJson, const Secret<Bytes>& kioskSigningKey,
                   const PublicKey& office) {
    auto envelope = Envelope::make(office);
    if (!envelope) return fail(envelope.error());
    return seal(header, dossierJson, kioskSigningKey, std::move(*envelope));
}

Result<Bytes> seal(const Header& given, std::string_view dossierJson, const Secret<Bytes>& kioskSigningKey,
                   Envelope envelope) {
    if (kioskSigningKey.reveal().size() != crypto_sign_SECRETKEYBYTES)
        return fail(Code::KeyInvalid, "kiosk signing key");
    PublicKey signing{};
    crypto_sign_ed25519_sk_to_pk(signing.data(), kioskSigningKey.reveal().data());
    Header header = given;
    header.signingKey = keyId(signing);
    header.sealingKey = keyId(envelope.office());
    if (!isValid(header) || header.schema != schemaVersion) return fail(Code::ParcelInvalid, "header");
    const auto text = write(header);
    if (dossierJson.size() > maxBytes - 2 * maxHeader - 1024)
        return fail(Code::ParcelInvalid, "dossier too large");

    Secret<Bytes> plain;
    plain.reveal().reserve(4 + text.size() + dossierJson.size()); // no copy left behind by growing
    appendLength(plain.reveal(), text.size());
    plain.reveal().insert(plain.reveal().end(), text.begin(), text.end());
    plain.reveal().insert(plain.reveal().end(), dossierJson.begin(), dossierJson.end());

    const auto cipherSize = Envelope::sealedSize(plain.reveal().size());
    Bytes out(magic.begin(), magic.end());
    out.reserve(16 + text.size() + cipherSize + crypto_sign_BYTES);
    appendLength(out, text.size());
    out.insert(out.end(), text.begin(), text.end());
    appendLength(out, cipherSize);
    const auto at = out.size();
    out.resize(at + cipherSize + crypto_sign_BYTES);
    envelope.seal(plain.reveal(), out.data() + at);
    crypto_sign_detached(out.data() + at + cipherSize, nullptr, out.data(), at + cipherSize,
                         kioskSigningKey.reveal().data());
    return out;
}

Result<Header> peek(std::span<const std::uint8_t> bytes) {
    const auto header = headerBytes(bytes);
    if (!header) return fail(header.error());
    return readHeader(files::asText(*header));
}

Result<Header> verify(std::span<const std::uint8_t> bytes, const PublicKey& kioskSigning) {
    auto header = peek(bytes);
    if (!header) return header;
    const auto parts = frame(bytes);
    if (!parts) return fail(parts.error());
    if (header->signingKey != keyId(kioskSigning))
        return fail(Code::ParcelUnsigned, "signed with another key");
    if (crypto_sign_verify_detached(parts->signature.data(), parts->signedPart.data(),
                                    parts->signedPart.size(), kioskSigning.data()) != 0)
        return fail(Code::ParcelUnsigned, "the signature does not match");
    return header;
}

Result<std::string> open(std::span<const std::uint8_t> bytes, const PublicKey& officePublic,
                         const Secret<Bytes>& officeSecret) {
    const auto header = peek(bytes);
    if (!header) return fail(header.error());
    const auto parts = frame(bytes);
    if (!parts) return fail(parts.error());
    if (header->sealingKey != keyId(officePublic)) return fail(Code::ParcelNotForUs, "sealed to another key");
    if (officeSecret.reveal().size() != crypto_box_SECRETKEYBYTES)
        return fail(Code::KeyInvalid, "office sealing key");
    Secret<Bytes> plain(Bytes(parts->cipher.size() - crypto_box_SEALBYTES));
    if (crypto_box_seal_open(plain.reveal().data(), parts->cipher.data(), parts->cipher.size(),
                             officePublic.data(), officeSecret.reveal().data()) != 0)
        return fail(Code::ParcelNotForUs, "does not open");
    const std::span<const std::uint8_t> inner(plain.reveal());
    if (inner.size() < 4 || lengthAt(inner, 0) != parts->header.size() ||
        inner.size() - 4 < parts->header.size() ||
        !std::equal(parts->header.begin(), parts->header.end(), inner.begin() + 4))
        return fail(Code::ParcelInvalid, "inner and outer header differ");
    return std::string(files::asText(inner.subspan(4 + parts->header.size())));
}

std::string writeAcknowledgement(const Acknowledgement& ack, const Secret<Bytes>& officeSigningKey) {
    const Json content = {{"schema", schemaVersion},
                          {"key", ack.key},
                          {"content_hash", ack.contentHash},
                          {"dossier_code", ack.dossierCode},
                          {"built_in_numbering", ack.builtInNumbering},
                          {"received_ms", ack.receivedAt.ms}};
    const std::string text = std::string(acknowledgementContext) + content.dump(-1, ' ', true);
    return Json{{"acknowledgement", content}, {"signature", crypto::sign(text, officeSigningKey)}}.dump(
        -1, ' ', true);
}

Result<Acknowledgement> readAcknowledgement(std::string_view text, const crypto::VerifyKeys& officeSigning) {
    if (text.size() > 16384) return fail(Code::OfficeGarbled, "answer too long");
    const auto json = Json::parse(text, nullptr, false);
    if (!json.is_object() || !json.contains("acknowledgement"))
        return fail(Code::OfficeGarbled, "not an acknowledgement");
    try {
        const auto& content = json.at("acknowledgement");
        if (content.at("schema").get<int>() != schemaVersion)
            return fail(Code::OfficeIncompatible, "acknowledgement schema");
        const std::string checked = std::string(acknowledgementContext) + content.dump(-1, ' ', true);
        if (!crypto::isSignedBy(officeSigning, checked, json.at("signature").get<std::string>()))
            return fail(Code::OfficeUntrusted, "the acknowledgement is not signed by the enrolled office");
        return Acknowledgement{content.at("key").get<std::string>(),
                               content.at("content_hash").get<std::string>(),
                               content.at("dossier_code").get<std::string>(),
                               content.at("built_in_numbering").get<bool>(),
                               Instant{content.at("received_ms").get<std::int64_t>()},
                               std::string(text)};
    } catch (const Json::exception&) {
        return fail(Code::OfficeGarbled, "the acknowledgement lacks a field");
    }
}

} // namespace kiosk::parcel
