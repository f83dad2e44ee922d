// Reads the payload of the Vietnamese ID card's QR code: bytes -> Identity, strictly.
#pragma once

#include "app/base/result.hpp"
#include "app/identity/identity.hpp"

#include <string>
#include <string_view>

namespace kiosk::id_card {

inline constexpr std::size_t maxPayloadBytes = 512;

/// What the reader must know about the machine: today's date, and whether the clock may be trusted.
struct Clock {
    Date today;
    bool trusted = true;
};

/// Layouts by field count: 7 (CCCD, 2021) or 11 (Căn cước, Thông tư 16/2024/TT-BCA). Errors: CardNotText,
/// CardTooLong, CardIsCovidQr, CardIsHealthInsurance, CardIsVneid, CardNotIdCard, CardFieldInvalid (detail
/// names the field), CardPartialBirthDate. By a scanner also ScanGarbled: letters lost or replaced on the way
/// (scanned_text.hpp); plain ASCII is accepted and marked Warning::LostDiacritics.
Result<Identity> parse(std::string_view bytes, const Clock& clock, ReadBy by = ReadBy::Camera);

/// The payload that parse() reads back to the same identity (parse ∘ print = identity). Read identities only.
std::string print(const Identity& identity);

/// A typed identity: checks the number, the name and the dates by the same rules; assurance Typed.
Result<Identity> typed(std::string_view personalNumber, std::string_view name, Date birthDate, Sex sex,
                       const Clock& clock);

/// When the card issued on `issued` to a person born on `birth` ends: milestones 14, 25, 40, 60; nullopt
/// after 60 (Luật Căn cước 2023, Điều 21).
std::optional<Date> expiry(Date birth, Date issued);

/// "001•••••••01" for screens; never logged either.
std::string maskedNumber(std::string_view personalNumber);

} // namespace kiosk::id_card
