// Calendar dates and instants; nothing here reads the clock except now().
#pragma once

#include <chrono>
#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace kiosk {

/// A real calendar date (proleptic Gregorian), years 1800..2999.
struct Date {
    int year = 0;
    unsigned month = 0; // 1..12
    unsigned day = 0;   // 1..31
    auto operator<=>(const Date&) const = default;

    /// nullopt unless the date exists (31/02 does not roll over).
    static std::optional<Date> make(int year, unsigned month, unsigned day);
    /// "ddmmyyyy", as on the card.
    static std::optional<Date> fromCard(std::string_view ddmmyyyy);
    /// "yyyy-mm-dd".
    static std::optional<Date> fromIso(std::string_view iso);
    std::string iso() const;        // "1999-02-01"
    std::string vietnamese() const; // "01/02/1999"
    /// The same day `years` later; 29 February becomes 1 March in a common year.
    Date plusYears(int years) const;
    /// Whole years from this date to `at`.
    int yearsUntil(Date at) const;
};

/// Milliseconds since 1970-01-01T00:00:00Z. Plain value; arrives in the flow with Tick events.
struct Instant {
    std::int64_t ms = 0;
    auto operator<=>(const Instant&) const = default;
    std::string iso() const; // UTC, "2026-11-24T03:04:05Z"
    /// Date and clock time in Asia/Ho_Chi_Minh (UTC+7 all year).
    Date dateInVietnam() const;
    std::string timeInVietnam() const; // "10:04"
};

Instant now();

/// The machine's clock is not trusted before this day: the build's date, written by CMake.
Date buildDate();

} // namespace kiosk
