// Six digits that only the telephone of the account's holder shows: TOTP (RFC 6238) as every authenticator
// app has it, HMAC-SHA-1 over steps of 30 seconds.
#pragma once

#include "app/base/secret.hpp"
#include "app/base/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kiosk::store::phone_code {

/// A fresh key of 160 bits (RFC 4226, R6).
Secret<Bytes> newKey();
/// Base 32 (RFC 4648), to be typed into the app by hand.
Secret<std::string> asText(const Secret<Bytes>& key);
/// nullopt: not a key written by asText().
std::optional<Secret<Bytes>> fromText(const Secret<std::string>& text);
/// What the app reads from a QR code: "otpauth://totp/K7:Name?secret=…&issuer=K7".
Secret<std::string> uri(const Secret<Bytes>& key, std::string_view kiosk, std::string_view account);

/// The step of a code that is right at `at`, give or take one step for clocks that differ; nullopt: wrong, or
/// no newer than `lastStep`, the step of the last one taken.
std::optional<std::int64_t> stepOf(std::string_view code, const Secret<Bytes>& key, Instant at,
                                   std::int64_t lastStep);

} // namespace kiosk::store::phone_code
