// What staff ask of the disk thread: accounts, the queue, the journal, settings.
#include "app/base/config/settings.hpp"
#include "app/base/files.hpp"
#include "app/delivery/carry.hpp"
#include "app/papers/board_sheet.hpp"
#include "app/store/journal/verify.hpp"
#include "app/store/staff/phone_code.hpp"
#include "app/workers/disk/disk_inside.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <utility>

namespace kiosk {
namespace {

namespace answer = staff::answer;
namespace request = staff::request;

constexpr std::size_t shownRows = 100;
constexpr std::int64_t shownEntries = 200, searchedEntries = 20'000;
constexpr const char* parcelsFolder = "kiosk-parcels"; // on a stick

/// `phoneFor`: setting staff.phone_for.
bool isPhoneDemanded(staff::Role role, std::string_view phoneFor) {
    if (phoneFor == "everyone") return true;
    if (phoneFor == "supervisors") return role >= staff::Role::Supervisor;
    return phoneFor == "administrators" && role == staff::Role::Administrator;
}

staff::Account accountOf(const store::StaffAccount& a, std::string_view phoneFor) {
    const auto role = static_cast<staff::Role>(a.role);
    return {a.id, a.name, role, a.locked, a.phoneCode, isPhoneDemanded(role, phoneFor), a.card};
}

/// "40 % số trễ hạn"; nothing of nothing.
std::string shareOf(int part, int whole, const std::string& words) {
    return whole == 0 ? std::string() : std::to_string((100 * part + whole / 2) / whole) + " % " + words;
}

papers::BoardSheet boardSheetOf(const request::WriteBoard& r) {
    const auto f = staff::figuresOf(r.entries, r.period, r.today);
    const auto days = static_cast<int>(r.period);
    papers::BoardSheet sheet;
    sheet.office = r.office;
    sheet.day = r.today;
    sheet.period =
        days == 1 ? "Hồ sơ tiếp nhận hôm nay" : "Hồ sơ tiếp nhận trong " + std::to_string(days) + " ngày qua";
    const auto figure = [&sheet](const char* words, int count, const std::string& note = {}) {
        sheet.figures.push_back(
            {words, std::to_string(count) + (note.empty() ? "" : " (" + note + ")"), {}, {}});
    };
    figure("Đã tiếp nhận", f.received);
    figure("Trong đó nộp trực tuyến", f.online, shareOf(f.online, f.received, "số đã tiếp nhận"));
    figure("Đã giải quyết", f.solved);
    figure("Đúng hạn", f.inTime, shareOf(f.inTime, f.solved, "số đã giải quyết"));
    figure("Trễ hạn", f.late);
    figure("Trễ hạn đã có thư xin lỗi", f.apologised, shareOf(f.apologised, f.late, "số trễ hạn"));
    figure("Đang giải quyết", f.inProgress);
    figure("Đã dừng, rút hoặc không tiếp nhận", f.stopped);
    if (const auto& o = r.opinions) {
        figure("Lượt đánh giá", o->ratings, shareOf(o->good, o->ratings, "hài lòng"));
        figure("Bỏ dở giữa chừng", o->givenUp);
        figure("Lượt bấm “Trợ giúp”", o->help);
        figure("Lượt máy báo chưa đúng", o->problems);
    }
    const auto chart = staff::chartOf(r.entries, r.today);
    sheet.first = chart.first;
    sheet.last = chart.last;
    sheet.today = chart.today;
    for (std::size_t i = 0; i < r.entries.size(); ++i) {
        const auto& e = r.entries[i];
        const auto& s = chart.spans[i];
        sheet.dossiers.push_back(
            {e.dossierCode, e.procedure, e.status, e.promised, e.due, s.late, {s.from, s.to, s.due, s.late}});
    }
    return sheet;
}

std::optional<Code> codeOf(const std::string& text) {
#define KIOSK_CODE(known) std::pair{std::string_view(#known), Code::known},
    static constexpr std::array codes = {KIOSK_CODES(KIOSK_CODE)};
#undef KIOSK_CODE
    const auto it =
        std::find_if(codes.begin(), codes.end(), [&](const auto& one) { return one.first == text; });
    return it == codes.end() ? std::nullopt : std::optional(it->second);
}

static_assert(staff::rehearsal == parcel::rehearsal);

staff::QueueEntry entryOf(const store::QueueRow& row) {
    return {row.key,         row.reference, row.procedure, codeOf(row.reason), row.state == "refused",
            row.dossierCode, row.createdAt, row.nextTry,   row.attempts};
}

/// By the numbers of app/store/journal/event.hpp.
bool isPartOf(staff::JournalPart part, const staff::JournalEntry& e) {
    const bool dossiers = e.kind >= 10 && e.kind < 30, staffs = e.kind >= 50 && e.kind < 70;
    switch (part) {
    case staff::JournalPart::All:
        return true;
    case staff::JournalPart::Dossiers:
        return dossiers;
    case staff::JournalPart::Staff:
        return staffs;
    case staff::JournalPart::Machine:
        return !dossiers && !staffs;
    }
    return false;
}

/// Carries requests out on the disk thread; each overload gives the answer.
class StaffDesk {
public:
    using Inside = DiskWorker::Inside;
    explicit StaffDesk(Inside& in) : in_(in) {}

