#include "app/reading/measures.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace kiosk::reading {
namespace {

constexpr int cellsAcross = 240;
constexpr int saturatedFrom = 250; // grey
constexpr double cardAspect = 85.6 / 53.98;

void shrink(const cv::Mat& from, cv::Mat& to, cv::Size cells) { cv::resize(from, to, cells, 0, 0, cv::INTER_AREA); }

/// Grey below which `share` of the cells lie.
int percentile(const cv::Mat& cells, double share) {
    std::array<int, 256> counts{};
    for (int y = 0; y < cells.rows; ++y)
        for (const auto* v = cells.ptr(y); v != cells.ptr(y) + cells.cols; ++v) ++counts[*v];
    const auto wanted = static_cast<int>(share * static_cast<double>(cells.total()));
    int below = 0, value = 0;
    while (value < 255 && (below += counts[static_cast<std::size_t>(value)]) <= wanted) ++value;
    return value;
}

} // namespace

void Grid::fill(const cv::Mat& frame) {
    cell = std::max(2, frame.cols / cellsAcross);
    const int step = std::max(1, cell / 2);
    const int rows = (frame.rows - 1) / step, columns = frame.cols - 1;
    const auto sampled = [&](int x, int y) {
        return cv::Mat(rows, columns, CV_8UC1, const_cast<std::uint8_t*>(frame.ptr(y) + x), frame.step * static_cast<std::size_t>(step));
    };
    const cv::Mat here = sampled(0, 0);
    const cv::Size cells(frame.cols / cell, frame.rows / cell);
    cv::absdiff(here, sampled(1, 0), dx);
    cv::absdiff(here, sampled(0, 1), dy);
    cv::min(dx, dy, lower);
    cv::compare(here, saturatedFrom, saturated, cv::CMP_GE);
    shrink(here, mean, cells);
    shrink(lower, crossed, cells);
    shrink(saturated, clipped, cells);
    cv::addWeighted(dx, 0.5, dy, 0.5, 0, dx);
    shrink(dx, energy, cells);
}

Patch densestPatch(const Grid& grid) {
    constexpr int smooth = 5;       // cells
    constexpr double edgeOf = 0.5;  // of the peak: where the patch ends
    Patch patch;
    cv::Mat dense, near;
    cv::blur(grid.energy, dense, {smooth, smooth}, {-1, -1}, cv::BORDER_REPLICATE);
    const int noise = percentile(grid.energy, 0.25);
    double peak = 0;
    cv::Point top;
    cv::minMaxLoc(dense, nullptr, &peak, nullptr, &top);
    patch.density = static_cast<float>(peak - noise);
    if (patch.density < 2) return patch;
    cv::Mat within, labels, stats, centres;
    cv::compare(dense, noise + edgeOf * (peak - noise), within, cv::CMP_GE);
    cv::connectedComponentsWithStats(within, labels, stats, centres, 8, CV_32S);
    const int label = labels.at<int>(top);
    const int* s = stats.ptr<int>(label);
    patch.box = {s[cv::CC_STAT_LEFT], s[cv::CC_STAT_TOP], s[cv::CC_STAT_WIDTH], s[cv::CC_STAT_HEIGHT]};
    patch.mask = labels == label;
    const auto moments = cv::moments(patch.mask(patch.box), true);
    const double xx = moments.mu20 / moments.m00 + 1 / 12.0, yy = moments.mu02 / moments.m00 + 1 / 12.0, xy = moments.mu11 / moments.m00;
    const double half = std::sqrt((xx - yy) * (xx - yy) / 4 + xy * xy), middle = (xx + yy) / 2;
    const double large = middle + half, small = std::max(middle - half, 1 / 12.0);
    patch.aspect = static_cast<float>(std::sqrt(large / small));
    patch.filled = static_cast<float>(moments.m00 / (12 * std::sqrt(large * small)));
    patch.side = static_cast<float>(std::sqrt(moments.m00));
    return patch;
}

std::vector<cv::Point> cardOutline(const Grid& grid) {
    std::vector<cv::Point> best;
    double largest = 0.012 * static_cast<double>(grid.mean.total());
    cv::Mat smooth, bright;
    cv::blur(grid.mean, smooth, {3, 3});
    const double low = percentile(smooth, 0.1), high = percentile(smooth, 0.97);
    for (const double share : {0.35, 0.5, 0.62, 0.74, 0.85}) {
        cv::compare(smooth, low + share * (high - low), bright, cv::CMP_GE);
        std::vector<std::vector<cv::Point>> contours;
        cv::findContours(bright, contours, cv::RETR_EXTERNAL, cv::CHAIN_APPROX_SIMPLE);
        for (const auto& contour : contours) {
            const auto box = cv::minAreaRect(contour);
            const double area = cv::contourArea(contour), whole = box.size.area();
            const double aspect = std::max(box.size.width, box.size.height) / std::max(1.F, std::min(box.size.width, box.size.height));
            if (area <= largest || area < 0.85 * whole || std::abs(std::log(aspect / cardAspect)) > 0.3) continue;
            largest = area;
            cv::Point2f corners[4];
            box.points(corners);
            best.assign(corners, corners + 4);
        }
    }
    return best;
}

} // namespace kiosk::reading
