// What a kiosk asks its office to witness: where its journal ends, and the links that lead there from the
// last word the office gave.
#pragma once

#include "app/base/result.hpp"
#include "app/store/journal/journal.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace kiosk {

struct CheckpointRequest {
    std::string checkpoint;                    // signed by the kiosk (journal::Purpose::Checkpoint)
    std::string known;                         // the office's newest word that the kiosk has; empty: none
    std::vector<store::journal::Hash> links{}; // of the entries after that, up to the checkpoint
};

/// One request brings at most so many links; the rest follows in the next.
inline constexpr std::size_t mostLinks = 4096;

std::string writeCheckpointRequest(const CheckpointRequest& request);
/// Errors: ParcelInvalid (not readable, too many links).
Result<CheckpointRequest> readCheckpointRequest(std::string_view json);

/// The next request of this journal; empty: the office knows all of it. Disk thread. Errors: Store….
Result<std::string> nextCheckpoint(store::Journal& journal, const std::string& kioskId,
                                   const Secret<Bytes>& kioskKey, Instant at);

} // namespace kiosk
