// Would the kiosk open its doors with these assets?
#pragma once

#include "app/base/result.hpp"

#include <string>

namespace kiosk {

/// Catalogue, units, every procedure and, in both languages, every word that `baseAssets` has. Errors:
/// BundleInvalid with the first mistake.
Result<void> checkUsable(const std::string& assets, const std::string& baseAssets);

} // namespace kiosk
