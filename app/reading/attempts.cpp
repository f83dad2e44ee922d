#include "app/reading/attempts.hpp"

#include <array>

namespace kiosk::reading {
namespace {

using enum zxing::Threshold;

constexpr std::array table = {
    Attempt{"a code where it was before", Area::LastPlace, Filter::Unsharp, 2, LocalAverage, false, 20},
    Attempt{"a clear code of any size", Area::Frame, Filter::None, 1, LocalAverage, true, 12},
    Attempt{"a small or blurred code", Area::Densest, Filter::Unsharp, 2, LocalAverage, false, 20},
    Attempt{"a blurred code in even light", Area::Densest, Filter::Unsharp, 2, Global, false, 20},
    Attempt{"a blurred code among other texture", Area::Frame, Filter::Unsharp, 1, LocalAverage, false, 16},
    Attempt{"a code in even light, low contrast", Area::Frame, Filter::None, 1, Global, true, 12},
    Attempt{"light modules on dark", Area::Frame, Filter::Invert, 1, LocalAverage, true, 14},
    Attempt{"a small blurred code among other texture", Area::Frame, Filter::Unsharp, 2, LocalAverage, false,
            20},
};

} // namespace

std::span<const Attempt> attempts() { return table; }

} // namespace kiosk::reading
