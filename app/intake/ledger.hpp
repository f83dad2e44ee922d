// The office's ledger: which kiosks are known, which parcels were taken under which dossier code. SQLite now;
// PostgreSQL may follow.
#pragma once

#include "app/base/result.hpp"
#include "app/base/time.hpp"
#include "app/delivery/parcel.hpp"

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace kiosk::intake {

struct KioskRow {
    std::string id;
    std::string fingerprint; // of its TLS certificate
    parcel::PublicKey signing{};
    bool revoked = false;
    bool isSystem = false;                 // no kiosk: the office's own one-stop system
    std::vector<parcel::PublicKey> former; // signed what was queued before it was enrolled again
};

/// How a parcel came to the office.
enum class Route { Network, Carried /* by hand, on a memory stick */ };

/// One dossier taken.
struct Entry {
    std::string key, contentHash;
    std::string kiosk, procedure, reference, dossierCode;
    Instant receivedAt;
    std::string acknowledgement; // as signed and answered
    std::string document;        // the exported JSON: personal data
    Route route = Route::Network;
};

/// What the office's staff entered about a dossier. `note` is shown to the applicant.
struct StatusRow {
    int status = 1; // look_up::firstStatus to lastStatus
    Instant at;
    std::optional<Date> due; // when the date promised was set or changed
    std::string note;
};

/// Wrong tries at looking up, counted by code or kiosk.
struct Tries {
    int wrong = 0;
    Instant last;
};

/// What the office has witnessed of a kiosk's journal.
struct Witnessed {
    std::string kiosk;
    std::string text;    // signed by the office (journal::Purpose::Witness); empty: nothing yet
    std::string dispute; // a Code's name: its journal last came with a contradiction; else empty
    std::optional<Instant> disputedAt; // when
};

/// What a kiosk last told of itself.
struct KioskHeard {
    std::string id;
    bool revoked = false;
    std::optional<Instant> heardAt; // nothing: never
    std::string state;              // kiosk_state::State as JSON
};

/// A dossier code and where it comes from.
struct Allocated {
    std::string code;
    bool builtIn = false;
};

/// Port: gives dossier codes; the same key always gets the same code, so that a crash between numbering and
/// storing leaves no gap and no double.
class CodeAllocator {
public:
    virtual ~CodeAllocator() = default;
    virtual Result<Allocated> allocate(const std::string& key, Instant at) = 0;
};

/// Used by one thread.
class Ledger {
public:
    virtual ~Ledger() = default;
    /// Replaces the keys of a kiosk of the same id; the earlier certificate is forgotten, and so is what was
    /// witnessed of its journal: it may start with an empty data folder. The earlier signing key still counts
    /// for parcels in its queue, unless the kiosk was revoked.
    virtual Result<void> enrol(const KioskRow& kiosk) = 0;
    /// False: no such kiosk.
    virtual Result<bool> revoke(const std::string& kioskId) = 0;
    virtual Result<std::optional<KioskRow>> kioskOf(const std::string& fingerprintOrId) = 0;
    /// Durable when it returns. A key already there is left as it is.
    virtual Result<void> add(const Entry& entry) = 0;
    virtual Result<std::optional<Entry>> find(const std::string& keyOrCode) = 0;
    /// With this dossier code or reference, with documents. References of several kiosks can be alike.
    virtual Result<std::vector<Entry>> named(const std::string& codeOrReference) = 0;
    /// Taken from this kiosk since then, newest first, without documents.
    virtual Result<std::vector<Entry>> of(const std::string& kioskId, Instant since, std::size_t limit) = 0;
    /// Entries whose files were not yet written (a crash in between), with documents.
    virtual Result<std::vector<Entry>> notExported() = 0;
    virtual Result<void> markExported(const std::string& key) = 0;
    /// Newest first, without documents.
    virtual Result<std::vector<Entry>> list(std::size_t limit) = 0;

    /// Durable when it returns. `key` is an entry's.
    virtual Result<void> addStatus(const std::string& key, const StatusRow& row) = 0;
    /// Oldest first.
    virtual Result<std::vector<StatusRow>> statuses(const std::string& key) = 0;
    /// Keys of this kiosk's entries with a status newer than number `after`, each with the number of its
    /// newest, in their order.
    virtual Result<std::vector<std::pair<std::string, std::int64_t>>>
    statusesAfter(const std::string& kioskId, std::int64_t after, std::size_t limit) = 0;
    virtual Result<Tries> tries(const std::string& subject) = 0;
    /// Durable when it returns. Forgets subjects whose last try is older than a month.
    virtual Result<void> noteTries(const std::string& subject, const Tries& tries) = 0;

    virtual Result<void> noteState(const std::string& kioskId, const std::string& state, Instant at) = 0;
    /// Every kiosk enrolled, by id.
    virtual Result<std::vector<KioskHeard>> kiosks() = 0;

    /// Of a kiosk that was never heard of: an empty one.
    virtual Result<Witnessed> witnessed(const std::string& kioskId) = 0;
    /// Durable when it returns.
    virtual Result<void> witness(const std::string& kioskId, const std::string& text) = 0;
    /// Stays for staff to see, whatever the kiosk sends later.
    virtual Result<void> dispute(const std::string& kioskId, const std::string& what, Instant at) = 0;
    /// Every kiosk that was heard of.
    virtual Result<std::vector<Witnessed>> witnessedKiosks() = 0;
};

/// The serials that the built-in numbering may give on one day, so that it never meets numbers given
/// elsewhere.
struct SerialRange {
    int first = 1, last = 999'999;
};

/// SQLite ledger and the built-in numbering "<unit>-<yymmdd>-<serial, 4 digits or more>", from the range's
/// first on per unit and day (Asia/Ho_Chi_Minh). When the range is used up, allocate() fails with StoreFull
/// until the next day; the parcel waits at its kiosk.
struct SqliteLedger {
    std::unique_ptr<Ledger> ledger;
    std::unique_ptr<CodeAllocator> numbering;
};
Result<SqliteLedger> openSqliteLedger(const std::string& path, const std::string& unitCode,
                                      SerialRange serials = {});

} // namespace kiosk::intake
