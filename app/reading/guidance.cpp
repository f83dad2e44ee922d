#include "app/reading/guidance.hpp"

#include "app/reading/measures.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <opencv2/imgproc.hpp>

namespace kiosk::reading {
namespace {

/// Greys and edges of a part of the frame, from some of its pixels.
struct Close {
    std::array<int, 256> greys{}, steps{};
    double xx = 0, yy = 0, xy = 0; // products of steps: the structure tensor
    int count = 0;

    Close(const cv::Mat& frame, cv::Rect part);
    static int percentile(const std::array<int, 256>& counts, int total, double share);
    int grey(double share) const { return percentile(greys, count, share); }
    int step(double share) const { return percentile(steps, count, share); }
    float direction() const;
};

Close::Close(const cv::Mat& frame, cv::Rect part) {
    part &= cv::Rect(0, 0, frame.cols - 1, frame.rows - 1);
    const int every = std::max(1, part.height / 120); // enough rows of a large part
    for (int y = part.y; y < part.y + part.height; y += every) {
        const auto *row = frame.ptr(y), *next = frame.ptr(y + 1);
        for (int x = part.x; x < part.x + part.width; ++x) {
            const int dx = row[x + 1] - row[x], dy = next[x] - row[x];
            ++greys[row[x]];
            ++steps[static_cast<std::size_t>(std::max(std::abs(dx), std::abs(dy)))];
            xx += dx * dx, yy += dy * dy, xy += dx * dy;
            ++count;
        }
    }
}

int Close::percentile(const std::array<int, 256>& counts, int total, double share) {
    const auto wanted = static_cast<int>(share * total);
    int below = 0, value = 0;
    while (value < 255 && (below += counts[static_cast<std::size_t>(value)]) <= wanted) ++value;
    return value;
}

float Close::direction() const {
    const double half = std::sqrt((xx - yy) * (xx - yy) / 4 + xy * xy), middle = (xx + yy) / 2;
    return middle + half <= 0 ? 1 : static_cast<float>(std::sqrt(std::max(0.0, middle - half) / (middle + half)));
}

} // namespace

struct Guidance::Inside {
    Grid grid;
    cv::Mat before; // the grid's grey of the frame before

    float shift(cv::Rect cells);
};

float Guidance::Inside::shift(cv::Rect cells) {
    if (before.size() != grid.mean.size() || cells.empty()) return 0;
    cv::Mat change, slope;
    cv::absdiff(grid.mean(cells), before(cells), change);
    const cv::Rect left(cells.x, cells.y, cells.width - 1, cells.height), right = left + cv::Point(1, 0);
    cv::absdiff(grid.mean(left), grid.mean(right), slope);
    return static_cast<float>(std::max(0.0, cv::mean(change)[0] - 1.0) / std::max(1.0, cv::mean(slope)[0])) / static_cast<float>(grid.mean.cols);
}

Guidance::Guidance() : inside_(std::make_unique<Inside>()) {}
Guidance::~Guidance() = default;
Guidance::Guidance(Guidance&&) noexcept = default;
Guidance& Guidance::operator=(Guidance&&) noexcept = default;

Measures Guidance::measure(const GreyView& view, const std::optional<Sighting>&) {
    Measures m;
    const cv::Mat frame(view.height, view.width, CV_8UC1, const_cast<std::uint8_t*>(view.pixels), static_cast<std::size_t>(view.stride));
    auto& grid = inside_->grid;
    grid.fill(frame);
    const auto patch = densestPatch(grid);
    const auto outline = cardOutline(grid);
    const float cell = static_cast<float>(grid.cell);
    m.contrast = patch.density;
    const cv::Rect cells(0, 0, grid.mean.cols, grid.mean.rows);
    const cv::Rect middle(cells.width / 4, cells.height / 4, cells.width / 2, cells.height / 2);
    cv::Rect looked = middle;
    if (!patch.mask.empty()) {
        m.seen = patch.aspect < 1.6 && patch.filled > 0.75;
        m.side = patch.side * cell;
        m.sideShare = m.side / static_cast<float>(view.height);
        m.modulePx = m.side / 49;
        m.crossed = static_cast<float>(cv::mean(grid.crossed, patch.mask)[0] / std::max(1.0, cv::mean(grid.energy, patch.mask)[0]));
        const cv::Rect px(patch.box.x * grid.cell, patch.box.y * grid.cell, patch.box.width * grid.cell, patch.box.height * grid.cell);
        const Close close(frame, px);
        m.direction = close.direction();
        m.sharpness = static_cast<float>(close.step(0.98)) / static_cast<float>(std::max(1, close.grey(0.95) - close.grey(0.05)));
        const auto& b = patch.box;
        const int edges = (b.x <= 1) + (b.y <= 1) + (b.x + b.width >= cells.width - 1) + (b.y + b.height >= cells.height - 1);
        m.cut = static_cast<float>(edges);
        cv::Mat spots;
        cv::compare(grid.clipped(b), 180, spots, cv::CMP_GE);
        m.glare = static_cast<float>(cv::countNonZero(spots)) / static_cast<float>(b.area());
        looked = cv::Rect(b.x - b.width / 2, b.y - b.height / 2, 2 * b.width, 2 * b.height) & cells;
        m.aspect = patch.aspect; m.filled = patch.filled;
        m.spread = static_cast<float>(close.grey(0.72) - close.grey(0.28)) / static_cast<float>(std::max(1, close.grey(0.95) - close.grey(0.05)));
    }
    if (!outline.empty()) {
        m.card = true;
        const auto box = cv::minAreaRect(outline);
        m.cardShare = std::max(box.size.width, box.size.height) / static_cast<float>(cells.width);
    }
    const Close around(frame, {looked.x * grid.cell, looked.y * grid.cell, looked.width * grid.cell, looked.height * grid.cell});
    m.black = static_cast<float>(around.grey(0.03));
    m.white = static_cast<float>(around.grey(0.97));
    m.clipped = static_cast<float>(cv::mean(grid.clipped(looked))[0] / 255);
    m.motion = inside_->shift(looked);
    grid.mean.copyTo(inside_->before);
    return m;
}

} // namespace kiosk::reading
