// The durable queue of parcels: a row in SQLite and one sealed, fsynced file beside it until the office
// acknowledged.
#pragma once

#include "app/base/result.hpp"
#include "app/base/secret.hpp"
#include "app/base/time.hpp"
#include "app/store/db.hpp"
#include "app/store/journal/journal.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace kiosk::store {

/// A parcel as queued: bytes exactly as they will be sent.
struct QueuedParcel {
    std::string key; // idempotency key, unique, 32 hexadecimal digits
    std::string reference;
    std::string procedure;
    Bytes bytes;
    std::string subject; // keyed hash of personal number and procedure: finds "already sent" after a restart;
                         // empty: none
    Instant createdAt;
    int attempts = 0;
};

/// One row as staff may see it: no personal data.
struct QueueRow {
    std::string reference, procedure, state; // queued, refused, acknowledged
    std::string dossierCode;                 // once acknowledged
    std::string reason;                      // of the last failure or refusal, a Code name
    Instant createdAt;
    std::optional<Instant> nextTry; // while queued
    int attempts = 0;
    std::string key; // names the parcel to requeue()
};

struct QueueCounts {
    int queued = 0, refused = 0, acknowledged = 0;
    std::optional<Instant> oldestQueued;
};

class SlotKeeper;
class Statement;

/// On the disk thread only. A read-only Db serves the const functions beside a running kiosk.
///
/// The sealed files are slots: written with zeros and fsynced in advance, so that taking one for a parcel
/// overwrites in place and needs no new file, rename or fsync of a folder, and mostly no flush beside
/// SQLite's own (see commit() in outbox.cpp). A slot names its parcel in its own first line, with length and
/// hash, so a torn one is told from a whole one and no file name matters.
class Outbox {
public:
    /// `folder` holds the sealed files.
    Outbox(Db& db, std::string folder);
    ~Outbox();

    /// Commits: row and sealed file are written side by side, and only when both are durable it returns
    /// without an error; only then may anything say "received". With an error, neither is left. Same key and
    /// bytes again: no error, no second row. Errors: StoreFull (also when less than `Db::minFreeBytes` would
    /// remain), StoreUnavailable, StoreDamaged; ParcelInvalid: key used for other bytes.
    Result<void> put(const QueuedParcel& parcel);
    /// Is there room for one more dossier (asked before the person fills a form)?
    Result<void> checkRoom() const;

    /// The oldest queued parcel whose next try is due.
    Result<std::optional<QueuedParcel>> next(Instant now) const;
    /// When the next try is due, if anything is queued.
    Result<std::optional<Instant>> nextDue() const;
    /// Keeps the row and the office's signed text; the sealed file is overwritten and its slot is free again.
    /// False: it was acknowledged before, or there is no such parcel.
    Result<bool> acknowledged(const std::string& key, const std::string& dossierCode,
                              const std::string& ackJson, Instant at);
    Result<std::optional<QueuedParcel>> find(const std::string& key) const;
    /// Queued and refused ones, oldest first; ends early with the error that `visit` returns.
    Result<void> eachUnacknowledged(const std::function<Result<void>(const QueuedParcel&)>& visit) const;
    /// Temporary failure: try again at `nextTry`.
    Result<void> postponed(const std::string& key, Code reason, Instant nextTry);
    /// For good: goes to staff, is kept.
    Result<void> refused(const std::string& key, Code reason, Instant at);
    /// Staff settled the reason of a refusal (say, the kiosk was enrolled again): the parcel is due now.
    Result<void> requeue(const std::string& key, Instant at, journal::AccountId by = {});
    /// After the link returns: everything queued is due now.
    Result<void> dueNow();

    /// The newest parcel of this subject made since `since`.
    Result<std::optional<QueueRow>> findSubject(const std::string& subject, Instant since) const;
    Result<QueueCounts> counts() const;
    /// Newest first.
    Result<std::vector<QueueRow>> rows(std::size_t limit) const;
    /// Removes acknowledged parcels settled more than `days` ago.
    Result<int> expire(Instant now, int days);
    /// At every start: puts sealed files that have no row back into the queue (after salvage or a lost commit
    /// of the row), writes missing files of rows still queued or refused, and frees slots of acknowledged
    /// parcels. Returns the number put back.
    Result<int> adoptFiles();

private:
    struct FreeSlot {
        std::string name;
        bool settled = false; // see slot::begin
    };
    Result<void> findFreeSlots();
    void collectFreed();
    Result<FreeSlot> takeSlot(std::size_t size);
    void makeSlotsAhead();
    bool settleEarlierSlots(int atMost);
    Result<void> fileAgain(const QueuedParcel& parcel);
    void freeSlot(const std::string& slot, bool durable);
    /// Is the key in the queue already? Then its row has its file when this returns.
    Result<bool> isQueued(const QueuedParcel& parcel);
    /// False: the key is queued already, nothing was done.
    Result<bool> commit(const QueuedParcel& parcel, const FreeSlot& slot);
    Result<void> changeAndTell(Statement& change, const journal::Event& event, Instant at,
                               journal::AccountId by = {});
    Result<void> insert(const QueuedParcel& parcel, const std::string& slot);
    Result<int> adopt(const QueuedParcel& parcel, const std::string& slot);
    Result<void> writeMissingFiles(const std::vector<std::string>& slotsWithParcels);

    Db& db_;
    std::string folder_;
    bool scanned_ = false;
    bool oneFlush_ = false;      // slot::flushCovers()
    std::vector<FreeSlot> free_; // slots ready to be overwritten; settled ones last
    int lastSlot_ = 0;           // the highest number given away, made or not
    Journal journal_;            // told in the transaction that changes the row
    std::unique_ptr<SlotKeeper> keeper_;
};

} // namespace kiosk::store
