// Port: the office as seen from the kiosk, and its HTTPS implementation with mutual TLS and pinned keys.
#pragma once

#include "app/base/result.hpp"
#include "app/delivery/kiosk_state.hpp"
#include "app/delivery/office_link.hpp"
#include "app/delivery/parcel.hpp"
#include "app/delivery/progress/board.hpp"
#include "app/delivery/progress/kept_progress.hpp"
#include "app/delivery/progress/look_up.hpp"
#include "app/store/journal/attestation.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>

namespace kiosk {

/// A failure of one delivery try; `retryAfter` when the office asked for patience.
struct DeliveryFailure {
    Error error;
    std::optional<std::chrono::seconds> retryAfter;
    bool permanent = false; // refused for good: to staff, never dropped
};

/// Owned by the net thread; each call has its own time limit (10 s connect, 30 s whole).
class Gateway {
public:
    virtual ~Gateway() = default;
    virtual tl::expected<parcel::Acknowledgement, DeliveryFailure> deliver(const Bytes& parcel,
                                                                           const std::string& key) = 0;
    /// Has the office witness the journal: `request` of nextCheckpoint(). The office's word, checked to be
    /// signed by it; else JournalRolledBack, JournalForked, or why there is none now.
    virtual Result<store::journal::Attestation> witness(const std::string& request) = 0;
    /// The office's keys as they are now, reached from `known` by its signed notices. Asked even of a server
    /// that shows another certificate than the pinned one: the notices prove themselves, and nothing is told
    /// to it but who asks. Errors: as followKeyNotices(), or why there is no answer now.
    virtual Result<OfficeKeys> officeKeys(const OfficeKeys& known) = 0;
    /// From now on these sign, and the certificate in the link's file is the one accepted.
    virtual void trust(const crypto::VerifyKeys& office) = 0;
    /// Errors: DossierNotFound, LookUpTooOften, or why there is no answer now.
    virtual Result<look_up::Answer> lookUp(const look_up::Question& question) = 0;
    /// This kiosk's dossiers taken since then, newest first. Errors: why there is no answer now.
    virtual Result<std::vector<board::Entry>> board(Instant since) = 0;
    /// What was entered since about this kiosk's dossiers, sealed. Errors: why there is no answer now.
    virtual Result<kept_progress::Batch> progress(std::int64_t after) = 0;
    /// The bundle the office offers, as it lies there, if its version is higher. Errors: BundleNone, or why
    /// there is no answer now.
    virtual Result<std::string> bundle(int newerThan) = 0;
    /// Tells the office how the kiosk is doing. Errors: why it does not know now.
    virtual Result<void> tell(const kiosk_state::State& state) = 0;
};

/// Time limits of one call.
struct GatewayLimits {
    std::chrono::milliseconds connect{10'000}, whole{30'000};
};

/// POST <url>/v1/parcels. 200: acknowledgement, checked against this parcel's key and content. 403, 409, 413,
/// 422 with the office's JSON reason: refused for good. 426: OfficeIncompatible (tried again later). 429,
/// 503: OfficeBusy with Retry-After. Anything else: OfficeGarbled.
std::unique_ptr<Gateway> httpsGateway(const OfficeLink& link, GatewayLimits limits = {});

} // namespace kiosk
