#include "app/store/queue/outbox.hpp"

#include "app/base/log.hpp"
#include "app/store/queue/slot.hpp"
#include "app/store/queue/slot_keeper.hpp"
#include "app/store/sql.hpp"

#include <algorithm>
#include <set>
#include <sys/statvfs.h>

namespace kiosk::store {
namespace {

std::string parentOf(const std::string& path) {
    const auto slash = path.rfind('/');
    return slash == std::string::npos ? "." : path.substr(0, slash);
}

} // namespace

Outbox::Outbox(Db& db, std::string folder)
    : db_(db), folder_(std::move(folder)), journal_(db), keeper_(std::make_unique<SlotKeeper>(folder_)) {}
Outbox::~Outbox() = default;

Result<void> Outbox::checkRoom() const {
    struct statvfs info {};
    if (::statvfs(parentOf(db_.path()).c_str(), &info) != 0) return fail(files::systemError("statvfs"));
    const auto left = static_cast<std::uint64_t>(info.f_bavail) * info.f_frsize;
    if (left < Db::minFreeBytes)
        return fail(Code::StoreFull, "only " + std::to_string(left >> 20) + " MiB are free");
    return {};
}

Result<bool> Outbox::isQueued(const QueuedParcel& parcel) {
    {
        Statement known(db_, "SELECT bytes, slot, state FROM outbox WHERE key = ?");
        const auto row = known.add(parcel.key).step();
        if (!row) return fail(row.error());
        if (!*row) return false;
        if (known.blob(0) != parcel.bytes)
            return fail(Code::ParcelInvalid, "the key names another parcel already");
        if (known.text(2) == "acknowledged") return true;
        const auto held = slot::read(folder_, known.text(1)).value_or(std::nullopt);
        if (held && held->key == parcel.key) return true;
    }
    if (auto filed = fileAgain(parcel); !filed) return fail(filed.error());
    return true;
}

Result<void> Outbox::put(const QueuedParcel& parcel) {
    if (auto scanned = findFreeSlots(); !scanned) return scanned;
    if (auto room = checkRoom(); !room) return isQueued(parcel).value_or(false) ? Result<void>() : room;
    const auto slot = takeSlot(parcel.bytes.size());
    if (!slot) return fail(slot.error());
    const auto isNew = commit(parcel, *slot);
    if (isNew && *isNew) {
        makeSlotsAhead();
        return {};
    }
    freeSlot(slot->name, true); // nobody was told "received"; a later try uses the same key
    if (!isNew) return fail(isNew.error());
    const auto queued = isQueued(parcel);
    if (!queued) return fail(queued.error());
    return {};
}

/// File and row. The file is on its way to the disk while SQLite prepares the row, and it is there before the
/// row is committed: where slot::flushCovers(), with no flush of its own, because the commit's comes after
/// it.
///
/// Why one flush is enough. The slot's blocks exist and are only overwritten, so that nothing but its bytes
/// has to reach the disk, and land() has waited until the disk reported them written; they may still be in
/// the disk's volatile cache. COMMIT then runs fdatasync on SQLite's log (synchronous=FULL), which must carry
/// the log's own pages through that same cache. A disk has one command for it, and it has no range: FLUSH
/// (virtio, SATA, NVMe) covers every write reported before it. ext4 always sends it, by its journal's commit
/// or, when there is nothing to commit, by blkdev_issue_flush (ext4_sync_file); device mapper and md pass it
/// to every disk below. A file system mounted without barriers loses it for any fsync alike.
/// A commit never relies on this alone: if the file's bytes were lost with the power, the row is whole, and
/// adoptFiles() writes the file again. The file is the second copy, for a database that is damaged.
Result<bool> Outbox::commit(const QueuedParcel& parcel, const FreeSlot& slot) {
    const auto writing = slot::begin(folder_, slot.name, parcel, slot.settled);
    if (!writing) return fail(writing.error());
    Transaction transaction(db_);
    auto done = transaction.begun();
    if (done) done = insert(parcel, slot.name);
    if (done && changes(db_) == 0) return false;
    if (done)
        done = journal_.append(journal::DossierConfirmed{{journal::Reference::of(parcel.key),
                                                          journal::ProcedureCode::of(parcel.procedure)}},
                               parcel.createdAt);
    if (done) done = oneFlush_ && writing->inPlace ? slot::land(*writing) : slot::finish(*writing);
    if (done) done = transaction.commit();
    if (!done) return fail(done.error());
    return true;
}

/// A row without its file: SQLite alone holds it until this is done.
Result<void> Outbox::fileAgain(const QueuedParcel& parcel) {
    const auto slot = takeSlot(parcel.bytes.size());
    if (!slot) return fail(slot.error());
    if (auto done = slot::write(folder_, slot->name, parcel); !done) {
        freeSlot(slot->name, true);
        return done;
    }
    Statement update(db_, "UPDATE outbox SET slot = ? WHERE key = ?");
    return update.add(slot->name).add(parcel.key).run();
}

Result<void> Outbox::insert(const QueuedParcel& parcel, const std::string& slot) {
    Statement statement(db_, "INSERT INTO outbox(key, reference, procedure, subject, slot, created_ms, "
                             "next_try_ms, attempts, bytes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) "
                             "ON CONFLICT(key) DO NOTHING");
    return statement.add(parcel.key)
        .add(parcel.reference)
        .add(parcel.procedure)
        .add(parcel.subject)
        .add(slot)
        .add(parcel.createdAt.ms)
        .add(parcel.createdAt.ms)
        .add(parcel.attempts)
        .add(parcel.bytes)
        .run();
}

Result<bool> Outbox::acknowledged(const std::string& key, const std::string& dossierCode,
                                  const std::string& ackJson, Instant at) {
    std::string slot;
    Transaction transaction(db_);
    if (!transaction.begun()) return fail(transaction.begun().error());
    {
        Statement update(db_, "UPDATE outbox SET state = 'acknowledged', dossier_code = ?, acknowledgement = "
                              "?, settled_ms = ?, reason = '' "
                              "WHERE key = ? AND state <> 'acknowledged' RETURNING slot");
        const auto row = update.add(dossierCode).add(ackJson).add(at.ms).add(key).step();
        if (!row) return fail(row.error());
        if (!*row) return false; // already known
        slot = update.text(0);
        if (auto done = update.run(); !done) return fail(done.error());
    }
    auto done = journal_.append(journal::DossierDelivered{{journal::Reference::of(key)}}, at);
    if (done) done = transaction.commit();
    if (!done) return fail(done.error());
    const auto held = slot.empty() ? std::nullopt : slot::read(folder_, slot).value_or(std::nullopt);
    if (held && held->key == key) freeSlot(slot, false);
    return true;
}

Result<void> Outbox::postponed(const std::string& key, Code reason, Instant nextTry) {
    Statement update(db_, "UPDATE outbox SET attempts = attempts + 1, reason = ?, next_try_ms = ? WHERE key "
                          "= ? AND state = 'queued'");
    return update.add(name(reason)).add(nextTry.ms).add(key).run();
}

/// Changes a row and tells the journal, both or neither; nothing where there is no such row.
Result<void> Outbox::changeAndTell(Statement& change, const journal::Event& event, Instant at,
                                   journal::AccountId by) {
    Transaction transaction(db_);
    auto done = transaction.begun();
    if (done) done = change.run();
    if (done && changes(db_) == 0) return {};
    if (done) done = journal_.append(event, at, by);
    if (done) done = transaction.commit();
    return done;
}

Result<void> Outbox::refused(const std::string& key, Code reason, Instant at) {
    Statement update(
        db_, "UPDATE outbox SET state = 'refused', attempts = attempts + 1, reason = ?, settled_ms = ? "
             "WHERE key = ? AND state = 'queued'");
    update.add(name(reason)).add(at.ms).add(key);
    return changeAndTell(update, journal::DossierRefused{{journal::Reference::of(key), reason}}, at);
}

Result<void> Outbox::requeue(const std::string& key, Instant at, journal::AccountId by) {
    Statement update(db_,
                     "UPDATE outbox SET state = 'queued', attempts = 0, settled_ms = NULL, next_try_ms = ? "
                     "WHERE key = ? AND state = 'refused'");
    update.add(at.ms).add(key);
    return changeAndTell(update, journal::DossierQueuedAgain{{journal::Reference::of(key)}}, at, by);
}

Result<void> Outbox::dueNow() {
    return Statement(db_, "UPDATE outbox SET next_try_ms = created_ms WHERE state = 'queued'").run();
}

Result<int> Outbox::expire(Instant now, int days) {
    Statement remove(db_, "DELETE FROM outbox WHERE state = 'acknowledged' AND settled_ms < ?");
    Transaction transaction(db_);
    auto done = transaction.begun();
    if (done) done = remove.add(now.ms - days * 86'400'000LL).run();
    const int gone = done ? changes(db_) : 0;
    if (done && gone > 0)
        done = journal_.append(journal::DossiersExpired{{journal::Count(static_cast<unsigned>(gone))}}, now);
    if (done) done = transaction.commit();
    if (!done) return fail(done.error());
    return gone;
}

Result<void> Outbox::findFreeSlots() {
    if (scanned_) return {};
    if (auto made = files::makeFolder(folder_); !made) return made;
    keeper_->settle(); // else a slot being made would be found here and handed over once more
    keeper_->freed();
    // What an earlier run made may have been cut off before its name was durable.
    if (auto synced = files::syncFolder(folder_); !synced) return synced;
    const auto slots = slot::list(folder_);
    if (!slots) return fail(slots.error());
    free_.clear();
    for (const auto& name : *slots) {
        lastSlot_ = std::max(lastSlot_, slot::number(name));
        // From an earlier run, or restored with holes: its first parcel pays for a flush of its own.
        if (slot::isFree(folder_, name)) free_.push_back({name, false});
    }
    oneFlush_ = slot::flushCovers(folder_, db_.path());
    scanned_ = true;
    return {};
}

void Outbox::collectFreed() {
    for (auto& name : keeper_->freed()) free_.push_back({std::move(name), true});
}

Result<Outbox::FreeSlot> Outbox::takeSlot(std::size_t size) {
    collectFreed();
    if (free_.empty() && keeper_->isBusy()) { // some are nearly there
        keeper_->settle();
        collectFreed();
    }
    constexpr int batch = 16; // made together: the folder's fsync is shared
    if (free_.empty()) {
        const int count = size > slot::readyBytes ? 1 : batch;
        for (int i = 0; i < count; ++i) {
            const auto made = slot::make(folder_, lastSlot_ + 1);
            if (!made && free_.empty()) return fail(made.error());
            if (!made) break; // one is enough for this parcel
            ++lastSlot_;
            free_.push_back({*made, true});
        }
        if (auto synced = files::syncFolder(folder_); !synced) return fail(synced.error());
    }
    auto slot = std::move(free_.back()); // the settled ones are behind
    free_.pop_back();
    return slot;
}

/// Between two persons' dossiers, so that no put has to wait for new files.
void Outbox::makeSlotsAhead() {
    constexpr std::size_t low = 4;
    constexpr int batch = 8;
    collectFreed();
    if (keeper_->isBusy()) return;
    const auto settled = std::count_if(free_.begin(), free_.end(), [](const auto& f) { return f.settled; });
    if (static_cast<std::size_t>(settled) >= low) return;
    if (settleEarlierSlots(batch)) return;
    keeper_->makeAhead(lastSlot_ + 1, batch);
    lastSlot_ += batch;
}

/// Slots of an earlier run are written anew, so that a kiosk which starts again and again makes no more of
/// them. One stays for whoever comes before that is done. False: there are none.
bool Outbox::settleEarlierSlots(int atMost) {
    bool any = false;
    for (; atMost > 0 && free_.size() > 1 && !free_.front().settled;
         --atMost) { // the settled ones are behind
        const auto name = std::move(free_.front().name);
        free_.erase(free_.begin());
        freeSlot(name, false);
        any = true;
    }
    return any;
}

void Outbox::freeSlot(const std::string& name, bool durable) {
    // If zeroing fails the parcel is merely found again by adoptFiles, which sees from its row that it is
    // settled.
    if (!slot::clear(folder_, name, durable) || !scanned_) return;
    if (durable)
        free_.push_back({name, true});
    else
        keeper_->settleLater(name);
}

Result<int> Outbox::adopt(const QueuedParcel& parcel, const std::string& slot) {
    Statement known(db_, "SELECT state, slot FROM outbox WHERE key = ?");
    const auto row = known.add(parcel.key).step();
    if (!row) return fail(row.error());
    if (!*row) {
        if (auto done = insert(parcel, slot); !done) return fail(done.error());
        return 1;
    }
    if (known.text(0) == "acknowledged")
        freeSlot(slot, false);
    else if (known.text(1) != slot) { // salvaged from an older backup: the file's own place counts
        Statement update(db_, "UPDATE outbox SET slot = ? WHERE key = ?");
        if (auto done = update.add(slot).add(parcel.key).run(); !done) return fail(done.error());
    }
    return 0;
}

Result<int> Outbox::adoptFiles() {
    scanned_ = false;
    if (auto scanned = findFreeSlots(); !scanned) return fail(scanned.error());
    const auto slots = slot::list(folder_);
    if (!slots) return fail(slots.error());
    int adopted = 0;
    std::vector<std::string> keys;
    for (const auto& name : *slots) {
        const auto parcel = slot::read(folder_, name);
        if (!parcel) return fail(parcel.error());
        if (!*parcel && !slot::isFree(folder_, name))
            if (auto kept = slot::setAside(folder_, name); !kept) return fail(kept.error());
        if (!*parcel) continue;
        keys.push_back((*parcel)->key);
        const auto done = adopt(**parcel, name);
        if (!done) return fail(done.error());
        adopted += *done;
    }
    if (auto written = writeMissingFiles(keys); !written) return fail(written.error());
    makeSlotsAhead();
    return adopted;
}

Result<void> Outbox::writeMissingFiles(const std::vector<std::string>& keys) {
    const std::set<std::string> present(keys.begin(), keys.end());
    std::vector<QueuedParcel> missing;
    auto listed = eachUnacknowledged([&](const QueuedParcel& parcel) -> Result<void> {
        if (!present.contains(parcel.key)) missing.push_back(parcel);
        return {};
    });
    if (!listed) return listed;
    for (const auto& parcel : missing) {
        const auto slot = takeSlot(parcel.bytes.size());
        if (!slot) return fail(slot.error());
        if (auto done = slot::write(folder_, slot->name, parcel); !done) return done;
        Statement update(db_, "UPDATE outbox SET slot = ? WHERE key = ?");
        if (auto done = update.add(slot->name).add(parcel.key).run(); !done) return done;
    }
    return {};
}

} // namespace kiosk::store
