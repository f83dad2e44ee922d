// The pages of staff mode, each with what it shows.
#pragma once

#include "app/flow/staff/staff.hpp"

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace kiosk::staff {

namespace page {
struct SignIn {
    std::vector<Account> accounts;
    int chosen = 0;        ///< account's number; 0: none yet
    std::string pin, code; ///< the code where the account has a telephone
    bool onCode = false;   ///< the code is being typed or the card waited for, not the PIN
    bool busy = true;      ///< the disk has not answered
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
    std::vector<std::string> soundOutputs;
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
struct SetUp {
    std::optional<QueueEntry> rehearsal; ///< the newest
};
/// The panel is measured with a card held against it.
struct Measure {
    double cardMm = 85.6;           ///< how wide the card is drawn, by the diagonal in force
    std::optional<double> diagonal; ///< in force, inches
    bool saved = false;
};
struct Connection {
    std::optional<Keys> keys;
};
/// The telephone or the card that is asked for beside one's own PIN.
struct Phone {
    Secret<std::string> key, uri; ///< of a new one: to be typed into its app, to be shown as a QR code
    std::string code;             ///< that it shows now
    bool typing = false, wrong = false;
    bool card = false;     ///< one is waited for instead
    bool removing = false; ///< asked once more
    std::optional<Code> trouble;
};
struct Bundles {
    std::optional<BundleState> state;
    std::optional<BundlePreview> preview;
    bool changed = false; ///< another one is in force after a restart
    std::optional<Code> trouble;
    std::string detail; ///< of the trouble, for whoever made the bundle
};
} // namespace page
struct Page
    : std::variant<page::SignIn, page::AccountForm, page::RecoveryCode, page::Menu, page::Devices,
                   page::Queue, page::Board, page::Journal, page::Accounts, page::Settings, page::Care,
                   page::SetUp, page::Measure, page::Connection, page::Phone, page::Bundles> {
    using variant::variant;
    Page();
    Page(const Page&);
    Page(Page&&) noexcept;
    Page& operator=(const Page&);
    Page& operator=(Page&&) noexcept;
    ~Page();
};

/// A card is waited for, not typing.
bool waitsForCard(const page::SignIn& page);

} // namespace kiosk::staff
