#include "app/intake/office/office.hpp"

#include "app/base/crypto.hpp"
#include "app/base/files.hpp"
#include "app/base/json/json.hpp"
#include "app/delivery/office_link.hpp"
#include "app/intake/office/certificate.hpp"
#include "app/intake/office/key_files.hpp"
#include "app/intake/office/rotation.hpp"

#include <algorithm>
#include <filesystem>
#include <sodium.h>

namespace kiosk::intake {
namespace {

using Json = nlohmann::json;

std::string settingsFile(const std::string& dataFolder) { return dataFolder + "/office.json"; }

constexpr const char* badSerials = "serials: two numbers from 1 to 999999, the first not above the last";
bool isRange(SerialRange r) { return r.first >= 1 && r.last <= 999'999 && r.first <= r.last; }

Result<void> writeSettings(const std::string& dataFolder, const OfficeSettings& s) {
    const Json json = {{"schema", 1},
                       {"office", s.code},
                       {"name", s.name},
                       {"unit_code", s.unitCode},
                       {"port", s.port},
                       {"hosts", s.hosts},
                       {"serials", {s.serials.first, s.serials.last}}};
    return files::writeDurably(settingsFile(dataFolder),
                               json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

Result<OfficeSettings> readSettings(const std::string& dataFolder) {
    const auto content = files::read(settingsFile(dataFolder), 65536);
    if (!content) return fail(Code::KeyMissing, "office.json: not found; run kiosk-intake init first");
    try {
        const auto json = Json::parse(files::asText(*content));
        OfficeSettings s{json.at("office").get<std::string>(),
                         json.at("name").get<std::string>(),
                         json.at("unit_code").get<std::string>(),
                         json.at("port").get<int>(),
                         json.at("hosts").get<std::vector<std::string>>(),
                         {}};
        if (json.contains("serials")) // not in those of earlier versions
            s.serials = {json["serials"].at(0).get<int>(), json["serials"].at(1).get<int>()};
        if (!isRange(s.serials)) return fail(Code::ConfigInvalid, badSerials);
        return s;
    } catch (const Json::exception& e) {
        return fail(Code::ConfigInvalid, std::string("office.json: ") + e.what());
    }
}

Result<void> writePair(const std::string& folder, const std::string& stem, const TlsPair& pair) {
    if (auto done = files::writeDurably(folder + "/" + stem + ".key", pair.keyPem.reveal()); !done)
        return done;
    return files::writeDurably(folder + "/" + stem + ".crt", pair.certificatePem);
}

/// Newest first.
Result<std::vector<SealingKey>> readSealingKeys(const std::string& dataFolder) {
    std::vector<SealingKey> found;
    const auto add = [&](const std::string& path) -> Result<void> {
        auto secret = files::readKey(path, crypto_box_SECRETKEYBYTES);
        if (!secret) return fail(secret.error());
        SealingKey key{{}, std::move(*secret)};
        crypto_scalarmult_base(key.publicKey.data(), key.secret.reveal().data());
        found.insert(found.begin(), std::move(key));
        return {};
    };
    for (int number = 1; std::filesystem::exists(key_files::earlierSealing(dataFolder, number)); ++number)
        if (auto done = add(key_files::earlierSealing(dataFolder, number)); !done) return fail(done.error());
    if (auto done = add(key_files::sealing(dataFolder)); !done) return fail(done.error());
    return found;
}

bool isHost(const std::string& host) {
    return !host.empty() && host.size() < 254 && std::all_of(host.begin(), host.end(), [](unsigned char c) {
        return std::isalnum(c) || c == '.' || c == '-';
    });
}

} // namespace

std::string ledgerFile(const std::string& dataFolder) { return dataFolder + "/ledger.db"; }
std::string dossiersFolder(const std::string& dataFolder) { return dataFolder + "/dossiers"; }
std::string quarantineFolder(const std::string& dataFolder) { return dataFolder + "/quarantine"; }

Result<void> initOffice(const std::string& dataFolder, OfficeSettings settings) {
    if (!parcel::isIdentifier(settings.code))
        return fail(Code::ConfigInvalid, "office code: letters, digits, \".\", \"_\", \"-\"");
    if (settings.unitCode.empty()) settings.unitCode = settings.code;
    if (!parcel::isIdentifier(settings.unitCode))
        return fail(Code::ConfigInvalid, "unit code: letters, digits, \".\", \"_\", \"-\"");
    if (!isRange(settings.serials)) return fail(Code::ConfigInvalid, badSerials);
    for (const char* host : {"127.0.0.1", "localhost"})
        if (std::find(settings.hosts.begin(), settings.hosts.end(), host) == settings.hosts.end())
            settings.hosts.emplace_back(host);
    for (const auto& host : settings.hosts)
        if (!isHost(host)) return fail(Code::ConfigInvalid, "host: a name or an IPv4 address");
    if (std::filesystem::exists(settingsFile(dataFolder)))
        return fail(Code::KeyInvalid, "this folder already belongs to an office; its keys are not replaced");
    for (const auto& folder :
         {key_files::folder(dataFolder), dossiersFolder(dataFolder), quarantineFolder(dataFolder)})
        if (auto made = files::makeFolder(folder); !made) return made;
    const auto pair = makeTlsPair(settings.code, settings.hosts);
    if (!pair) return fail(pair.error());
    parcel::PublicKey ignored{};
    Secret<Bytes> signing(Bytes(crypto_sign_SECRETKEYBYTES));
    crypto_sign_keypair(ignored.data(), signing.reveal().data());
    auto done = writePair(key_files::folder(dataFolder), "office", *pair);
    if (done) done = files::writeKey(key_files::signing(dataFolder), signing.reveal());
    if (done) done = files::writeKey(key_files::sealing(dataFolder), newSealingKey().reveal());
    if (done) done = writeSettings(dataFolder, settings); // last: its presence says that the keys are whole
    return done;
}

Secret<Bytes> newSealingKey() {
    parcel::PublicKey ignored{};
    Secret<Bytes> secret(Bytes(crypto_box_SECRETKEYBYTES));
    crypto_box_keypair(ignored.data(), secret.reveal().data());
    return secret;
}

Result<Office> loadOffice(const std::string& dataFolder) {
    auto settings = readSettings(dataFolder);
    if (!settings) return fail(settings.error());
    if (auto finished = finishRotation(dataFolder); !finished) return fail(finished.error());
    Office office;
    office.settings = std::move(*settings);
    office.certificateFile = key_files::certificate(dataFolder);
    office.keyFile = key_files::tls(dataFolder);
    if (auto checked = files::checkPrivate(office.keyFile); !checked) return fail(checked.error());
    auto signing = files::readKey(key_files::signing(dataFolder), crypto_sign_SECRETKEYBYTES);
    if (!signing) return fail(signing.error());
    auto sealing = readSealingKeys(dataFolder);
    if (!sealing) return fail(sealing.error());
    auto notices = writtenNotices(dataFolder);
    if (!notices) return fail(notices.error());
    const auto certificate = files::read(office.certificateFile, 65536);
    if (!certificate) return fail(certificate.error());
    office.signing = std::move(*signing);
    office.sealing = std::move(*sealing);
    office.notices = std::move(*notices);
    auto& keys = office.keys;
    keys.office = office.settings.code;
    keys.serial = static_cast<int>(office.sealing.size() + office.notices.size());
    keys.sealing = office.sealing.front().publicKey;
    keys.certificate = files::asText(*certificate);
    crypto_sign_ed25519_sk_to_pk(keys.signing.present.data(), office.signing.reveal().data());
    for (const auto& notice : office.notices) {
        const auto read = readOwnKeyNotice(notice);
        if (!read) return fail(read.error());
        if (read->signer != read->keys.signing.present)
            keys.signing.earlier.insert(keys.signing.earlier.begin(), read->signer);
    }
    return office;
}

std::string Office::keyNotices() const {
    auto all = notices;
    all.push_back(writeKeyNotice(keys, signing));
    return writeKeyNotices(all);
}

Result<void> enrolKiosk(const std::string& dataFolder, Ledger& ledger, const std::string& kioskId,
                        const std::string& outFolder, std::string url, Peer peer) {
    if (!parcel::isIdentifier(kioskId))
        return fail(Code::ConfigInvalid, "kiosk id: letters, digits, \".\", \"_\", \"-\"");
    const auto office = loadOffice(dataFolder);
    if (!office) return fail(office.error());
    if (std::filesystem::exists(outFolder + "/link.json"))
        return fail(Code::KeyInvalid, "the folder already holds a kiosk's link; choose an empty one");
    if (url.empty())
        url = "https://" + office->settings.hosts.front() + ":" + std::to_string(office->settings.port);
    const auto pair = makeTlsPair(kioskId, {});
    if (!pair) return fail(pair.error());
    const auto print = fingerprint(pair->certificatePem);
    if (!print) return fail(print.error());
    KioskRow kiosk{kioskId, *print, {}, false, peer == Peer::System, {}};
    Secret<Bytes> signing(Bytes(crypto_sign_SECRETKEYBYTES));
    crypto_sign_keypair(kiosk.signing.data(), signing.reveal().data());
    auto done = files::makeFolder(outFolder);
    if (done) done = writePair(outFolder, "client", *pair);
    if (done) done = files::writeKey(outFolder + "/signing.key", signing.reveal());
    if (done) done = files::writeDurably(outFolder + "/office.crt", office->keys.certificate);
    if (done) done = ledger.enrol(kiosk);
    if (done) done = writeOfficeLink(outFolder, url, kioskId, office->keys);
    return done;
}

} // namespace kiosk::intake
