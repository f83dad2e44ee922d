// Port: the office as seen from the kiosk, and its HTTPS implementation with mutual TLS and pinned keys.
#pragma once

#include "app/base/result.hpp"
#include "app/base/secret.hpp"
#include "app/delivery/kiosk_state.hpp"
#include "app/delivery/parcel.hpp"
#include "app/delivery/progress/board.hpp"
#include "app/delivery/progress/kept_progress.hpp"
#include "app/delivery/progress/look_up.hpp"
#include "app/delivery/sealing_notice.hpp"
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
    /// The office's word about its sealing key, checked to be signed by it.
    virtual Result<SealingNotice> sealingKey() = 0;
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

/// What the kiosk must know to reach its office (made at enrolment, in the data folder's keys/).
struct OfficeLink {
    std::string url; // https://127.0.0.1:8443
    std::string kioskId, officeCode;
    std::string certificateFile, keyFile; // the kiosk's TLS client pair, PEM
    std::string officeCertificateFile;    // the only certificate accepted, PEM
    parcel::PublicKey officeSigning{}, officeSealing{};
    int sealingSerial = 0;      // of officeSealing, see SealingNotice
    Secret<Bytes> kioskSigning; // Ed25519 secret key, 64 bytes
};

/// Reads keys/link.json, client.crt, client.key, office.crt, signing.key (all made by `kiosk-intake enrol`).
/// Private files that others may read are refused. Errors: KeyMissing, KeyInvalid with advice.
Result<OfficeLink> loadOfficeLink(const std::string& keysFolder);

/// Writes the office's new sealing key into keys/link.json and `link`. False: it is no newer than the one at
/// hand. Errors: OfficeUntrusted (another office's), Store….
Result<bool> keepSealingKey(const std::string& keysFolder, OfficeLink& link, const SealingNotice& notice);

/// Time limits of one call.
struct GatewayLimits {
    std::chrono::milliseconds connect{10'000}, whole{30'000};
};

/// POST <url>/v1/parcels. 200: acknowledgement, checked against this parcel's key and content. 403, 409, 413,
/// 422 with the office's JSON reason: refused for good. 426: OfficeIncompatible (tried again later). 429,
/// 503: OfficeBusy with Retry-After. Anything else: OfficeGarbled.
std::unique_ptr<Gateway> httpsGateway(const OfficeLink& link, GatewayLimits limits = {});

} // namespace kiosk
