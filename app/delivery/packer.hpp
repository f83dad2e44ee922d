// Turns a confirmed dossier into the parcel to queue; what does not depend on the dossier is made before the
// person confirms.
#pragma once

#include "app/base/slip_code.hpp"
#include "app/delivery/gateway.hpp"
#include "app/store/queue/outbox.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace kiosk {

/// What the person confirmed.
struct ConfirmedDossier {
    std::string_view json; // an object with at least one member; holds personal data
    std::string procedure;
    std::string subject; // see store::QueuedParcel
    Instant at;
    bool clockTrusted = true;
    Date birth; // the applicant's
};

struct Packed {
    store::QueuedParcel parcel;
    SlipCode slip; // its secret is nowhere else
};

/// Used by the disk thread only.
class Packer {
public:
    Packer(OfficeLink link, Secret<Bytes> deviceKey)
        : link_(std::move(link)), deviceKey_(std::move(deviceKey)) {}

    /// From now on to this key of the office.
    void sealTo(const parcel::PublicKey& officeSealing);
    /// Between two dossiers: makes the next one's envelope, so that pack() is quick.
    void prepare();
    /// Makes the idempotency key, the reference and the slip's secret, writes them and the kiosk into the
    /// dossier (of the secret only the key made from it, see kept_progress), signs and seals. Errors:
    /// ParcelInvalid, KeyInvalid.
    Result<Packed> pack(const ConfirmedDossier& dossier);

private:
    OfficeLink link_;
    Secret<Bytes> deviceKey_;
    std::optional<parcel::Envelope> next_;
};

} // namespace kiosk
