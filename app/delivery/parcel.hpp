// A parcel: one dossier signed by the kiosk and sealed to the office's public key. Shared by kiosk and
// intake.
#pragma once

#include "app/base/crypto.hpp"
#include "app/base/result.hpp"
#include "app/base/secret.hpp"
#include "app/base/time.hpp"

#include <array>
#include <span>
#include <string>
#include <string_view>

namespace kiosk::parcel {

inline constexpr int schemaVersion = 1;
/// Larger parcels are neither made nor taken.
inline constexpr std::size_t maxBytes = 16U << 20;

using PublicKey = std::array<std::uint8_t, 32>;

/// In the place of a procedure's code: staff try the whole way. The office checks the parcel and answers it,
/// and keeps nothing of it.
inline constexpr const char* rehearsal = "rehearsal";

/// In clear around the sealed dossier and once more inside it; holds nothing personal.
struct Header {
    int schema = schemaVersion;
    std::string kiosk;      // kiosk id: letters, digits, "." "_" "-", up to 64
    std::string office;     // office code, the same characters
    std::string signingKey; // id of the kiosk's Ed25519 key (first 8 bytes of its hash, hex); written by seal
    std::string sealingKey; // id of the office's X25519 key; written by seal
    std::string key;        // idempotency key, 32 hex digits, made when the customer confirmed
    std::string reference;  // crypto::reference(key)
    std::string procedure;  // procedure code
    Instant createdAt;
    bool clockTrusted = true; // false: the kiosk's clock was before its build date
    bool operator==(const Header&) const = default;
};

/// What the office signs: this parcel is durably stored under this dossier code.
struct Acknowledgement {
    std::string key;         // the parcel's idempotency key
    std::string contentHash; // BLAKE2b-256 of the parcel's bytes, hex
    std::string dossierCode; // the office's own code
    bool builtInNumbering =
        false; // the code comes from the intake's own numbering, not from the office's system
    Instant receivedAt;
    std::string text; // as signed and received; filled by readAcknowledgement, the proof to keep
};

std::string keyId(const PublicKey& key);
/// The same eight bytes as words, for people who compare what kiosk and office show (crypto::words).
std::string keyWords(const PublicKey& key);
std::string contentHash(std::span<const std::uint8_t> parcelBytes);

/// True for ids and codes as headers may hold them.
bool isIdentifier(std::string_view id);

/// A sealed box's one-use key, made before there is anything to seal: the slow part of sealing (two X25519
/// multiplications) does not depend on the dossier. Kept in memory only; sealing uses it up and wipes it.
class Envelope {
public:
    /// Errors: KeyInvalid (the office's key is none).
    static Result<Envelope> make(const PublicKey& office);
    Envelope(Envelope&&) = default;
    Envelope& operator=(Envelope&&) = default;
    const PublicKey& office() const { return office_; }
    /// The sealed box's size for so many bytes.
    static std::size_t sealedSize(std::size_t plain);
    /// Writes crypto_box_seal(plain): ephemeral key, tag, cipher text. A second use would repeat key and
    /// nonce and terminates the process.
    void seal(std::span<const std::uint8_t> plain, std::uint8_t* out);

private:
    Envelope() = default;
    PublicKey office_{}, ephemeral_{};
    std::array<std::uint8_t, 24> nonce_{};
    Secret<Bytes> key_;
};

/// The bytes to queue and send: "KPCL", header length, header (canonical JSON), cipher length, libsodium
/// sealed box to `office` with the header repeated inside, Ed25519 signature over everything before it.
/// Lengths are 32-bit little-endian. Errors: ParcelInvalid.
Result<Bytes> seal(const Header& header, std::string_view dossierJson, const Secret<Bytes>& kioskSigningKey,
                   const PublicKey& office);
/// The same with an envelope made ahead.
Result<Bytes> seal(const Header& header, std::string_view dossierJson, const Secret<Bytes>& kioskSigningKey,
                   Envelope envelope);

/// The header without checking anything. Errors: ParcelInvalid, ParcelUnknownVersion.
Result<Header> peek(std::span<const std::uint8_t> bytes);

/// Checks the kiosk's signature. Errors: as peek, ParcelUnsigned.
Result<Header> verify(std::span<const std::uint8_t> bytes, const PublicKey& kioskSigning);

/// Opens with the office's key pair. Errors: as peek, ParcelNotForUs; ParcelInvalid when the inner header
/// differs from the outer.
Result<std::string> open(std::span<const std::uint8_t> bytes, const PublicKey& officePublic,
                         const Secret<Bytes>& officeSecret);

/// Canonical JSON with the office's Ed25519 signature, and back. Errors of read: OfficeGarbled,
/// OfficeUntrusted, OfficeIncompatible.
std::string writeAcknowledgement(const Acknowledgement& ack, const Secret<Bytes>& officeSigningKey);
Result<Acknowledgement> readAcknowledgement(std::string_view json, const crypto::VerifyKeys& officeSigning);

} // namespace kiosk::parcel
