// The office as witness of its kiosks' journals: it signs where a journal ends when everything before goes on
// from what it signed earlier, and raises the alarm when it does not.
#pragma once

#include "app/intake/receiver.hpp"

namespace kiosk::intake {

/// 200: the office's signed word, kept in the ledger before it is given. 409: the journal was put back
/// (JournalRolledBack) or goes another way than the one witnessed (JournalForked); noted in the ledger for
/// staff, and the word that stands is in the answer. 403, 422: not a checkpoint of the kiosk that TLS has
/// proved. 503: the disk failed.
Reply witness(const Office& office, Ledger& ledger, std::string_view request, const std::string& fingerprint,
              Instant now);

} // namespace kiosk::intake
