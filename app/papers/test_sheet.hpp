// A page that shows how a printer does: Vietnamese letters with all their marks, lines, greys, and a length
// to measure.
#pragma once

#include "app/base/result.hpp"
#include "app/base/time.hpp"

#include <string>

namespace kiosk::papers {

/// A4, as PDF. Errors: PaperFailed.
Result<std::string> testSheetPdf(const std::string& office, Instant at);

} // namespace kiosk::papers
