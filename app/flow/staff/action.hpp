// What a person of the staff does on the pages.
#pragma once

#include "app/flow/staff/staff.hpp"

#include <string>
#include <variant>

namespace kiosk::staff {

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
struct TestVoice {};
struct ShowJournal {
    JournalPart part = JournalPart::All;
};
struct ExportJournal {
    std::string folder;
};
struct OpenMeasure {};
struct Rehearse {}; ///< a whole visit by whoever is signed in, who is signed out for it
struct OpenConnection {};
struct Widen {
    double byMm = 0;
};
struct SaveMeasure {};
struct AddPhone {};
struct UseCard {}; ///< instead of a telephone: the next one held up
struct RemoveSecondFactor {
    int id = 0;
};
struct FetchBundle {}; ///< the office's newest
struct FindBundles {};
struct PreviewBundle {
    std::string path;
};
struct InstallBundle {}; ///< the one looked at
struct TakeBackBundle {};
} // namespace action
struct Action
    : std::variant<
          action::Enter, action::ChooseAccount, action::SignIn, action::ForgotPin, action::SaveAccount,
          action::CodeNoted, action::ShowPeriod, action::PrintApology, action::ExportBoard, action::Open,
          action::Retry, action::PrintSlip, action::LookForSticks, action::Export, action::Settle,
          action::AddAccount, action::NewPinFor, action::SetRole, action::Remove, action::OpenSetting,
          action::SetSetting, action::UndoSettings, action::Clean, action::Restart, action::ShutDown,
          action::TestSlip, action::TestPaper, action::TestVoice, action::ShowJournal, action::ExportJournal,
          action::OpenMeasure, action::Rehearse, action::OpenConnection, action::Widen, action::SaveMeasure,
          action::AddPhone, action::UseCard, action::RemoveSecondFactor, action::FetchBundle,
          action::FindBundles, action::PreviewBundle, action::InstallBundle, action::TakeBackBundle> {
    using variant::variant;
    Action();
    Action(const Action&);
    Action(Action&&) noexcept;
    Action& operator=(const Action&);
    Action& operator=(Action&&) noexcept;
    ~Action();
};

} // namespace kiosk::staff
