// Staff mode as values: who is signed in, which page is open, what can be asked of the kiosk and what it
// answers. Nothing here holds a citizen's data.
#pragma once

#include "app/base/result.hpp"
#include "app/base/secret.hpp"
#include "app/base/time.hpp"
#include "app/flow/staff/figures.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace kiosk::staff {

enum class Role { Attendant = 1, Supervisor = 2, Administrator = 3 };

struct Account {
    int id = 0;
    std::string name;
    Role role = Role::Attendant;
    bool locked = false;
    bool phoneCode = false;     ///< signs in with a code of a telephone too
    bool phoneDemanded = false; ///< by the office, of this role
    bool card = false;          ///< signs in with a card held to the camera too; never both
    bool operator==(const Account&) const = default;
};

/// Nothing else may be done before the telephone that the office demands is there.
inline bool lacksPhone(const Account& account) { return account.phoneDemanded && !account.phoneCode; }

/// What can be done here. The table of who may is in rights.cpp.
enum class Task {
    Devices,
    Care,
    Queue,
    RetryQueue,
    CarryQueue,
    Board,
    Journal,
    Accounts,
    Settings,
    SetUp,
    Phone, ///< of one's own account
    Bundles,
};
bool may(const Account& account, Task task);

/// Signed out after so long without a touch (ms).
inline constexpr std::int64_t idleMs = 5LL * 60'000;
/// Touches are ignored for so long while the screen is wiped (ms).
inline constexpr std::int64_t cleaningMs = 30'000;

/// Stands for the procedure of a dossier by which staff tried the whole way.
inline constexpr std::string_view rehearsal = "rehearsal";

struct QueueEntry {
    std::string key, reference, procedure;
    std::optional<Code> reason; // of the last failure or refusal
    bool refused = false;
    std::string dossierCode; // once the office has acknowledged it
    Instant createdAt;
    std::optional<Instant> nextTry;
    int attempts = 0;
};
struct QueueState {
    int queued = 0, refused = 0, acknowledged = 0;
    std::vector<QueueEntry> recent; // newest first
};

struct JournalEntry {
    std::int64_t sequence = 0;
    Instant at;
    int account = 0, kind = 0;
    std::string body;
};
/// What of the journal is looked for.
enum class JournalPart { All, Dossiers, Staff, Machine };
struct JournalState {
    std::vector<JournalEntry> entries; // newest first
    std::int64_t last = 0, witnessed = 0;
    std::optional<Instant> witnessedAt;
    std::optional<Code> problem; // what is wrong with it
    std::int64_t problemAt = 0;
};

/// What an office and its kiosk know each other by, as words to compare.
struct Keys {
    std::string kioskId, officeUrl;
    std::string kioskSigning, officeSigning, officeSealing;
};

/// One setting as it stands in kiosk.toml.
struct Setting {
    std::string key;             // "screen.language"
    std::string value, fallback; // as people read them; without quotation marks
    enum class Kind { Text, Whole, Choice } kind = Kind::Text;
    std::vector<std::string> choices; // of Kind::Choice
    bool operator==(const Setting&) const = default;
};

/// A bundle of procedures and words that was installed here.
struct InstalledBundle {
    int version = 0;
    Instant from, until;
    bool takenBack = false, inUse = false;
};
/// One that could be installed: on a memory stick, or fetched from the office.
struct OfferedBundle {
    std::string path;
    bool fromOffice = false;
};
struct BundleState {
    std::vector<InstalledBundle> installed; // newest first
    std::vector<OfferedBundle> offered;
};
/// What of the kiosk a bundle would change: a file; of words and procedures what in it.
struct BundleChange {
    std::string path;
    bool isNew = false;
    struct Member {
        std::string key, before, after; ///< texts of a line, where there are such
    };
    std::vector<Member> members;
};
struct BundlePreview {
    std::string path;
    int version = 0;
    Instant from, until;
    std::vector<BundleChange> changes;
};

} // namespace kiosk::staff
