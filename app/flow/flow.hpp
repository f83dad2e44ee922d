// Where we are: the citizen's screens as values, and the one pure function that moves between them.
#pragma once

#include "app/base/config/opening_hours.hpp"
#include "app/flow/effect.hpp"
#include "app/flow/event.hpp"
#include "app/flow/session.hpp"
#include "app/flow/staff/page.hpp"
#include "app/procedures/catalogue.hpp"
#include "app/procedures/procedure.hpp"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace kiosk {

/// What the office configures and the flow must know.
struct OfficeProfile {
    std::string code, name; // "Bộ phận Một cửa phường Mẫu"
    std::string wardCode, wardName, provinceName;
    std::string phone;              // for help; may be empty
    std::vector<std::string> tiles; // procedure codes in order
    OpeningHours hours;
    Words message;                       // to visitors; empty: none
    bool darkWhenClosed = false;         // nothing is shown outside the hours until somebody comes
    bool offersTickets = false;          // numbers for the counter
    bool printsPapers = false;           // there is an office printer for what has personal data on it
    bool acceptsOtherProcedures = false; // catalogue entries without an asset of ours may be sent
    int profileKeepDays = 365;
    int idleWarningSeconds = 120, idleCountdownSeconds = 30;
    Language language = Language::Vi; ///< what each new person finds
};

/// Immutable reference data; outlives the flow.
struct Knowledge {
    const Catalogue& catalogue;
    const std::map<std::string, Procedure>& procedures;
    const Units& units;
    const OfficeProfile& office;
};

namespace screen {

struct Welcome {
    bool armed = true;
}; ///< armed: a card held up starts a session
struct PresentCard {
    std::string person; ///< empty: the customer; else Section::person of the form
    Instant since;
    std::optional<Code> wrong;     ///< what was shown instead of an ID card
    std::optional<Identity> found; ///< read: tick is shown until `until`
    Instant until;
    bool sameAsCustomer = false;  ///< the customer's own card was shown for somebody else
    std::optional<CardHint> hint; ///< what to do so that the card reads
};
struct TypeIdentity {
    std::string person;                          ///< as in PresentCard
    std::string number, name, birth, sex;        ///< raw: digits, text, ddmmyyyy digits, "male"/"female"
    std::string focus;                           ///< number, name, birth or empty
    std::map<std::string, std::string> problems; ///< target -> key of words
};
struct ConfirmIdentity {
    bool agreed = false;
    bool mustAgree = false;
    Instant askedAt; ///< when going on without agreeing was tried: the box to tick is scrolled to
};
struct Refused {}; ///< agreement refused: what still works
struct MyData {
    bool erased = false, disputed = false;
    bool confirming = false; ///< asked once more before erasing
};
struct Choose {
    bool browseOnly = false; ///< no card was shown: nothing can be sent
    std::string query;
    bool typing = false;
    struct Item {
        std::string code, name, detail;
        bool ours = false;
    };
    std::vector<Item> hits; ///< of the query
};
struct ProcedureInfo {
    std::string code;
    bool browseOnly = false;
    bool details = false;
    bool canSend = false;                     ///< false: says where to go
    std::optional<event::RecentFound> recent; ///< the same was sent lately
    std::optional<Instant> lookingSince;      ///< for that: the way on waits a moment, or it would change
};
struct UnitPicker {
    std::string field, province, query;
    std::vector<std::string> units;
};
struct ChoicePicker {
    std::string field, query;
};
struct RowEditor {
    std::string field;
    int row = -1;
    Answers values;
    std::map<std::string, Problem> problems;
};
struct FormPage {
    std::vector<form::Page> pages;
    std::size_t index = 0;
    bool returnToReview = false;
    std::string focus; ///< field being typed into; "<key>" or "<key>.line" (address) or column key in a row
    std::map<std::string, std::string>
        drafts; ///< raw text being typed, by focus target (dates and numbers as digits)
    std::map<std::string, Problem> problems;
    std::variant<std::monostate, UnitPicker, ChoicePicker, RowEditor> sub;
};
struct Review {
    std::vector<FieldProblem> missing;
};
/// The filled declaration, sheet by sheet, and what the office's printer does with it.
struct Paper {
    Instant asked;                  ///< an older drawing is not this one
    std::vector<RgbPicture> sheets; ///< empty: being drawn
    std::size_t sheet = 0;
    std::optional<Code> trouble; ///< it could not be drawn
    enum class Print { No, Printing, Printed, Failed } print = Print::No;
    std::optional<Code> printTrouble;
};
struct Sending {
    Instant since;
};
struct Slip {
    SlipContent content;
    std::optional<Code> delayed; ///< why it is not sent yet
    bool refused = false;
    std::optional<bool> keep; ///< the person's answer about keeping answers
    std::optional<Date> keptUntil;
    bool paperFailed = false;
    int stars = 0, reason = 0; ///< what the person thinks of the kiosk; 0: has not said
    /// What the printer does with it.
    enum class Print { Waiting, Printing, Printed, Failed } print = Print::Waiting;
    std::optional<Code> printTrouble;
};
struct Ticket {
    std::optional<TicketContent> content; ///< none: being drawn
    std::optional<Code> trouble;
    enum class Print { No, Printing, Printed, Failed } print = Print::No;
};
struct LookUp {
    std::string code;           ///< reference or dossier code, typed or scanned
    Secret<std::string> secret; ///< of the slip that was shown; empty: typed, or another paper
    std::string birth;          ///< the applicant's, ddmmyyyy digits
    std::string focus;          ///< code, birth or empty
    std::map<std::string, std::string> problems; ///< target -> key of words
    bool asking = false;                         ///< the office has not answered yet
    std::optional<Code> trouble;                 ///< why there was no answer
};
struct Progress {
    kiosk::Progress found;
    std::optional<Instant> keptAt; ///< the office could not be asked: as it stood then
};
struct Staff {
    std::optional<staff::Account> account; ///< signed in
    bool settingUp = false;                ///< Back leads to the list of what there is to set up
    staff::Page page;
};
struct Trouble {
    Code code;
    bool backToReview = false;
}; ///< a failure that needs the whole screen; nothing given is lost

} // namespace screen

