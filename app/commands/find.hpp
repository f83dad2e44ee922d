// kiosk find: the catalogue's search at a terminal, a JSON line a hit.
#pragma once

#include "app/base/assets.hpp"

#include <cstddef>
#include <iosfwd>
#include <string>

namespace kiosk {

struct FindOptions {
    std::string assetsFolder = kiosk::assetsFolder();
    std::string text;       // the query; not looked at with fromStdin
    bool fromStdin = false; // a query a line
    std::size_t limit = 5;  // hits a query
};

/// Writes {"query","code","name","score"} lines, best first; one line with code null where there is none. The
/// query stands there as it was given (bytes that are not UTF-8 as U+FFFD). Returns the exit code: 0, or 1
/// when the catalogue cannot be read or out written.
int runFind(const FindOptions& options, std::istream& in, std::ostream& out, std::ostream& err);

} // namespace kiosk