    using Outcome = Result<staff::Answer>;

    Outcome operator()(const request::ListAccounts&) const {
        const auto all = in_.accounts.list();
        if (!all) return fail(all.error());
        answer::Accounts accounts;
        for (const auto& account : *all) accounts.all.push_back(accountOf(account, in_.settings.phoneFor));
        return accounts;
    }
    Outcome operator()(const request::SignIn& r) const {
        return verdict(in_.accounts.signIn(r.id, r.pin, r.code, now()));
    }
    Outcome operator()(const request::Recover& r) const {
        return verdict(in_.accounts.recover(r.code, r.id, r.pin, now()));
    }
    Outcome operator()(const request::CreateFirst& r) const {
        const auto code = in_.accounts.createFirst(r.name, r.pin, now());
        if (!code) return fail(code.error());
        return answer::FirstCreated{{1, r.name, staff::Role::Administrator, false}, *code};
    }
    Outcome operator()(const request::AddAccount& r) const {
        return saved(in_.accounts.add(r.by, r.name, static_cast<store::StaffRole>(r.role), r.pin, now()));
    }
    Outcome operator()(const request::SetPin& r) const {
        return saved(in_.accounts.setPin(r.by, r.id, r.pin, now()));
    }
    Outcome operator()(const request::Remove& r) const {
        return saved(in_.accounts.remove(r.by, r.id, now()));
    }
    Outcome operator()(const request::SignedOut& r) const {
        in_.accounts.signedOut(r.by, now());
        return answer::Accounts{};
    }

    Outcome operator()(const request::NewPhoneKey& r) const {
        const auto key = store::phone_code::newKey();
        return answer::PhoneKey{store::phone_code::asText(key),
                                store::phone_code::uri(key, in_.settings.link.kioskId, r.account)};
    }
    Outcome operator()(const request::AddPhone& r) const {
        const auto key = store::phone_code::fromText(r.key);
        if (!key) return fail(Code::KeyInvalid, "not a key of a telephone");
        if (auto done = in_.accounts.addPhone(r.by, *key, r.code, now()); !done) return fail(done.error());
        return answer::SecondFactorChanged{r.by, true, false};
    }
    Outcome operator()(const request::AddCard& r) const {
        if (auto done = in_.accounts.addCard(r.by, r.code, now()); !done) return fail(done.error());
        return answer::SecondFactorChanged{r.by, false, true};
    }
    Outcome operator()(const request::RemoveSecondFactor& r) const {
        if (auto done = in_.accounts.removeSecondFactor(r.by, r.id, now()); !done) return fail(done.error());
        return answer::SecondFactorChanged{r.id, false, false};
    }

