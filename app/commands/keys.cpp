#include "app/commands/keys.hpp"

#include "app/base/crypto.hpp"
#include "app/base/files.hpp"
#include "app/delivery/gateway.hpp"
#include "app/store/db.hpp"

#include <algorithm>
#include <filesystem>
#include <ostream>

namespace kiosk {

int runKeysCheck(const std::string& dataFolder, std::ostream& out, std::ostream& err) {
    crypto::init();
    const auto failed = [&](const Error& error) {
        err << "kiosk keys: " << name(error.code) << ": " << error.detail << "\n";
        return 1;
    };
    const auto link = loadOfficeLink(store::keysFolder(dataFolder));
    if (!link) return failed(link.error());
    // The kiosk makes its device key at its first start; before that there is nothing to check.
    const auto device = store::deviceKeyFile(dataFolder);
    const bool started = std::filesystem::exists(device);
    if (started)
        if (auto key = files::readKey(device, 32); !key) return failed(key.error());
    parcel::PublicKey signing{};
    const auto& secret = link->kioskSigning.reveal(); // Ed25519: seed, then public key
    std::copy(secret.begin() + 32, secret.end(), signing.begin());
    out << "kiosk " << link->kioskId << " of office " << link->officeCode << " at " << link->url << "\n"
        << "kiosk signing key " << parcel::keyId(signing) << "  " << parcel::keyWords(signing) << "\n"
        << "office signing key " << parcel::keyId(link->officeSigning.present) << "  "
        << parcel::keyWords(link->officeSigning.present) << "\n"
        << "office sealing key " << parcel::keyId(link->officeSealing) << "  "
        << parcel::keyWords(link->officeSealing) << "\n"
        << (started ? "device key: good\n" : "device key: made at the first start\n");
    return 0;
}

} // namespace kiosk
