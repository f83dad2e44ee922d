#include "app/reading/finding/threshold.hpp"

#include <algorithm>
#include <array>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace kiosk::reading::finding {
namespace {

constexpr int leastContrast = 12; // grey levels, of a picture without noise
constexpr int greatestFloor = 48; // a picture that is texture everywhere must not lose its code to the floor
constexpr double noiseShare = 0.25; // of the blocks are taken to hold nothing but noise
constexpr double aboveNoise = 1.5;
constexpr int reach = 2; // blocks on each side that share a threshold

/// Takes a line into the darkest and the lightest of each column.
KIOSK_FOR_AVX2_TOO
void take(const std::uint8_t* __restrict line, std::size_t width, std::uint8_t* __restrict low,
          std::uint8_t* __restrict high) {
    for (std::size_t x = 0; x < width; ++x) {
        low[x] = std::min(low[x], line[x]);
        high[x] = std::max(high[x], line[x]);
    }
}

/// The first `n` are what `pick` takes of each two of the first 2 n.
template <typename Pick>
void halve(std::vector<std::uint8_t>& values, std::vector<std::uint8_t>& room, std::size_t n, Pick pick) {
    const std::uint8_t* __restrict from = values.data();
    std::uint8_t* __restrict to = room.data();
    for (std::size_t i = 0; i < n; ++i) to[i] = pick(from[2 * i], from[2 * i + 1]);
    values.swap(room);
}

} // namespace

void Thresholds::measure(const GreyView& picture) {
    width_ = picture.width;
    columns_ = (picture.width + block - 1) / block;
    rows_ = (picture.height + block - 1) / block;
    const auto blocks = static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_);
    middles_.resize(blocks);
    spans_.resize(blocks);
    levels_.resize(blocks);
    low_.resize(static_cast<std::size_t>(columns_) * block);
    high_.resize(low_.size());
    halves_.resize(low_.size());
    for (int band = 0; band < rows_; ++band) measureBand(picture, band);
    findFloor();
    spread();
}

std::uint64_t Thresholds::light(const std::uint8_t* line, int x, int y) const {
    const auto* level = row(y) + (x >> blockShift);
    line += x;
    std::uint64_t out = 0;
#ifdef __SSE2__ // the same as below
    if (x + pxAtOnce <= width_) {
        const auto levels = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(level));
        const auto twice = _mm_unpacklo_epi8(levels, levels);
        const std::array fourTimes{_mm_unpacklo_epi8(twice, twice), _mm_unpackhi_epi8(twice, twice)};
        for (unsigned i = 0; i < 4; ++i) { // of 16 px each
            const auto four = fourTimes[i / 2];
            const auto eight = i % 2 == 0 ? _mm_unpacklo_epi8(four, four) : _mm_unpackhi_epi8(four, four);
            const auto px = _mm_loadu_si128(reinterpret_cast<const __m128i*>(line) + i);
            const auto isLight = _mm_cmpeq_epi8(_mm_max_epu8(px, eight), px);
            out |= static_cast<std::uint64_t>(_mm_movemask_epi8(isLight)) << (16 * i);
        }
        return out;
    }
#endif
    const int count = std::min(pxAtOnce, width_ - x);
    for (int i = 0; i < count; ++i) out |= static_cast<std::uint64_t>(line[i] >= level[i >> blockShift]) << i;
    return out;
}

void Thresholds::measureBand(const GreyView& picture, int band) {
    const int top = std::max(0, std::min(band * block, picture.height - block));
    const int lines = std::min(block, picture.height);
    const auto width = static_cast<std::size_t>(picture.width);
    std::copy_n(picture.row(top), width, low_.data());
    std::copy_n(picture.row(top), width, high_.data());
    for (int y = top + 1; y < top + lines; ++y) take(picture.row(y), width, low_.data(), high_.data());
    std::fill(low_.begin() + picture.width, low_.end(), low_[width - 1]);
    std::fill(high_.begin() + picture.width, high_.end(), high_[width - 1]);
    auto* middle = middles_.data() + static_cast<std::ptrdiff_t>(band) * columns_;
    auto* span = spans_.data() + static_cast<std::ptrdiff_t>(band) * columns_;
    // Half as many three times: a value each block.
    const auto blocks = static_cast<std::size_t>(columns_);
    for (auto n = 4 * blocks; n >= blocks; n /= 2) {
        halve(low_, halves_, n, [](auto one, auto other) { return std::min(one, other); });
        halve(high_, halves_, n, [](auto one, auto other) { return std::max(one, other); });
    }
    for (std::size_t c = 0; c < blocks; ++c) {
        middle[c] = static_cast<std::uint8_t>((low_[c] + high_[c] + 1) / 2);
        span[c] = static_cast<std::uint8_t>(high_[c] - low_[c]);
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
