// A frame in which finder patterns show through blur and noise.
#pragma once

#include "app/reading/grey_view.hpp"

#include <cstdint>
#include <vector>

namespace kiosk::reading::soft {

/// Blur fills a finder's light ring until it is as dark as a threshold between the card and the ink; noise
/// breaks runs into pieces. A band of frequencies around those of modules undoes both: three times the mean
/// of 3 x 3 px, weighted as by a Gaussian, less twice that of 7 x 7 px (of codes of 1.5 to 5 px a module),
/// each rounded; the picture is mirrored at its outermost px. Px for px what OpenCV's GaussianBlur, blur and
/// addWeighted give, in one pass: they take more than twice as long, for the memory between them.
/// `out`: rows without gaps. At least 4 x 4 px.
void sharpen(const GreyView& picture, std::vector<std::uint8_t>& out);

} // namespace kiosk::reading::soft
