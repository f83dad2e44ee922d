// `kiosk queue`: what waits to be sent, counted beside a running kiosk, without personal data.
#pragma once

#include <iosfwd>
#include <string>

namespace kiosk {

/// 0: printed; 1: the queue cannot be read (said on `err`).
int runQueue(const std::string& dataFolder, bool json, std::ostream& out, std::ostream& err);

} // namespace kiosk
