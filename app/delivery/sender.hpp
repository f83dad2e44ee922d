// When to try again: full-jitter back-off, base 1 s, cap 5 min; Retry-After honoured; one parcel at a time.
#pragma once

#include "app/base/time.hpp"
#include "app/delivery/gateway.hpp"
#include "app/store/outbox.hpp"

namespace kiosk {

/// What became of one parcel; applied to the outbox on the disk thread.
struct Verdict {
    std::string key, reference;
    std::optional<parcel::Acknowledgement> acknowledgement; // with its signed text
    std::string acknowledgementJson;
    std::optional<Code> failure;
    bool permanent = false;
    Instant nextTry;
};

/// Full jitter (AWS Architecture Blog 2015): uniform in [0, min(cap, base * 2^attempts)), `random01` in
/// [0,1).
std::chrono::milliseconds backOff(int attempts, double random01);

/// One try on the net thread: asks the gateway, judges the answer, says when to try again. No disk.
/// Retry-After is the least wait; the jitter is added, so that many kiosks do not return together.
Verdict attempt(Gateway& gateway, const store::QueuedParcel& parcel, Instant now, double random01);

/// Writes the verdict into the outbox (disk thread).
Result<void> apply(store::Outbox& outbox, const Verdict& verdict, Instant now);

} // namespace kiosk
