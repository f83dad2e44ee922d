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
    bool operator==(const Account&) const = default;
};

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
};
bool may(Role role, Task task);

/// Signed out after so long without a touch (ms).
inline constexpr std::int64_t idleMs = 5 * 60'000;
/// Touches are ignored for so long while the screen is wiped (ms).
inline constexpr std::int64_t cleaningMs = 30'000;

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

namespace page {
struct SignIn {
    std::vector<Account> accounts;
    int chosen = 0; ///< account's number; 0: none yet
    std::string pin;
    bool busy = true; ///< the disk has not answered
    bool wrong = false, locked = false;
    int triesLeft = 0;
    std::optional<Instant> waitUntil;
};
/// A name, a role and a new PIN: the first account, another one, a forgotten PIN.
struct AccountForm {
    enum class Purpose { First, Add, NewPin, Recover } purpose = Purpose::First;
    int id = 0; ///< whose PIN
    std::string name, code, pin, again;
    Role role = Role::Attendant;
    std::string focus;
    std::map<std::string, std::string> problems; ///< target -> key of words
    std::optional<Code> trouble;
    bool busy = false;
};
struct RecoveryCode {
    std::string code;
};
struct Menu {};
struct Devices {
    int codesRead = 0; ///< by the reading test
    /// A test print: of the slip's printer, of the office's.
    struct Test {
        enum class State { No, Printing, Printed, Failed } state = State::No;
        std::optional<Code> trouble;
    };
    Test slip, paper;
};
struct Queue {
    std::optional<QueueState> state;
    std::vector<std::string> sticks;
    bool sticksKnown = false;
    std::optional<int> exported, settled; ///< parcels written to a stick; answers taken from one
    bool printed = false;                 ///< the slip asked for last
    std::optional<Code> trouble;
};
struct Journal {
    std::optional<JournalState> state; ///< of the part
    JournalPart part = JournalPart::All;
    std::vector<std::string> sticks;
    bool sticksKnown = false, exported = false;
    std::optional<Code> trouble;
};
struct Board {
    std::optional<std::vector<BoardEntry>> entries; ///< late ones first, then by date due
    std::optional<Opinions> opinions;               ///< of the period
    Period period = Period::Month;
    std::vector<std::string> sticks;
    bool sticksKnown = false, exported = false;
    std::string printing; ///< dossier code of the apology at the printer
    bool printed = false;
    std::optional<Code> trouble;
};
struct Accounts {
    std::vector<Account> all;
    int removing = 0; ///< asked once more
    std::optional<Code> trouble;
};
struct Settings {
    std::vector<Setting> all;
    std::string open, draft; ///< key of the one being changed
    bool typing = false;
    bool changed = false; ///< in force after a restart
    std::optional<std::string> refused;
};
struct Care {
    Instant cleaningUntil;
    bool shuttingDown = false; ///< asked once more
};
/// What a new kiosk needs, step by step, and how each stands.
struct SetUp {};
/// The panel is measured with a card held against it.
struct Measure {
    double cardMm = 85.6;           ///< how wide the card is drawn, by the diagonal in force
    std::optional<double> diagonal; ///< in force, inches
    bool saved = false;
};
struct Connection {
    std::optional<Keys> keys;
};
} // namespace page
struct Page : std::variant<page::SignIn, page::AccountForm, page::RecoveryCode, page::Menu, page::Devices,
                           page::Queue, page::Board, page::Journal, page::Accounts, page::Settings,
                           page::Care, page::SetUp, page::Measure, page::Connection> {
    using variant::variant;
    Page();
    Page(const Page&);
    Page(Page&&) noexcept;
    Page& operator=(const Page&);
    Page& operator=(Page&&) noexcept;
    ~Page();
};

/// What a person of the staff does.
namespace action {
struct Enter {}; ///< the hidden gesture
struct ChooseAccount {
    int id = 0;
};
struct SignIn {};
struct ForgotPin {};
struct SaveAccount {};
struct CodeNoted {};
struct Open {
    Task task = Task::Devices;
};
struct Retry {
    std::string key;
};
struct PrintSlip {
    std::string key; ///< of the parcel: a slip again, for whom the printer had none
};
struct ShowPeriod {
    Period period = Period::Month;
};
struct PrintApology {
    std::string dossierCode;
};
struct ExportBoard {
    std::string folder;
};
struct LookForSticks {};
struct Export {
    std::string folder;
};
struct Settle {
    std::string folder;
};
struct AddAccount {};
struct NewPinFor {
    int id = 0;
};
struct SetRole {
    Role role = Role::Attendant;
};
struct Remove {
    int id = 0;
};
struct OpenSetting {
    std::string key;
};
struct SetSetting {
    std::string value;
};
struct UndoSettings {};
struct Clean {};
struct Restart {};
struct ShutDown {};
struct TestSlip {};
struct TestPaper {};
struct ShowJournal {
    JournalPart part = JournalPart::All;
};
struct ExportJournal {
    std::string folder;
};
struct OpenMeasure {};
struct OpenConnection {};
struct Widen {
    double byMm = 0;
};
struct SaveMeasure {};
} // namespace action
struct Action
    : std::variant<action::Enter, action::ChooseAccount, action::SignIn, action::ForgotPin,
                   action::SaveAccount, action::CodeNoted, action::ShowPeriod, action::PrintApology,
                   action::ExportBoard, action::Open, action::Retry, action::PrintSlip, action::LookForSticks,
                   action::Export, action::Settle, action::AddAccount, action::NewPinFor, action::SetRole,
                   action::Remove, action::OpenSetting, action::SetSetting, action::UndoSettings,
                   action::Clean, action::Restart, action::ShutDown, action::TestSlip, action::TestPaper,
                   action::ShowJournal, action::ExportJournal, action::OpenMeasure, action::OpenConnection,
                   action::Widen, action::SaveMeasure> {
    using variant::variant;
    Action();
    Action(const Action&);
    Action(Action&&) noexcept;
    Action& operator=(const Action&);
    Action& operator=(Action&&) noexcept;
    ~Action();
};

