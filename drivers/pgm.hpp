// Portable grey maps (Netpbm P2 and P5): what other tools write without a library.
#pragma once

#include "drivers/picture.hpp"

namespace kiosk::pgm {

bool looksLike(ByteView bytes);

/// Depths of more than 8 bits are scaled down. Errors: PictureUnreadable.
Result<Frame> decode(ByteView bytes);

} // namespace kiosk::pgm
