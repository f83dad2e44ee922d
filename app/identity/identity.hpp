// What is known about a person, where it was read and how far it can be trusted.
#pragma once

#include "app/base/time.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk {

/// How far an identity can be trusted. A QR code is unsigned: anyone can print one, so it is Read, never
/// Verified.
enum class Assurance { Typed, Read, Verified };

enum class Sex { Male, Female };

/// Where the bytes came from.
enum class IdentitySource { CardQr2021, CardQr2024, Typed };

/// What read the bytes. A hand scanner in keyboard mode can lose or replace letters on their way.
enum class ReadBy { Camera, Scanner };

/// Something odd that never blocks; each has words "warning.<name>".
enum class Warning {
    LayoutDateMismatch,    // 7 fields but issued from 2024-07-01, or 11 before
    OldNumberUnusual,      // 12 digits where 9 are usual
    ProvinceUnknown,       // prefix not in the table of 63
    BirthYearMismatch,     // digits 5-6 against the birth date
    SexMismatch,           // digit 4 against the sex
    CenturyMismatch,       // digit 4 against the century
    NameWithoutDiacritics, // as on the card, or lost on the way
    LostDiacritics,        // a hand scanner typed plain ASCII: name and address may lack them
    CardExpired,           // by the age milestones
    DateInFuture,          // only while the machine's clock is not trusted
    PartialBirthDate,
};

/// The enumerator's name, e.g. "CardExpired".
std::string_view name(Warning warning);

struct Identity {
    IdentitySource source = IdentitySource::CardQr2024;
    Assurance assurance = Assurance::Read;
    ReadBy readBy = ReadBy::Camera; // meaningless when typed
    std::string personalNumber;     // 12 digits
    std::string oldNumber;          // empty, 9 or 12 digits
    std::string name;               // NFC, as on the card
    Date birthDate;
    Sex sex = Sex::Male;
    std::string address; // 2021: permanent address; 2024: place of residence; three levels before 2025-07-01
    std::optional<Date> issuedOn;       // absent when typed
    std::optional<Date> expiresOn;      // computed; absent: no expiry or unknown
    std::string fatherName, motherName; // children's cards of the 2024 layout
    std::vector<Warning> warnings;

    bool has(Warning warning) const { return std::ranges::find(warnings, warning) != warnings.end(); }
    bool operator==(const Identity&) const = default;
};

} // namespace kiosk
