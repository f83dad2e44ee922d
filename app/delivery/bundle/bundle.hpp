// What an office sends its kiosks to change without a new program: procedures and their forms, words, units,
// the catalogue. One file, signed by the office, numbered upwards, good for a time.
#pragma once

#include "app/base/crypto.hpp"
#include "app/base/result.hpp"
#include "app/base/secret.hpp"
#include "app/base/time.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::bundle {

struct File {
    std::string path; // below assets/: "procedures/1.001193.json"
    std::string content;
};

/// The file: a line of JSON (office, version, times, each file's path, size and BLAKE2b-256), a line with the
/// signature of that line (Ed25519, hexadecimal) or "unsigned", then the files' bytes in their order.
struct Bundle {
    std::string office;  // code, as in the kiosk's link
    int version = 0;     // 1 to 999,999,999
    Instant from, until; // in force from then on, and no longer than until then
    std::vector<File> files;
};

inline constexpr std::size_t mostBytes = 32U << 20, mostFiles = 2000;

/// May a bundle bring this file? Procedures, words, units, the catalogue and choices; no fonts, no ways out
/// of the folder.
bool isAllowedPath(std::string_view path);

/// Unsigned. Errors: BundleInvalid with what is wrong.
Result<std::string> build(const Bundle& bundle);
/// The same bundle signed. `key`: the office's signing key, 64 bytes. Errors: BundleInvalid: no bundle, or
/// not whole.
Result<std::string> sign(std::string_view bytes, const Secret<Bytes>& key);

/// Everything checked but the time: signature, office, hashes, sizes, paths. Errors: BundleUntrusted (not
/// signed by this office, or changed since), BundleInvalid (not a bundle, cut off, of another schema, another
/// office's).
Result<Bundle> open(std::string_view bytes, const crypto::VerifyKeys& office, std::string_view officeCode);

} // namespace kiosk::bundle