struct Screen
    : std::variant<screen::Welcome, screen::PresentCard, screen::TypeIdentity, screen::ConfirmIdentity,
                   screen::Refused, screen::MyData, screen::Choose, screen::ProcedureInfo, screen::FormPage,
                   screen::Review, screen::Paper, screen::Sending, screen::Slip, screen::LookUp,
                   screen::Ticket, screen::Progress, screen::Staff, screen::Trouble> {
    using variant::variant;
    Screen();
    Screen(const Screen&);
    Screen(Screen&&) noexcept;
    Screen& operator=(const Screen&);
    Screen& operator=(Screen&&) noexcept;
    ~Screen();
};

namespace overlay {
struct IdleWarning {
    Instant endsAt;
};
struct OtherCard {
    Identity other;
    std::vector<std::string> persons;
}; ///< persons of the form it could be
struct Help {};
struct ConfirmEnd {};
struct Voice {}; ///< slower, louder, off
} // namespace overlay
using Overlay = std::variant<std::monostate, overlay::IdleWarning, overlay::OtherCard, overlay::Help,
                             overlay::ConfirmEnd, overlay::Voice>;

/// How things are read aloud; steps from -2 to 2.
struct VoicePreferences {
    bool on = false;
    bool declined = false; // switched off by the person: a key does not begin it again
    int speed = 0, loudness = 0;
};

/// Looks that last as long as the session; back to default for the next person.
struct Preferences {
    Language language = Language::Vi;
    int textSize = 0;      // 0..3
    int palette = 0;       // 0 light, 1 high contrast, 2 dark
    bool vni = false;      // typing by VNI instead of Telex
    bool lowReach = false; // everything to press in the lower part of an upright panel
    VoicePreferences voice;
};

/// What stands above a screen: what of the kiosk does not work now, and other truths about all of it.
struct Notices {
    bool rehearsal = false, clock = false, offline = false, called = false, camera = false, pictures = false;
    bool operator==(const Notices&) const = default;
};

struct Flow {
    Screen screen = screen::Welcome{};
    std::vector<Screen> history; ///< for Back; cleared with the session
    Overlay overlay;
    Session session;
    Preferences preferences;
    Instant now, lastTouch;
    std::optional<Code> cameraTrouble;
    bool cameraPictures = false;
    std::string cameraDescription;
    event::CameraMeasured cameraMeasured;
    std::optional<event::PrinterChanged> printer;       ///< nullopt: none, or not heard of yet
    std::optional<Code> paperTrouble;                   ///< the office's printer, when it was last used
    int scanners = 0;                                   ///< hand scanners that are surely there
    std::optional<event::HeadphonesChanged> headphones; ///< in the socket, or always there; nullopt: none
    bool online = true;
    bool clockTrusted = true;
    enum class Call { No, Calling, Called, Failed } call = Call::No; ///< of the office's staff
    Instant calledAt;
    /// As they were when the screen was entered: what becomes known meanwhile waits for the next one, so that
    /// nothing moves under a finger. On the first screen they stand below everything and are always new.
    Notices notices;

    Flow();
    Flow(const Flow&);
    Flow(Flow&&) noexcept;
    Flow& operator=(const Flow&);
    Flow& operator=(Flow&&) noexcept;
    ~Flow();
};

/// What the kiosk does while nobody is there: after a minute it invites; outside the opening hours its screen
/// may be dark. A touch, a key or a card held up brings the first screen.
enum class Rest { No, Inviting, Dark };
Rest rest(const OfficeProfile& office, const Flow& flow);
inline constexpr std::int64_t inviteAfterMs = 60'000;

/// How hard the camera should work now.
enum class CameraMode { Idle, Reading };
CameraMode cameraMode(const Flow& flow);
/// Touches do not count: the screen is being wiped.
bool isCleaning(const Flow& flow);

struct Stepped {
    Flow flow;
    Effects effects;
};

/// Pure: no I/O, no clock, no statics.
Stepped step(const Knowledge& knowledge, Flow flow, Event event);

/// The procedure being filled, if any. Catalogue entries without an asset get one made from the entry and the
/// general form.
const Procedure* currentProcedure(const Knowledge& knowledge, const Flow& flow);

/// Version of the agreement's words (travels with the dossier).
inline constexpr std::string_view consentWording = "2026-11";

/// 5 s without a code: help is shown; 10 s: other ways are offered (ux.md U12).
inline constexpr std::int64_t helpAfterMs = 5000, otherWaysAfterMs = 10000;

} // namespace kiosk
