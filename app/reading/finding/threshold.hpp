// Where light ends and dark begins in each part of a picture: block-adaptive thresholds with a contrast floor
// taken from the picture's own noise.
#pragma once

#include "app/reading/grey_view.hpp"

#include <cstdint>
#include <vector>

namespace kiosk::reading::finding {

/// One threshold for each block of 8 x 8 px: half way between the darkest and the lightest px around it.
/// Blocks without contrast take their neighbours'; where there is none around, everything counts as light.
class Thresholds {
public:
    static constexpr int blockShift = 3, block = 1 << blockShift; // px

    /// Measures `picture` (at least one block a side). Keeps its buffers from call to call.
    void measure(const GreyView& picture);

    int columns() const { return columns_; }
    int rows() const { return rows_; }
    /// Grey level; a px at or above it is light.
    std::uint8_t at(int x, int y) const {
        const int at = (y >> blockShift) * columns_ + (x >> blockShift);
        return levels_[static_cast<std::size_t>(at)];
    }
    const std::uint8_t* row(int y) const {
        return levels_.data() +
               static_cast<std::size_t>(y >> blockShift) * static_cast<std::size_t>(columns_);
    }
    static constexpr int pxAtOnce = 64;
    /// A bit for each of `pxAtOnce` px of row `y` from `x` on, which begins a block: 1 where it is light, the
    /// first px lowest; 0 beyond the row's end. `line` is the row.
    std::uint64_t light(const std::uint8_t* line, int x, int y) const;
    /// Span of grey levels in a block, for whoever looks for texture.
    std::uint8_t contrast(int column, int row) const {
        const int at = row * columns_ + column;
        return spans_[static_cast<std::size_t>(at)];
    }
    /// Spans below this are noise.
    int floor() const { return floor_; }

private:
    void measureBand(const GreyView& picture, int band);
    void findFloor();
    void spread();

    int width_ = 0, columns_ = 0, rows_ = 0, floor_ = 0;
    std::vector<std::uint8_t> low_, high_, halves_; // of a band's columns
    std::vector<std::uint8_t> middles_, spans_;     // a block each
    std::vector<std::uint8_t> levels_;
};

} // namespace kiosk::reading::finding
