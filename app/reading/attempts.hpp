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
    /// Spared most frames of a stream in which nothing looks like a code, see Reader.
    bool spared = false;
};

/// In the order in which they pay: share of frames gained over the time spent.
std::span<const Attempt> attempts();

} // namespace kiosk::reading
