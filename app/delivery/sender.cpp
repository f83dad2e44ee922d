#include "app/delivery/sender.hpp"

#include <algorithm>

namespace kiosk {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds base{1000}, cap{5 * 60 * 1000};
constexpr int growth = 6;

milliseconds ceiling(int attempts) {
    auto c = base;
    for (int i = 0; i < attempts && c < cap; ++i) c *= growth;
    return std::min(c, cap);
}

milliseconds jitter(milliseconds ceiling, double random01) {
    return milliseconds(static_cast<std::int64_t>(static_cast<double>(ceiling.count()) * random01));
}

} // namespace

milliseconds backOff(int attempts, double random01) { return jitter(ceiling(attempts), random01); }

milliseconds wait(milliseconds askedToWait, int attempts, double random01) {
    const auto spread = askedToWait.count() > 0 ? std::max(cap, askedToWait) : ceiling(attempts);
    return askedToWait + jitter(spread, random01);
}

void OfficeRest::note(const Verdict& verdict, Instant now, double random01) {
    if (!verdict.failure || verdict.permanent) { // it is there and answers
        *this = {};
        return;
    }
    asked_ = Instant{now.ms + verdict.askedToWait.count()};
    until_ = Instant{now.ms + wait(verdict.askedToWait, failures_++, random01).count()};
}

Verdict attempt(Gateway& gateway, const store::QueuedParcel& parcel, Instant now, double random01) {
    Verdict verdict;
    verdict.key = parcel.key;
    verdict.reference = parcel.reference;
    auto answer = gateway.deliver(parcel.bytes, parcel.key);
    if (answer) {
        verdict.acknowledgementJson = answer->text;
        verdict.acknowledgement = std::move(*answer);
        return verdict;
    }
    const auto& failure = answer.error();
    verdict.failure = failure.error.code;
    verdict.permanent = failure.permanent;
    verdict.askedToWait = failure.retryAfter.value_or(std::chrono::seconds(0));
    verdict.nextTry = Instant{now.ms + wait(verdict.askedToWait, parcel.attempts, random01).count()};
    return verdict;
}

Result<void> apply(store::Outbox& outbox, const Verdict& verdict, Instant now) {
    if (verdict.acknowledgement) {
        const auto done = outbox.acknowledged(verdict.key, verdict.acknowledgement->dossierCode,
                                              verdict.acknowledgementJson, now);
        return done ? Result<void>() : fail(done.error());
    }
    const auto reason = verdict.failure.value_or(Code::OfficeGarbled);
    if (verdict.permanent) return outbox.refused(verdict.key, reason, now);
    return outbox.postponed(verdict.key, reason, verdict.nextTry);
}

} // namespace kiosk
