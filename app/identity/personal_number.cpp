#include "app/identity/personal_number.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace kiosk::personal_number {
namespace {

using Prefix = std::pair<std::string_view, std::string_view>;

/// The 63 provinces before 2025-07-01 by prefix, sorted. Source: Thông tư 59/2021/TT-BCA, Phụ lục I.
constexpr std::array<Prefix, 63> provinces = {{
    {"001", "Hà Nội"},
    {"002", "Hà Giang"},
    {"004", "Cao Bằng"},
    {"006", "Bắc Kạn"},
    {"008", "Tuyên Quang"},
    {"010", "Lào Cai"},
    {"011", "Điện Biên"},
    {"012", "Lai Châu"},
    {"014", "Sơn La"},
    {"015", "Yên Bái"},
    {"017", "Hòa Bình"},
    {"019", "Thái Nguyên"},
    {"020", "Lạng Sơn"},
    {"022", "Quảng Ninh"},
    {"024", "Bắc Giang"},
    {"025", "Phú Thọ"},
    {"026", "Vĩnh Phúc"},
    {"027", "Bắc Ninh"},
    {"030", "Hải Dương"},
    {"031", "Hải Phòng"},
    {"033", "Hưng Yên"},
    {"034", "Thái Bình"},
    {"035", "Hà Nam"},
    {"036", "Nam Định"},
    {"037", "Ninh Bình"},
    {"038", "Thanh Hóa"},
    {"040", "Nghệ An"},
    {"042", "Hà Tĩnh"},
    {"044", "Quảng Bình"},
    {"045", "Quảng Trị"},
    {"046", "Thừa Thiên Huế"},
    {"048", "Đà Nẵng"},
    {"049", "Quảng Nam"},
    {"051", "Quảng Ngãi"},
    {"052", "Bình Định"},
    {"054", "Phú Yên"},
    {"056", "Khánh Hòa"},
    {"058", "Ninh Thuận"},
    {"060", "Bình Thuận"},
    {"062", "Kon Tum"},
    {"064", "Gia Lai"},
    {"066", "Đắk Lắk"},
    {"067", "Đắk Nông"},
    {"068", "Lâm Đồng"},
    {"070", "Bình Phước"},
    {"072", "Tây Ninh"},
    {"074", "Bình Dương"},
    {"075", "Đồng Nai"},
    {"077", "Bà Rịa - Vũng Tàu"},
    {"079", "Hồ Chí Minh"},
    {"080", "Long An"},
    {"082", "Tiền Giang"},
    {"083", "Bến Tre"},
    {"084", "Trà Vinh"},
    {"086", "Vĩnh Long"},
    {"087", "Đồng Tháp"},
    {"089", "An Giang"},
    {"091", "Kiên Giang"},
    {"092", "Cần Thơ"},
    {"093", "Hậu Giang"},
    {"094", "Sóc Trăng"},
    {"095", "Bạc Liêu"},
    {"096", "Cà Mau"},
}};
static_assert(std::ranges::is_sorted(provinces, {}, &Prefix::first));

} // namespace

bool isWellFormed(std::string_view number) {
    return number.size() == 12 && std::ranges::all_of(number, [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<std::string_view> province(std::string_view number) {
    const auto prefix = number.substr(0, 3);
    const auto found = std::ranges::lower_bound(provinces, prefix, {}, &Prefix::first);
    if (found == provinces.end() || found->first != prefix) return std::nullopt;
    return found->second;
}

std::vector<Warning> check(std::string_view number, Date birthDate, Sex sex) {
    std::vector<Warning> warnings;
    const int centuryAndSex = number[3] - '0'; // 0/1: 19xx male/female, 2/3: 20xx, ..., 8/9: 23xx
    const int year = (number[4] - '0') * 10 + (number[5] - '0');
    if (!province(number)) warnings.push_back(Warning::ProvinceUnknown);
    if (birthDate.year % 100 != year) warnings.push_back(Warning::BirthYearMismatch);
    if ((centuryAndSex % 2 == 1) != (sex == Sex::Female)) warnings.push_back(Warning::SexMismatch);
    if (birthDate.year / 100 != 19 + centuryAndSex / 2) warnings.push_back(Warning::CenturyMismatch);
    return warnings;
}

} // namespace kiosk::personal_number