/// What the flow asks to be done; `by` is the account signed in.
namespace request {
struct ListAccounts {};
struct SignIn {
    int id = 0;
    Secret<std::string> pin;
};
struct SignedOut {
    int by = 0;
};
struct CreateFirst {
    std::string name;
    Secret<std::string> pin;
};
struct Recover {
    int id = 0;
    Secret<std::string> code, pin;
};
struct AddAccount {
    int by = 0;
    std::string name;
    Role role = Role::Attendant;
    Secret<std::string> pin;
};
struct SetPin {
    int by = 0, id = 0;
    Secret<std::string> pin;
};
struct Remove {
    int by = 0, id = 0;
};
struct ReadQueue {};
struct Retry {
    int by = 0;
    std::string key;
};
struct FindSticks {};
struct Export {
    int by = 0;
    std::string folder;
};
struct Settle {
    int by = 0;
    std::string folder;
};
/// The office's to answer.
struct ReadBoard {
    Instant since;
};
struct ReadOpinions {
    Period period = Period::Month;
};
/// As a table and as a paper.
struct WriteBoard {
    int by = 0;
    std::string folder, office;
    Date today;
    Period period = Period::Month; ///< of the figures
    std::vector<BoardEntry> entries;
    std::optional<Opinions> opinions;
};
struct ReadJournal {
    JournalPart part = JournalPart::All;
};
struct WriteJournal {
    int by = 0;
    std::string folder;
};
struct ReadKeys {};
struct ReadSettings {};
struct ChangeSetting {
    int by = 0;
    std::string key, value;
};
struct UndoSettings {
    int by = 0;
};
struct Restart {
    int by = 0;
};
struct ShutDown {
    int by = 0;
};
} // namespace request
struct Request
    : std::variant<request::ListAccounts, request::SignIn, request::SignedOut, request::CreateFirst,
                   request::Recover, request::AddAccount, request::SetPin, request::Remove,
                   request::ReadQueue, request::Retry, request::FindSticks, request::Export, request::Settle,
                   request::ReadBoard, request::ReadOpinions, request::WriteBoard, request::ReadJournal,
                   request::ReadSettings, request::ChangeSetting, request::UndoSettings, request::Restart,
                   request::ShutDown, request::WriteJournal, request::ReadKeys> {
    using variant::variant;
    Request();
    Request(const Request&);
    Request(Request&&) noexcept;
    Request& operator=(const Request&);
    Request& operator=(Request&&) noexcept;
    ~Request();
};

/// What came of it.
namespace answer {
struct Accounts {
    std::vector<Account> all;
};
struct SignIn {
    std::optional<Account> account;
    std::optional<Instant> waitUntil;
    bool locked = false;
    int triesLeft = 0;
};
struct FirstCreated {
    Account account;
    std::string recoveryCode;
};
struct AccountSaved {};
struct Failed {
    Code code;
};
struct Queue {
    QueueState state;
};
struct Sticks {
    std::vector<std::string> folders;
};
struct Exported {
    int parcels = 0;
};
struct Settled {
    int answers = 0;
};
struct Board {
    std::vector<BoardEntry> entries;
};
struct Opinions {
    staff::Opinions of;
};
struct TableWritten {};
struct Journal {
    JournalState state;
};
struct Keys {
    staff::Keys of;
};
struct Settings {
    std::vector<Setting> all;
    bool changed = false;
};
struct SettingRefused {
    std::string allowed;
};
} // namespace answer
struct Answer : std::variant<answer::Accounts, answer::SignIn, answer::FirstCreated, answer::AccountSaved,
                             answer::Failed, answer::Queue, answer::Sticks, answer::Exported, answer::Board,
                             answer::Opinions, answer::TableWritten, answer::Settled, answer::Journal,
                             answer::Settings, answer::SettingRefused, answer::Keys> {
    using variant::variant;
    Answer();
    Answer(const Answer&);
    Answer(Answer&&) noexcept;
    Answer& operator=(const Answer&);
    Answer& operator=(Answer&&) noexcept;
    ~Answer();
};

} // namespace kiosk::staff
