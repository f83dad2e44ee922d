// The office's papers about a dossier: the declaration as declared, the receipt, the apology.
#pragma once

#include "app/intake/ledger.hpp"

#include <string>

namespace kiosk::intake {

enum class PaperKind { Declaration, Receipt, Apology };

/// A PDF, with personal data. Receipt: needs a due date. Apology: needs two, the last one later; the newest
/// note is the reason. Errors: PaperFailed with what is missing; the ledger's.
Result<std::string> paperOf(Ledger& ledger, const Entry& entry, PaperKind kind, Instant now);

} // namespace kiosk::intake
