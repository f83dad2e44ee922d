// What is wrong with an answer.
#include "app/base/text.hpp"
#include "app/identity/personal_number.hpp"
#include "app/procedures/form.hpp"

#include <algorithm>
#include <array>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace kiosk::form {
namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool allDigits(std::string_view s) { return !s.empty() && std::all_of(s.begin(), s.end(), isDigit); }

/// Without the separators people put between figures.
std::string without(std::string_view s, std::string_view separators) {
    std::string out;
    for (const char c : s)
        if (separators.find(c) == std::string_view::npos) out += c;
    return out;
}

std::optional<Problem> checkName(std::string_view value) {
    const auto s = icu::UnicodeString::fromUTF8({value.data(), static_cast<std::int32_t>(value.size())});
    bool letter = false;
    for (std::int32_t i = 0; i < s.length(); i = s.moveIndex32(i, 1)) {
        const UChar32 c = s.char32At(i);
        const auto type = u_charType(c);
        if (u_isalpha(c))
            letter = true;
        else if (type != U_NON_SPACING_MARK && c != ' ' && c != '-' && c != '\'' && c != 0x2019 && c != '.')
            return Problem::NameCharacters;
    }
    return letter ? std::nullopt : std::optional(Problem::NameCharacters);
}

std::optional<Problem> checkDate(const Field& field, std::string_view value, Date today) {
    const auto date = Date::fromIso(value);
    if (!date) return Problem::NotADate;
    if (field.pastOnly && *date > today) return Problem::DateInFuture;
    if (date->plusYears(150) < today) return Problem::DateTooOld;
    return std::nullopt;
}

/// Digits with an optional decimal part; at most 12 digits before it.
std::optional<Problem> checkNumber(std::string_view value) {
    const auto comma = value.find_first_of(".,");
    const auto whole = value.substr(0, comma);
    if (!allDigits(whole)) return Problem::NotANumber;
    if (comma != std::string_view::npos && !allDigits(value.substr(comma + 1))) return Problem::NotANumber;
    return whole.size() > 12 ? std::optional(Problem::OutOfRange) : std::nullopt;
}

std::optional<Problem> checkMoney(std::string_view value) {
    const auto digits = without(value, " .");
    if (!allDigits(digits)) return Problem::NotANumber;
    return digits.size() > 15 ? std::optional(Problem::OutOfRange) : std::nullopt;
}

/// Mobile 03 05 07 08 09 + 8 digits, landline 02 + 8 or 9 digits (Thông tư 22/2014/TT-BTTTT and the 2017 and
/// 2018 renumbering); a foreign number is '+' and 8 to 15 digits (ITU-T E.164).
std::optional<Problem> checkPhone(std::string_view value) {
    auto s = without(value, " .-()");
    if (s.rfind("+84", 0) == 0) s = "0" + s.substr(s.rfind("+840", 0) == 0 ? 4 : 3);
    if (!s.empty() && s.front() == '+') {
        const auto rest = std::string_view(s).substr(1);
        return allDigits(rest) && rest.size() >= 8 && rest.size() <= 15 ? std::nullopt
                                                                        : std::optional(Problem::PhoneDigits);
    }
    if (!allDigits(s) || s.size() < 10 || s.front() != '0') return Problem::PhoneDigits;
    const bool landline = s[1] == '2' && s.size() <= 11;
    const bool mobile = s.size() == 10 && std::string_view("35789").find(s[1]) != std::string_view::npos;
    return landline || mobile ? std::nullopt : std::optional(Problem::PhoneDigits);
}

/// The shape people can get wrong by typing; the mail server judges the rest (RFC 5321 lengths).
std::optional<Problem> checkEmail(std::string_view value) {
    constexpr auto bad = std::optional(Problem::EmailShape);
    const auto allowed = [](char c) {
        return c > ' ' && c < 0x7f && std::string_view("\"(),:;<>[\\]").find(c) == std::string_view::npos;
    };
    const auto at = value.find('@');
    if (at == std::string_view::npos || at == 0 || at > 64 || value.size() > 254) return bad;
    if (value.find('@', at + 1) != std::string_view::npos) return bad;
    if (!std::all_of(value.begin(), value.end(), allowed)) return bad;
    const auto domain = value.substr(at + 1);
    const auto dot = domain.rfind('.');
    if (dot == std::string_view::npos || dot == 0 || domain.size() - dot < 3) return bad;
    if (value.find("..") != std::string_view::npos || domain.front() == '.' || domain.front() == '-')
        return bad;
    return value[at - 1] == '.' || value.front() == '.' ? bad : std::nullopt;
}

