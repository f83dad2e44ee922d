// The office's own settings and keys, made once by `kiosk-intake init`, and the link folder made for each
// kiosk by `enrol`.
#pragma once

#include "app/base/result.hpp"
#include "app/base/secret.hpp"
#include "app/delivery/office_keys.hpp"
#include "app/delivery/parcel.hpp"
#include "app/intake/ledger.hpp"

#include <string>
#include <vector>

namespace kiosk::intake {

struct OfficeSettings {
    std::string code;     // as in parcels' headers, e.g. H29.5
    std::string name;     // for pages
    std::string unitCode; // leads built-in dossier codes; usually the code
    int port = 8443;
    std::vector<std::string> hosts; // the first is where kiosks call
    SerialRange serials;            // of built-in dossier codes
};

/// A pair that parcels are sealed to.
struct SealingKey {
    parcel::PublicKey publicKey{};
    Secret<Bytes> secret; // X25519, 32 bytes
};

struct Office {
    OfficeSettings settings;
    std::string certificateFile, keyFile; // TLS, PEM
    OfficeKeys keys;                      // as kiosks know them
    Secret<Bytes> signing;                // Ed25519, 64 bytes
    std::vector<SealingKey> sealing;      // newest first; the others open what was sealed before
    std::vector<std::string> notices; // by which the signing key and the TLS pair were changed, oldest first
    /// What kiosks are told: the way from any signing key it ever had to the present keys.
    std::string keyNotices() const;
};

/// Where things are in the intake's data folder.
std::string ledgerFile(const std::string& dataFolder);
std::string dossiersFolder(const std::string& dataFolder);
std::string quarantineFolder(const std::string& dataFolder);

/// Makes office.json and the four key pairs (0600). Refuses to replace existing keys: kiosks could never be
/// answered again. Errors: KeyInvalid, ConfigInvalid, StoreUnavailable.
Result<void> initOffice(const std::string& dataFolder, OfficeSettings settings);
/// Errors: KeyMissing, KeyInvalid, ConfigInvalid.
Result<Office> loadOffice(const std::string& dataFolder);

Secret<Bytes> newSealingKey();

enum class Peer { Kiosk, System };

/// Makes `outFolder` with link.json, client.crt, client.key, office.crt and signing.key, and registers the
/// kiosk. A kiosk enrolled again gets new keys; the old ones stop being accepted. `url` empty: from the
/// settings.
Result<void> enrolKiosk(const std::string& dataFolder, Ledger& ledger, const std::string& kioskId,
                        const std::string& outFolder, std::string url, Peer peer = Peer::Kiosk);

} // namespace kiosk::intake
