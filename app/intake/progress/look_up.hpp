// Answers how a dossier stands to whoever knows its code and the applicant's birth date, and counts the tries
// of those who do not.
#pragma once

#include "app/delivery/progress/look_up.hpp"
#include "app/intake/ledger.hpp"
#include "app/intake/reply.hpp"
#include "app/store/patience.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace kiosk::intake {

/// For one code, right or not: 5 tries, 15 min, then doubling up to a day. A birth date has some 30,000
/// values.
inline constexpr store::Patience patienceWithCode{5, std::chrono::minutes(15), std::chrono::hours(24)};
/// For one kiosk, whose next customer must not pay long for the one before.
inline constexpr store::Patience patienceWithKiosk{30, std::chrono::seconds(30), std::chrono::minutes(10)};
/// Without a wrong try in between, those before are forgotten.
inline constexpr std::chrono::milliseconds codeForgottenAfter = std::chrono::hours(48),
                                           kioskForgottenAfter = std::chrono::hours(1);

/// Used by the ledger's thread. 200: look_up::Answer. 404: no dossier of this code and birth date, and
/// nothing tells which of the two is wrong. 429 with Retry-After: too many tries, whatever the question. 403,
/// 422, 503 as Receiver::receive.
Reply lookUp(Ledger& ledger, std::string_view question, const std::string& fingerprint, Instant now);

/// All that is known of an entry, oldest first; it begins with its being taken.
Result<look_up::Answer> progressOf(Ledger& ledger, const Entry& entry);

} // namespace kiosk::intake
