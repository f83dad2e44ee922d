// Seals for a kiosk how its dossiers stand, each under the key that came with it: the kiosk keeps them for
// the hours when the office cannot be asked, and cannot read them.
#pragma once

#include "app/intake/ledger.hpp"
#include "app/intake/reply.hpp"

#include <string>
#include <string_view>

namespace kiosk::intake {

/// Used by the ledger's thread. 200: kept_progress::Batch of the dossiers with steps newer than the
/// question's number. 403, 422, 503 as Receiver::receive.
Reply progressFor(Ledger& ledger, std::string_view question, const std::string& fingerprint);

} // namespace kiosk::intake
