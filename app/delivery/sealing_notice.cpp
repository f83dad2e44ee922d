#include "app/delivery/sealing_notice.hpp"

#include "app/base/crypto.hpp"
#include "app/base/json/json.hpp"

#include <algorithm>

namespace kiosk {
namespace {

using Json = nlohmann::json;

constexpr int schema = 1;

/// What is signed: no other signed text of the office begins like this.
std::string signedText(const Json& content) { return "kiosk sealing key 1\n" + content.dump(-1, ' ', true); }

} // namespace

std::string writeSealingNotice(const SealingNotice& notice, const Secret<Bytes>& officeSigning) {
    const Json content = {{"schema", schema},
                          {"office", notice.office},
                          {"sealing_key", crypto::hex(notice.key)},
                          {"serial", notice.serial}};
    return Json{{"notice", content}, {"signature", crypto::sign(signedText(content), officeSigning)}}.dump();
}

Result<SealingNotice> readSealingNotice(std::string_view text, const parcel::PublicKey& officeSigning) {
    try {
        const auto json = Json::parse(text);
        const auto& content = json.at("notice");
        if (!crypto::isSignedBy(officeSigning, signedText(content), json.at("signature").get<std::string>()))
            return fail(Code::OfficeUntrusted, "the sealing key is not signed by the enrolled office");
        if (content.at("schema").get<int>() != schema)
            return fail(Code::OfficeIncompatible, "schema of the sealing key's notice");
        SealingNotice notice{content.at("office").get<std::string>(), {}, content.at("serial").get<int>()};
        const auto key = crypto::fromHex(content.at("sealing_key").get<std::string>());
        if (!key || key->size() != notice.key.size()) return fail(Code::OfficeGarbled, "sealing key");
        std::copy(key->begin(), key->end(), notice.key.begin());
        return notice;
    } catch (const Json::exception&) {
        return fail(Code::OfficeGarbled, "not a notice of a sealing key");
    }
}

} // namespace kiosk
