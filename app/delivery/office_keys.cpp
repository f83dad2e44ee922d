#include "app/delivery/office_keys.hpp"

#include "app/base/json/json.hpp"

#include <algorithm>
#include <sodium.h>

namespace kiosk {
namespace {

using Json = nlohmann::json;

constexpr int schema = 1;
constexpr std::size_t mostNotices = 1000, longestCertificate = 16384;
constexpr std::string_view certificateBegins = "-----BEGIN CERTIFICATE-----";

/// What is signed: no other signed text of the office begins like this.
std::string signedText(const Json& content) { return "kiosk office keys 1\n" + content.dump(-1, ' ', true); }

/// Throws Json::exception.
Result<parcel::PublicKey> keyAt(const Json& content, const char* name) {
    const auto bytes = crypto::fromHex(content.at(name).get<std::string>());
    parcel::PublicKey key{};
    if (!bytes || bytes->size() != key.size()) return fail(Code::OfficeGarbled, name);
    std::copy(bytes->begin(), bytes->end(), key.begin());
    return key;
}

/// Throws Json::exception. `content` is signed.
Result<OfficeKeys> readContent(const Json& content) {
    if (content.at("schema").get<int>() != schema)
        return fail(Code::OfficeIncompatible, "schema of the notice of keys");
    const auto sealing = keyAt(content, "sealing_key"), signing = keyAt(content, "signing_key");
    if (!sealing) return fail(sealing.error());
    if (!signing) return fail(signing.error());
    OfficeKeys keys{content.at("office").get<std::string>(), content.at("serial").get<int>(), *sealing,
                    *signing, content.at("certificate").get<std::string>()};
    if (!keys.certificate.starts_with(certificateBegins) || keys.certificate.size() > longestCertificate)
        return fail(Code::OfficeGarbled, "certificate");
    return keys;
}

/// Throws Json::exception.
bool isSigned(const Json& notice, const parcel::PublicKey& signer) {
    return crypto::isSignedBy(signer, signedText(notice.at("notice")),
                              notice.at("signature").get<std::string>());
}

/// One step of the walk. False: the notice is not for who stands here. Throws Json::exception.
Result<bool> step(OfficeKeys& at, const Json& notice) {
    if (!isSigned(notice, at.signing.present)) return false; // an earlier one cannot hand over any more
    auto next = readContent(notice.at("notice"));
    if (!next) return fail(next.error());
    if (next->office != at.office) return fail(Code::OfficeUntrusted, "another office's keys");
    if (next->serial <= at.serial) return true;
    next->signing.earlier = at.signing.earlier;
    if (next->signing.present != at.signing.present)
        next->signing.earlier.insert(next->signing.earlier.begin(), at.signing.present);
    at = std::move(*next);
    return true;
}

} // namespace

std::string writeKeyNotice(const OfficeKeys& keys, const Secret<Bytes>& signer) {
    parcel::PublicKey by{};
    crypto_sign_ed25519_sk_to_pk(by.data(), signer.reveal().data());
    const Json content = {{"schema", schema},
                          {"office", keys.office},
                          {"serial", keys.serial},
                          {"sealing_key", crypto::hex(keys.sealing)},
                          {"signing_key", crypto::hex(keys.signing.present)},
                          {"certificate", keys.certificate},
                          {"signed_by", crypto::hex(by)}};
    return Json{{"notice", content}, {"signature", crypto::sign(signedText(content), signer)}}.dump(-1, ' ',
                                                                                                    true);
}

std::string writeKeyNotices(const std::vector<std::string>& notices) {
    std::string all;
    for (const auto& one : notices) all += (all.empty() ? "" : ",") + one;
    return "{\"notices\":[" + all + "]}";
}

Result<OfficeKeys> followKeyNotices(std::string_view answer, const OfficeKeys& known) {
    OfficeKeys at = known;
    at.certificate.clear();
    bool believed = false;
    try {
        const auto json = Json::parse(answer);
        const auto& notices = json.at("notices");
        if (!notices.is_array() || notices.size() > mostNotices)
            return fail(Code::OfficeGarbled, "notices of keys");
        for (const auto& notice : notices) {
            const auto taken = step(at, notice);
            if (!taken) return fail(taken.error());
            believed = believed || *taken;
        }
    } catch (const Json::exception&) {
        return fail(Code::OfficeGarbled, "not notices of keys");
    }
    if (!believed) return fail(Code::OfficeUntrusted, "no notice is signed by the key this kiosk knows");
    return at;
}

Result<KeyNotice> readOwnKeyNotice(std::string_view notice) {
    try {
        const auto json = Json::parse(notice);
        const auto& content = json.at("notice");
        const auto signer = keyAt(content, "signed_by");
        if (!signer) return fail(signer.error());
        if (!isSigned(json, *signer)) return fail(Code::OfficeUntrusted, "changed since it was signed");
        auto keys = readContent(content);
        if (!keys) return fail(keys.error());
        return KeyNotice{std::move(*keys), *signer};
    } catch (const Json::exception&) {
        return fail(Code::OfficeGarbled, "not a notice of keys");
    }
}

} // namespace kiosk