    Outcome operator()(const request::ReadQueue&) const {
        const auto counts = in_.outbox.counts();
        const auto rows = in_.outbox.rows(shownRows);
        if (!counts) return fail(counts.error());
        if (!rows) return fail(rows.error());
        staff::QueueState state{counts->queued, counts->refused, counts->acknowledged, {}};
        for (const auto& row : *rows) state.recent.push_back(entryOf(row));
        return answer::Queue{std::move(state)};
    }
    Outcome operator()(const request::Retry& r) const {
        const auto done = r.key.empty() ? in_.outbox.dueNow() : in_.outbox.requeue(r.key, now(), who(r.by));
        if (!done) return fail(done.error());
        return (*this)(request::ReadQueue{});
    }
    Outcome operator()(const request::FindSticks&) const {
        return answer::Sticks{findSticks(in_.settings.sticksFolder)};
    }
    Outcome operator()(const request::Export& r) const {
        const auto count = carry::exportParcels(in_.outbox, r.folder + "/" + parcelsFolder);
        if (!count) return fail(count.error());
        const store::journal::ParcelsExported fact{{store::journal::Count(static_cast<unsigned>(*count))}};
        if (auto told = in_.journal.append(fact, now(), who(r.by)); !told) return fail(told.error());
        return answer::Exported{*count};
    }
    Outcome operator()(const request::Settle& r) const {
        const auto done =
            carry::settle(in_.outbox, r.folder + "/" + parcelsFolder, in_.settings.link.officeSigning, now());
        if (!done) return fail(done.error());
        for (const auto& problem : done->problems) log::warn("memory stick: " + problem);
        return answer::Settled{done->settled + done->known};
    }

    Outcome operator()(const request::WriteBoard& r) const {
        const auto pdf = papers::boardPdf(boardSheetOf(r));
        if (!pdf) return fail(pdf.error());
        const auto stem = r.folder + "/kiosk-board-" + r.today.iso();
        for (const auto& [end, content] :
             {std::pair{".csv", staff::tableOf(r.entries, r.today)}, std::pair{".pdf", *pdf}})
            if (auto done = files::writeDurably(stem + end, content); !done) return fail(done.error());
        if (auto told = in_.journal.append(store::journal::BoardExported{}, now(), who(r.by)); !told)
            return fail(told.error());
        return answer::TableWritten{};
    }
    Outcome operator()(const request::ReadOpinions& r) const {
        using store::Counted;
        const auto last = Inside::today();
        const auto first =
            Instant{now().ms - (static_cast<int>(r.period) - 1) * 86'400'000LL}.dateInVietnam();
        std::map<Counted, std::map<int, int>> sums;
        for (const auto what : {Counted::Rating, Counted::GivenUp, Counted::Help, Counted::Problem}) {
            auto sum = in_.counts.sum(what, first, last);
            if (!sum) return fail(sum.error());
            sums[what] = std::move(*sum);
        }
        const auto all = [&](Counted what) {
            int n = 0;
            for (const auto& [detail, count] : sums[what]) n += count;
            return n;
        };
        auto& ratings = sums[Counted::Rating];
        std::map<int, int> byScreen;
        for (const auto what : {Counted::GivenUp, Counted::Help, Counted::Problem})
            for (const auto& [screen, count] : sums[what]) byScreen[screen] += count;
        const auto hardest =
            std::max_element(byScreen.begin(), byScreen.end(),
                             [](const auto& a, const auto& b) { return a.second < b.second; });
        return answer::Opinions{{all(Counted::Rating), ratings[4] + ratings[5], all(Counted::GivenUp),
                                 all(Counted::Help), all(Counted::Problem),
                                 hardest == byScreen.end() ? 0 : hardest->first}};
    }
    /// The office's, by the net thread.
    Outcome operator()(const request::ReadBoard&) const { return fail(Code::StaffNotAllowed); }

