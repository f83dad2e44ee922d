#include "app/reading/region.hpp"

#include <algorithm>
#include <opencv2/imgproc.hpp>

namespace kiosk::reading {
namespace {

constexpr int cell = 8; // px a side of the blocks texture is measured in
constexpr double windowShare =
    0.3; // of the frame's height: a code fills 0.15 to 0.35 of it when the card is held well
constexpr double plain = 3; // mean grey step between neighbours below which there is nothing to read

/// Mean absolute step to the neighbour in a picture of half the size, in which noise is less; a pixel per
/// cell.
cv::Mat texture(const cv::Mat& grey, int dx, int dy) {
    const cv::Rect here(0, 0, grey.cols - dx, grey.rows - dy);
    const cv::Rect there(dx, dy, grey.cols - dx, grey.rows - dy);
    cv::Mat step, cells;
    cv::absdiff(grey(here), grey(there), step);
    cv::resize(step, cells, {2 * grey.cols / cell, 2 * grey.rows / cell}, 0, 0, cv::INTER_AREA);
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
    const auto regions = denseRegions(grey, windowShare, 1);
    return regions.empty() ? cv::Rect() : regions.front();
}

std::vector<cv::Rect> denseRegions(const cv::Mat& grey, double share, std::size_t most) {
    std::vector<cv::Rect> out;
    if (grey.cols < 4 * cell || grey.rows < 4 * cell) return out;
    cv::Mat half, both, sums;
    cv::resize(grey, half, {grey.cols / 2, grey.rows / 2}, 0, 0, cv::INTER_AREA);
    cv::min(texture(half, 1, 0), texture(half, 0, 1), both);
    const int side = std::clamp(static_cast<int>(both.rows * share), 3, std::min(both.rows, both.cols));
    cv::blur(both, sums, {side, side}, {-1, -1}, cv::BORDER_CONSTANT);
    while (out.size() < most) {
        double densest = 0;
        cv::Point at;
        cv::minMaxLoc(sums, nullptr, &densest, nullptr, &at);
        if (densest < plain) break;
        out.push_back(cv::Rect((at.x - side / 2) * cell, (at.y - side / 2) * cell, side * cell, side * cell) &
                      cv::Rect({}, grey.size()));
        sums(cv::Rect(at.x - side / 2, at.y - side / 2, side, side) & cv::Rect({}, sums.size())).setTo(0);
    }
    return out;
}

} // namespace kiosk::reading
