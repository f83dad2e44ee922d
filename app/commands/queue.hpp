// `kiosk queue`: what waits to be sent, counted beside a running kiosk, without personal data; and its way to
// the office on a memory stick.
#pragma once

#include <iosfwd>
#include <string>

namespace kiosk {

/// 0: printed; 1: the queue cannot be read (said on `err`).
int runQueue(const std::string& dataFolder, bool json, std::ostream& out, std::ostream& err);

/// Sealed copies of what the office has not acknowledged, for `kiosk-intake import`. 0: all lie in `folder`.
int runQueueExport(const std::string& dataFolder, const std::string& folder, std::ostream& out,
                   std::ostream& err);
/// Takes the office's answers back from the stick. 0: every one was taken; 1: some were not (said on `err`).
int runQueueSettle(const std::string& dataFolder, const std::string& folder, std::ostream& out,
                   std::ostream& err);

} // namespace kiosk
