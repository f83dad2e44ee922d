// A signed word about a journal's head: the kiosk's checkpoint and root, and the office's witness.
#pragma once

#include "app/base/crypto.hpp"
#include "app/base/result.hpp"
#include "app/base/secret.hpp"
#include "app/store/journal/chain.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace kiosk::store::journal {

/// What is said; part of what is signed, so that none can be taken for another.
enum class Purpose {
    Checkpoint, ///< by the kiosk: my journal ends here
    Root,       ///< by the kiosk: older entries were removed, mine begins after this one
    Witness     ///< by the office: I know this kiosk's journal up to here
};

using VerifyKey = crypto::VerifyKeys::Key;

struct Attestation {
    std::string kiosk; // its id
    Head head;
    Instant at;       // by the clock of who signs
    std::string text; // as signed; filled by attest() and readAttestation()
};

/// Canonical JSON with an Ed25519 signature. `key`: 64 bytes.
Attestation attest(Purpose purpose, std::string kioskId, const Head& head, Instant at,
                   const Secret<Bytes>& key);
/// Errors: JournalUnsigned (not of this purpose, not by these keys, or not readable).
Result<Attestation> readAttestation(Purpose purpose, std::string_view text, const crypto::VerifyKeys& keys);
/// What a text claims, unchecked: for words to staff only.
std::optional<Head> peekHead(std::string_view text);

/// The public half of a 64-byte signing key.
VerifyKey verifyKeyOf(const Secret<Bytes>& signingKey);

} // namespace kiosk::store::journal
