// How dossiers stand, kept at the kiosk for the hours when the office cannot be asked. The office seals each
// so that the kiosk itself cannot read it: the key comes from the slip, the applicant's birth date and this
// kiosk's device key together, goes to the office inside the sealed dossier, and is forgotten by the kiosk.
#pragma once

#include "app/base/result.hpp"
#include "app/base/slip_code.hpp"
#include "app/base/time.hpp"
#include "app/delivery/progress/look_up.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::kept_progress {

/// 32 bytes. `slip` has its secret.
Secret<Bytes> keyOf(const SlipCode& slip, Date birth, const Secret<Bytes>& deviceKey);

/// XChaCha20-Poly1305, bound to the reference; its length tells little (multiples of 512 bytes).
Bytes seal(const look_up::Answer& answer, const Secret<Bytes>& key);
/// Errors: DossierNotFound when the slip or the birth date is another one's; OfficeGarbled.
Result<look_up::Answer> open(const Bytes& sealed, const SlipCode& slip, const Secret<Bytes>& key);

/// What is new for this kiosk after `after`, a number of the office's; the next question begins at `next`.
struct Sealed {
    std::string reference;
    Bytes bytes;
};
struct Batch {
    std::int64_t next = 0;
    std::vector<Sealed> news;
    bool more = false; ///< ask on at once
};

/// An answer stays below what a kiosk takes (bytes of hexadecimal text).
inline constexpr std::size_t mostBytes = 128U << 10;

/// JSON of schema 1, and back. Errors: OfficeGarbled, OfficeIncompatible for an answer, ParcelInvalid for a
/// question.
std::string writeQuestion(std::int64_t after);
Result<std::int64_t> readQuestion(std::string_view json);
std::string write(const Batch& batch);
Result<Batch> readBatch(std::string_view json);

} // namespace kiosk::kept_progress
