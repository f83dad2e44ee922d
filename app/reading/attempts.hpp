// The reader's strategy as data: what is tried, in which order, and what it is good for.
#pragma once

#include "app/reading/zxing.hpp"

#include <span>

namespace kiosk::reading {

enum class Area {
    Frame,     // all of it
    LastPlace, // where a code was in the frames before
    Densest,   // where the texture is densest
};

enum class Filter { None, Unsharp, Invert };

struct Attempt {
    const char* goodFor;
    Area area;
    Filter filter;
    int scale; // enlargement before reading
    zxing::Threshold threshold;
    bool downscale;    // also look for large codes
    double nsPerPixel; // of the enlarged area, on a slow core: what is left of the budget must cover it
};

/// In the order in which they pay: share of hard frames gained over the time spent.
std::span<const Attempt> attempts();

} // namespace kiosk::reading
