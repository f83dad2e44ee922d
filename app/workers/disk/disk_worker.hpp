// The disk thread: the process's only SQLite connection; commits, profiles and the queue. Answers come back
// as events.
#pragma once

#include "app/base/worker.hpp"
#include "app/delivery/gateway.hpp"
#include "app/delivery/packer.hpp"
#include "app/delivery/sender.hpp"
#include "app/flow/effect.hpp"
#include "app/flow/event.hpp"
#include "app/store/journal/journal.hpp"
#include "app/store/profiles.hpp"
#include "app/store/queue/outbox.hpp"
#include "app/store/tickets.hpp"

#include <functional>
#include <memory>
#include <string>

namespace kiosk {

Progress progressOf(const look_up::Answer& answer);

struct DiskSettings {
    std::string dataFolder;
    OfficeLink link;
    int profileKeepDays = 365;
    int keepAcknowledgedDays = 30;
    int keepJournalDays = 5 * 366;       // entries that the office has witnessed
    std::string sticksFolder = "/media"; // where the system shows memory sticks
    store::Service service;              // of the counters, for the wait of a ticket
    std::string ticketLetter = "A";
    std::string phoneFor = "nobody"; // must sign in with a telephone's code: see Config
};

/// Every call returns at once; the work happens on the disk thread in the order asked. Destruction finishes
/// what was asked.
class DiskWorker {
public:
    /// Opens (and if need be salvages) the database before it returns, so that a kiosk without a disk does
    /// not open its doors.
    static Result<std::unique_ptr<DiskWorker>> open(DiskSettings settings, Inbox<Event>& inbox);
    ~DiskWorker();

    void openProfile(const Identity& customer);
    void saveProfile(const Identity& customer, const Answers& answers);
    void eraseProfile(const Identity& customer);
    void disputeProfile(const Identity& customer);
    void checkRoom();
    void lookUpRecent(const std::string& personalNumber, const std::string& procedure);
    /// Signs, seals and commits the dossier.
    void submit(effect::Submit submission);

    /// Calls `deliver` on the disk thread with the next parcel that is due, if any; else `nothing` with the
    /// time the next one is due.
    void nextParcel(std::function<void(store::QueuedParcel)> deliver,
                    std::function<void(std::optional<Instant>)> nothing);
    /// Writes a verdict into the queue, tells the flow, then calls `done`.
    void apply(Verdict verdict, std::function<void()> done);
    /// The link is back: what waits is due now.
    void dueNow(std::function<void()> done);
    /// Calls `ask` on the disk thread with what the office is to witness of the journal; empty: nothing new.
    void nextCheckpoint(std::function<void(std::string request)> ask);
    /// Keeps the office's word, or tells the journal and the log that it contradicts; then calls `done`.
    void keepWitness(Result<store::journal::Attestation> word, std::function<void()> done);
    /// Calls `ask` on the disk thread with the office's keys as they are known.
    void officeKeys(std::function<void(OfficeKeys)> ask);
    /// Seals to the office's changed keys and believes them from now on; then calls `done`, with them if they
    /// are new.
    void keepOfficeKeys(Result<OfficeKeys> keys, std::function<void(std::optional<OfficeKeys>)> done);
    /// How dossiers sent from here stand: up to where the office was asked, and what it answered; `done` is
    /// told whether to ask on at once.
    void progressAskedUpTo(std::function<void(std::int64_t)> ask);
    void keepProgress(Result<kept_progress::Batch> batch, std::function<void(bool more)> done);
    /// What is kept about the slip's dossier, as event::ProgressFound; else event::ProgressTrouble: `notKept`
    /// when there is nothing, DossierNotFound when the birth date is another one's, LookUpTooOften.
    void openProgress(const SlipCode& slip, Date birth, Code notKept);
    /// Keeps the bundle the office sent, to be looked at; the answer comes as event::StaffAnswer.
    void keepBundle(Result<std::string> bundle);
    /// What staff ask for, but for Restart; the answer comes as event::StaffAnswer.
    void staff(staff::Request request);
    /// The day's next number for the counter.
    void takeTicket(Instant at);
    /// One more of it today; what cannot be counted is for the log.
    void count(const effect::Count& what);
    /// Once a day: what has ended is removed, a backup is made.
    void housekeeping();

    struct Inside; ///< of the disk thread's own sources

private:
    explicit DiskWorker(std::unique_ptr<Inside> inside);
    std::unique_ptr<Inside> inside_;
};

} // namespace kiosk
