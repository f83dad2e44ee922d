// Steps of a dossier, entered by hand or by the office's own system.
#pragma once

#include "app/intake/ledger.hpp"
#include "app/intake/reply.hpp"

#include <string>
#include <string_view>

namespace kiosk::intake {

/// `due`: yyyy-mm-dd or empty; `note`: words for the applicant, at most 500 characters. Errors: ConfigInvalid
/// with what is wrong.
Result<StatusRow> statusRow(int status, const std::string& due, const std::string& note, Instant at);

/// POST /v1/statuses {"schema":1,"what":key or dossier code,"status":1 to 10,"due":date or null,"note":text}
/// from a system that was enrolled as one. The answer is how the dossier stands then (look_up::write).
Reply takeStatus(Ledger& ledger, std::string_view json, const std::string& fingerprint, Instant now);

} // namespace kiosk::intake
