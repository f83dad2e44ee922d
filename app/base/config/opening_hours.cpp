#include "app/base/config/opening_hours.hpp"

#include "app/base/text.hpp"

#include <algorithm>
#include <array>

namespace kiosk {
namespace {

constexpr int dayMinutes = 24 * 60, weekMinutes = 7 * dayMinutes;
constexpr std::int64_t minuteMs = 60'000, vietnamMs = 7LL * 3'600'000;
constexpr std::int64_t firstMonday =
    std::int64_t{4} * dayMinutes; // 1970-01-05, minutes after the epoch's Thursday

/// Minutes since Monday 00:00, and what is left over in ms.
int minuteOfWeek(Instant at) {
    const auto minutes = (at.ms + vietnamMs) / minuteMs - firstMonday;
    return static_cast<int>((minutes % weekMinutes + weekMinutes) % weekMinutes);
}

/// "07:30"; 24:00 is the end of a day.
std::optional<int> minuteOf(std::string_view s) {
    const auto digit = [&s](std::size_t i) { return s[i] >= '0' && s[i] <= '9'; };
    if (s.size() != 5 || s[2] != ':' || !digit(0) || !digit(1) || !digit(3) || !digit(4)) return std::nullopt;
    const int hours = (s[0] - '0') * 10 + s[1] - '0', minutes = (s[3] - '0') * 10 + s[4] - '0';
    const int all = hours * 60 + minutes;
    if (minutes > 59 || all > dayMinutes) return std::nullopt;
    return all;
}

std::optional<int> dayOf(std::string_view s) {
    constexpr std::array<std::string_view, 7> names = {"T2", "T3", "T4", "T5", "T6", "T7", "CN"};
    const auto it = std::find(names.begin(), names.end(), s);
    if (it == names.end()) return std::nullopt;
    return static_cast<int>(it - names.begin());
}

/// Both sides of "a-b"; of "a" alone, a twice.
std::pair<std::string_view, std::string_view> sides(std::string_view s) {
    const auto dash = s.find('-');
    if (dash == std::string_view::npos) return {s, s};
    return {s.substr(0, dash), s.substr(dash + 1)};
}

std::vector<std::string_view> wordsOf(std::string_view s, char separator) {
    std::vector<std::string_view> words;
    while (!s.empty()) {
        const auto end = std::min(s.find(separator), s.size());
        if (const auto word = text::trim(s.substr(0, end)); !word.empty()) words.push_back(word);
        s.remove_prefix(std::min(end + 1, s.size()));
    }
    return words;
}

} // namespace

int weekday(Date date) {
    const std::chrono::sys_days day =
        std::chrono::year(date.year) / static_cast<int>(date.month) / static_cast<int>(date.day);
    return static_cast<int>(std::chrono::weekday(day).iso_encoding()) - 1;
}

std::optional<OpeningHours> OpeningHours::parse(std::string_view text) {
    OpeningHours hours;
    for (const auto part : wordsOf(text, ';')) {
        const auto words = wordsOf(part, ' ');
        const auto [first, last] = sides(words.front());
        const auto from = dayOf(first), to = dayOf(last);
        if (!from || !to || *from > *to || words.size() < 2) return std::nullopt;
        for (std::size_t i = 1; i < words.size(); ++i) {
            const auto [opens, closes] = sides(words[i]);
            const auto start = minuteOf(opens), end = minuteOf(closes);
            if (!start || !end || *start >= *end) return std::nullopt;
            for (int day = *from; day <= *to; ++day)
                hours.open_.emplace_back(day * dayMinutes + *start, day * dayMinutes + *end);
        }
    }
    std::sort(hours.open_.begin(), hours.open_.end());
    for (std::size_t i = 1; i < hours.open_.size(); ++i)
        if (hours.open_[i].first < hours.open_[i - 1].second) return std::nullopt;
    return hours;
}

bool OpeningHours::isClosed(Instant at) const {
    const int minute = minuteOfWeek(at);
    return isKnown() && std::none_of(open_.begin(), open_.end(), [minute](const auto& span) {
               return minute >= span.first && minute < span.second;
           });
}

std::optional<Instant> OpeningHours::opensNext(Instant at) const {
    if (!isKnown()) return std::nullopt;
    const int minute = minuteOfWeek(at);
    auto next =
        std::find_if(open_.begin(), open_.end(), [minute](const auto& span) { return span.first > minute; });
    const int wait = next == open_.end() ? open_.front().first + weekMinutes - minute : next->first - minute;
    return Instant{(at.ms / minuteMs + wait) * minuteMs};
}

} // namespace kiosk
