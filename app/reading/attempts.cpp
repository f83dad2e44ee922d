#include "app/reading/attempts.hpp"

#include <array>

namespace kiosk::reading {
namespace {

using enum Attempt::Due;
using soft::Search;
using enum zxing::Threshold;

constexpr std::array table = {
    Attempt{"a code where it was before", Search::LastPlace, Always},
    Attempt{"a clear code of 3 to 12 px a module", Search::FewRuns, Always},
    Attempt{"a clear code from 2 px a module", Search::Runs, Always},
    Attempt{"a code of which one finder is blurred, scratched or touched", Search::Thirds, Always},
    Attempt{"a blurred or noisy code", Search::SharpRuns},
    Attempt{"the same with a finder that is not clear", Search::Thirds},
    Attempt{"a code of which one finder is clear", Search::Alike},
    Attempt{"a code of which a finder cannot be seen at all", Search::Pairs, Spared},
    Attempt{"a code seen in several frames, in none well enough", Search::Together},
    Attempt{"a code from 1.5 px a module, or among much texture", Search::MoreRuns, Spared},
    Attempt{"the same with a finder that is not clear", Search::Thirds, Spared},
    Attempt{"a blurred, dark or noisy code", Search::DenseRings, Spared},
    Attempt{"the same with a finder that is not clear", Search::Thirds, Spared},
    Attempt{"a clear code that is bent, mirrored or stylish",
            Preparation{Part::Frame, Filter::None, 1, LocalAverage, true, 12}, Spared},
    Attempt{"the same with a finder that cannot be seen", Search::Pairs, Spared},
    Attempt{"the same over several frames", Search::Together},
    Attempt{"a code close up", Search::LargeRuns, Spared},
    Attempt{"light modules on dark", Preparation{Part::Frame, Filter::Invert, 1, LocalAverage, true, 14},
            Spared},
    Attempt{"a small or blurred code",
            Preparation{Part::Densest, Filter::Unsharp, 2, LocalAverage, false, 20}, Spared},
    Attempt{"a blurred code in even light", Preparation{Part::Densest, Filter::Unsharp, 2, Global, false, 20},
            Spared},
    Attempt{"a code in even light, low contrast", Preparation{Part::Frame, Filter::None, 1, Global, true, 12},
            Spared},
    Attempt{"a blurred code among other texture",
            Preparation{Part::Frame, Filter::Unsharp, 1, LocalAverage, false, 16}, Spared},
};

} // namespace

std::span<const Attempt> attempts() { return table; }

} // namespace kiosk::reading
