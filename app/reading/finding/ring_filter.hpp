// Finder patterns where runs are too blurred, noisy or interrupted: a light circle between a dark disc and a
// dark circle. A circle of 2.3 modules' radius lies wholly in a finder's light ring however it is turned, one
// of 3.4 wholly in its dark ring.
#pragma once

#include "app/reading/finding/finder.hpp"

#include <vector>

namespace kiosk::reading::finding {

/// A rectangle of px.
struct Area {
    int left = 0, top = 0, width = 0, height = 0;
};

/// Where and at which size such circles stand out most.
struct Ring {
    Point centre;       // px
    float module = 0;   // px
    float contrast = 0; // grey levels between the circle and the nearer of disc and outer circle
};

/// The most outstanding rings of one size within `area`, best first, at most `most`.
std::vector<Ring> findRings(const GreyView& picture, Area area, float module, std::size_t most);

} // namespace kiosk::reading::finding
