#include "app/workers/stillness.hpp"

#include <algorithm>
#include <cstdlib>

namespace kiosk {

bool Stillness::isStill(const Frame& frame, Time now) {
    const Grid grid = gridOf(frame);
    bool moved = false;
    for (std::size_t i = 0; i < grid.size(); ++i) moved = moved || std::abs(grid[i] - grid_[i]) > threshold;
    if (moved || movedAt_ == Time{}) {
        grid_ = grid; // kept while still, so that a slow change adds up and counts
        movedAt_ = now;
    }
    return now - movedAt_ > after;
}

Stillness::Grid Stillness::gridOf(const Frame& frame) {
    Grid sums{}, counts{};
    constexpr int step = 4; // px
    for (int y = 0; y < frame.height; y += step) {
        const auto* line =
            frame.grey.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(frame.width);
        const auto row = static_cast<std::size_t>(y * rows / frame.height) * columns;
        for (int x = 0; x < frame.width; x += step) {
            const auto cell = row + static_cast<std::size_t>(x * columns / frame.width);
            sums[cell] += line[x];
            ++counts[cell];
        }
    }
    for (std::size_t i = 0; i < sums.size(); ++i) sums[i] /= std::max(counts[i], 1);
    return sums;
}

} // namespace kiosk