    Outcome operator()(const request::ReadJournal& r) const {
        const auto head = in_.journal.head();
        if (!head) return fail(head.error());
        staff::JournalState state;
        const auto first = r.part == staff::JournalPart::All ? head->sequence - shownEntries
                                                             : head->sequence - searchedEntries;
        const auto walked = in_.journal.walk(std::max<std::int64_t>(0, first), [&](const auto& row) {
            const staff::JournalEntry entry{row.sequence, row.at, static_cast<int>(row.account),
                                            static_cast<int>(row.kind), row.body};
            if (isPartOf(r.part, entry)) state.entries.push_back(entry);
            return true;
        });
        if (!walked) return fail(walked.error());
        std::reverse(state.entries.begin(), state.entries.end());
        if (state.entries.size() > shownEntries) state.entries.resize(shownEntries);
        const auto& link = in_.settings.link;
        const auto beside = store::readWitnessFile(in_.db.path());
        if (!beside) return fail(beside.error());
        const auto finding = store::journal::verify(
            in_.db, *beside,
            {link.kioskId, store::journal::verifyKeyOf(link.kioskSigning), link.officeSigning, {}});
        if (!finding) return fail(finding.error());
        state.last = finding->last;
        if (finding->witness) {
            state.witnessed = finding->witness->head.sequence;
            state.witnessedAt = finding->witness->at;
        }
        if (finding->problem) {
            state.problem = finding->problem->code;
            state.problemAt = finding->problem->sequence;
        }
        return answer::Journal{std::move(state)};
    }

    /// Every entry with its hash as a table, and beside it what kiosk and office have signed of it.
    Outcome operator()(const request::WriteJournal& r) const {
        std::string csv = "sequence,time,account,kind,body,hash\r\n";
        const auto walked = in_.journal.walk(0, [&](const auto& row) {
            csv += std::to_string(row.sequence) + "," + row.at.iso() + "," + std::to_string(row.account) +
                   "," + std::to_string(row.kind) + ",\"" + row.body + "\"," + crypto::hex(row.hash) + "\r\n";
            return true;
        });
        if (!walked) return fail(walked.error());
        const auto stem = r.folder + "/kiosk-journal-" + Inside::today().iso();
        const auto witness = in_.journal.witnessText(), root = in_.journal.rootText();
        if (!witness) return fail(witness.error());
        if (!root) return fail(root.error());
        for (const auto& [end, text] :
             {std::pair{".csv", csv}, std::pair{".signed.txt", *root + "\n" + *witness + "\n"}})
            if (auto done = files::writeDurably(stem + end, text); !done) return fail(done.error());
        if (auto told = in_.journal.append(store::journal::JournalExported{}, now(), who(r.by)); !told)
            return fail(told.error());
        return answer::TableWritten{};
    }

    Outcome operator()(const request::ReadKeys&) const {
        const auto& link = in_.settings.link;
        return answer::Keys{
            {link.kioskId, link.url, parcel::keyWords(store::journal::verifyKeyOf(link.kioskSigning)),
             parcel::keyWords(link.officeSigning.present), parcel::keyWords(link.officeSealing)}};
    }

    Outcome operator()(const request::ReadRehearsal&) const {
        const auto newest = in_.outbox.findSubject(in_.rehearsals(), Instant{0});
        if (!newest) return fail(newest.error());
        return answer::Rehearsal{*newest ? std::optional(entryOf(**newest)) : std::nullopt};
    }
    Outcome operator()(const request::Rehearse& r) const {
        if (auto told = in_.journal.append(store::journal::Rehearsed{}, now(), who(r.by)); !told)
            return fail(told.error());
        return (*this)(request::ReadRehearsal{});
    }

