// Inside of the disk thread: everything that stands on its one connection.
#pragma once

#include "app/base/crypto.hpp"
#include "app/base/log.hpp"
#include "app/store/progress.hpp"
#include "app/store/staff/accounts.hpp"
#include "app/store/staff/counts.hpp"
#include "app/workers/disk/bundle_desk.hpp"
#include "app/workers/disk/disk_worker.hpp"

namespace kiosk {

struct DiskWorker::Inside {
    Inside(DiskSettings s, store::Db database, Secret<Bytes> key, Inbox<Event>& events)
        : settings(std::move(s)), db(std::move(database)), deviceKey(std::move(key)), profiles(db, deviceKey),
          outbox(db, store::outboxFolder(settings.dataFolder)), journal(db), accounts(db, deviceKey),
          counts(db), progress(db), tickets(db), packer(settings.link, deviceKey),
          bundles(settings.dataFolder, settings.sticksFolder, settings.link), inbox(events) {
        packer.prepare();
    }

    DiskSettings settings;
    store::Db db;
    Secret<Bytes> deviceKey;
    store::Profiles profiles;
    store::Outbox outbox;
    store::Journal journal;
    store::StaffAccounts accounts;
    store::Counts counts;
    store::ProgressStore progress;
    store::Tickets tickets;
    Packer packer;
    BundleDesk bundles;
    Inbox<Event>& inbox;
    Worker worker; // last: stops first, after finishing what was asked

    static Date today() { return now().dateInVietnam(); }

    /// What it tells of has happened; that it could not be written is for the log.
    void tell(const store::journal::Event& fact) {
        if (auto told = journal.append(fact, now()); !told) log::warn("journal", told.error());
    }
    void tellIfNew(const store::journal::Event& fact) {
        if (auto told = journal.appendIfNew(fact, now()); !told) log::warn("journal", told.error());
    }
    void tellOfTheKeys();
    void tellOfTheStart(int parcelsRestored);
    void trimJournal();

    /// Finds the newest rehearsal again.
    std::string rehearsals() const { return subject("", parcel::rehearsal); }
    /// Finds "the same person, the same procedure" again without keeping the number.
    std::string subject(const std::string& personalNumber, const std::string& procedure) const {
        return crypto::hex(crypto::hash("subject|" + personalNumber + "|" + procedure, deviceKey.reveal()));
    }
};

} // namespace kiosk
