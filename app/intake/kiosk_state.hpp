// How the office's kiosks are doing, as they tell it themselves.
#pragma once

#include "app/intake/ledger.hpp"
#include "app/intake/reply.hpp"

#include <string>
#include <string_view>

namespace kiosk::intake {

/// Used by the ledger's thread. 200: noted. 403, 422, 503 as Receiver::receive.
Reply takeState(Ledger& ledger, std::string_view json, const std::string& fingerprint, Instant now);

/// A line a kiosk, for staff: when it was last heard of, what does not work, who calls.
std::string kioskLine(const KioskHeard& kiosk, Instant now);

} // namespace kiosk::intake
