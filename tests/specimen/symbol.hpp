// The modules of codes, beyond drawing whole ones.
#pragma once

#include "tests/specimen/specimen.hpp"

namespace ZXing {
class BitMatrix;
}

namespace kiosk::specimen {

cv::Mat darkModules(const ZXing::BitMatrix& code);

/// 255 where a QR code of `side` modules (versions 2 to 13) has the same module whatever it says, but for its
/// level and mask: finders, timing, alignment, format and version (ISO/IEC 18004, 6.3).
cv::Mat fixedModules(int side);

} // namespace kiosk::specimen
