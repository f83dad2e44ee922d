#include "app/delivery/office_link.hpp"

#include "app/base/files.hpp"
#include "app/base/json/json.hpp"

#include <algorithm>

namespace kiosk {
namespace {

using Json = nlohmann::json;

constexpr std::size_t longestLink = 65536;

std::string linkFile(const std::string& keysFolder) { return keysFolder + "/link.json"; }

/// Throws Json::exception.
bool readPublic(const Json& hex, parcel::PublicKey& out) {
    const auto bytes = crypto::fromHex(hex.get<std::string>());
    if (!bytes || bytes->size() != out.size()) return false;
    std::copy(bytes->begin(), bytes->end(), out.begin());
    return true;
}

Json officeMembers(const OfficeKeys& keys) {
    Json earlier = Json::array();
    for (const auto& key : keys.signing.earlier) earlier.push_back(crypto::hex(key));
    return {{"office_sealing", crypto::hex(keys.sealing)},
            {"office_signing", crypto::hex(keys.signing.present)},
            {"office_signing_earlier", std::move(earlier)},
            {"office_keys_serial", keys.serial}};
}

} // namespace

Result<void> writeOfficeLink(const std::string& keysFolder, const std::string& url,
                             const std::string& kioskId, const OfficeKeys& keys) {
    Json json = {{"schema", 1}, {"url", url}, {"kiosk", kioskId}, {"office", keys.office}};
    json.update(officeMembers(keys));
    return files::writeDurably(linkFile(keysFolder), json.dump(2) + "\n");
}

Result<OfficeLink> loadOfficeLink(const std::string& keysFolder) {
    const auto content = files::read(linkFile(keysFolder), longestLink);
    if (!content)
        return fail(Code::KeyMissing,
                    "link.json: not found; enrol this kiosk at the office (kiosk-intake enrol)");
    OfficeLink link;
    const auto json = Json::parse(files::asText(*content), nullptr, false);
    try {
        if (json.at("schema").get<int>() != 1)
            return fail(Code::KeyInvalid, "link.json: made by a newer version");
        link.url = json.at("url").get<std::string>();
        link.kioskId = json.at("kiosk").get<std::string>();
        link.officeCode = json.at("office").get<std::string>();
        // Links made before the signing key could change name no earlier ones, and the serial otherwise.
        const auto earlier = json.value("office_signing_earlier", Json::array());
        link.officeSigning.earlier.resize(earlier.size());
        bool good = readPublic(json.at("office_signing"), link.officeSigning.present) &&
                    readPublic(json.at("office_sealing"), link.officeSealing);
        for (std::size_t i = 0; i < earlier.size(); ++i)
            good = good && readPublic(earlier[i], link.officeSigning.earlier[i]);
        if (!good)
            return fail(Code::KeyInvalid, "link.json: the office's keys are not readable; enrol again");
        link.officeSerial = json.value("office_keys_serial", json.value("office_sealing_serial", 0));
    } catch (const Json::exception&) {
        return fail(Code::KeyInvalid, "link.json: a field is missing; enrol again");
    }
    if (!link.url.starts_with("https://") || !parcel::isIdentifier(link.kioskId) ||
        !parcel::isIdentifier(link.officeCode))
        return fail(Code::KeyInvalid, "link.json: address or code is not usable; enrol again");
    link.certificateFile = keysFolder + "/client.crt";
    link.keyFile = keysFolder + "/client.key";
    link.officeCertificateFile = keysFolder + "/office.crt";
    if (auto checked = files::checkPrivate(link.keyFile); !checked) return fail(checked.error());
    for (const auto& path : {link.certificateFile, link.officeCertificateFile})
        if (!files::read(path, 1U << 20))
            return fail(Code::KeyMissing, path.substr(keysFolder.size() + 1) + ": not readable");
    auto signing = files::readKey(keysFolder + "/signing.key", 64);
    if (!signing) return fail(signing.error());
    link.kioskSigning = std::move(*signing);
    return link;
}

Result<bool> keepOfficeKeys(const std::string& keysFolder, OfficeLink& link, const OfficeKeys& keys) {
    if (keys.office != link.officeCode) return fail(Code::OfficeUntrusted, "another office's keys");
    if (keys.serial <= link.officeSerial) return false;
    const auto path = linkFile(keysFolder);
    const auto content = files::read(path, longestLink);
    if (!content) return fail(content.error());
    auto json = Json::parse(files::asText(*content), nullptr, false);
    if (!json.is_object()) return fail(Code::KeyInvalid, "link.json: not readable any more; enrol again");
    // The certificate first: cut off after it, the same notices are followed once more.
    if (auto done = files::writeDurably(link.officeCertificateFile, keys.certificate); !done)
        return fail(done.error());
    json.erase("office_sealing_serial");
    json.update(officeMembers(keys));
    if (auto done = files::writeDurably(path, json.dump(2) + "\n"); !done) return fail(done.error());
    link.officeSealing = keys.sealing;
    link.officeSigning = keys.signing;
    link.officeSerial = keys.serial;
    return true;
}

} // namespace kiosk
