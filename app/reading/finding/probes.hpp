// Points of a symbol whose colour is known beforehand, weighted so that light minus dark of each pattern
// counts the same whatever the light: the matched filter that grids are fitted with.
#pragma once

#include "app/reading/finding/geometry.hpp"

#include <span>
#include <vector>

namespace kiosk::reading::finding {

/// A module's centre in modules; weights of each pattern sum to zero.
struct Probe {
    float u = 0, v = 0, weight = 0;
};

struct Probes {
    std::vector<Probe> topTiming, leftTiming;   // row 6, column 6
    std::vector<Probe> finders;                 // with their separators
    std::vector<std::vector<Probe>> alignments; // in the layout's order
    std::vector<Probe> version;                 // both copies; empty below 7
    std::vector<Probe> all;
};

/// `version` 1 .. 40; computed once.
const Probes& probesOf(int version);

} // namespace kiosk::reading::finding
