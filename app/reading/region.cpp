#include "app/reading/region.hpp"

#include <algorithm>
#include <opencv2/imgproc.hpp>

namespace kiosk::reading {
namespace {

constexpr int cell = 8; // px a side of the blocks texture is measured in
constexpr double windowShare =
    0.3; // of the frame's height: a code fills 0.15 to 0.35 of it when the card is held well
constexpr double plain = 6; // mean grey step between neighbours below which there is nothing to read

/// Mean absolute step to the neighbour, a pixel per cell.
cv::Mat texture(const cv::Mat& grey, int dx, int dy) {
    const cv::Rect here(0, 0, grey.cols - dx, grey.rows - dy);
    const cv::Rect there(dx, dy, grey.cols - dx, grey.rows - dy);
    cv::Mat step, cells;
    cv::absdiff(grey(here), grey(there), step);
    cv::resize(step, cells, {grey.cols / cell, grey.rows / cell}, 0, 0, cv::INTER_AREA);
    return cells;
}

} // namespace

cv::Rect grown(cv::Rect region, double share, cv::Size frame) {
    const int x = static_cast<int>(region.width * share);
    const int y = static_cast<int>(region.height * share);
    const cv::Rect wider(region.x - x, region.y - y, region.width + 2 * x, region.height + 2 * y);
    return wider & cv::Rect({}, frame);
}

cv::Rect densestRegion(const cv::Mat& grey) {
    if (grey.cols < 4 * cell || grey.rows < 4 * cell) return {};
    cv::Mat both, sums;
    cv::min(texture(grey, 1, 0), texture(grey, 0, 1), both);
    const int side = std::clamp(static_cast<int>(both.rows * windowShare), 3, std::min(both.rows, both.cols));
    cv::blur(both, sums, {side, side}, {-1, -1}, cv::BORDER_CONSTANT);
    double most = 0;
    cv::Point centre;
    cv::minMaxLoc(sums, nullptr, &most, nullptr, &centre);
    if (most < plain) return {};
    const cv::Rect cells(centre.x - side / 2, centre.y - side / 2, side, side);
    return cv::Rect(cells.x * cell, cells.y * cell, cells.width * cell, cells.height * cell) &
           cv::Rect({}, grey.size());
}

} // namespace kiosk::reading
