// Anything that happened: a person's tap, a device's word, a worker's answer. Plain values.
#pragma once

#include "app/base/raster.hpp"
#include "app/base/result.hpp"
#include "app/base/secret.hpp"
#include "app/base/slip_code.hpp"
#include "app/base/time.hpp"
#include "app/flow/progress.hpp"
#include "app/flow/session.hpp"
#include "app/flow/staff/action.hpp"
#include "app/flow/staff/answer.hpp"

#include <string>
#include <variant>

namespace kiosk {

/// What a person should do so that the card reads (one at a time, each for at least 1.5 s).
enum class CardHint {
    Closer,
    Farther,
    HoldStill,
    TiltFromLight,
    Brighter,
    Darker,
    WholeCode,
    OtherSide,
};

namespace event {

// The world.
struct Tick {
    Instant now;
};
struct Touched {}; ///< any touch or key: postpones the idle warning
struct CodeRead {
    Secret<Bytes> bytes;
    ReadBy by = ReadBy::Camera;
};                  ///< a code is in front of the camera, or was scanned by hand
struct CodeGone {}; ///< none has been seen for two seconds
struct Hint {
    std::optional<CardHint> hint;
}; ///< what keeps the card from being read changed; empty: nothing that a person could mend
struct CameraChanged {
    std::optional<Code> trouble;
    bool pictures = false;
    std::string description = {};
}; ///< pictures: played from files, not live
struct CameraMeasured {
    double framesPerSecond = 0, light = 0, sharpness = 0;
}; ///< about once a second while reading; light: mean grey, 0 to 255
struct ScannerChanged {
    bool ready = false;
}; ///< one hand scanner came or went
struct LinkChanged {
    bool online = false;
};
struct HeadphonesChanged {
    bool plugged = false;
    bool always = false; ///< nobody plugs them in: a key begins speech
};
/// The machine's sound devices, by name.
struct SoundOutputs {
    std::vector<std::string> names;
};
struct KeyPadUsed {}; ///< one of the five keys was pressed

// On every screen.
struct SetLanguage {
    Language language;
};
struct NextTextSize {};
struct NextPalette {};
struct ToggleReach {};      ///< low enough for who sits, or as usual
struct NextTypingMethod {}; ///< Telex, VNI
struct Help {};
struct CallStaff {};
struct Back {};
struct EndSession {}; ///< "End and erase"
struct Stay {};       ///< closes the overlay, goes on
struct Staff {
    staff::Action action;
};
struct StaffAnswer {
    staff::Answer answer;
};
struct ShowVoice {};
struct AdjustVoice {
    enum class What { Slower, Faster, Softer, Louder, On, Off } what = What::On;
};

// Welcome, card, identity.
struct Start {};
struct Browse {}; ///< look at procedures without a card
struct LookUp {}; ///< how does a dossier stand?
struct AskOffice {};
struct TakeTicket {};
struct TypeInstead {};
struct ConfirmTyped {};
struct ChooseResidence {
    std::string unit;
}; ///< unit code; empty: not sure
struct ToggleAgreement {};
struct ConfirmIdentity {};
struct NotMe {};
struct RefuseAgreement {};
struct UseOtherCard {}; ///< start anew with the card just shown
struct OtherCardIs {
    std::string person;
}; ///< the card just shown is this person of the form

// Procedure and form.
struct Choose {
    std::string code;
};
struct BeginForm {};
struct Focus {
    std::string target;
}; ///< a field's key (or "query", "address.line", "row.<column>")
struct Edited {
    std::string target, text;
}; ///< the text after a key
struct Pick {
    std::string field, value;
}; ///< choice, yes/no, unit
struct OpenPicker {
    std::string field;
}; ///< long choice list or ward picker
struct ClosePicker {};
struct EditRow {
    std::string field;
    int row = -1;
}; ///< -1: a new row
struct KeepRow {};
struct DropRow {};
struct Next {};
struct ShowCardFor {
    std::string person;
};
struct ThisIsMe {
    std::string person;
};
struct Change {
    std::string field;
}; ///< from Review, returns straight there
struct Submit {};
struct ShowDetails {}; ///< the source's full list of papers
struct SendAgain {};   ///< although the same was sent before
struct Rate {
    int stars = 0; ///< 1 very bad to 5 very good
};
struct RateReason {
    int reason = 0; ///< 1 hard to read, 2 too many steps, 3 the card read slowly, 4 something else
};
struct KeepAnswers {
    bool keep = false;
};
struct ShowMyData {};
struct EraseMyData {};
struct DisputeMyData {};
struct Finish {};
struct AnotherProcedure {};

// Workers' answers.
struct ProfileOpened {
    std::optional<KeptProfile> profile;
};
struct ProfileTrouble {
    Code code;
};
struct ProfileSaved {
    Date endsOn;
};
struct ProfileErased {};
struct ProfileDisputed {};
struct RoomChecked {
    std::optional<Code> trouble;
};
/// The answer to LookUpRecent: the same was sent lately, or it was not (or nobody can tell).
struct RecentFound {
    std::string procedure, reference, dossierCode;
    Instant at;
};
struct NothingRecent {
    std::string procedure;
};
struct Committed {
    SlipCode slip;
    Instant at;
};
struct CommitFailed {
    Code code;
};
struct Acknowledged {
    std::string reference, dossierCode;
    bool builtInNumbering = false;
};
struct Delayed {
    std::string reference;
    Code code;
}; ///< stays queued
struct RefusedByOffice {
    std::string reference;
    Code code;
};
struct TicketTaken {
    std::string number;
    int waitMinutes = 0;
    Instant at;
};
struct TicketTrouble {
    Code code;
};
struct TicketPrinted {
    std::optional<Code> trouble;
};
struct StaffCalled {
    std::optional<Code> trouble; ///< nobody was reached
};
struct ProgressFound {
    Progress progress;
    std::optional<Instant> keptAt = std::nullopt; ///< the office could not be asked: as it stood then
};
struct ProgressTrouble {
    Code code;
};
struct PaperWritten {
    std::optional<Code> trouble;
};
struct PrinterChanged {
    std::optional<Code> trouble;
    std::string description;
};
struct ShowPaper {}; ///< the filled declaration as the paper form would look
struct PaperDrawn {
    Instant asked; ///< of the effect
    std::vector<RgbPicture> sheets;
    std::optional<Code> trouble;
};
struct TurnSheet {
    int by = 0;
};
struct PrintPaper {};
struct PaperPrinted {
    std::optional<Code> trouble;
};
struct PrintSlip {}; ///< once more, from the slip's screen
struct SlipPrinted {
    std::string reference;
    std::optional<Code> trouble;
};

} // namespace event

/// Handed on, never copied: what a person gave stays in one place. Special members: values.cpp, so that not
/// every file compiles them.
struct Event
    : std::variant<
          event::Tick, event::Touched, event::CodeRead, event::CodeGone, event::Hint, event::CameraChanged,
          event::ScannerChanged, event::LinkChanged, event::HeadphonesChanged, event::SoundOutputs,
          event::CameraMeasured, event::Staff, event::StaffAnswer, event::KeyPadUsed, event::NextTypingMethod,
          event::ToggleReach, event::CallStaff, event::StaffCalled, event::TakeTicket, event::TicketTaken,
          event::TicketTrouble, event::TicketPrinted, event::ShowVoice, event::AdjustVoice,
          event::SetLanguage, event::NextTextSize, event::NextPalette, event::Help, event::Back,
          event::EndSession, event::Stay, event::Start, event::Browse, event::TypeInstead,
          event::ConfirmTyped, event::ChooseResidence, event::ToggleAgreement, event::ConfirmIdentity,
          event::NotMe, event::RefuseAgreement, event::UseOtherCard, event::OtherCardIs, event::Choose,
          event::BeginForm, event::Focus, event::Edited, event::Pick, event::OpenPicker, event::ClosePicker,
          event::EditRow, event::KeepRow, event::DropRow, event::Next, event::ShowCardFor, event::ThisIsMe,
          event::Change, event::Submit, event::ShowDetails, event::SendAgain, event::KeepAnswers,
          event::ShowMyData, event::EraseMyData, event::DisputeMyData, event::Finish, event::AnotherProcedure,
          event::ProfileOpened, event::ProfileTrouble, event::ProfileSaved, event::ProfileErased,
          event::ProfileDisputed, event::RoomChecked, event::RecentFound, event::NothingRecent,
          event::Committed, event::CommitFailed, event::Acknowledged, event::Delayed, event::RefusedByOffice,
          event::LookUp, event::AskOffice, event::ProgressFound, event::ProgressTrouble, event::PaperWritten,
          event::PrinterChanged, event::PrintSlip, event::SlipPrinted, event::ShowPaper, event::PaperDrawn,
          event::TurnSheet, event::PrintPaper, event::PaperPrinted, event::Rate, event::RateReason> {
    using variant::variant;
    Event();
    Event(Event&&) noexcept;
    Event& operator=(Event&&) noexcept;
    ~Event();
};

} // namespace kiosk