/// Check digit: 10 minus the weighted sum modulo 11 (Thông tư 86/2024/TT-BTC keeps the structure of Thông tư
/// 105/2020/TT-BTC).
std::optional<Problem> checkTaxCode(std::string_view value) {
    constexpr std::array<int, 9> weights{31, 29, 23, 19, 17, 13, 7, 5, 3};
    const auto s = without(value, " -");
    if (!allDigits(s)) return Problem::TaxCodeDigits;
    if (s.size() == 12 && value.size() == 12)
        return std::nullopt; // a person's number is the tax code since 2025-07-01
    if (s.size() != 10 && s.size() != 13) return Problem::TaxCodeDigits;
    int sum = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) sum += weights[i] * (s[i] - '0');
    return 10 - sum % 11 == s[9] - '0' ? std::nullopt : std::optional(Problem::TaxCodeCheck);
}

std::optional<Problem> checkTable(const Field& field, const std::string& value, Date today) {
    const auto rows = rowsFromJson(value);
    if (!rows) return Problem::RowIncomplete;
    if (rows->empty()) return field.required ? std::optional(Problem::Required) : std::nullopt;
    if (rows->size() > static_cast<std::size_t>(std::max(field.maxRows, 1))) return Problem::TooManyRows;
    for (const Row& row : *rows) {
        if (std::all_of(row.begin(), row.end(),
                        [](const auto& cell) { return text::trim(cell.second).empty(); }))
            return Problem::RowIncomplete;
        for (const Field& column : field.columns) {
            const auto it = row.find(column.key);
            if (check(column, it == row.end() ? std::string() : it->second, today))
                return Problem::RowIncomplete;
        }
    }
    return std::nullopt;
}

std::optional<Problem> checkAddress(const std::string& value) {
    const auto a = Address::fromJson(value);
    const bool complete = a && !a->wardCode.empty() && !a->wardName.empty() && !a->provinceCode.empty();
    return complete ? std::nullopt : std::optional(Problem::AddressIncomplete);
}

bool isChoice(const Field& field, const std::string& value) {
    return std::any_of(field.choices.begin(), field.choices.end(),
                       [&](const Choice& c) { return c.value == value; });
}

} // namespace

std::optional<Problem> check(const Field& field, const std::string& value, Date today) {
    if (field.type == FieldType::Signature) return std::nullopt;
    if (text::trim(value).empty()) return field.required ? std::optional(Problem::Required) : std::nullopt;
    const bool structured = field.type == FieldType::Table || field.type == FieldType::Address;
    if (!structured && text::length(value) > static_cast<std::size_t>(std::max(field.maxLength, 1)))
        return Problem::TooLong;
    switch (field.type) {
    case FieldType::Name:
        return checkName(value);
    case FieldType::Date:
        return checkDate(field, value, today);
    case FieldType::Number:
        return checkNumber(value);
    case FieldType::Money:
        return checkMoney(value);
    case FieldType::Phone:
        return checkPhone(value);
    case FieldType::Email:
        return checkEmail(value);
    case FieldType::Choice:
        return isChoice(field, value) ? std::nullopt : std::optional(Problem::NotAChoice);
    case FieldType::YesNo:
        return value == "yes" || value == "no" ? std::nullopt : std::optional(Problem::NotAChoice);
    case FieldType::PersonalNumber:
        return personal_number::isWellFormed(value) ? std::nullopt
                                                    : std::optional(Problem::PersonalNumberDigits);
    case FieldType::TaxCode:
        return checkTaxCode(value);
    case FieldType::Address:
        return checkAddress(value);
    case FieldType::Table:
        return checkTable(field, value, today);
    case FieldType::Text:
    case FieldType::LongText:
    case FieldType::Signature:
        break;
    }
    return std::nullopt;
}

} // namespace kiosk::form
