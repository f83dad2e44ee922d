// Inside of guidance: what can be measured in one frame in about a millisecond.
#pragma once

#include "app/reading/guidance.hpp"

#include <opencv2/core.hpp>

namespace kiosk::reading {

/// The frame in coarse cells, about 240 across. Kept from frame to frame, so that frames do not allocate.
struct Grid {
    int cell = 0;     // px a side
    cv::Mat mean;     // grey
    cv::Mat energy;   // mean step to the neighbours, grey levels
    cv::Mat crossed;  // mean of the smaller of both directions' steps
    cv::Mat clipped;  // 255 times the share of saturated pixels
    cv::Mat dx, dy, lower, saturated; // px, every few rows

    void fill(const cv::Mat& frame);
};

/// Where something like a code is: a patch of dense texture.
struct Patch {
    cv::Mat mask;       // cells; empty: none
    cv::Rect box;       // cells
    float side = 0;     // cells, of a square of its area
    float aspect = 1;   // longer over shorter axis
    float filled = 0;   // its area over that of a rectangle with its moments: 1 for any rectangle
    float density = 0;  // grey levels above the frame's noise
};
Patch densestPatch(const Grid& grid);

/// The largest bright quadrilateral of a card's shape (ISO/IEC 7810 ID-1), in cells; empty: none.
std::vector<cv::Point> cardOutline(const Grid& grid);

} // namespace kiosk::reading
