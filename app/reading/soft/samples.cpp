#include "app/reading/soft/samples.hpp"

#include "app/reading/soft/reflection.hpp"
#include "app/reading/symbol/layout.hpp"

#include <algorithm>
#include <cmath>

namespace kiosk::reading::soft {
namespace {

constexpr int reach = 4;               // modules on each side that share a level of light
constexpr float leastContrast = 0.15F; // of the symbol's median: below, nothing can be read
constexpr float fullContrast = 0.5F;
constexpr double leastSeen = 12;   // modules outside reflections that a level can be told from
constexpr double leastDark = 0.1;  // share of dark modules
constexpr float clipped = 246;     // grey level
constexpr float tooBright = -1.9F; // lighter than light: a reflection

std::size_t indexOf(int x, int y, int side) {
    const int at = y * side + x;
    return static_cast<std::size_t>(at);
}

/// Sums over rectangles of modules.
class Sums {
public:
    explicit Sums(int size)
        : side_(size + 1), sums_(static_cast<std::size_t>(side_) * static_cast<std::size_t>(side_)) {}
    template <typename Value>
    void fill(Value value) {
        for (int y = 1; y < side_; ++y) {
            double line = 0;
            for (int x = 1; x < side_; ++x) {
                line += value(x - 1, y - 1);
                at(x, y) = at(x, y - 1) + line;
            }
        }
    }
    double around(int x, int y) const {
        const int left = std::max(0, x - reach), top = std::max(0, y - reach);
        const int right = std::min(side_ - 1, x + reach + 1), bottom = std::min(side_ - 1, y + reach + 1);
        return at(right, bottom) - at(left, bottom) - at(right, top) + at(left, top);
    }

private:
    double& at(int x, int y) { return sums_[indexOf(x, y, side_)]; }
    double at(int x, int y) const { return sums_[indexOf(x, y, side_)]; }
    int side_;
    std::vector<double> sums_;
};

} // namespace

/// Half modules wider than a px are averaged over several points: less noise, no aliasing.
Samples::Samples(const GreyView& picture, const finding::Grid& grid)
    : size_(grid.size()), side_(2 * size_ + 1 + 2 * pad),
      points_(std::clamp(static_cast<int>(std::lround(grid.modulePx() / 2.2F)), 1, 4)),
      values_(static_cast<std::size_t>(side_) * static_cast<std::size_t>(side_)),
      trust_(static_cast<std::size_t>(size_) * static_cast<std::size_t>(size_)), middle_(trust_.size()),
      half_(trust_.size()) {
    for (int row = 0; row < size_; ++row)
        for (int column = 0; column < size_; ++column)
            values_[centre(column, row)] = take(picture, grid, 2 * column + 1 + pad, 2 * row + 1 + pad);
    level(grid.version());
}

void Samples::takeBetween(const GreyView& picture, const finding::Grid& grid) {
    std::size_t i = 0;
    for (int y = 0; y < side_; ++y)
        for (int x = 0; x < side_; ++x, ++i) {
            const int column = std::clamp((x - pad) / 2, 0, size_ - 1),
                      row = std::clamp((y - pad) / 2, 0, size_ - 1);
            if (i == centre(column, row)) continue;
            values_[i] = levelled(take(picture, grid, x, y), indexOf(column, row, size_));
        }
}

/// Grey level of the lattice's place (x, y).
float Samples::take(const GreyView& picture, const finding::Grid& grid, int x, int y) const {
    const float u = static_cast<float>(x - pad) * 0.5F, v = static_cast<float>(y - pad) * 0.5F;
    const finding::Point at = grid.at(u, v);
    if (points_ == 1) return finding::greyAt(picture, at);
    // A straight patch: its own corner and steps stand for the map.
    const finding::Point dx = (grid.at(u + 0.25F, v) - at) * 2, dy = (grid.at(u, v + 0.25F) - at) * 2;
    const auto points = static_cast<float>(points_);
    float sum = 0;
    for (int b = 0; b < points_; ++b)
        for (int a = 0; a < points_; ++a) {
            const float s = (static_cast<float>(a) + 0.5F) / points - 0.5F;
            const float t = (static_cast<float>(b) + 0.5F) / points - 0.5F;
            sum += finding::greyAt(picture, at + dx * s + dy * t);
        }
    return sum / (points * points);
}

/// Around each module, mean and deviation tell the middle between light and dark and half their distance,
/// given how many of the modules around are known to be dark: for levels M +- A and a share f of dark ones,
/// mean = M + (1 - 2f) A and deviation^2 = 4 f (1 - f) A^2.
void Samples::level(int version) {
    const auto& layout = symbol::layout(version);
    Sums ones(size_), squares(size_), darkness(size_), count(size_);
    const auto grey = [&](int x, int y) { return static_cast<double>(values_[centre(x, y)]); };
    std::vector<float> greys(trust_.size());
    for (int y = 0; y < size_; ++y)
        for (int x = 0; x < size_; ++x) greys[indexOf(x, y, size_)] = values_[centre(x, y)];
    const auto reflections = findReflections(greys, size_);
    const auto seen = [&](int x, int y) { return reflections[indexOf(x, y, size_)] ? 0.0 : 1.0; };
    ones.fill([&](int x, int y) { return seen(x, y) * grey(x, y); });
    squares.fill([&](int x, int y) { return seen(x, y) * grey(x, y) * grey(x, y); });
    darkness.fill([&](int x, int y) {
        const auto role = layout.role(x, y);
        return seen(x, y) * (role == symbol::Role::Dark ? 1.0 : role == symbol::Role::Light ? 0.0 : 0.5);
    });
    count.fill(seen);
    for (int y = 0; y < size_; ++y)
        for (int x = 0; x < size_; ++x) {
            const auto i = indexOf(x, y, size_);
            const double n = count.around(x, y);
            if (n < leastSeen) continue; // no contrast
            const double mean = ones.around(x, y) / n;
            const double f = std::clamp(darkness.around(x, y) / n, leastDark, 1 - leastDark);
            const double deviation = std::sqrt(std::max(0.0, squares.around(x, y) / n - mean * mean));
            const double a = deviation / (2 * std::sqrt(f * (1 - f)));
            half_[i] = static_cast<float>(a);
            middle_[i] = static_cast<float>(mean - (1 - 2 * f) * a);
        }
    auto sorted = half_;
    const auto median = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
    std::nth_element(sorted.begin(), median, sorted.end());
    const float usual = std::max(1.0F, *median);
    const auto ofLight = lightTrust(reflections, size_);
    for (int row = 0; row < size_; ++row)
        for (int column = 0; column < size_; ++column) {
            const auto i = indexOf(column, row, size_);
            auto& value = values_[centre(column, row)];
            trust_[i] =
                std::clamp((half_[i] / usual - leastContrast) / (fullContrast - leastContrast), 0.0F, 1.0F);
            half_[i] = std::max(half_[i], fullContrast * usual);
            if (value >= clipped && (middle_[i] - value) / half_[i] < tooBright) trust_[i] = 0;
            value = levelled(value, i);
            if (reflections[i] || value < 0) trust_[i] *= ofLight[i];
        }
}

float Samples::levelled(float grey, std::size_t module) const {
    return std::clamp((middle_[module] - grey) / half_[module], -2.5F, 2.5F);
}

std::vector<float> Samples::plain() const {
    std::vector<float> out(trust_.size());
    for (int y = 0; y < size_; ++y)
        for (int x = 0; x < size_; ++x) {
            const auto i = indexOf(x, y, size_);
            out[i] = values_[centre(x, y)] * trust_[i];
        }
    return out;
}

} // namespace kiosk::reading::soft
