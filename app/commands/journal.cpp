#include "app/commands/journal.hpp"

#include "app/base/crypto.hpp"
#include "app/base/files.hpp"
#include "app/delivery/gateway.hpp"
#include "app/store/journal/verify.hpp"

#include <algorithm>
#include <array>
#include <ostream>
#include <string_view>
#include <variant>

namespace kiosk {
namespace {

using store::journal::Finding;
using store::journal::Row;

int failed(std::ostream& err, const Error& error) {
    err << "kiosk journal: " << name(error.code) << ": " << error.detail << "\n";
    return 1;
}

struct Named {
    store::journal::Kind kind;
    std::string_view words;
};
using enum store::journal::Kind;
constexpr std::array names = {
    Named{Started, "started"},
    Named{Stopped, "stopped"},
    Named{Migrated, "database brought to schema"},
    Named{DatabaseSalvaged, "damaged database salvaged, rows"},
    Named{ParcelsRestored, "parcels restored from their sealed files"},
    Named{KeysInUse, "keys in use: kiosk signing, office signing, office sealing"},
    Named{DossierConfirmed, "dossier confirmed"},
    Named{DossierDelivered, "dossier delivered"},
    Named{DossierRefused, "dossier refused by the office"},
    Named{DossierQueuedAgain, "dossier queued again"},
    Named{DossiersExpired, "delivered dossiers removed"},
    Named{ProfileErased, "profile erased"},
    Named{ProfilesExpired, "profiles that had ended removed"},
    Named{RecordsImported, "office's records imported: rows, people"},
    Named{BackupMade, "backup made"},
    Named{BackupFailed, "backup failed"},
    Named{JournalTrimmed, "old entries removed up to"},
    Named{OfficeDisputed, "THE OFFICE CONTRADICTS this journal"},
    Named{StaffAdded, "staff account added: account, role"},
    Named{StaffRemoved, "staff account removed"},
    Named{StaffPinSet, "new PIN for account"},
    Named{StaffSignedIn, "signed in"},
    Named{StaffSignedOut, "signed out"},
    Named{StaffRefused, "wrong PIN, tries in a row"},
    Named{StaffRecovered, "new PIN by the recovery code"},
    Named{StaffPhoneAdded, "codes of a telephone asked for from now on"},
    Named{StaffPhoneRemoved, "codes of a telephone not asked for any more, account"},
    Named{SettingChanged, "setting changed, its value before and after (of a text, its hash):"},
    Named{ParcelsExported, "sealed parcels written to a memory stick:"},
    Named{BoardExported, "table of dossiers written to a memory stick"},
    Named{JournalExported, "journal written to a memory stick"},
    Named{BundleInstalled, "bundle installed, version"},
    Named{BundleTakenBack, "bundle taken back, version"},
    Named{Rehearsed, "rehearsal begun"},
    Named{StaffCardAdded, "card of an account added"},
    Named{StaffCardRemoved, "card of an account removed:"},
};
static_assert(names.size() == std::variant_size_v<store::journal::Event>);

std::string_view nameOf(store::journal::Kind kind) {
    const auto it =
        std::find_if(names.begin(), names.end(), [kind](const Named& one) { return one.kind == kind; });
    return it == names.end() ? "unknown entry" : it->words;
}

void print(const Row& row, std::ostream& out) {
    const auto event = store::journal::readEvent(static_cast<int>(row.kind), row.body);
    out << row.sequence << "  " << row.at.iso() << "  ";
    if (row.account != 0) out << "account " << row.account << "  ";
    if (event)
        out << nameOf(store::journal::kindOf(*event)) << (row.body.empty() ? "" : " ") << row.body << "\n";
    else
        out << "entry of another version\n";
}

void tell(const Finding& f, std::ostream& out) {
    const auto witnessed = f.witness ? f.witness->head.sequence : 0;
    if (f.last < f.first)
        out << "no entries\n";
    else
        out << "entries " << f.first << " to " << f.last << " hold together\n";
    if (f.root) out << "older ones were removed and signed for\n";
    if (f.witness)
        out << "witnessed by the office up to entry " << witnessed << ", " << f.witness->at.iso() << "\n";
    if (f.last > witnessed) out << "not yet witnessed: " << witnessed + 1 << " to " << f.last << "\n";
}

} // namespace

int runJournalVerify(const std::string& dataFolder, const std::string& witnessFile, std::ostream& out,
                     std::ostream& err) {
    crypto::init();
    const auto link = loadOfficeLink(store::keysFolder(dataFolder));
    if (!link) return failed(err, link.error());
    store::journal::Trust trust{
        link->kioskId, store::journal::verifyKeyOf(link->kioskSigning), link->officeSigning, {}};
    if (!witnessFile.empty()) {
        const auto word = files::read(witnessFile, 4096);
        if (!word) return failed(err, word.error());
        trust.witness = files::asText(*word);
        while (trust.witness.ends_with('\n')) trust.witness.pop_back();
    }
    const auto path = store::databaseFile(dataFolder);
    const auto beside = store::readWitnessFile(path); // before the database: a running kiosk writes it after
    if (!beside) return failed(err, beside.error());
    const auto db = store::Db::open(path, store::Db::Mode::ReadOnly);
    if (!db) return failed(err, db.error());
    const auto finding = verify(*db, *beside, trust);
    if (!finding) return failed(err, finding.error());
    if (finding->problem) return failed(err, {finding->problem->code, finding->problem->what});
    tell(*finding, out);
    return 0;
}

int runJournalList(const std::string& dataFolder, std::ostream& out, std::ostream& err) {
    crypto::init();
    const auto db = store::Db::open(store::databaseFile(dataFolder), store::Db::Mode::ReadOnly);
    if (!db) return failed(err, db.error());
    const auto done = store::Journal(*db).walk(0, [&](const Row& row) {
        print(row, out);
        return true;
    });
    return done ? 0 : failed(err, done.error());
}

} // namespace kiosk
