#include "app/identity/id_card.hpp"
#include "app/identity/personal_number.hpp"
#include "tests/specimen/specimen.hpp"

#include <array>
#include <cmath>
#include <numbers>
#include <string_view>

namespace kiosk::specimen {
namespace {

struct Place {
    std::string_view prefix, address;
};

constexpr std::array<Place, 14> places = {{
    {"001", "Phúc Xá, Ba Đình, Hà Nội"},
    {"004", "Hợp Giang, Cao Bằng, Cao Bằng"},
    {"011", "Mường Thanh, Điện Biên Phủ, Điện Biên"},
    {"026", "Tân Phú, Vĩnh Tường, Vĩnh Phúc"},
    {"031", "Đằng Giang, Ngô Quyền, Hải Phòng"},
    {"038", "Đông Thọ, Thanh Hóa, Thanh Hóa"},
    {"046", "Thuận Lộc, Huế, Thừa Thiên Huế"},
    {"048", "Hòa Cường Bắc, Hải Châu, Đà Nẵng"},
    {"052", "Hoài Hương, Hoài Nhơn, Bình Định"},
    {"066", "Tân Lợi, Buôn Ma Thuột, Đắk Lắk"},
    {"077", "Phước Nguyên, Bà Rịa, Bà Rịa - Vũng Tàu"},
    {"079", "Bến Nghé, Quận 1, Hồ Chí Minh"},
    {"092", "Xuân Khánh, Ninh Kiều, Cần Thơ"},
    {"096", "Tân Thuận, Đầm Dơi, Cà Mau"},
}};
constexpr std::array<std::string_view, 14> surnames = {
    "Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Dương", "Lý"};
constexpr std::array<std::string_view, 8> men = {"Văn", "Đức", "Minh", "Quốc", "Hữu", "Đình", "Thế", "Xuân"};
constexpr std::array<std::string_view, 8> women = {"Thị",  "Ngọc", "Thu", "Bích",
                                                   "Thùy", "Kim",  "Mỹ",  "Phương"};
constexpr std::array<std::string_view, 6> lanes = {"Tổ", "Thôn", "Ấp", "Khu phố", "Ngõ", "Tổ dân phố"};

std::string digits(Random& random, int count) {
    std::string out;
    for (int i = 0; i < count; ++i) out += static_cast<char>('0' + random.below(10));
    return out;
}

Date dateBetween(Random& random, Date first, Date last) {
    for (;;) {
        const auto date = Date::make(first.year + random.below(last.year - first.year + 1),
                                     1U + static_cast<unsigned>(random.below(12)),
                                     1U + static_cast<unsigned>(random.below(31)));
        if (date && *date >= first && *date <= last) return *date;
    }
}

std::string nameOf(Random& random, std::string_view surname, Sex sex) {
    std::string out(surname);
    out += ' ';
    out += sex == Sex::Male ? random.pick(men) : random.pick(women);
    if (random.below(3) == 0)
        out += std::string(" ") + std::string(sex == Sex::Male ? random.pick(men) : random.pick(women));
    return out + " Mẫu";
}

std::string numberOf(Random& random, std::string_view prefix, Date birth, Sex sex) {
    const int century = (birth.year / 100 - 19) * 2 + (sex == Sex::Female ? 1 : 0);
    const int year = birth.year % 100;
    return std::string(prefix) + std::to_string(century) + std::to_string(year / 10) +
           std::to_string(year % 10) + digits(random, 6);
}

} // namespace

std::uint64_t Random::next() {
    state_ += 0x9E3779B97F4A7C15ULL;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31U);
}

int Random::below(int n) { return static_cast<int>(next() % static_cast<std::uint64_t>(n)); }

double Random::real(double low, double high) {
    return low + (high - low) * (static_cast<double>(next() >> 11U) * 0x1.0p-53);
}

double Random::normal() {
    return std::sqrt(-2 * std::log(real(1e-12, 1))) * std::cos(2 * std::numbers::pi * real(0, 1));
}

Specimen specimen(std::uint64_t seed, Layout layout) {
    Random random(seed * 4 + static_cast<std::uint64_t>(layout));
    Specimen out;
    auto& p = out.truth;
    const bool child = layout == Layout::Child2024;
    p.source = layout == Layout::Card2021 ? IdentitySource::CardQr2021 : IdentitySource::CardQr2024;
    p.sex = random.below(2) == 0 ? Sex::Male : Sex::Female;
    p.birthDate = child ? dateBetween(random, {2013, 1, 1}, {2024, 6, 30})
                        : dateBetween(random, {1945, 1, 1}, {2004, 12, 31});
    p.issuedOn = layout == Layout::Card2021 ? dateBetween(random, {2021, 3, 1}, {2024, 6, 30})
                                            : dateBetween(random, {2024, 7, 1}, {2026, 10, 31});
    const auto& place = random.pick(places);
    const auto surname = random.pick(surnames);
    p.name = nameOf(random, surname, p.sex);
    p.personalNumber = numberOf(random, place.prefix, p.birthDate, p.sex);
    if (layout == Layout::Card2021 && random.below(2) == 0) p.oldNumber = digits(random, 9);
    p.address = "Số " + std::to_string(1 + random.below(300)) + ", " + std::string(random.pick(lanes)) + " " +
                std::to_string(1 + random.below(20)) + ", " + std::string(place.address);
    if (child) {
        p.fatherName = nameOf(random, surname, Sex::Male);
        p.motherName = nameOf(random, random.pick(surnames), Sex::Female);
    }
    p.expiresOn = id_card::expiry(p.birthDate, *p.issuedOn);
    if (p.expiresOn && *p.expiresOn < Date{2026, 11, 24}) p.warnings.push_back(Warning::CardExpired);
    out.payload = id_card::print(p);
    return out;
}

} // namespace kiosk::specimen
