#include "app/reading/measures.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace kiosk::reading {
namespace {

constexpr int cellsAcross = 240;
constexpr int samplesAcross = 4;   // columns of a cell that are looked at, in two of its rows
constexpr int saturatedFrom = 250; // grey
constexpr int coarser = 3;         // cells a side: wider than the blur of a code held too near
constexpr double cardAspect = 85.6 / 53.98;

/// Value below which `share` of the cells lie.
int percentile(const cv::Mat& cells, double share) {
    std::array<int, 256> counts{};
    for (int y = 0; y < cells.rows; ++y)
        for (const auto* v = cells.ptr(y); v != cells.ptr(y) + cells.cols; ++v) ++counts[*v];
    const auto wanted = static_cast<int>(share * static_cast<double>(cells.total()));
    int below = 0, value = 0;
    while (value < 255 && (below += counts[static_cast<std::size_t>(value)]) <= wanted) ++value;
    return value;
}

Patch patchAt(const cv::Mat& within, cv::Point top) {
    Patch patch;
    cv::Mat labels, stats, centres;
    cv::connectedComponentsWithStats(within, labels, stats, centres, 8, CV_32S);
    const int label = labels.at<int>(top);
    const int* s = stats.ptr<int>(label);
    patch.box = {s[cv::CC_STAT_LEFT], s[cv::CC_STAT_TOP], s[cv::CC_STAT_WIDTH], s[cv::CC_STAT_HEIGHT]};
    const auto m = cv::moments(labels(patch.box) == label, true);
    constexpr double own = 1 / 12.0; // a cell's own
    const double xx = m.mu20 / m.m00 + own, yy = m.mu02 / m.m00 + own, xy = m.mu11 / m.m00;
    const double half = std::hypot((xx - yy) / 2, xy), middle = (xx + yy) / 2;
    const double large = middle + half, small = std::max(middle - half, own);
    patch.aspect = static_cast<float>(std::sqrt(large / small));
    patch.filled = static_cast<float>(m.m00 / (12 * std::sqrt(large * small)));
    patch.side = static_cast<float>(std::sqrt(m.m00));
    return patch;
}

/// The patch around the peak of texture; its density still in the energy's unit.
Patch densest(const cv::Mat& energy) {
    constexpr int smooth = 5, gap = 7; // cells
    constexpr double edge = 0.42;      // of the peak: where the patch ends
    cv::Mat dense, within;
    cv::blur(energy, dense, {smooth, smooth}, {-1, -1}, cv::BORDER_REPLICATE);
    const int noise = percentile(energy, 0.25);
    double peak = 0;
    cv::Point top;
    cv::minMaxLoc(dense, nullptr, &peak, nullptr, &top);
    if (peak - noise < 4) return {};
    cv::compare(dense, noise + edge * (peak - noise), within, cv::CMP_GE);
    auto patch = patchAt(within, top);
    if (!patch.isCodeLike()) { // a large code falls apart, a small one would grow together with the text
                               // beside it
        cv::morphologyEx(within, within, cv::MORPH_CLOSE, cv::Mat::ones(gap, gap, CV_8U));
        patch = patchAt(within, top);
    }
    patch.density = static_cast<float>(peak - noise);
    return patch;
}

} // namespace

void Grid::fill(const cv::Mat& frame) {
    cell = std::max(4, frame.cols / cellsAcross);
    const cv::Size cells((frame.cols - 1) / cell, (frame.rows - 1) / cell);
    for (auto* picture : {&mean, &energy, &clipped}) picture->create(cells, CV_8UC1);
    for (int y = 0; y < cells.height; ++y) {
        const auto *row = frame.ptr(y * cell), *below = frame.ptr(y * cell + 1);
        const auto *half = frame.ptr(y * cell + cell / 2), *belowHalf = frame.ptr(y * cell + cell / 2 + 1);
        auto *greys = mean.ptr(y), *steps = energy.ptr(y), *full = clipped.ptr(y);
        for (int x = 0; x < cells.width; ++x) {
            int grey = 0, step = 0, saturated = 0;
            const auto sample = [&](const std::uint8_t* here, const std::uint8_t* under, int at) {
                grey += here[at];
                step += std::abs(here[at + 1] - here[at]) + std::abs(under[at] - here[at]);
                saturated += here[at] >= saturatedFrom;
            };
            for (int k = 0; k < samplesAcross; ++k) {
                const int at = x * cell + k * cell / samplesAcross;
                sample(row, below, at);
                sample(half, belowHalf, at);
            }
            constexpr int samples = 2 * samplesAcross;
            greys[x] = static_cast<std::uint8_t>(grey / samples);
            steps[x] = static_cast<std::uint8_t>(std::min(255, step / samples));
            full[x] = static_cast<std::uint8_t>(saturated * 255 / samples);
        }
    }
}

Patch densestPatch(const Grid& grid) {
    auto patch = densest(grid.energy);
    patch.density /= 2; // the energy is a sum of two steps
    return patch;
}

