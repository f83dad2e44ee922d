#include "app/store/journal/attestation.hpp"

#include "app/base/json/json.hpp"

#include <algorithm>
#include <cstdlib>
#include <sodium.h>

namespace kiosk::store::journal {
namespace {

using Json = nlohmann::json;

constexpr std::size_t maxText = 2048;

std::string context(Purpose purpose) {
    switch (purpose) {
    case Purpose::Checkpoint:
        return "kiosk-journal-checkpoint-1\n";
    case Purpose::Root:
        return "kiosk-journal-root-1\n";
    case Purpose::Witness:
        return "kiosk-journal-witness-1\n";
    }
    std::abort();
}

Json contentOf(const Attestation& a) {
    return {{"kiosk", a.kiosk},
            {"sequence", a.head.sequence},
            {"hash", crypto::hex(a.head.hash)},
            {"at_ms", a.at.ms}};
}

std::string textOf(const Attestation& a, const std::string& signature) {
    return Json{{"attestation", contentOf(a)}, {"signature", signature}}.dump(-1, ' ', true);
}

std::optional<Attestation> parse(const Json& json) {
    try {
        const auto& content = json.at("attestation");
        Attestation a;
        a.kiosk = content.at("kiosk").get<std::string>();
        a.head.sequence = content.at("sequence").get<std::int64_t>();
        a.at.ms = content.at("at_ms").get<std::int64_t>();
        const auto hash = crypto::fromHex(content.at("hash").get<std::string>());
        if (!hash || hash->size() != a.head.hash.size() || a.head.sequence < 0) return std::nullopt;
        std::copy(hash->begin(), hash->end(), a.head.hash.begin());
        return a;
    } catch (const Json::exception&) {
        return std::nullopt;
    }
}

} // namespace

Attestation attest(Purpose purpose, std::string kioskId, const Head& head, Instant at,
                   const Secret<Bytes>& key) {
    if (key.reveal().size() != crypto_sign_SECRETKEYBYTES) std::abort(); // loaded keys are whole
    Attestation a{std::move(kioskId), head, at, {}};
    const auto content = contentOf(a);
    a.text = textOf(a, crypto::sign(context(purpose) + content.dump(-1, ' ', true), key));
    return a;
}

Result<Attestation> readAttestation(Purpose purpose, std::string_view text, const crypto::VerifyKeys& keys) {
    const auto unsigned_ = [] { return fail(Code::JournalUnsigned, "the signature does not match"); };
    if (text.size() > maxText) return unsigned_();
    const auto json = Json::parse(text, nullptr, false);
    auto a = parse(json);
    if (!a || !json.contains("signature") || !json["signature"].is_string()) return unsigned_();
    const auto signature = json["signature"].get<std::string>();
    const bool lowerCase = signature.find_first_of("ABCDEF") == std::string::npos;
    if (!crypto::isSignedBy(keys, context(purpose) + contentOf(*a).dump(-1, ' ', true), signature) ||
        !lowerCase || textOf(*a, signature) != text) // one spelling only
        return unsigned_();
    a->text = text;
    return std::move(*a);
}

std::optional<Head> peekHead(std::string_view text) {
    const auto a = parse(Json::parse(text.substr(0, maxText), nullptr, false));
    return a ? std::optional(a->head) : std::nullopt;
}

VerifyKey verifyKeyOf(const Secret<Bytes>& signingKey) {
    VerifyKey key{};
    if (signingKey.reveal().size() != crypto_sign_SECRETKEYBYTES) std::abort();
    crypto_sign_ed25519_sk_to_pk(key.data(), signingKey.reveal().data());
    return key;
}

} // namespace kiosk::store::journal
