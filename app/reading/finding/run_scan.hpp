// Finder patterns in a picture: places that cross 1:1:3:1:1 along several directions (ISO/IEC 18004
// clause 6.3.3).
#pragma once

#include "app/reading/finding/geometry.hpp"
#include "app/reading/finding/threshold.hpp"

#include <span>
#include <vector>

namespace kiosk::reading::finding {

/// A place that lines cross as they cross a finder pattern.
struct Crossing {
    Point centre; // px; pixel centres lie at .5
    Point module; // px: x along the row, y along the column
    int hits = 0; // lines of the scan that crossed it

    float mean() const { return (module.x + module.y) / 2; }
};

/// Looks along lines of a picture with its thresholds; both must outlive it.
class RunScan {
public:
    RunScan(const GreyView& picture, const Thresholds& thresholds)
        : picture_(picture), thresholds_(thresholds) {}

    enum class Wanted {
        Clear, // a line must cross in the ratio to a third of a module, with subpixel edges
        Any    // and what whole px can tell
    };
    /// Looks along every `step`-th line from `first` on, and adds to what was found before.
    void scan(int first, int step, Wanted wanted);
    /// Looks at what the scans for clear ones passed over: twenty times as many places, rarely a finder.
    void scanPassedOver();
    /// What was found, at most `most`, those crossed most often first.
    std::vector<Crossing> crossings(std::size_t most) const;

private:
    /// The middle of a line's five runs.
    struct Place {
        float x, y, module; // px
    };
    /// Five runs in the ratio of a finder pattern.
    struct Line {
        Point middle;
        float module = 0; // px
    };
    /// The five runs around `from` along `direction` (one coordinate +-1 or 0; or a unit vector), with
    /// subpixel edges. False where there are none in the ratio of a finder pattern, at modules of at most
    /// `largest` px.
    bool cross(Point from, Point direction, float largest, Line& out) const;
    void scanRow(int y, Wanted wanted);
    /// Of row `y` the px from `left` to before `right`, which have something that is not light around them.
    void scanStretch(int y, int left, int right, Wanted wanted);
    std::span<const int> findEdges(int y, int left, int right);
    bool isClear(int y, std::span<const int, 6> edges) const;
    void consider(const Place& place);
    bool isKnown(const Place& place);
    float above(int x, int y) const; // grey level above the threshold at a px
    void addHit(const Crossing& crossing);

    const GreyView& picture_;
    const Thresholds& thresholds_;
    std::vector<int> edges_;
    std::vector<std::int32_t> fits_;
    std::vector<Crossing> found_;
    std::vector<Place> passedOver_;
};

} // namespace kiosk::reading::finding
