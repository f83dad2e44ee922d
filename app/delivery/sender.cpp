#include "app/delivery/sender.hpp"

#include <algorithm>

namespace kiosk {
namespace {

constexpr std::int64_t baseMs = 1000;
constexpr std::int64_t capMs = std::int64_t{5} * 60 * 1000;

} // namespace

std::chrono::milliseconds backOff(int attempts, double random01) {
    const std::int64_t ceiling = attempts >= 9 ? capMs : std::min(capMs, baseMs << std::max(attempts, 0));
    return std::chrono::milliseconds(static_cast<std::int64_t>(static_cast<double>(ceiling) * random01));
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
    const std::chrono::milliseconds patience = failure.retryAfter.value_or(std::chrono::seconds(0));
    verdict.nextTry = Instant{now.ms + (patience + backOff(parcel.attempts, random01)).count()};
    return verdict;
}

Result<void> apply(store::Outbox& outbox, const Verdict& verdict, Instant now) {
    if (verdict.acknowledgement)
        return outbox.acknowledged(verdict.key, verdict.acknowledgement->dossierCode,
                                   verdict.acknowledgementJson, now);
    const auto reason = verdict.failure.value_or(Code::OfficeGarbled);
    if (verdict.permanent) return outbox.refused(verdict.key, reason, now);
    return outbox.postponed(verdict.key, reason, verdict.nextTry);
}

} // namespace kiosk
