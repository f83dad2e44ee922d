#include "app/identity/id_card.hpp"

#include "app/base/text.hpp"
#include "app/identity/other_codes.hpp"
#include "app/identity/personal_number.hpp"
#include "app/identity/scanned_text.hpp"

#include <algorithm>
#include <array>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace kiosk::id_card {
namespace {

/// Thông tư 16/2024/TT-BCA: from this day cards have 11 fields and the milestone of 14 years counts.
constexpr Date newLaw{2024, 7, 1};

enum Field {
    Number,
    OldNumber,
    Name,
    BirthDate,
    SexField,
    Address,
    IssuedOn,
    Cancelled,
    Father,
    Mother,
    Reserved
};

using Fields = std::vector<std::string>;

bool isDigits(std::string_view s) {
    return std::ranges::all_of(s, [](char c) { return c >= '0' && c <= '9'; });
}

/// NUL, CR, LF and space, at the two ends of the payload only: scanners append them.
std::string_view trimPayload(std::string_view s) {
    constexpr std::string_view ends("\0\r\n ", 4);
    const auto first = s.find_first_not_of(ends);
    if (first == std::string_view::npos) return {};
    return s.substr(first, s.find_last_not_of(ends) - first + 1);
}

/// Every field, the empty ones too.
Fields split(std::string_view s) {
    Fields fields;
    for (;;) {
        const auto bar = s.find('|');
        fields.emplace_back(s.substr(0, bar));
        if (bar == std::string_view::npos) return fields;
        s.remove_prefix(bar + 1);
    }
}

/// True when every code point of well-formed UTF-8 satisfies the predicate.
template <typename Predicate>
bool allOf(std::string_view utf8, Predicate predicate) {
    const auto size = static_cast<std::int32_t>(utf8.size());
    const char* bytes = utf8.data();
    for (std::int32_t i = 0; i < size;) {
        UChar32 c = 0;
        U8_NEXT_UNSAFE(bytes, i, c);
        if (!predicate(c)) return false;
    }
    return true;
}

/// What a decoder leaves that took Vietnamese UTF-8 for Big5, Shift-JIS or EUC: never on a card.
bool isGuessedCharset(UChar32 c) {
    return c == 0xFFFD || (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7AF) ||
           (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE4F) || (c >= 0xFF61 && c <= 0xFF9F) ||
           (c >= 0x20000 && c <= 0x3FFFF);
}

/// Free text: nothing invisible, so that no control, direction or zero-width character reaches a form or a
/// paper.
bool isFreeText(std::string_view utf8) {
    return allOf(utf8, [](UChar32 c) { return u_isprint(c) && c != 0x2028 && c != 0x2029; });
}

bool isNameLetter(UChar32 c) {
    const bool latin = c < 0x250 || (c >= 0x1E00 && c <= 0x1EFF);
    return latin && u_isalpha(c);
}

/// Bộ luật Dân sự 2015, Điều 26: names are letters, no digits or signs. Apostrophe, hyphen, stop and
/// free-standing marks occur in names of ethnic minorities (H'Hen, Y-Sa, C̆am).
bool isName(std::string_view utf8) {
    constexpr std::array<UChar32, 7> signs = {' ', '\'', '-', '.', 0x2018, 0x2019, 0x2BC};
    const auto allowed = [&](UChar32 c) {
        return isNameLetter(c) || (c >= 0x300 && c <= 0x36F) || std::ranges::find(signs, c) != signs.end();
    };
    return allOf(utf8, allowed) && !allOf(utf8, [](UChar32 c) { return !isNameLetter(c); });
}

/// `0000yyyy`, `00mmyyyy` or `yyyy`: the day, or day and month, of birth are unknown.
bool isPartialBirthDate(std::string_view s) {
    if (s.size() == 4) return Date::fromCard("0101" + std::string(s)).has_value();
    if (s.size() != 8 || !s.starts_with("00")) return false;
    const bool noMonth = s.substr(2, 2) == "00";
    return Date::fromCard("01" + std::string(noMonth ? "01" : s.substr(2, 2)) + std::string(s.substr(4)))
        .has_value();
}

std::optional<Sex> sexOf(std::string_view s, bool payloadIsAscii) {
    if (s == "Nam") return Sex::Male;
    if (s == "Nữ") return Sex::Female;
    if (payloadIsAscii && s == "Nu") return Sex::Female; // a hand scanner in keyboard mode loses diacritics
    return std::nullopt;
}

bool isAscii(const Fields& fields) {
    return std::ranges::all_of(fields, [](const std::string& f) {
        return std::ranges::all_of(f, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    });
}

Result<void> invalid(std::string_view field) { return fail(Code::CardFieldInvalid, std::string(field)); }

/// A future date is an error while the clock is trusted, else a warning: the clock may be behind.
Result<void> checkNotFuture(std::string_view field, Date date, const Clock& clock,
                            std::vector<Warning>& warnings) {
    if (date <= clock.today) return {};
    if (clock.trusted) return fail(Code::CardFieldInvalid, std::string(field) + ": in the future");
    if (std::ranges::find(warnings, Warning::DateInFuture) == warnings.end())
        warnings.push_back(Warning::DateInFuture);
    return {};
}

Result<void> readPerson(Identity& identity, const Fields& f, const Clock& clock) {
    if (!personal_number::isWellFormed(f[Number])) return invalid("personal number");
    identity.personalNumber = f[Number];
    const auto oldSize = f[OldNumber].size();
    if ((oldSize != 0 && oldSize != 9 && oldSize != 12) || !isDigits(f[OldNumber]))
        return invalid("old number");
    identity.oldNumber = f[OldNumber];
    if (!isName(f[Name])) return invalid("name");
    identity.name = f[Name];
    const auto birth = Date::fromCard(f[BirthDate]);
    if (!birth && isPartialBirthDate(f[BirthDate])) return fail(Code::CardPartialBirthDate);
    if (!birth) return invalid("birth date");
    identity.birthDate = *birth;
    const auto sex = sexOf(f[SexField], isAscii(f));
    if (!sex) return invalid("sex");
    identity.sex = *sex;
    return checkNotFuture("birth date", *birth, clock, identity.warnings);
}

Result<void> readCard(Identity& identity, const Fields& f, const Clock& clock) {
    if (!isFreeText(f[Address])) return invalid("address");
    identity.address = f[Address];
    const auto issued = Date::fromCard(f[IssuedOn]);
    if (!issued) return invalid("issue date");
    if (*issued < identity.birthDate) return fail(Code::CardFieldInvalid, "issue date: before birth");
    identity.issuedOn = issued;
    return checkNotFuture("issue date", *issued, clock, identity.warnings);
}

/// Fields 7 to 10. What 7 (cancelled number) and 10 hold is not confirmed, so they are checked as text and
/// not kept.
Result<void> readTail(Identity& identity, const Fields& f) {
    constexpr std::array<std::pair<Field, std::string_view>, 4> tail = {{{Cancelled, "cancelled number"},
                                                                         {Father, "father's name"},
                                                                         {Mother, "mother's name"},
                                                                         {Reserved, "field 10"}}};
    for (const auto& [field, title] : tail)
        if (!isFreeText(f[field])) return invalid(title);
    identity.fatherName = f[Father];
    identity.motherName = f[Mother];
    return {};
}

/// Warnings about the person; `identity` is complete otherwise.
void warnAboutPerson(Identity& identity) {
    for (const auto w : personal_number::check(identity.personalNumber, identity.birthDate, identity.sex))
        identity.warnings.push_back(w);
    if (!text::hasDiacritics(identity.name)) identity.warnings.push_back(Warning::NameWithoutDiacritics);
}

void warnAboutCard(Identity& identity, const Clock& clock) {
    const bool newLayout = identity.source == IdentitySource::CardQr2024;
    if (newLayout != (*identity.issuedOn >= newLaw)) identity.warnings.push_back(Warning::LayoutDateMismatch);
    if (identity.oldNumber.size() == 12) identity.warnings.push_back(Warning::OldNumberUnusual);
    if (identity.expiresOn && *identity.expiresOn < clock.today)
        identity.warnings.push_back(Warning::CardExpired);
}

/// Not an ID card's fields: says which other code it is when that is known.
Error otherCode(std::string_view payload, const Fields& fields) {
    switch (other_codes::recognise(payload, fields)) {
    case other_codes::Kind::CovidQr:
        return {Code::CardIsCovidQr, {}};
    case other_codes::Kind::HealthInsurance:
        return {Code::CardIsHealthInsurance, {}};
    case other_codes::Kind::Vneid:
        return {Code::CardIsVneid, {}};
    case other_codes::Kind::Unknown:
        break;
    }
    return {Code::CardNotIdCard, std::to_string(fields.size()) + " fields"};
}

} // namespace

namespace {

/// Trimmed, checked bytes of any origin.
Result<Identity> parsePayload(std::string_view payload, const Clock& clock) {
    if (!text::isUtf8(payload)) return fail(Code::CardNotText, "not UTF-8");
    auto fields = split(payload);
    const bool hasCardLayout = fields.size() == 7 || fields.size() == 11;
    // A guessed charset can swallow a bar, so a card is also known by its number.
    const bool looksLikeCard = hasCardLayout || personal_number::isWellFormed(fields[Number]);
    if (looksLikeCard && !allOf(payload, [](UChar32 c) { return !isGuessedCharset(c); }))
        return fail(Code::CardNotText, "guessed charset");
    if (!hasCardLayout || other_codes::isHexName(fields[OldNumber])) return fail(otherCode(payload, fields));
    for (auto& field : fields) field = text::nfc(field);

    Identity identity;
    identity.source = fields.size() == 7 ? IdentitySource::CardQr2021 : IdentitySource::CardQr2024;
    if (auto ok = readPerson(identity, fields, clock); !ok) return fail(ok.error());
    if (auto ok = readCard(identity, fields, clock); !ok) return fail(ok.error());
    if (fields.size() == 11)
        if (auto ok = readTail(identity, fields); !ok) return fail(ok.error());
    identity.expiresOn = expiry(identity.birthDate, *identity.issuedOn);
    warnAboutPerson(identity);
    warnAboutCard(identity, clock);
    return identity;
}

/// What a scanner typed. A card whose letters were damaged is told from another code by its number.
Result<Identity> parseScanned(std::string_view payload, const Clock& clock) {
    const bool isCard = personal_number::isWellFormed(payload.substr(0, payload.find('|')));
    if (isCard && scanned_text::isGarbled(payload)) return fail(Code::ScanGarbled);
    auto identity = parsePayload(payload, clock);
    if (!identity) { // "N" is what is left of "Nữ"
        const auto& [code, field] = identity.error();
        const bool letters = code == Code::CardFieldInvalid && (field == "name" || field == "sex");
        if (isCard && letters) return fail(Code::ScanGarbled);
        return identity;
    }
    if (scanned_text::lacksLetters(identity->name)) return fail(Code::ScanGarbled);
    identity->readBy = ReadBy::Scanner;
    if (scanned_text::isAscii(payload)) {
        std::erase(identity->warnings, Warning::NameWithoutDiacritics); // said once, with what to do
        identity->warnings.push_back(Warning::LostDiacritics);
    }
    return identity;
}

} // namespace

Result<Identity> parse(std::string_view bytes, const Clock& clock, ReadBy by) {
    if (bytes.size() > maxPayloadBytes) return fail(Code::CardTooLong);
    const auto payload = trimPayload(bytes);
    return by == ReadBy::Scanner ? parseScanned(payload, clock) : parsePayload(payload, clock);
}

std::string print(const Identity& identity) {
    const auto date = [](Date d) { // ddmmyyyy
        const auto iso = d.iso();
        return iso.substr(8, 2) + iso.substr(5, 2) + iso.substr(0, 4);
    };
    std::string out = identity.personalNumber + '|' + identity.oldNumber + '|' + identity.name + '|' +
                      date(identity.birthDate) + '|' + (identity.sex == Sex::Male ? "Nam" : "Nữ") + '|' +
                      identity.address + '|' + (identity.issuedOn ? date(*identity.issuedOn) : "");
    if (identity.source == IdentitySource::CardQr2024)
        out += "||" + identity.fatherName + '|' + identity.motherName + '|';
    return out;
}

Result<Identity> typed(std::string_view personalNumber, std::string_view name, Date birthDate, Sex sex,
                       const Clock& clock) {
    Identity identity;
    identity.source = IdentitySource::Typed;
    identity.assurance = Assurance::Typed;
    const auto number = text::trim(personalNumber);
    if (!personal_number::isWellFormed(number)) return fail(Code::CardFieldInvalid, "personal number");
    identity.personalNumber = number;
    if (!text::isUtf8(name)) return fail(Code::CardFieldInvalid, "name");
    identity.name = text::nfc(text::trim(name));
    if (!isName(identity.name)) return fail(Code::CardFieldInvalid, "name");
    if (!Date::make(birthDate.year, birthDate.month, birthDate.day))
        return fail(Code::CardFieldInvalid, "birth date");
    identity.birthDate = birthDate;
    identity.sex = sex;
    if (auto ok = checkNotFuture("birth date", birthDate, clock, identity.warnings); !ok)
        return fail(ok.error());
    warnAboutPerson(identity);
    return identity;
}

std::optional<Date> expiry(Date birth, Date issued) {
    for (const int milestone : {14, 25, 40, 60}) {
        if (milestone == 14 && issued < newLaw) continue;
        if (issued < birth.plusYears(milestone - 2))
            return birth.plusYears(milestone); // else it runs to the next
    }
    return std::nullopt;
}

std::string maskedNumber(std::string_view personalNumber) {
    constexpr std::size_t shownFirst = 3, shownLast = 2;
    const bool known = personal_number::isWellFormed(personalNumber);
    std::string out;
    for (std::size_t i = 0; i < personalNumber.size(); ++i)
        if (known && (i < shownFirst || i + shownLast >= personalNumber.size()))
            out += personalNumber[i];
        else
            out += "•";
    return out;
}

} // namespace kiosk::id_card
