#include "app/base/time.hpp"

#include <charconv>
#include <cstdio>

namespace kiosk {
namespace {

/// Exactly `s.size()` ASCII digits, or nullopt.
std::optional<int> digits(std::string_view s) {
    int value = 0;
    for (const char c : s) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return s.empty() ? std::nullopt : std::optional(value);
}

std::chrono::year_month_day civil(Date d) {
    return {std::chrono::year(d.year), std::chrono::month(d.month), std::chrono::day(d.day)};
}

Date dateOf(std::chrono::sys_days days) {
    const std::chrono::year_month_day ymd(days);
    return {static_cast<int>(ymd.year()), static_cast<unsigned>(ymd.month()),
            static_cast<unsigned>(ymd.day())};
}

/// Whole days and the rest in ms; floors, so instants before 1970 are right too.
std::pair<std::chrono::sys_days, std::int64_t> split(std::int64_t ms) {
    const std::chrono::sys_time<std::chrono::milliseconds> t{std::chrono::milliseconds(ms)};
    const auto day = std::chrono::floor<std::chrono::days>(t);
    return {day, (t - day).count()};
}

constexpr std::int64_t vietnamOffsetMs = 7LL * 3600 * 1000;

template <typename... Args>
std::string print(const char* format, Args... args) {
    char buffer[48];
    const int n = std::snprintf(buffer, sizeof buffer, format, args...);
    return {buffer, static_cast<std::size_t>(n)};
}

} // namespace

std::optional<Date> Date::make(int year, unsigned month, unsigned day) {
    const Date d{year, month, day};
    // std::chrono keeps a month or day in one byte, so 257 would pass for 1.
    if (year < 1800 || year > 2999 || month > 12 || day > 31 || !civil(d).ok()) return std::nullopt;
    return d;
}

std::optional<Date> Date::fromCard(std::string_view s) {
    if (s.size() != 8) return std::nullopt;
    const auto d = digits(s.substr(0, 2));
    const auto m = digits(s.substr(2, 2));
    const auto y = digits(s.substr(4, 4));
    if (!d || !m || !y) return std::nullopt;
    return make(*y, static_cast<unsigned>(*m), static_cast<unsigned>(*d));
}

std::optional<Date> Date::fromIso(std::string_view s) {
    if (s.size() != 10 || s[4] != '-' || s[7] != '-') return std::nullopt;
    const auto y = digits(s.substr(0, 4));
    const auto m = digits(s.substr(5, 2));
    const auto d = digits(s.substr(8, 2));
    if (!d || !m || !y) return std::nullopt;
    return make(*y, static_cast<unsigned>(*m), static_cast<unsigned>(*d));
}

std::string Date::iso() const { return print("%04d-%02u-%02u", year, month, day); }
std::string Date::vietnamese() const { return print("%02u/%02u/%04d", day, month, year); }

Date Date::plusYears(int years) const {
    const Date d{year + years, month, day};
    if (civil(d).ok()) return d;
    return {year + years, 3, 1};
}

int Date::yearsUntil(Date at) const {
    const bool hadBirthday = at.month > month || (at.month == month && at.day >= day);
    return at.year - year - (hadBirthday ? 0 : 1);
}

std::string Instant::iso() const {
    const auto [day, rest] = split(ms);
    const auto s = rest / 1000;
    return dateOf(day).iso() + print("T%02d:%02d:%02dZ", static_cast<int>(s / 3600),
                                     static_cast<int>(s / 60 % 60), static_cast<int>(s % 60));
}

Date Instant::dateInVietnam() const { return dateOf(split(ms + vietnamOffsetMs).first); }

std::string Instant::timeInVietnam() const {
    const auto minutes = split(ms + vietnamOffsetMs).second / 60000;
    return print("%02d:%02d", static_cast<int>(minutes / 60), static_cast<int>(minutes % 60));
}

Instant now() {
    using namespace std::chrono;
    return {duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count()};
}

Date buildDate() { return *Date::fromIso(KIOSK_BUILD_DATE); }

} // namespace kiosk
