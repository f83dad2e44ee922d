// A linear equaliser for one symbol in one frame: regularised least squares on the modules whose colour is
// known undo the frame's own blur, motion, gain of ink and sharpening (Proakis 2001, chapter 10: minimum mean
// square error).
#pragma once

#include "app/reading/soft/samples.hpp"

#include <span>
#include <vector>

namespace kiosk::reading::soft {

/// Taps at half-module spacing.
enum class Taps { FiveByFive, SevenBySeven };

struct Equalized {
    /// Row-major, a module each; > 0 dark; log-likelihood ratios (natural), as far as the residual tells.
    std::vector<float> ratios;
    float noise =
        1; // deviation of the output from -1 and +1 on the known modules, corrected for their number
};

/// `known`: a module each, +1 dark, -1 light, 0 unknown, or a fraction of that for a guess of that weight.
Equalized equalize(const Samples& samples, std::span<const float> known, Taps taps);

/// What is known of every symbol of a version: function patterns and version information; the rest 0.
std::vector<float> knownModules(int version);

} // namespace kiosk::reading::soft
