// Answers a kiosk's question how its own dossiers stand.
#pragma once

#include "app/intake/ledger.hpp"
#include "app/intake/reply.hpp"

#include <string>
#include <string_view>

namespace kiosk::intake {

/// `question`: board::writeQuestion(). Only dossiers that came from this kiosk; a revoked one is refused.
Reply boardOf(Ledger& ledger, std::string_view question, const std::string& fingerprint);

} // namespace kiosk::intake
