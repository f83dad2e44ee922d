// The office's keys made anew while its kiosks go on: what each knows leads to what comes next.
#pragma once

#include "app/base/result.hpp"

#include <string>
#include <vector>

namespace kiosk::intake {

enum class OfficeKey {
    Sealing, ///< earlier ones stay in keys/ for the parcels sealed to them
    Signing, ///< the earlier secret is gone afterwards; its public half counts on for what it signed
    Tls      ///< the pair its server shows
};

/// Makes another one and, but for the sealing key, the notice that hands over to it, signed by the signing
/// key there is. A serving intake uses and announces it after its next start; kiosks take it over within the
/// hour, or at once when they meet it. Whoever stole a signing key can hand over as well: then every kiosk
/// must be enrolled anew. Errors: as loadOffice, Store….
Result<void> rotate(const std::string& dataFolder, OfficeKey key);

/// Puts in place what a rotation was cut off before: its notice is written, its files wait. Errors: Store….
Result<void> finishRotation(const std::string& dataFolder);

/// The notices written, oldest first. Errors: StoreUnavailable.
Result<std::vector<std::string>> writtenNotices(const std::string& dataFolder);

} // namespace kiosk::intake
