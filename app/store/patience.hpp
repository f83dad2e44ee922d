// How long whoever guessed wrong has to wait.
#pragma once

#include "app/base/time.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>

namespace kiosk::store {

/// Wrong tries that cost nothing; from then on each has to wait, twice as long as the one before. The tries
/// are counted durably before the answer leaves, so that a restart gives none back.
struct Patience {
    int free;
    std::chrono::milliseconds first, most;

    /// When another try is looked at after `wrong` ones, the last of them at `last`; nullopt: at once.
    /// Whoever finds `last` in the future (the clock was put back) keeps it as now, so that the wait begins
    /// anew instead of lasting until the old time comes again.
    constexpr std::optional<Instant> end(std::int64_t wrong, Instant last) const {
        if (wrong < free) return std::nullopt;
        auto wait = first;
        for (std::int64_t i = free; i < wrong && wait < most; ++i) wait *= 2;
        return Instant{last.ms + std::min(wait, most).count()};
    }
};

} // namespace kiosk::store
