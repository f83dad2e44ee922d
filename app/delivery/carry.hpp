// Parcels carried to the office by hand on a memory stick, and the office's signed answers carried back.
#pragma once

#include "app/base/result.hpp"
#include "app/base/time.hpp"
#include "app/delivery/gateway.hpp"
#include "app/store/queue/outbox.hpp"

#include <string>
#include <vector>

namespace kiosk::carry {

/// A file of the stick.
struct File {
    std::string path;
    std::string key; // the parcel's idempotency key: the name without its ending
};

/// Of a parcel, sealed as it waits in the queue; the office's answer lies beside it.
std::string parcelFile(const std::string& folder, const std::string& key);
std::string answerFile(const std::string& folder, const std::string& key);
/// The parcels, or the answers, that lie in a folder, by name. Other files are passed over. StoreUnavailable.
Result<std::vector<File>> parcelsIn(const std::string& folder);
Result<std::vector<File>> answersIn(const std::string& folder);

/// Copies every parcel that the office has not acknowledged, refused ones too: the office decides anew. The
/// queue is left as it is, so that what gets through by the network meanwhile is merely known already. Makes
/// the folder. Each file is on the stick when it returns (writeDurably). Returns how many lie there.
/// Errors: StoreUnavailable, StoreFull.
Result<int> exportParcels(const store::Outbox& outbox, const std::string& folder);

/// What became of the answers of a stick.
struct Settled {
    int settled = 0;                   // acknowledged by this stick
    int known = 0;                     // acknowledged before
    std::vector<std::string> problems; // a file name and why it was not taken; its parcel stays queued
};

/// Takes an answer only if this office signed it for these very bytes. On a Db that may write. Errors:
/// Store….
Result<Settled> settle(store::Outbox& outbox, const std::string& folder, const crypto::VerifyKeys& office,
                       Instant at);

} // namespace kiosk::carry
