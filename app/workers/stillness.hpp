// Whether anything moves before the camera: an empty desk is looked at, but not searched for codes again and
// again while nobody is there.
#pragma once

#include "drivers/camera.hpp"

#include <array>
#include <chrono>
#include <cstddef>

namespace kiosk {

/// Compares the mean grey of a coarse grid over time. Not thread-safe; time only rises.
class Stillness {
public:
    using Time = std::chrono::steady_clock::time_point;
    /// Nothing moved for so long: still. A card held up or laid down is read in many pictures before.
    static constexpr std::chrono::seconds after{3};

    /// True when nothing has moved for longer than `after`; the first picture counts as a movement.
    bool isStill(const Frame& frame, Time now);

private:
    static constexpr int columns = 32, rows = 18, threshold = 5; // grey levels, above a camera's noise
    using Grid = std::array<int, std::size_t{columns} * rows>;
    static Grid gridOf(const Frame& frame);

    Grid grid_{};
    Time movedAt_;
};

} // namespace kiosk
