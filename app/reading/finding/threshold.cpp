#include "app/reading/finding/threshold.hpp"

#include <algorithm>
#include <array>

namespace kiosk::reading::finding {
namespace {

constexpr int leastContrast = 12; // grey levels, of a picture without noise
constexpr int greatestFloor = 48; // a picture that is texture everywhere must not lose its code to the floor
constexpr double noiseShare = 0.25; // of the blocks are taken to hold nothing but noise
constexpr double aboveNoise = 1.5;
constexpr int reach = 2; // blocks on each side that share a threshold

} // namespace

void Thresholds::measure(const GreyView& picture) {
    columns_ = (picture.width + block - 1) / block;
    rows_ = (picture.height + block - 1) / block;
    const auto blocks = static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_);
    middles_.resize(blocks);
    spans_.resize(blocks);
    levels_.resize(blocks);
    low_.resize(static_cast<std::size_t>(columns_) * block);
    high_.resize(low_.size());
    for (int band = 0; band < rows_; ++band) measureBand(picture, band);
    findFloor();
    spread();
}

void Thresholds::measureBand(const GreyView& picture, int band) {
    const int top = std::max(0, std::min(band * block, picture.height - block));
    const int lines = std::min(block, picture.height);
    const auto width = static_cast<std::size_t>(picture.width);
    std::copy_n(picture.row(top), width, low_.data());
    std::copy_n(picture.row(top), width, high_.data());
    for (int y = top + 1; y < top + lines; ++y) {
        const auto* line = picture.row(y);
        auto *low = low_.data(), *high = high_.data();
        for (std::size_t x = 0; x < width; ++x) {
            low[x] = std::min(low[x], line[x]);
            high[x] = std::max(high[x], line[x]);
        }
    }
    std::fill(low_.begin() + picture.width, low_.end(), low_[width - 1]);
    std::fill(high_.begin() + picture.width, high_.end(), high_[width - 1]);
    auto* middle = middles_.data() + static_cast<std::ptrdiff_t>(band) * columns_;
    auto* span = spans_.data() + static_cast<std::ptrdiff_t>(band) * columns_;
    for (int c = 0; c < columns_; ++c) {
        const auto at = static_cast<std::size_t>(c) * block;
        const auto *l = low_.data() + at, *h = high_.data() + at;
        std::uint8_t least = l[0], most = h[0];
        for (int i = 1; i < block; ++i) {
            least = std::min(least, l[i]);
            most = std::max(most, h[i]);
        }
        middle[c] = static_cast<std::uint8_t>((least + most + 1) / 2);
        span[c] = static_cast<std::uint8_t>(most - least);
    }
}

void Thresholds::findFloor() {
    std::array<int, 256> histogram{};
    for (const auto s : spans_) ++histogram[s];
    int left = static_cast<int>(static_cast<double>(spans_.size()) * noiseShare), noise = 0;
    while (noise < 255 && (left -= histogram[static_cast<std::size_t>(noise)]) > 0) ++noise;
    floor_ = std::clamp(static_cast<int>(noise * aboveNoise), leastContrast, greatestFloor);
}

/// Each block's level is the mean middle of the contrasty blocks around it, weighted by their contrast.
void Thresholds::spread() {
    const auto columns = static_cast<std::size_t>(columns_);
    std::vector<std::uint32_t> sums(columns), weights(columns);
    const auto add = [&](int row, int sign) {
        if (row < 0 || row >= rows_) return;
        const auto start = static_cast<std::size_t>(row) * columns;
        for (std::size_t c = 0; c < columns; ++c) {
            const std::uint32_t span = spans_[start + c];
            const std::uint32_t weight = span >= static_cast<std::uint32_t>(floor_) ? span : 0;
            sums[c] += static_cast<std::uint32_t>(sign) * weight * middles_[start + c];
            weights[c] += static_cast<std::uint32_t>(sign) * weight;
        }
    };
    for (int row = 0; row < reach; ++row) add(row, 1);
    for (int row = 0; row < rows_; ++row) {
        add(row + reach, 1);
        add(row - reach - 1, -1);
        std::uint32_t sum = 0, weight = 0;
        constexpr std::size_t ahead = reach, passed = reach + 1;
        for (std::size_t c = 0; c < std::min(ahead, columns); ++c) {
            sum += sums[c];
            weight += weights[c];
        }
        auto* level = levels_.data() + static_cast<std::size_t>(row) * columns;
        for (std::size_t c = 0; c < columns; ++c) {
            if (c + ahead < columns) {
                sum += sums[c + ahead];
                weight += weights[c + ahead];
            }
            if (c >= passed) {
                sum -= sums[c - passed];
                weight -= weights[c - passed];
            }
            level[c] = weight == 0 ? std::uint8_t{0} : static_cast<std::uint8_t>(sum / weight);
        }
    }
}

} // namespace kiosk::reading::finding
