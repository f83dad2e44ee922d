#include "app/intake/office/rotation.hpp"

#include "app/base/crypto.hpp"
#include "app/base/files.hpp"
#include "app/intake/office/certificate.hpp"
#include "app/intake/office/key_files.hpp"
#include "app/intake/office/office.hpp"

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <sodium.h>

namespace kiosk::intake {
namespace {

std::string numbered(const std::string& dataFolder, const char* pattern, int number) {
    char name[32];
    std::snprintf(name, sizeof name, pattern, number);
    return key_files::folder(dataFolder) + "/" + name;
}

Result<void> putInPlace(const std::string& file) {
    if (std::rename(key_files::next(file).c_str(), file.c_str()) == 0 || errno == ENOENT) return {};
    return fail(files::systemError(file));
}

Result<void> rotateSealing(const std::string& dataFolder, const Office& office) {
    // The present one is set aside first: cut off here, it merely lies there twice.
    const auto kept =
        files::writeKey(key_files::earlierSealing(dataFolder, static_cast<int>(office.sealing.size())),
                        office.sealing.front().secret.reveal());
    return kept ? files::writeKey(key_files::sealing(dataFolder), newSealingKey().reveal()) : kept;
}

/// The secrets first, then the notice, which decides; then they are put in place.
Result<void> handOver(const std::string& dataFolder, const Office& office, const OfficeKeys& next) {
    const auto number = static_cast<int>(office.notices.size()) + 1;
    if (auto done = files::writeDurably(key_files::notice(dataFolder, number),
                                        writeKeyNotice(next, office.signing) + "\n");
        !done)
        return done;
    return finishRotation(dataFolder);
}

Result<void> rotateSigning(const std::string& dataFolder, const Office& office) {
    auto next = office.keys;
    ++next.serial;
    Secret<Bytes> secret(Bytes(crypto_sign_SECRETKEYBYTES));
    crypto_sign_keypair(next.signing.present.data(), secret.reveal().data());
    if (auto done = files::writeKey(key_files::next(key_files::signing(dataFolder)), secret.reveal()); !done)
        return done;
    return handOver(dataFolder, office, next);
}

Result<void> rotateTls(const std::string& dataFolder, const Office& office) {
    const auto pair = makeTlsPair(office.settings.code, office.settings.hosts);
    if (!pair) return fail(pair.error());
    auto next = office.keys;
    ++next.serial;
    next.certificate = pair->certificatePem;
    auto done = files::writeDurably(key_files::next(key_files::tls(dataFolder)), pair->keyPem.reveal());
    if (done)
        done = files::writeDurably(key_files::next(key_files::certificate(dataFolder)), pair->certificatePem);
    return done ? handOver(dataFolder, office, next) : done;
}

} // namespace

std::string key_files::earlierSealing(const std::string& dataFolder, int number) {
    return numbered(dataFolder, "sealing-%04d.key", number);
}
std::string key_files::notice(const std::string& dataFolder, int number) {
    return numbered(dataFolder, "notice-%04d.json", number);
}

Result<void> rotate(const std::string& dataFolder, OfficeKey key) {
    const auto office = loadOffice(dataFolder);
    if (!office) return fail(office.error());
    switch (key) {
    case OfficeKey::Sealing:
        return rotateSealing(dataFolder, *office);
    case OfficeKey::Signing:
        return rotateSigning(dataFolder, *office);
    case OfficeKey::Tls:
        return rotateTls(dataFolder, *office);
    }
    std::abort();
}

Result<void> finishRotation(const std::string& dataFolder) {
    const auto written = writtenNotices(dataFolder);
    if (!written) return fail(written.error());
    if (written->empty()) return {};
    const auto decided = readOwnKeyNotice(written->back());
    if (!decided) return fail(decided.error());
    // Others that wait are of a rotation that was cut off before its notice: the next one writes over them.
    const auto signing = key_files::signing(dataFolder), certificate = key_files::certificate(dataFolder);
    if (std::filesystem::exists(key_files::next(signing))) {
        const auto secret = files::readKey(key_files::next(signing), crypto_sign_SECRETKEYBYTES);
        if (!secret) return fail(secret.error());
        parcel::PublicKey own{};
        crypto_sign_ed25519_sk_to_pk(own.data(), secret->reveal().data());
        if (own == decided->keys.signing.present)
            if (auto done = putInPlace(signing); !done) return done;
    }
    if (const auto waits = files::read(key_files::next(certificate), 65536);
        waits && files::asText(*waits) == decided->keys.certificate) {
        if (auto done = putInPlace(key_files::tls(dataFolder)); !done) return done;
        if (auto done = putInPlace(certificate); !done) return done;
    }
    return files::syncFolder(key_files::folder(dataFolder));
}

Result<std::vector<std::string>> writtenNotices(const std::string& dataFolder) {
    std::vector<std::string> all;
    for (int number = 1; std::filesystem::exists(key_files::notice(dataFolder, number)); ++number) {
        const auto text = files::read(key_files::notice(dataFolder, number), 65536);
        if (!text) return fail(text.error());
        all.emplace_back(files::asText(*text));
    }
    return all;
}

} // namespace kiosk::intake
