// ZXing-cpp behind one function: bridges its APIs of 1.4 (Debian 12) and from 2.2 (Debian 13).
#pragma once

#include "app/reading/reader.hpp"

namespace kiosk::reading::zxing {

/// LocalAverage copes with uneven light, Global with even light and blurred modules.
enum class Threshold { LocalAverage, Global };

struct Options {
    Threshold threshold = Threshold::LocalAverage;
    bool downscale = false; // also look for large codes in the halved picture
    bool all = false;       // every code, not only the first
};

/// QR codes of a grey picture as raw bytes; corners in its px. Throws what the library throws.
std::vector<CodeFound> read(const GreyView& picture, const Options& options);

} // namespace kiosk::reading::zxing
