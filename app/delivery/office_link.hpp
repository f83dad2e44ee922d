// What a kiosk knows of its office and of itself to speak with it: made at enrolment, in the data folder's
// keys/.
#pragma once

#include "app/base/result.hpp"
#include "app/base/secret.hpp"
#include "app/delivery/office_keys.hpp"

#include <string>

namespace kiosk {

struct OfficeLink {
    std::string url; // https://127.0.0.1:8443
    std::string kioskId, officeCode;
    std::string certificateFile, keyFile; // the kiosk's TLS client pair, PEM
    std::string officeCertificateFile;    // the only certificate accepted, PEM
    crypto::VerifyKeys officeSigning;
    parcel::PublicKey officeSealing{};
    int officeSerial = 0;       // of the office's keys, see OfficeKeys
    Secret<Bytes> kioskSigning; // Ed25519 secret key, 64 bytes

    /// Without the certificate.
    OfficeKeys officeKeys() const { return {officeCode, officeSerial, officeSealing, officeSigning, {}}; }
};

/// Reads keys/link.json, client.crt, client.key, office.crt, signing.key (all made by `kiosk-intake enrol`).
/// Private files that others may read are refused. Errors: KeyMissing, KeyInvalid with advice.
Result<OfficeLink> loadOfficeLink(const std::string& keysFolder);

/// Writes keys/link.json, which says that the other files of the folder are whole. Errors: Store….
Result<void> writeOfficeLink(const std::string& keysFolder, const std::string& url,
                             const std::string& kioskId, const OfficeKeys& keys);

/// Writes the office's changed keys into keys/office.crt, keys/link.json and `link`. False: they are no newer
/// than those at hand. Errors: OfficeUntrusted (another office's), Store….
Result<bool> keepOfficeKeys(const std::string& keysFolder, OfficeLink& link, const OfficeKeys& keys);

} // namespace kiosk
