#include "app/workers/disk/disk_worker.hpp"

#include "app/base/crypto.hpp"
#include "app/base/files.hpp"
#include "app/base/log.hpp"
#include "app/base/text.hpp"
#include "app/delivery/checkpoint.hpp"
#include "app/workers/disk/disk_inside.hpp"

#include <array>
#include <cctype>

namespace kiosk {
namespace {

constexpr std::int64_t countsKeptDays = 400;
constexpr std::int64_t progressKeptDays = 180; // since the office last said something about the dossier
constexpr std::array countedKinds = {store::Counted::Rating, store::Counted::Reason, store::Counted::GivenUp,
                                     store::Counted::Help,
                                     store::Counted::Problem}; // in the order of effect::Count::What

/// The same procedure sent by the same person within this time is told before it is sent again (ms).
constexpr std::int64_t recentMs = 24LL * 3600 * 1000;

store::CardKey cardKey(const Identity& i) {
    auto name = text::fold(i.name);
    for (auto& c : name) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return {Secret<std::string>(i.personalNumber), Secret<std::string>(i.birthDate.iso()),
            Secret<std::string>(name)};
}

Answers answersOf(const std::map<std::string, store::ProfileAnswer>& kept, Origin origin) {
    Answers answers;
    for (const auto& [key, answer] : kept) answers[key] = {answer.value, origin, answer.givenOn.iso()};
    return answers;
}

KeptProfile keptOf(const store::Profile& p) {
    KeptProfile kept;
    kept.answers = answersOf(p.answers, Origin::Profile);
    kept.records = answersOf(p.records, Origin::Office);
    kept.cardName = p.cardName;
    kept.cardAddress = p.cardAddress;
    kept.keptSince = p.keptSince;
    kept.endsOn = p.endsOn;
    kept.disputed = p.disputed;
    return kept;
}

} // namespace

Progress progressOf(const look_up::Answer& answer) {
    Progress progress{answer.reference, answer.dossierCode, answer.procedure, answer.due, {}};
    for (const auto& step : answer.steps) progress.steps.push_back({step.status, step.at, step.note});
    return progress;
}

void DiskWorker::Inside::tellOfTheKeys() {
    using namespace store::journal;
    tellIfNew(
        KeysInUse{{KeyId::of(verifyKeyOf(settings.link.kioskSigning)),
                   KeyId::of(settings.link.officeSigning.present), KeyId::of(settings.link.officeSealing)}});
}

void DiskWorker::Inside::tellOfTheStart(int parcelsRestored) {
    using namespace store::journal;
    tell(Started{});
    tellIfNew(Migrated{{Count(static_cast<std::uint64_t>(store::kioskSchema().back().version))}});
    tellOfTheKeys();
    if (parcelsRestored > 0) tell(ParcelsRestored{{Count(static_cast<std::uint64_t>(parcelsRestored))}});
}

/// Old entries go as far as the office has witnessed them.
void DiskWorker::Inside::trimJournal() {
    using namespace store::journal;
    const auto text = journal.witnessText();
    if (!text || text->empty()) return;
    const auto word = readAttestation(Purpose::Witness, *text, settings.link.officeSigning);
    const Instant before{now().ms - settings.keepJournalDays * 86'400'000LL};
    const auto gone = word ? journal.trim(before, *word, settings.link.kioskSigning, now())
                           : Result<int>(fail(word.error()));
    if (!gone) log::warn("journal not trimmed", gone.error());
}

void DiskWorker::officeKeys(std::function<void(OfficeKeys)> ask) {
    inside_->worker.post([in = inside_.get(), ask = std::move(ask)] { ask(in->settings.link.officeKeys()); });
}

void DiskWorker::keepOfficeKeys(Result<OfficeKeys> keys,
                                std::function<void(std::optional<OfficeKeys>)> done) {
    inside_->worker.post([in = inside_.get(), keys = std::move(keys), done = std::move(done)] {
        auto& link = in->settings.link;
        const auto kept = keys
                              ? kiosk::keepOfficeKeys(store::keysFolder(in->settings.dataFolder), link, *keys)
                              : Result<bool>(fail(keys.error()));
        if (!kept) log::warn("the office's keys", kept.error());
        if (!kept || !*kept) return done(std::nullopt);
        in->packer.sealTo(link.officeSealing);
        in->packer.prepare();
        in->bundles.trust(link.officeSigning);
        in->tellOfTheKeys();
        done(link.officeKeys());
    });
}

DiskWorker::DiskWorker(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
DiskWorker::~DiskWorker() {
    inside_->worker.post([in = inside_.get()] { in->tell(store::journal::Stopped{}); });
}

Result<std::unique_ptr<DiskWorker>> DiskWorker::open(DiskSettings settings, Inbox<Event>& inbox) {
    auto key = files::deviceKey(store::deviceKeyFile(settings.dataFolder));
    if (!key) return fail(key.error());
    auto opened = store::openOrSalvage(store::databaseFile(settings.dataFolder));
    if (!opened) return fail(opened.error());
    if (opened->incident)
        log::warn("database salvaged, rows " + std::to_string(opened->salvaged), *opened->incident);
    auto inside =
        std::make_unique<Inside>(std::move(settings), std::move(opened->db), std::move(*key), inbox);
    auto adopted = inside->outbox.adoptFiles();
    if (!adopted) return fail(adopted.error());
    if (*adopted > 0)
        log::warn("parcels put back into the queue from their sealed files: " + std::to_string(*adopted));
    inside->tellOfTheStart(*adopted);
    std::unique_ptr<DiskWorker> worker(new DiskWorker(std::move(inside)));
    worker->housekeeping();
    return worker;
}

void DiskWorker::openProfile(const Identity& customer) {
    inside_->worker.post([in = inside_.get(), customer] {
        auto profile = in->profiles.open(cardKey(customer), Inside::today());
        if (!profile) {
            log::warn("profile", profile.error());
            return in->inbox.push(event::ProfileTrouble{profile.error().code});
        }
        event::ProfileOpened answer;
        if (*profile) answer.profile = keptOf(**profile);
        in->inbox.push(std::move(answer));
    });
}

void DiskWorker::saveProfile(const Identity& customer, const Answers& answers) {
    inside_->worker.post([in = inside_.get(), customer, answers] {
        const auto today = Inside::today();
        store::Profile profile;
        if (auto old = in->profiles.open(cardKey(customer), today); old && *old) profile = **old;
        for (const auto& [key, answer] : answers) {
            const auto given =
                answer.origin == Origin::Customer ? std::optional(today) : Date::fromIso(answer.note);
            profile.answers[key] = {answer.value, given.value_or(today)};
        }
        profile.cardName = customer.name;
        profile.cardAddress = customer.address;
        if (auto saved = in->profiles.save(cardKey(customer), profile, today, in->settings.profileKeepDays);
            !saved) {
            log::warn("profile not kept", saved.error());
            return in->inbox.push(event::ProfileTrouble{saved.error().code});
        }
        auto kept = in->profiles.open(cardKey(customer), today);
        in->inbox.push(event::ProfileSaved{kept && *kept ? (*kept)->endsOn.value_or(today) : today});
    });
}

void DiskWorker::eraseProfile(const Identity& customer) {
    inside_->worker.post([in = inside_.get(), customer] {
        auto erased = in->profiles.erase(cardKey(customer), Inside::today());
        if (erased) return in->inbox.push(event::ProfileErased{});
        log::warn("profile not erased", erased.error());
        in->inbox.push(event::ProfileTrouble{erased.error().code});
    });
}

void DiskWorker::disputeProfile(const Identity& customer) {
    inside_->worker.post([in = inside_.get(), customer] {
        const auto today = Inside::today();
        auto profile = in->profiles.open(cardKey(customer), today);
        if (!profile || !*profile) return;
        (*profile)->disputed = true;
        auto saved = in->profiles.save(cardKey(customer), **profile, today, in->settings.profileKeepDays);
        if (saved) return in->inbox.push(event::ProfileDisputed{});
        log::warn("dispute not kept", saved.error());
        in->inbox.push(event::ProfileTrouble{saved.error().code});
    });
}

void DiskWorker::checkRoom() {
    inside_->worker.post([in = inside_.get()] {
        const auto room = in->outbox.checkRoom();
        in->inbox.push(event::RoomChecked{room ? std::nullopt : std::optional(room.error().code)});
    });
}

void DiskWorker::lookUpRecent(const std::string& personalNumber, const std::string& procedure) {
    inside_->worker.post(
        [in = inside_.get(), subject = inside_->subject(personalNumber, procedure), procedure] {
            auto row = in->outbox.findSubject(subject, Instant{now().ms - recentMs});
            if (!row) log::warn("queue", row.error());
            if (!row || !*row) return in->inbox.push(event::NothingRecent{procedure});
            in->inbox.push(
                event::RecentFound{procedure, (*row)->reference, (*row)->dossierCode, (*row)->createdAt});
        });
}

void DiskWorker::submit(effect::Submit submission) {
    inside_->worker.post([in = inside_.get(), e = std::move(submission)] {
        auto packed = in->packer.pack(
            e.rehearsal ? ConfirmedDossier{e.dossier, parcel::rehearsal, in->rehearsals(), e.at,
                                           e.clockTrusted, e.birth}
                        : ConfirmedDossier{e.dossier, e.procedure, in->subject(e.personalNumber, e.procedure),
                                           e.at, e.clockTrusted, e.birth});
        const auto put = packed ? in->outbox.put(packed->parcel) : Result<void>(fail(packed.error()));
        if (put)
            in->inbox.push(event::Committed{std::move(packed->slip), e.at}); // only now: it is on the disk
        else {
            log::warn("dossier not queued", put.error());
            in->inbox.push(event::CommitFailed{put.error().code});
        }
        in->packer.prepare();
    });
}

void DiskWorker::nextParcel(std::function<void(store::QueuedParcel)> deliver,
                            std::function<void(std::optional<Instant>)> nothing) {
    inside_->worker.post([in = inside_.get(), deliver = std::move(deliver), nothing = std::move(nothing)] {
        auto parcel = in->outbox.next(now());
        if (!parcel) {
            log::warn("queue", parcel.error());
            return nothing(Instant{now().ms + 60'000});
        }
        if (*parcel) return deliver(std::move(**parcel));
        const auto due = in->outbox.nextDue();
        nothing(due ? *due : std::nullopt);
    });
}

void DiskWorker::apply(Verdict verdict, std::function<void()> done) {
    inside_->worker.post([in = inside_.get(), v = std::move(verdict), done = std::move(done)] {
        if (auto applied = kiosk::apply(in->outbox, v, now()); !applied) {
            log::warn("verdict not written",
                      applied.error()); // it is tried again: the office answers the same key the same way
        } else if (v.acknowledgement) {
            in->inbox.push(event::Acknowledged{v.reference, v.acknowledgement->dossierCode,
                                               v.acknowledgement->builtInNumbering});
        } else if (v.failure && v.permanent) {
            in->inbox.push(event::RefusedByOffice{v.reference, *v.failure});
        } else if (v.failure) {
            in->inbox.push(event::Delayed{v.reference, *v.failure});
        }
        in->inbox.push(event::LinkChanged{!v.failure || v.permanent});
        done();
    });
}

void DiskWorker::dueNow(std::function<void()> done) {
    inside_->worker.post([in = inside_.get(), done = std::move(done)] {
        if (auto due = in->outbox.dueNow(); !due) log::warn("queue", due.error());
        done();
    });
}

void DiskWorker::takeTicket(Instant at) {
    inside_->worker.post([in = inside_.get(), at] {
        const auto ticket = in->tickets.take(at, in->settings.service);
        if (!ticket) {
            log::warn("ticket", ticket.error());
            return in->inbox.push(event::TicketTrouble{ticket.error().code});
        }
        auto digits = std::to_string(ticket->number);
        digits.insert(0, digits.size() < 3 ? 3 - digits.size() : 0, '0');
        in->inbox.push(event::TicketTaken{in->settings.ticketLetter + digits, ticket->waitMinutes, at});
    });
}

void DiskWorker::count(const effect::Count& what) {
    inside_->worker.post([in = inside_.get(), what] {
        const auto kind = countedKinds[static_cast<std::size_t>(what.what)];
        if (auto done = in->counts.add(kind, what.detail, Inside::today()); !done)
            log::warn("counts", done.error());
    });
}

void DiskWorker::housekeeping() {
    inside_->worker.post([in = inside_.get()] {
        const Instant oldest{now().ms - countsKeptDays * 86'400'000LL};
        if (auto gone = in->counts.expire(oldest.dateInVietnam()); !gone) log::warn("counts", gone.error());
        if (auto gone = in->outbox.expire(now(), in->settings.keepAcknowledgedDays); !gone)
            log::warn("queue", gone.error());
        if (auto gone = in->profiles.expire(Inside::today()); !gone) log::warn("profiles", gone.error());
        if (auto gone = in->progress.expire(Instant{now().ms - progressKeptDays * 86'400'000LL}); !gone)
            log::warn("progress", gone.error());
        if (auto gone = in->tickets.expire(Inside::today()); !gone) log::warn("tickets", gone.error());
        in->trimJournal();
        const auto copy = in->db.backup();
        if (copy) return in->tell(store::journal::BackupMade{});
        log::warn("backup", copy.error());
        in->tell(store::journal::BackupFailed{{copy.error().code}});
    });
}

void DiskWorker::nextCheckpoint(std::function<void(std::string)> ask) {
    inside_->worker.post([in = inside_.get(), ask = std::move(ask)] {
        const auto& link = in->settings.link;
        auto request = kiosk::nextCheckpoint(in->journal, link.kioskId, link.kioskSigning, now());
        if (!request) log::warn("journal", request.error());
        ask(request ? std::move(*request) : std::string());
    });
}

void DiskWorker::keepWitness(Result<store::journal::Attestation> word, std::function<void()> done) {
    inside_->worker.post([in = inside_.get(), word = std::move(word), done = std::move(done)] {
        if (word) {
            if (auto kept = in->journal.keepWitness(*word); !kept) log::warn("journal", kept.error());
        } else {
            const auto code = word.error().code;
            log::warn("journal not witnessed", word.error());
            if (code == Code::JournalRolledBack || code == Code::JournalForked)
                in->tellIfNew(store::journal::OfficeDisputed{{code}});
        }
        done();
    });
}

void DiskWorker::progressAskedUpTo(std::function<void(std::int64_t)> ask) {
    inside_->worker.post([in = inside_.get(), ask = std::move(ask)] {
        const auto upTo = in->progress.askedUpTo();
        if (!upTo) log::warn("progress", upTo.error());
        ask(upTo.value_or(0));
    });
}

void DiskWorker::keepProgress(Result<kept_progress::Batch> batch, std::function<void(bool more)> done) {
    inside_->worker.post([in = inside_.get(), batch = std::move(batch), done = std::move(done)] {
        if (!batch) {
            log::warn("progress", batch.error());
            return done(false);
        }
        std::vector<std::pair<std::string, Bytes>> news;
        for (const auto& one : batch->news) news.emplace_back(one.reference, one.bytes);
        const auto upTo = in->progress.askedUpTo();
        if (upTo && *upTo == batch->next && news.empty()) return done(false);
        const auto kept = in->progress.keep(news, batch->next, now());
        if (!kept) log::warn("progress", kept.error());
        done(kept && batch->more);
    });
}

void DiskWorker::openProgress(const SlipCode& slip, Date birth, Code notKept) {
    inside_->worker.post([in = inside_.get(), slip, birth, notKept] {
        const auto trouble = [in](Code code) { in->inbox.push(event::ProgressTrouble{code}); };
        const auto kept = in->progress.find(slip.reference, now());
        if (!kept) log::warn("progress", kept.error());
        if (!kept || !*kept) return trouble(notKept);
        if ((*kept)->notBefore) return trouble(Code::LookUpTooOften);
        if (auto counted = in->progress.countTry(slip.reference, now()); !counted) {
            log::warn("progress", counted.error());
            return trouble(notKept);
        }
        const auto answer =
            kept_progress::open((*kept)->sealed, slip, kept_progress::keyOf(slip, birth, in->deviceKey));
        if (!answer) return trouble(answer.error().code);
        if (auto undone = in->progress.opened(slip.reference); !undone) log::warn("progress", undone.error());
        in->inbox.push(event::ProgressFound{progressOf(*answer), (*kept)->keptAt});
    });
}

} // namespace kiosk
