// How much a long run is asked for.
#pragma once

#include <cstdlib>

namespace kiosk::testing {

/// What the environment's `variable` says; `otherwise` where it is not set.
inline long numberFrom(const char* variable, long otherwise) {
    const auto* text = std::getenv(variable);
    return text == nullptr ? otherwise : std::atol(text);
}

} // namespace kiosk::testing
