// The office's keys as its kiosks know them, and the signed notices by which it changes them.
#pragma once

#include "app/base/crypto.hpp"
#include "app/delivery/parcel.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace kiosk {

struct OfficeKeys {
    std::string office;          // its code
    int serial = 0;              // rises with every change: an older notice never replaces a newer one
    parcel::PublicKey sealing{}; // X25519: parcels are sealed to it
    crypto::VerifyKeys signing;  // Ed25519: sign acknowledgements, witnesses, bundles and notices
    std::string certificate;     // the only one its server shows, PEM
};

/// A notice: `keys` are in use from now on; of the signing keys it names the present one. Signed by `signer`,
/// the key before it where it changes.
std::string writeKeyNotice(const OfficeKeys& keys, const Secret<Bytes>& signer);

/// Several notices as one answer, and back.
std::string writeKeyNotices(const std::vector<std::string>& notices);

/// Walks an answer's notices from the keys at hand to the newest, as clients of TUF walk its root files (The
/// Update Framework specification 1.0, section 5.3): each is believed that the key reached so far has signed,
/// with a serial above the last. Those of before are passed over. The keys passed become `signing.earlier`.
/// The result is `known` itself, certificate empty, when nothing is newer. Errors: OfficeGarbled,
/// OfficeIncompatible, OfficeUntrusted (none is signed by the key at hand).
Result<OfficeKeys> followKeyNotices(std::string_view answer, const OfficeKeys& known);

/// A notice as its office itself reads it, checked to be signed by whom it names. Errors: as
/// followKeyNotices().
struct KeyNotice {
    OfficeKeys keys;
    parcel::PublicKey signer{};
};
Result<KeyNotice> readOwnKeyNotice(std::string_view notice);

} // namespace kiosk
