// When the office is open, week by week.
#pragma once

#include "app/base/time.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kiosk {

/// Written as "T2-T6 07:30-11:30 13:00-17:00; T7 07:30-11:30": T2 is Monday, T7 Saturday, CN Sunday. Times in
/// Viet Nam (UTC+7).
class OpeningHours {
public:
    /// Empty text: not known. Nothing: not understood, or times that overlap.
    static std::optional<OpeningHours> parse(std::string_view text);

    bool isKnown() const { return !open_.empty(); }
    /// False while the hours are not known.
    bool isClosed(Instant at) const;
    /// The next time it opens after `at`; nothing while the hours are not known.
    std::optional<Instant> opensNext(Instant at) const;

private:
    std::vector<std::pair<int, int>> open_; // minutes since Monday 00:00, sorted, apart; the end is outside
};

/// 0 Monday to 6 Sunday.
int weekday(Date date);

} // namespace kiosk
