// The durable queue of parcels: a row in SQLite and one sealed, fsynced file beside it until the office acknowledged.
#pragma once

#include "app/base/result.hpp"
#include "app/base/secret.hpp"
#include "app/base/time.hpp"
#include "app/store/db.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kiosk::store {

/// A parcel as queued: bytes exactly as they will be sent.
struct QueuedParcel {
    std::string key;       // idempotency key, unique
    std::string reference;
    std::string procedure;
    Bytes bytes;
    std::string subject;   // keyed hash of personal number and procedure: finds "already sent" after a restart; empty: none
    Instant createdAt;
    int attempts = 0;
};

/// One row as staff may see it: no personal data.
struct QueueRow {
    std::string reference, procedure, state; // queued, refused, acknowledged
    std::string dossierCode;                 // once acknowledged
    std::string reason;                      // of the last failure or refusal, a Code name
    Instant createdAt;
    std::optional<Instant> nextTry;
    int attempts = 0;
};

struct QueueCounts {
    int queued = 0, refused = 0, acknowledged = 0;
    std::optional<Instant> oldestQueued;
};

/// On the disk thread only.
class Outbox {
public:
    /// `folder` holds the sealed files.
    Outbox(Db& db, std::string folder);

    /// Commits; only after it returns may anything say "received". Same key and bytes again: no error, no second row. Errors: StoreFull
    /// (also when less than `Db::minFreeBytes` would remain), StoreUnavailable, StoreDamaged.
    Result<void> put(const QueuedParcel& parcel);
    /// Is there room for one more dossier (asked before the person fills a form)?
    Result<void> checkRoom() const;

    /// The oldest queued parcel whose next try is due.
    Result<std::optional<QueuedParcel>> next(Instant now) const;
    /// When the next try is due, if anything is queued.
    Result<std::optional<Instant>> nextDue() const;
    Result<void> acknowledged(const std::string& key, const std::string& dossierCode, const std::string& ackJson, Instant at);
    /// Temporary failure: try again at `nextTry`.
    Result<void> postponed(const std::string& key, Code reason, Instant nextTry);
    /// For good: goes to staff, is kept.
    Result<void> refused(const std::string& key, Code reason, Instant at);
    /// After the link returns: everything queued is due now.
    Result<void> dueNow();

    /// The newest parcel of this subject made since `since`.
    Result<std::optional<QueueRow>> findSubject(const std::string& subject, Instant since) const;
    Result<QueueCounts> counts() const;
    Result<std::vector<QueueRow>> rows(std::size_t limit) const;
    /// Removes acknowledged parcels older than `days` (row and file).
    Result<int> expire(Instant now, int days);
    /// Puts sealed files that have no row back into the queue (after salvage or a lost commit of the row).
    Result<int> adoptFiles();

private:
    Db& db_;
    std::string folder_;
};

} // namespace kiosk::store
