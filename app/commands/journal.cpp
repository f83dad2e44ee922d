#include "app/commands/journal.hpp"

#include "app/base/crypto.hpp"
#include "app/base/files.hpp"
#include "app/delivery/gateway.hpp"
#include "app/store/journal/verify.hpp"

#include <ostream>

namespace kiosk {
namespace {

using store::journal::Finding;
using store::journal::Row;

int failed(std::ostream& err, const Error& error) {
    err << "kiosk journal: " << name(error.code) << ": " << error.detail << "\n";
    return 1;
}

std::string nameOf(store::journal::Kind kind) {
    using enum store::journal::Kind;
    switch (kind) {
    case Started:
        return "started";
    case Stopped:
        return "stopped";
    case Migrated:
        return "database brought to schema";
    case DatabaseSalvaged:
        return "damaged database salvaged, rows";
    case ParcelsRestored:
        return "parcels restored from their sealed files";
    case KeysInUse:
        return "keys in use: kiosk signing, office signing, office sealing";
    case DossierConfirmed:
        return "dossier confirmed";
    case DossierDelivered:
        return "dossier delivered";
    case DossierRefused:
        return "dossier refused by the office";
    case DossierQueuedAgain:
        return "dossier queued again";
    case DossiersExpired:
        return "delivered dossiers removed";
    case ProfileErased:
        return "profile erased";
    case ProfilesExpired:
        return "profiles that had ended removed";
    case RecordsImported:
        return "office's records imported: rows, people";
    case BackupMade:
        return "backup made";
    case BackupFailed:
        return "backup failed";
    case JournalTrimmed:
        return "old entries removed up to";
    case OfficeDisputed:
        return "THE OFFICE CONTRADICTS this journal";
    case StaffAdded:
        return "staff account added: account, role";
    case StaffRemoved:
        return "staff account removed";
    case StaffPinSet:
        return "new PIN for account";
    case StaffSignedIn:
        return "signed in";
    case StaffSignedOut:
        return "signed out";
    case StaffRefused:
        return "wrong PIN, tries in a row";
    case StaffRecovered:
        return "new PIN by the recovery code";
    case StaffPhoneAdded:
        return "codes of a telephone asked for from now on";
    case StaffPhoneRemoved:
        return "codes of a telephone not asked for any more, account";
    case SettingChanged:
        return "setting changed, its value before and after (of a text, its hash):";
    case ParcelsExported:
        return "sealed parcels written to a memory stick:";
    case BoardExported:
        return "table of dossiers written to a memory stick";
    case JournalExported:
        return "journal written to a memory stick";
    case BundleInstalled:
        return "bundle installed, version";
    case BundleTakenBack:
        return "bundle taken back, version";
    case Rehearsed:
        return "rehearsal begun";
    case StaffCardAdded:
        return "card of an account added";
    case StaffCardRemoved:
        return "card of an account removed:";
    }
    return "unknown entry";
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
