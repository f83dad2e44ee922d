// `kiosk keys check`: are this kiosk's keys complete, private and fit for its office?
#pragma once

#include <iosfwd>
#include <string>

namespace kiosk {

/// 0: all good; 1: the first thing that is wrong, with advice, on `err`. Prints key ids, never keys.
int runKeysCheck(const std::string& dataFolder, std::ostream& out, std::ostream& err);

} // namespace kiosk
