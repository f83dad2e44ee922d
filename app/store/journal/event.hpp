// What the journal can say: a closed list of facts whose fields are of types that cannot hold personal data.
#pragma once

#include "app/base/config/settings.hpp"
#include "app/base/result.hpp"

#include <array>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <variant>

namespace kiosk::store::journal {

/// A dossier's local reference. Made from its idempotency key and nothing else, so that no text of a person's
/// gets in.
class Reference {
public:
    static Reference of(std::string_view idempotencyKey);
    static std::optional<Reference> fromText(std::string_view text);
    std::string text() const { return {text_.begin(), text_.end()}; }
    bool operator==(const Reference&) const = default;

private:
    Reference() = default;
    std::array<char, 12> text_{}; // K7-9Q2M-4XTR
};

/// A code of the national catalogue such as 1.001193, at most eight digits. Anything else becomes "other".
class ProcedureCode {
public:
    static ProcedureCode of(std::string_view code);
    static std::optional<ProcedureCode> fromText(std::string_view text);
    std::string text() const;
    bool operator==(const ProcedureCode&) const = default;

private:
    ProcedureCode() = default;
    std::uint8_t list_ = 0, digits_ = 0; // digits_ 0: other
    std::uint32_t number_ = 0;
};

/// How many. Saturates at 9,999,999: too short for a personal number or a telephone.
class Count {
public:
    static constexpr std::uint64_t most = 9'999'999;
    explicit constexpr Count(std::uint64_t n) : n_(static_cast<std::uint32_t>(n < most ? n : most)) {}
    static std::optional<Count> fromText(std::string_view text);
    constexpr std::uint32_t value() const { return n_; }
    std::string text() const { return std::to_string(n_); }
    bool operator==(const Count&) const = default;

private:
    std::uint32_t n_;
};

/// The first eight bytes of a public key's hash, as parcel::keyId prints them.
class KeyId {
public:
    static KeyId of(const std::array<std::uint8_t, 32>& publicKey);
    static KeyId ofText(std::string_view text); // of its hash
    static std::optional<KeyId> fromText(std::string_view text);
    std::string text() const;
    bool operator==(const KeyId&) const = default;

private:
    KeyId() = default;
    std::array<std::uint8_t, 8> id_{};
};

/// One of the settings that can be changed on the screen (app/base/config/settings.hpp).
class SettingKey {
public:
    static std::optional<SettingKey> fromText(std::string_view text);
    std::string text() const;
    bool operator==(const SettingKey&) const = default;

private:
    SettingKey() = default;
    std::uint8_t index_ = 0;
};

/// What a setting was or is: a whole number, one of the words it can be chosen to be, or, where people type
/// freely, only the first bytes of the value's hash, which tell whether it is one the file has had before.
class SettingValue {
public:
    static SettingValue of(const settings::Setting& setting);
    static std::optional<SettingValue> fromText(std::string_view text);
    std::string text() const;
    bool operator==(const SettingValue&) const = default;

private:
    using Value = std::variant<Count, std::string_view, KeyId>; // a word: the table's own
    static std::optional<SettingValue> inClear(std::string_view text);
    explicit SettingValue(Value value) : value_(value) {}
    Value value_;
};

/// A staff account's number; 0: nobody of the staff (a customer, or the system itself).
class AccountId {
public:
    constexpr AccountId() = default;
    explicit constexpr AccountId(std::uint16_t number) : number_(number) {}
    constexpr std::uint16_t value() const { return number_; }
    bool operator==(const AccountId&) const = default;

private:
    std::uint16_t number_ = 0;
};

/// The whole list. A type with room for a name, a number or a text of a person's must not get in here.
template <typename T>
concept Field = std::same_as<T, Reference> || std::same_as<T, ProcedureCode> || std::same_as<T, Count> ||
    std::same_as<T, KeyId> || std::same_as<T, SettingKey> || std::same_as<T, SettingValue> ||
    std::same_as<T, Code>;

/// Numbers are stored: never given to another fact.
enum class Kind : std::uint16_t {
    Started = 1,
    Stopped = 2,
    Migrated = 3,
    DatabaseSalvaged = 4,
    ParcelsRestored = 5,
    KeysInUse = 7,
    DossierConfirmed = 10,
    DossierDelivered = 11,
    DossierRefused = 12,
    DossierQueuedAgain = 13,
    DossiersExpired = 14,
    ProfileErased = 20,
    ProfilesExpired = 21,
    RecordsImported = 22,
    BackupMade = 30,
    BackupFailed = 31,
    JournalTrimmed = 40,
    OfficeDisputed = 41,
    StaffAdded = 50,
    StaffRemoved = 51,
    StaffPinSet = 52,
    StaffSignedIn = 53,
    StaffSignedOut = 54,
    StaffRefused = 55,
    StaffRecovered = 56,
    StaffPhoneAdded = 57,
    StaffPhoneRemoved = 58,
    SettingChanged = 60,
    ParcelsExported = 61,
    BoardExported = 62,
    JournalExported = 63,
    BundleInstalled = 64,
    BundleTakenBack = 65,
    Rehearsed = 66,
    StaffCardAdded = 67,
    StaffCardRemoved = 68,
};

template <Kind K, Field... F>
struct Fact {
    static constexpr Kind kind = K;
    std::tuple<F...> fields;
    bool operator==(const Fact&) const = default;
};

using Started = Fact<Kind::Started>;
using Stopped = Fact<Kind::Stopped>;
using Migrated = Fact<Kind::Migrated, Count>;                 // the schema's version
using DatabaseSalvaged = Fact<Kind::DatabaseSalvaged, Count>; // rows carried over
using ParcelsRestored = Fact<Kind::ParcelsRestored, Count>;   // from their sealed files
using KeysInUse =
    Fact<Kind::KeysInUse, KeyId, KeyId, KeyId>; // kiosk's and office's signing, office's sealing
using DossierConfirmed = Fact<Kind::DossierConfirmed, Reference, ProcedureCode>;
using DossierDelivered = Fact<Kind::DossierDelivered, Reference>;
using DossierRefused = Fact<Kind::DossierRefused, Reference, Code>;
using DossierQueuedAgain = Fact<Kind::DossierQueuedAgain, Reference>;
using DossiersExpired = Fact<Kind::DossiersExpired, Count>;
using ProfileErased = Fact<Kind::ProfileErased>;
using ProfilesExpired = Fact<Kind::ProfilesExpired, Count>;
using RecordsImported = Fact<Kind::RecordsImported, Count, Count>; // rows, people
using BackupMade = Fact<Kind::BackupMade>;
using BackupFailed = Fact<Kind::BackupFailed, Code>;
using JournalTrimmed = Fact<Kind::JournalTrimmed, Count>; // up to this entry
using OfficeDisputed = Fact<Kind::OfficeDisputed, Code>;  // JournalRolledBack, JournalForked
using StaffAdded = Fact<Kind::StaffAdded, Count, Count>;  // account, role
using StaffRemoved = Fact<Kind::StaffRemoved, Count>;     // account
using StaffPinSet = Fact<Kind::StaffPinSet, Count>;       // account; unlocks it too
using StaffSignedIn = Fact<Kind::StaffSignedIn>;
using StaffSignedOut = Fact<Kind::StaffSignedOut>;
using StaffRefused = Fact<Kind::StaffRefused, Count>;           // wrong tries in a row
using StaffRecovered = Fact<Kind::StaffRecovered>;              // a new PIN by the recovery code
using StaffPhoneAdded = Fact<Kind::StaffPhoneAdded>;            // of who did it
using StaffPhoneRemoved = Fact<Kind::StaffPhoneRemoved, Count>; // account
using SettingChanged = Fact<Kind::SettingChanged, SettingKey, SettingValue, SettingValue>; // before, after
using ParcelsExported = Fact<Kind::ParcelsExported, Count>; // sealed, to a memory stick
using BoardExported = Fact<Kind::BoardExported>;            // codes and dates, to a memory stick
using JournalExported = Fact<Kind::JournalExported>;        // to a memory stick

using BundleInstalled = Fact<Kind::BundleInstalled, Count>; // version
using BundleTakenBack = Fact<Kind::BundleTakenBack, Count>; // version
using Rehearsed = Fact<Kind::Rehearsed>;
using StaffCardAdded = Fact<Kind::StaffCardAdded>;            // of who did it
using StaffCardRemoved = Fact<Kind::StaffCardRemoved, Count>; // account

using Event =
    std::variant<Started, Stopped, Migrated, DatabaseSalvaged, ParcelsRestored, KeysInUse, DossierConfirmed,
                 DossierDelivered, DossierRefused, DossierQueuedAgain, DossiersExpired, ProfileErased,
                 ProfilesExpired, RecordsImported, BackupMade, BackupFailed, JournalTrimmed, OfficeDisputed,
                 StaffAdded, StaffRemoved, StaffPinSet, StaffSignedIn, StaffSignedOut, StaffRefused,
                 StaffRecovered, StaffPhoneAdded, StaffPhoneRemoved, SettingChanged, ParcelsExported,
                 BoardExported, JournalExported, BundleInstalled, BundleTakenBack, Rehearsed, StaffCardAdded,
                 StaffCardRemoved>;

Kind kindOf(const Event& event);
/// The fields as text, separated by one space; what is stored and hashed.
std::string bodyOf(const Event& event);
/// nullopt: written by a newer version, or changed.
std::optional<Event> readEvent(int kind, std::string_view body);

} // namespace kiosk::store::journal
