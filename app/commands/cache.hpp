// `kiosk cache import`: seals the office's records of its customers on this kiosk, so that only their cards
// open them.
#pragma once

#include <iosfwd>
#include <string>

namespace kiosk {

/// 0: every row stored; 2: some rows are bad and named on `err`, the others are stored; 1: nothing could be
/// imported. `keepDays`: records end then.
int runCacheImport(const std::string& dataFolder, const std::string& csv, std::ostream& out,
                   std::ostream& err, int keepDays = 365);

} // namespace kiosk
