// The dossier as JSON: self-describing, so that the office reads it without knowing our procedures.
#pragma once

#include "app/flow/flow.hpp"

#include <string>

namespace kiosk {

/// Schema 1, documented in app/intake/README.md. Reference and key are added when the dossier is committed.
std::string dossierJson(const Knowledge& knowledge, const Flow& flow);

/// The customer's own answers worth keeping for next time, by Field::profile key.
Answers answersToKeep(const Knowledge& knowledge, const Flow& flow);

} // namespace kiosk
