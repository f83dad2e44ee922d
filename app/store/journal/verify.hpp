// Is the journal what it was? Follows the chain from its root to its end and compares it with what the office
// signed.
#pragma once

#include "app/store/journal/journal.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kiosk::store::journal {

/// Who must have signed, and what the office itself says.
struct Trust {
    std::string kiosk; // its id
    VerifyKey kioskKey{};
    crypto::VerifyKeys officeKeys;
    std::string witness; // from the office's own ledger (`kiosk-intake journal`); empty: not at hand
};

/// The first thing that is wrong.
struct Problem {
    Code code = Code::JournalBroken; // also JournalUnsigned, JournalRolledBack, JournalForked
    std::int64_t sequence = 0;       // the first entry that is not as it should be; 0: none in particular
    std::string what;                // English, for staff
};

struct Finding {
    std::int64_t first = 0, last = 0; // entries there; last < first: none
    std::optional<Attestation> root;  // older entries were removed
    std::optional<Attestation> witness;
    std::optional<Problem> problem;
};

/// `fileText`: of readWitnessFile(), read before, so that a running kiosk is never ahead of it. Errors:
/// Store… when the journal cannot be read at all.
Result<Finding> verify(const Db& db, const std::string& fileText, const Trust& trust);

} // namespace kiosk::store::journal
