// Finder patterns in a picture: places that cross 1:1:3:1:1 along several directions (ISO/IEC 18004
// clause 6.3.3).
#pragma once

#include "app/reading/finding/geometry.hpp"
#include "app/reading/finding/threshold.hpp"

#include <vector>

namespace kiosk::reading::finding {

/// A place that lines cross as they cross a finder pattern.
struct Crossing {
    Point centre;     // px; pixel centres lie at .5
    float module = 0; // px, along the lines
    int hits = 0;     // lines of the scan that crossed it
};

/// Looks along lines of a picture with its thresholds; both must outlive it.
class RunScan {
public:
    RunScan(const GreyView& picture, const Thresholds& thresholds)
        : picture_(picture), thresholds_(thresholds) {}

    /// Every `step`-th line of the picture from `first` on; at most `most` crossings, those crossed most
    /// often first.
    std::vector<Crossing> scan(int first, int step, std::size_t most);

private:
    /// The five runs around `from` along `direction` (one coordinate +-1 or 0; or a unit vector), with
    /// subpixel edges. False where there are none in the ratio of a finder pattern, at modules of at most
    /// `largest` px.
    bool cross(Point from, Point direction, float largest, Crossing& out) const;
    void scanRow(int y);
    /// Of row `y` the px from `left` to before `right`, which have something that is not light around them.
    void scanStretch(int y, std::size_t left, std::size_t right);
    void consider(float x, float y, float module);
    bool isKnown(float x, float y, float module);
    float above(float x, float y) const; // grey level above the threshold at a px
    void addHit(const Crossing& crossing);

    const GreyView& picture_;
    const Thresholds& thresholds_;
    std::vector<std::uint8_t> light_;
    std::vector<int> edges_;
    std::vector<Crossing> found_;
};

} // namespace kiosk::reading::finding
