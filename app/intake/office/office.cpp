#include "app/intake/office/office.hpp"

#include "app/base/crypto.hpp"
#include "app/base/files.hpp"
#include "app/base/json/json.hpp"
#include "app/intake/office/certificate.hpp"

#include <algorithm>
#include <filesystem>
#include <sodium.h>

namespace kiosk::intake {
namespace {

using Json = nlohmann::json;

std::string keys(const std::string& dataFolder) { return dataFolder + "/keys"; }
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

std::string sealingFile(const std::string& dataFolder) { return keys(dataFolder) + "/sealing.key"; }
/// The first key of an office has number 1.
std::string earlierSealingFile(const std::string& dataFolder, int number) {
    char name[32];
    std::snprintf(name, sizeof name, "/sealing-%04d.key", number);
    return keys(dataFolder) + name;
}

Secret<Bytes> newSealingKey() {
    parcel::PublicKey ignored{};
    Secret<Bytes> secret(Bytes(crypto_box_SECRETKEYBYTES));
    crypto_box_keypair(ignored.data(), secret.reveal().data());
    return secret;
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
    for (int number = 1; std::filesystem::exists(earlierSealingFile(dataFolder, number)); ++number)
        if (auto done = add(earlierSealingFile(dataFolder, number)); !done) return fail(done.error());
    if (auto done = add(sealingFile(dataFolder)); !done) return fail(done.error());
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
    for (const auto& folder : {keys(dataFolder), dossiersFolder(dataFolder), quarantineFolder(dataFolder)})
        if (auto made = files::makeFolder(folder); !made) return made;
    const auto pair = makeTlsPair(settings.code, settings.hosts);
    if (!pair) return fail(pair.error());
    parcel::PublicKey ignored{};
    Secret<Bytes> signing(Bytes(crypto_sign_SECRETKEYBYTES));
    crypto_sign_keypair(ignored.data(), signing.reveal().data());
    auto done = writePair(keys(dataFolder), "office", *pair);
    if (done) done = files::writeKey(keys(dataFolder) + "/signing.key", signing.reveal());
    if (done) done = files::writeKey(sealingFile(dataFolder), newSealingKey().reveal());
    if (done) done = writeSettings(dataFolder, settings); // last: its presence says that the keys are whole
    return done;
}

Result<Office> loadOffice(const std::string& dataFolder) {
    auto settings = readSettings(dataFolder);
    if (!settings) return fail(settings.error());
    Office office;
    office.settings = std::move(*settings);
    office.certificateFile = keys(dataFolder) + "/office.crt";
    office.keyFile = keys(dataFolder) + "/office.key";
    if (auto checked = files::checkPrivate(office.keyFile); !checked) return fail(checked.error());
    auto signing = files::readKey(keys(dataFolder) + "/signing.key", crypto_sign_SECRETKEYBYTES);
    if (!signing) return fail(signing.error());
    auto sealing = readSealingKeys(dataFolder);
    if (!sealing) return fail(sealing.error());
    office.signing = std::move(*signing);
    office.sealing = std::move(*sealing);
    crypto_sign_ed25519_sk_to_pk(office.signingPublic.data(), office.signing.reveal().data());
    return office;
}

Result<void> rotateSealingKey(const std::string& dataFolder) {
    const auto office = loadOffice(dataFolder);
    if (!office) return fail(office.error());
    // The present one is set aside first: cut off here, it merely lies there twice.
    const auto kept = files::writeKey(earlierSealingFile(dataFolder, office->notice().serial),
                                      office->sealing.front().secret.reveal());
    return kept ? files::writeKey(sealingFile(dataFolder), newSealingKey().reveal()) : kept;
}

Result<void> enrolKiosk(const std::string& dataFolder, Ledger& ledger, const std::string& kioskId,
                        const std::string& outFolder, std::string url, Peer peer) {
    if (!parcel::isIdentifier(kioskId))
        return fail(Code::ConfigInvalid, "kiosk id: letters, digits, \".\", \"_\", \"-\"");
    const auto office = loadOffice(dataFolder);
    if (!office) return fail(office.error());
    const auto officeCertificate = files::read(office->certificateFile, 65536);
    if (!officeCertificate) return fail(officeCertificate.error());
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
    const Json link = {{"schema", 1},
                       {"url", url},
                       {"kiosk", kioskId},
                       {"office", office->settings.code},
                       {"office_signing", crypto::hex(office->signingPublic)},
                       {"office_sealing", crypto::hex(office->notice().key)},
                       {"office_sealing_serial", office->notice().serial}};
    auto done = files::makeFolder(outFolder);
    if (done) done = writePair(outFolder, "client", *pair);
    if (done) done = files::writeKey(outFolder + "/signing.key", signing.reveal());
    if (done) done = files::writeDurably(outFolder + "/office.crt", files::asText(*officeCertificate));
    if (done) done = ledger.enrol(kiosk);
    if (done) done = files::writeDurably(outFolder + "/link.json", link.dump(2) + "\n");
    return done;
}

} // namespace kiosk::intake