Patch nearPatch(const Grid& grid) {
    cv::Mat coarse;
    cv::resize(grid.mean, coarse, {grid.mean.cols / coarser, grid.mean.rows / coarser}, 0, 0, cv::INTER_AREA);
    cv::Mat energy(coarse.rows - 1, coarse.cols - 1, CV_8UC1);
    for (int y = 0; y < energy.rows; ++y) {
        const auto *row = coarse.ptr(y), *below = coarse.ptr(y + 1);
        for (int x = 0; x < energy.cols; ++x)
            energy.at<std::uint8_t>(y, x) = static_cast<std::uint8_t>(
                std::min(255, std::abs(row[x + 1] - row[x]) + std::abs(below[x] - row[x])));
    }
    auto patch = densest(energy);
    if (!patch.box.empty() && !patch.isCodeLike()) { // the card's edge against what is behind it
        energy(patch.box).setTo(0);
        patch = densest(energy);
    }
    patch.density /= static_cast<float>(2 * coarser * grid.cell); // a step is from cell to cell
    patch.box = cv::Rect(patch.box.tl() * coarser, patch.box.size() * coarser) & grid.bounds();
    patch.side *= coarser;
    return patch;
}

float cardWidth(const Grid& grid) {
    constexpr double least = 0.012; // of the frame's area
    constexpr double full =
        0.85;                    // of the rectangle around it: a card's corners are round, its edges straight
    constexpr double bent = 0.3; // natural logarithm of how far tilting changes the shape
    constexpr int plainBelow = 12; // grey levels
    double largest = least * static_cast<double>(grid.mean.total());
    float width = 0;
    cv::Mat smooth, bright;
    cv::blur(grid.mean, smooth, {3, 3});
    const double low = percentile(smooth, 0.1), high = percentile(smooth, 0.97);
    if (high - low < plainBelow) return 0;
    for (const double share : {0.35, 0.5, 0.62, 0.74, 0.85}) {
        cv::compare(smooth, low + share * (high - low), bright, cv::CMP_GE);
        std::vector<std::vector<cv::Point>> contours;
        cv::findContours(bright, contours, cv::RETR_EXTERNAL, cv::CHAIN_APPROX_SIMPLE);
        for (const auto& contour : contours) {
            const double area = cv::contourArea(contour);
            if (area <= largest || cv::boundingRect(contour) == grid.bounds()) continue;
            const auto box = cv::minAreaRect(contour).size;
            const auto longer = std::max(box.width, box.height),
                       shorter = std::max(1.F, std::min(box.width, box.height));
            if (area < full * box.area() || std::abs(std::log(longer / shorter / cardAspect)) > bent)
                continue;
            largest = area;
            width = longer;
        }
    }
    return width;
}

Detail::Detail(const cv::Mat& frame, cv::Rect part) {
    part &= cv::Rect(0, 0, frame.cols - 1, frame.rows - 1);
    const int every = std::max(1, part.height / 90);
    for (int y = part.y; y < part.y + part.height; y += every) {
        const auto *row = frame.ptr(y), *next = frame.ptr(y + 1);
        int xx = 0, yy = 0, xy = 0;
        for (int x = part.x; x < part.x + part.width; ++x) {
            const int dx = row[x + 1] - row[x], dy = next[x] - row[x];
            ++greys_[row[x]];
            ++steps_[static_cast<std::size_t>(std::max(std::abs(dx), std::abs(dy)))];
            xx += dx * dx, yy += dy * dy, xy += dx * dy; // at most 255² each, for 16,384 px a row
        }
        xx_ += xx, yy_ += yy, xy_ += xy;
        count_ += part.width;
    }
}

int Detail::percentile(const Counts& counts, double share) const {
    const auto wanted = static_cast<int>(share * count_);
    int below = 0, value = 0;
    while (value < 255 && (below += counts[static_cast<std::size_t>(value)]) <= wanted) ++value;
    return value;
}

float Detail::direction() const {
    const double half = std::hypot((xx_ - yy_) / 2, xy_), middle = (xx_ + yy_) / 2;
    if (middle + half <= 0) return 1;
    return static_cast<float>(std::sqrt(std::max(0.0, middle - half) / (middle + half)));
}

float shift(const cv::Mat& before, const cv::Mat& now, cv::Rect part) {
    if (before.size() != now.size() || part.width < 2 || part.height < 1) return 0;
    const double brighter = cv::mean(now(part))[0] - cv::mean(before(part))[0];
    double change = 0, slope = 0;
    for (int y = part.y; y < part.y + part.height; ++y) {
        const auto *old = before.ptr(y), *row = now.ptr(y);
        for (int x = part.x; x < part.x + part.width - 1; ++x) {
            change += std::abs(row[x] - old[x] - brighter);
            slope += std::abs(row[x + 1] - row[x]);
        }
    }
    const double cells = static_cast<double>(part.width - 1) * part.height;
    constexpr double noise = 1; // grey levels
    return static_cast<float>(std::max(0.0, change / cells - noise) / std::max(noise, slope / cells));
}

} // namespace kiosk::reading
