// What staff mode asks to be done by the threads of disk and net.
#pragma once

#include "app/flow/staff/staff.hpp"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace kiosk::staff {

/// `by` is the account signed in.
namespace request {
struct ListAccounts {};
struct SignIn {
    int id = 0;
    Secret<std::string> pin;
    std::string code;
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
/// How the newest one went.
struct ReadRehearsal {};
struct Rehearse {
    int by = 0;
};
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
struct NewPhoneKey {
    std::string account; ///< its name
};
struct AddPhone {
    int by = 0;
    Secret<std::string> key;
    std::string code;
};
struct AddCard {
    int by = 0;
    std::string code; ///< hash of what its code says
};
/// Telephone or card.
struct RemoveSecondFactor {
    int by = 0, id = 0;
};
struct ReadBundles {};
/// The office's to answer.
struct FetchBundle {
    int newerThan = 0; ///< version
};
struct PreviewBundle {
    std::string path;
};
struct InstallBundle {
    int by = 0;
    std::string path;
};
struct TakeBackBundle {
    int by = 0;
};
} // namespace request
struct Request
    : std::variant<request::ListAccounts, request::SignIn, request::SignedOut, request::CreateFirst,
                   request::Recover, request::AddAccount, request::SetPin, request::Remove,
                   request::ReadQueue, request::Retry, request::FindSticks, request::Export, request::Settle,
                   request::ReadBoard, request::ReadOpinions, request::WriteBoard, request::ReadJournal,
                   request::ReadSettings, request::ChangeSetting, request::UndoSettings, request::Restart,
                   request::ShutDown, request::WriteJournal, request::ReadKeys, request::ReadRehearsal,
                   request::Rehearse, request::NewPhoneKey, request::AddPhone, request::AddCard,
                   request::RemoveSecondFactor, request::ReadBundles, request::FetchBundle,
                   request::PreviewBundle, request::InstallBundle, request::TakeBackBundle> {
    using variant::variant;
    Request();
    Request(const Request&);
    Request(Request&&) noexcept;
    Request& operator=(const Request&);
    Request& operator=(Request&&) noexcept;
    ~Request();
};

} // namespace kiosk::staff
