// Where each module of a symbol lies in a picture: a homography fitted to the patterns that every symbol of
// the version has, bent where lens or card bend it.
#pragma once

#include "app/reading/finding/geometry.hpp"
#include "app/reading/finding/triples.hpp"
#include "app/reading/grey_view.hpp"

#include <optional>
#include <span>
#include <vector>

namespace kiosk::reading::finding {

/// (u, v) in modules from the top left corner of the symbol -> px.
class Grid {
public:
    Grid(int version, const std::array<Point, 4>& quad);

    int version() const { return version_; }
    int size() const { return size_; }
    Point at(float u, float v) const;
    /// The symbol's outer corners, clockwise from its top left.
    std::array<Point, 4> corners() const;
    /// px a module in the middle of the symbol.
    float modulePx() const;
    /// How clearly the version's known patterns stand where the grid has them: 0 nothing .. 1 as the finders
    /// do.
    float fit() const { return fit_; }

    /// Bends the grid so that finders, timing and alignment patterns lie where they are seen (thin-plate
    /// spline, Bookstein 1989), as far as they can be seen. False when nothing is off by more than a fifth of
    /// a module.
    bool bend(const GreyView& picture);

private:
    friend class GridChoice;
    friend std::optional<Grid> refitGrid(const GreyView&, int version, const std::array<Point, 4>&);
    void refine(const GreyView& picture, std::span<const std::size_t> moved);
    void climb(const GreyView& picture, std::span<const std::size_t> points, float step, float& best);
    void setBend(std::span<const Point> places, std::span<const Point> offsets);

    int version_, size_;
    std::array<Point, 4> quad_; // centres of the finders, and where a fourth would be
    Homography map_;
    float fit_ = 0;
    std::vector<Point> bend_; // offsets in modules, on a lattice of `bendStep` modules; empty: straight
    int bendSide_ = 0;
};

/// The grid whose version and perspective fit the timing, alignment and version patterns best. Nullopt when
/// no version does.
std::optional<Grid> fitGrid(const GreyView& picture, const Triple& triple);

/// A grid known from an earlier frame, moved to where it fits now: `quad` as corners() gave it.
std::optional<Grid> refitGrid(const GreyView& picture, int version, const std::array<Point, 4>& corners);

} // namespace kiosk::reading::finding
