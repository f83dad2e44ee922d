// Anything to be done that the pure flow cannot do itself; App carries it out through workers whose answers
// come back as events.
#pragma once

#include "app/base/slip_code.hpp"
#include "app/flow/session.hpp"
#include "app/flow/staff/request.hpp"

#include <map>
#include <string>
#include <variant>
#include <vector>

namespace kiosk {

/// What the customer takes away; no personal data.
struct SlipContent {
    SlipCode code;           // without its secret when it is printed again later
    std::string dossierCode; // empty until acknowledged
    std::string procedureCode;
    Words procedureName;
    Instant at;
    bool clockTrusted = true;
    Language language = Language::Vi;
    bool rehearsal = false;
};

/// A number for the counter.
struct TicketContent {
    std::string number; // "A012"
    int waitMinutes = 0;
    Instant at;
    Language language = Language::Vi;
};

namespace effect {

/// Ends with TicketTaken or TicketTrouble.
struct TakeTicket {
    Instant at;
};
/// Ends with TicketPrinted.
struct PrintTicket {
    TicketContent ticket;
};
struct OpenProfile {
    Identity customer;
}; ///< only for identities read from a card
struct SaveProfile {
    Identity customer;
    Answers answers;
}; ///< by Field::profile key
struct EraseProfile {
    Identity customer;
};
struct DisputeProfile {
    Identity customer;
};
struct CheckRoom {};
struct LookUpRecent {
    std::string personalNumber, procedure;
};
/// The dossier as JSON text, complete but for reference and key, which App makes now.
struct Submit {
    std::string dossier, procedure, personalNumber;
    Date birth; // the applicant's
    Instant at;
    bool clockTrusted = true;
    bool rehearsal = false;
};
/// How a dossier stands. When the office cannot be asked, and the slip was shown, what the kiosk keeps is
/// opened.
struct AskOffice {
    std::string code;
    Date birth;
    std::optional<SlipCode> slip;
};
/// The declaration in a dossier as pictures for the screen, or on the office's printer. Ends with PaperDrawn,
/// PaperPrinted; both stop when the session does.
struct DrawPaper {
    Secret<std::string> dossier;
    Instant asked;
};
struct PrintPaper {
    Secret<std::string> dossier;
};
/// A letter of apology for a late dossier on the office's printer. Ends with PaperPrinted.
struct PrintApology {
    std::string dossierCode, procedureCode, procedureName;
    Date received, promised;
    std::optional<Date> due; // the new date, if one was promised
};
/// A page that shows how the office's printer does. Ends with PaperPrinted.
struct PrintTestSheet {};
/// Tells the office that somebody needs help here. Ends with StaffCalled.
struct CallStaff {};
struct WriteSlip {
    SlipContent slip;
};
struct PrintSlip {
    SlipContent slip;
};
struct Staff {
    staff::Request request;
};
/// One more, on the day it is; no identity, no text.
struct Count {
    enum class What { Rating, Reason, GivenUp, Help, Problem } what = What::Rating;
    int detail = 0;
};
enum class SoundKind { Read, Wrong, Done, Warning, Hint };
struct Play {
    SoundKind sound;
};
/// Ends with SoundOutputs.
struct ListSoundOutputs {};
/// A sentence to the headphones, if there are some.
struct TestVoice {};
/// The session is over: previews, textures, queues with personal data are wiped.
struct Wipe {};

} // namespace effect

struct Effect
    : std::variant<effect::OpenProfile, effect::SaveProfile, effect::EraseProfile, effect::DisputeProfile,
                   effect::CheckRoom, effect::LookUpRecent, effect::Submit, effect::AskOffice,
                   effect::WriteSlip, effect::PrintSlip, effect::DrawPaper, effect::PrintPaper,
                   effect::PrintApology, effect::PrintTestSheet, effect::CallStaff, effect::TakeTicket,
                   effect::PrintTicket, effect::Count, effect::Staff, effect::Play, effect::ListSoundOutputs,
                   effect::TestVoice, effect::Wipe> {
    using variant::variant;
    Effect();
    Effect(const Effect&);
    Effect(Effect&&) noexcept;
    Effect& operator=(const Effect&);
    Effect& operator=(Effect&&) noexcept;
    ~Effect();
};
using Effects = std::vector<Effect>;

} // namespace kiosk
