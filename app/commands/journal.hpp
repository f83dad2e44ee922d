// `kiosk journal`: what staff and system did, and whether it is still what it was.
#pragma once

#include <iosfwd>
#include <string>

namespace kiosk {

/// Follows the chain and compares it with what the office signed. `witnessFile`: the office's own word
/// (`kiosk-intake journal --kiosk ID`), which shows a data folder that was put back as a whole; empty: not at
/// hand. 0: it holds together (said with how far the office has witnessed it); 1: it does not, or cannot be
/// read (said on `err`).
int runJournalVerify(const std::string& dataFolder, const std::string& witnessFile, std::ostream& out,
                     std::ostream& err);
/// A line an entry, oldest first, no personal data. 0; 1: it cannot be read (said on `err`).
int runJournalList(const std::string& dataFolder, std::ostream& out, std::ostream& err);

} // namespace kiosk
