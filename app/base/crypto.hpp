// Random bytes, keyed hashes and encodings; the primitives behind parcels, profiles and references
// (libsodium).
#pragma once

#include "app/base/result.hpp"
#include "app/base/secret.hpp"

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::crypto {

/// Must be called once before anything else here; terminates when the system has no randomness.
void init();
/// For programs that hold what people declared, before they read any of it: the kernel writes no core of
/// them, and no other program of the same user may look into their memory (prctl(2), PR_SET_DUMPABLE).
void forbidMemoryDumps();

/// Has glibc overwrite every piece of memory that is given back, whoever had it (mallopt(3), M_PERTURB), and
/// keep none aside that it would not overwrite. It is told so when a program begins, therefore the program
/// begins once more with `arguments`, those of main(); returns in that second run, or where GLIBC_TUNABLES
/// stands in the environment already.
void wipeFreedMemory(char** arguments);
inline constexpr const char* wipingTunables = "glibc.malloc.perturb=90:glibc.malloc.tcache_count=0";

Bytes random(std::size_t size);

/// BLAKE2b-256, keyed when `key` is not empty (16..64 bytes).
std::array<std::uint8_t, 32> hash(std::string_view data, std::span<const std::uint8_t> key = {});

/// Ed25519 signature in hexadecimal. `key`: 64 bytes.
std::string sign(std::string_view text, const Secret<Bytes>& key);

/// Who may have signed: an Ed25519 key, and those whose place it took, which count on for what they signed.
struct VerifyKeys {
    using Key = std::array<std::uint8_t, 32>;
    VerifyKeys() = default;
    VerifyKeys(const Key& only) : present(only) {} // NOLINT(google-explicit-constructor): no other meaning
    Key present{};
    std::vector<Key> earlier; // newest first
};
bool isSignedBy(const VerifyKeys& keys, std::string_view text, std::string_view hexSignature);

/// The first eight bytes as four pronounceable words to compare by eye or telephone,
/// "lusab-babad-gutih-tugad" (Wilkerson, "A Proposal for Proquints", 2009).
std::string words(std::span<const std::uint8_t> bytes);

/// What may be kept of a secret that people choose: Argon2id (RFC 9106) with a random salt, 64 MiB, about
/// 0.1 s.
std::string passwordHash(std::string_view secret);
bool passwordMatches(const std::string& kept, std::string_view secret);

/// XChaCha20-Poly1305 with a random nonce in front. `key`: 32 bytes. `context` is bound to what is sealed,
/// not kept in it.
Bytes seal(std::string_view plain, const Secret<Bytes>& key, std::string_view context);
/// Nothing: another key or context, or not as it was sealed.
std::optional<Secret<std::string>> unseal(std::span<const std::uint8_t> sealed, const Secret<Bytes>& key,
                                          std::string_view context);

std::string hex(std::span<const std::uint8_t> bytes);
Result<Bytes> fromHex(std::string_view hex); // KeyInvalid

/// A fresh idempotency key: 128 random bits, 32 hex digits.
std::string newIdempotencyKey();

/// The customer's local reference derived from an idempotency key: prefix and two groups of four Crockford
/// base-32 characters, the last a check character, e.g. "K7-9Q2M-4XTR". Short enough to read out, no personal
/// data.
std::string reference(std::string_view idempotencyKey);

/// True when the reference's check character is right (case, O/0 and I/1 forgiven).
bool isReference(std::string_view reference);

} // namespace kiosk::crypto
