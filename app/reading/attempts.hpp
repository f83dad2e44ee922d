// The reader's strategy as data: what is tried, in which order, and what it is good for.
#pragma once

#include "app/reading/general_reader.hpp"
#include "app/reading/soft/soft_reader.hpp"

#include <span>
#include <variant>

namespace kiosk::reading {

struct Attempt {
    const char* goodFor;
    std::variant<soft::Search, Preparation> how; // by our own decoder, or by the general reader
    enum class Due {
        Always, // cheap: a slow machine, too, has to get as far as here
        InTime, // while the frame's budget lasts
        Spared  // and not on most frames of a stream in which nothing looks like a code, see Reader
    } due = Due::InTime;
};

/// In the order in which they pay: share of frames gained over the time spent.
std::span<const Attempt> attempts();

} // namespace kiosk::reading
