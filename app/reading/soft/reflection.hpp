// Light that a laminated card throws back: where it lies over a code, dark modules look light.
#pragma once

#include <span>
#include <vector>

namespace kiosk::reading::soft {

/// Of a symbol's modules, by the grey levels at their centres (row-major), those within a reflection: as
/// bright as can be, like all that lies beside them, and the bright ones beside those. Of nine modules all
/// are light by chance once in 512 times.
std::vector<bool> findReflections(std::span<const float> greys, int size);

/// How far a light module is to be believed: around a reflection it may be a dark one with light added. 1
/// where none is near.
std::vector<float> lightTrust(const std::vector<bool>& reflections, int size);

} // namespace kiosk::reading::soft
