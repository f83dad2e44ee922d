// Thin-plate spline: the smoothest bending that carries given places by given offsets (Bookstein 1989).
#pragma once

#include "app/reading/finding/geometry.hpp"

#include <span>
#include <vector>

namespace kiosk::reading::finding {

class Spline {
public:
    /// At least three places not in a line; slightly regularised, so that noise in the offsets is not
    /// followed.
    Spline(std::span<const Point> places, std::span<const Point> offsets);
    Point at(Point place) const;

private:
    std::vector<Point> places_, weights_; // the last three weights: constant, x, y
};

} // namespace kiosk::reading::finding
