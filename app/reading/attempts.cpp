#include "app/reading/attempts.hpp"

#include <array>

namespace kiosk::reading {
namespace {

using soft::Search;
using enum zxing::Threshold;

constexpr bool spared = true;

constexpr std::array table = {
    Attempt{"a code where it was before", Search::LastPlace},
    Attempt{"a clear code of 3 to 12 px a module", Search::FewRuns},
    Attempt{"a clear code from 2 px a module", Search::Runs},
    Attempt{"a code of which one finder is blurred, scratched or touched", Search::Thirds},
    Attempt{"a blurred or noisy code", Search::SharpRuns},
    Attempt{"the same with a finder that is not clear", Search::Thirds},
    Attempt{"a code of which one finder is clear", Search::Alike},
    Attempt{"a code of which a finder cannot be seen at all", Search::Pairs, spared},
    Attempt{"a code seen in several frames, in none well enough", Search::Together},
    Attempt{"a code from 1.5 px a module, or among much texture", Search::MoreRuns, spared},
    Attempt{"the same with a finder that is not clear", Search::Thirds, spared},
    Attempt{"a blurred, dark or noisy code", Search::DenseRings, spared},
    Attempt{"the same with a finder that is not clear", Search::Thirds, spared},
    Attempt{"the same with a finder that cannot be seen", Search::Pairs, spared},
    Attempt{"the same over several frames", Search::Together},
    Attempt{"a code close up", Search::LargeRuns, spared},
    Attempt{"a clear code that is bent, mirrored or stylish",
            Preparation{Part::Frame, Filter::None, 1, LocalAverage, true, 12}, spared},
    Attempt{"light modules on dark", Preparation{Part::Frame, Filter::Invert, 1, LocalAverage, true, 14},
            spared},
    Attempt{"a small or blurred code",
            Preparation{Part::Densest, Filter::Unsharp, 2, LocalAverage, false, 20}, spared},
    Attempt{"a blurred code in even light", Preparation{Part::Densest, Filter::Unsharp, 2, Global, false, 20},
            spared},
    Attempt{"a code in even light, low contrast", Preparation{Part::Frame, Filter::None, 1, Global, true, 12},
            spared},
    Attempt{"a blurred code among other texture",
            Preparation{Part::Frame, Filter::Unsharp, 1, LocalAverage, false, 16}, spared},
};

} // namespace

std::span<const Attempt> attempts() { return table; }

} // namespace kiosk::reading