    Outcome operator()(const request::ReadSettings&) const { return settingsAnswer(false); }
    Outcome operator()(const request::ChangeSetting& r) const {
        const auto before = settings::read(file());
        if (!before) return fail(before.error());
        const auto done = settings::change(file(), r.key, r.value);
        if (!done && done.error().code == Code::ConfigInvalid)
            return answer::SettingRefused{done.error().detail};
        if (!done) return fail(done.error());
        return told(*before, r.by);
    }
    Outcome operator()(const request::UndoSettings& r) const {
        const auto before = settings::read(file());
        if (!before) return fail(before.error());
        if (const auto done = settings::undo(file()); !done)
            return answer::SettingRefused{done.error().detail};
        return told(*before, r.by);
    }
    Outcome operator()(const request::ReadBundles&) const { return bundlesAnswer(false); }
    Outcome operator()(const request::PreviewBundle& r) const {
        const auto preview = in_.bundles.preview(r.path, now());
        if (!preview) return fail(preview.error());
        return answer::BundlePreview{*preview};
    }
    Outcome operator()(const request::InstallBundle& r) const {
        const auto version = in_.bundles.install(r.path, now());
        if (!version) return fail(version.error());
        return bundleChanged(store::journal::BundleInstalled{{count(*version)}}, r.by);
    }
    Outcome operator()(const request::TakeBackBundle& r) const {
        const auto version = in_.bundles.takeBack(now());
        if (!version) return fail(version.error());
        return bundleChanged(store::journal::BundleTakenBack{{count(*version)}}, r.by);
    }
    /// The office's, by the net thread.
    Outcome operator()(const request::FetchBundle&) const { return fail(Code::StaffNotAllowed); }
    /// The program's, not the disk's.
    Outcome operator()(const request::Restart&) const { return fail(Code::StaffNotAllowed); }
    Outcome operator()(const request::ShutDown&) const { return fail(Code::StaffNotAllowed); }

private:
    static store::journal::AccountId who(int id) {
        return store::journal::AccountId(static_cast<std::uint16_t>(id));
    }
    static store::journal::Count count(int n) { return store::journal::Count(static_cast<std::uint64_t>(n)); }
    Outcome bundlesAnswer(bool changed) const {
        auto state = in_.bundles.state(now());
        if (!state) return fail(state.error());
        return answer::Bundles{std::move(*state), changed};
    }
    Outcome bundleChanged(const store::journal::Event& fact, int by) const {
        if (auto told = in_.journal.append(fact, now(), who(by)); !told) return fail(told.error());
        return bundlesAnswer(true);
    }
    Outcome verdict(const Result<store::SignInVerdict>& v) const {
        if (!v) return fail(v.error());
        answer::SignIn out{{}, v->waitUntil, v->locked, v->triesLeft};
        if (v->account) out.account = accountOf(*v->account, in_.settings.phoneFor);
        return out;
    }
    static Outcome saved(const Result<void>& done) {
        if (!done) return fail(done.error());
        return answer::AccountSaved{};
    }
    std::string file() const { return in_.settings.dataFolder + "/kiosk.toml"; }
    Outcome settingsAnswer(bool changed) const {
        const auto all = settings::read(file());
        if (!all) return fail(all.error());
        answer::Settings out{{}, changed};
        for (const auto& s : *all)
            out.all.push_back(
                {s.key, s.value, s.fallback, static_cast<staff::Setting::Kind>(s.kind), s.choices});
        return out;
    }
    /// Every value that is another now goes into the journal.
    Outcome told(const std::vector<settings::Setting>& before, int by) const {
        using namespace store::journal;
        const auto after = settings::read(file());
        if (!after) return fail(after.error());
        for (std::size_t i = 0; i < after->size(); ++i) {
            if (before[i].value == (*after)[i].value) continue;
            const SettingChanged fact{{*SettingKey::fromText(before[i].key), SettingValue::of(before[i]),
                                       SettingValue::of((*after)[i])}};
            if (auto done = in_.journal.append(fact, now(), who(by)); !done) return fail(done.error());
        }
        return settingsAnswer(true);
    }

    Inside& in_;
};

void tellStaff(DiskWorker::Inside& in, StaffDesk::Outcome outcome) {
    if (outcome) return in.inbox.push(event::StaffAnswer{std::move(*outcome)});
    log::warn("staff", outcome.error());
    in.inbox.push(event::StaffAnswer{answer::Failed{outcome.error().code, outcome.error().detail}});
}

} // namespace

void DiskWorker::staff(staff::Request request) {
    const bool silent = std::holds_alternative<request::SignedOut>(request);
    inside_->worker.post([in = inside_.get(), request = std::move(request), silent] {
        auto outcome = std::visit(StaffDesk(*in), request);
        if (!silent) tellStaff(*in, std::move(outcome));
    });
}

void DiskWorker::keepBundle(Result<std::string> bundle) {
    inside_->worker.post([in = inside_.get(), bundle = std::move(bundle)] {
        const auto kept = bundle ? in->bundles.keepFetched(*bundle) : Result<void>(fail(bundle.error()));
        tellStaff(*in, kept ? StaffDesk(*in)(request::ReadBundles{}) : fail(kept.error()));
    });
}

} // namespace kiosk
