// When to try again: full-jitter back-off, base 1 s, cap 5 min; Retry-After honoured; one parcel at a time,
// and the office as a whole is left alone after a failure.
#pragma once

#include "app/base/time.hpp"
#include "app/delivery/gateway.hpp"
#include "app/store/queue/outbox.hpp"

namespace kiosk {

/// What became of one parcel; applied to the outbox on the disk thread.
struct Verdict {
    std::string key, reference;
    std::optional<parcel::Acknowledgement> acknowledgement; // with its signed text
    std::string acknowledgementJson;
    std::optional<Code> failure;
    bool permanent = false;
    std::chrono::milliseconds askedToWait{0}; // Retry-After
    Instant nextTry;
};

/// Full jitter (AWS Architecture Blog 2015): uniform in [0, min(cap, base * 6^attempts)), `random01` in
/// [0,1). Sixfold, not twofold: 1,000 kiosks cut off together are spread over the whole five minutes within
/// the first one. Doubling takes nine tries to get there, and the office still meets three times the mean
/// load after a minute (tests/delivery/reconnect_test.cpp).
std::chrono::milliseconds backOff(int attempts, double random01);

/// The wait after a failed try. Retry-After is the least wait; what is added is spread over the cap, or as
/// long again if that is more, because an office asks everyone at once for the same patience.
std::chrono::milliseconds wait(std::chrono::milliseconds askedToWait, int attempts, double random01);

/// The office as a whole: after a failure nothing queued is tried before its rest is over, however many
/// parcels are due; else a kiosk with a full queue would call as often as many kiosks.
class OfficeRest {
public:
    /// After each try; the same `random01` as its attempt().
    void note(const Verdict& verdict, Instant now, double random01);
    /// No parcel is tried before.
    Instant until() const { return until_; }
    /// A dossier just confirmed need not wait for the back-off, so that a person still there may see "sent",
    /// but it waits as long as the office asked.
    Instant untilForNew() const { return asked_; }

private:
    int failures_ = 0;
    Instant until_, asked_;
};

/// One try on the net thread: asks the gateway, judges the answer, says when to try again. No disk.
Verdict attempt(Gateway& gateway, const store::QueuedParcel& parcel, Instant now, double random01);

/// Writes the verdict into the outbox (disk thread).
Result<void> apply(store::Outbox& outbox, const Verdict& verdict, Instant now);

} // namespace kiosk
