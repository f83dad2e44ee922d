#include "app/identity/other_codes.hpp"

#include "app/base/text.hpp"

#include <algorithm>

namespace kiosk::other_codes {
namespace {

constexpr std::size_t covidFields = 6; // SoGiayTo|HoTen|NgaySinh|LoaiDinhDanh|QID|EXT
constexpr std::size_t hexNameMin = 8;  // four bytes: shorter ones could be a word
constexpr std::size_t tokenMin = 64;   // a signed, dynamic token is never shorter

int hexDigit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

bool isTokenCharacter(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           std::string_view("+/=-_.").find(c) != std::string_view::npos;
}

bool isPaymentCode(std::string_view s) { return s.starts_with("000201"); } // EMVCo: VietQR

/// VNeID shows a short-lived token; its shape is not published, so: its name, or one long token without
/// spaces or fields.
bool isVneid(std::string_view payload) {
    if (text::lower(payload).find("vneid") != std::string::npos) return true;
    return payload.size() >= tokenMin && !isPaymentCode(payload) &&
           std::ranges::all_of(payload, isTokenCharacter);
}

} // namespace

bool isHexName(std::string_view field) {
    if (field.size() < hexNameMin || field.size() % 2 != 0) return false;
    std::string name;
    for (std::size_t i = 0; i < field.size(); i += 2) {
        const int high = hexDigit(field[i]);
        const int low = hexDigit(field[i + 1]);
        if (high < 0 || low < 0) return false;
        name += static_cast<char>(high * 16 + low);
    }
    const bool printable =
        std::ranges::all_of(name, [](char c) { return static_cast<unsigned char>(c) >= ' '; });
    const bool hasLetter =
        std::ranges::any_of(name, [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); });
    return printable && hasLetter && text::isUtf8(name);
}

Kind recognise(std::string_view payload, const std::vector<std::string>& fields) {
    if (fields.size() > 1 && isHexName(fields[1])) return Kind::HealthInsurance;
    if (fields.size() == covidFields) return Kind::CovidQr;
    if (fields.size() == 1 && isVneid(payload)) return Kind::Vneid;
    return Kind::Unknown;
}

} // namespace kiosk::other_codes
