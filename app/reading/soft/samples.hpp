// A symbol's grey levels on a lattice of half modules, freed of uneven light.
#pragma once

#include "app/reading/finding/grid.hpp"
#include "app/reading/grey_view.hpp"

#include <vector>

namespace kiosk::reading::soft {

/// Values > 0 are dark; -1 and +1 are the levels of wide light and dark areas nearby. `trust` 0 .. 1 says how
/// much contrast is left at a module: 0 within a reflection.
class Samples {
public:
    static constexpr int pad = 4; // half modules around the symbol

    /// Takes the centres of the modules only: all that a clear code needs.
    Samples(const GreyView& picture, const finding::Grid& grid);
    /// Takes what lies between them and around the symbol, a quarter of the work having been done.
    void takeBetween(const GreyView& picture, const finding::Grid& grid);

    int size() const { return size_; } // modules
    int side() const { return side_; } // half modules, with both pads
    /// Index of a module's centre.
    std::size_t centre(int column, int row) const {
        const int at = (2 * row + 1 + pad) * side_ + 2 * column + 1 + pad;
        return static_cast<std::size_t>(at);
    }
    /// Zeros beside the centres until takeBetween().
    const std::vector<float>& values() const { return values_; }
    /// Row-major, a module each.
    const std::vector<float>& trust() const { return trust_; }
    /// The values at the centres of the modules, weighted by trust: what can be decoded when nothing is
    /// blurred.
    std::vector<float> plain() const;

private:
    float take(const GreyView& picture, const finding::Grid& grid, int x, int y) const;
    void level(int version);
    float levelled(float grey, std::size_t module) const;

    int size_, side_, points_;
    std::vector<float> values_, trust_;
    std::vector<float> middle_, half_; // the levels of light and dark around a module: middle +- half
};

} // namespace kiosk::reading::soft
