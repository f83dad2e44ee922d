// Inside of guidance: what can be measured of a frame in about a millisecond.
#pragma once

#include <array>
#include <opencv2/core.hpp>
#include <vector>

namespace kiosk::reading {

/// The frame in coarse cells, about 240 across. Kept from frame to frame, so that frames do not allocate.
struct Grid {
    int cell = 0;    // px a side
    cv::Mat mean;    // grey
    cv::Mat energy;  // mean sum of the steps to the right and downwards, grey levels
    cv::Mat clipped; // 255 times the share of saturated px

    void fill(const cv::Mat& frame);
    cv::Rect bounds() const { return {{}, mean.size()}; }
    cv::Rect px(cv::Rect cells) const { return {cells.tl() * cell, cells.br() * cell}; }
};

/// A patch of dense texture, in cells.
struct Patch {
    cv::Rect box;      // empty: none
    float side = 0;    // of a square of its area
    float aspect = 1;  // longer over shorter axis
    float filled = 0;  // its area over that of a rectangle with its moments: 1 for any rectangle, turned too
    float density = 0; // mean step between neighbours above the frame's noise, grey levels

    bool isCodeLike() const { return !box.empty() && aspect < 1.6F && filled > 0.75F; }
};
Patch densestPatch(const Grid& grid);
/// The same among shapes tens of px wide, as of a code held too near to be in focus.
Patch nearPatch(const Grid& grid);

/// Width in cells of the largest bright quadrilateral of a card's shape (ISO/IEC 7810 ID-1); 0: none.
float cardWidth(const Grid& grid);

/// Greys and steps of a part of the frame, of all its columns and enough of its rows.
class Detail {
public:
    Detail(const cv::Mat& frame, cv::Rect part);
    /// Grey below which `share` of the px lie.
    int grey(double share) const { return percentile(greys_, share); }
    /// The same of the larger step to the right or downwards.
    int step(double share) const { return percentile(steps_, share); }
    /// From the structure tensor of its steps: weakest over strongest direction.
    float direction() const;

private:
    using Counts = std::array<int, 256>;
    int percentile(const Counts& counts, double share) const;

    Counts greys_{}, steps_{};
    double xx_ = 0, yy_ = 0, xy_ = 0;
    int count_ = 0;
};

/// Shift between two grids' greys in cells, roughly: how much changed over how steep it is. What gets
/// brighter or darker alike does not count.
float shift(const cv::Mat& before, const cv::Mat& now, cv::Rect part);

} // namespace kiosk::reading
