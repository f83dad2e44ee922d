// What came of what staff mode asked for.
#pragma once

#include "app/flow/staff/staff.hpp"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace kiosk::staff {

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
    std::string detail = {}; ///< English, for who looks after the machine
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
struct Rehearsal {
    std::optional<QueueEntry> newest;
};
struct Settings {
    std::vector<Setting> all;
    bool changed = false;
};
struct SettingRefused {
    std::string allowed;
};
struct PhoneKey {
    Secret<std::string> key, uri;
};
struct SecondFactorChanged {
    int id = 0;
    bool phone = false, card = false; ///< what is there now
};
struct Bundles {
    BundleState state;
    bool changed = false;
};
struct BundlePreview {
    staff::BundlePreview of;
};
} // namespace answer
struct Answer
    : std::variant<answer::Accounts, answer::SignIn, answer::FirstCreated, answer::AccountSaved,
                   answer::Failed, answer::Queue, answer::Sticks, answer::Exported, answer::Board,
                   answer::Opinions, answer::TableWritten, answer::Settled, answer::Journal, answer::Settings,
                   answer::SettingRefused, answer::Keys, answer::Rehearsal, answer::PhoneKey,
                   answer::SecondFactorChanged, answer::Bundles, answer::BundlePreview> {
    using variant::variant;
    Answer();
    Answer(const Answer&);
    Answer(Answer&&) noexcept;
    Answer& operator=(const Answer&);
    Answer& operator=(Answer&&) noexcept;
    ~Answer();
};

} // namespace kiosk::staff
