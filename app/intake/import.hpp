// Takes the parcels of a memory stick (`kiosk queue export`) and leaves the signed answers beside them.
#pragma once

#include "app/intake/receiver.hpp"

#include <string>
#include <vector>

namespace kiosk::intake {

struct Imported {
    int answered = 0;                  // taken now or before: the answer lies on the stick
    std::vector<std::string> problems; // a file name and why it was not taken; the parcel stays on the stick
};

/// May run beside a serving intake. Errors: StoreUnavailable when the folder cannot be read.
Result<Imported> importFolder(Receiver& receiver, const std::string& folder, Instant now);

} // namespace kiosk::intake
