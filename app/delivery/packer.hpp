// Turns a confirmed dossier into the parcel to queue; what does not depend on the dossier is made before the
// person confirms.
#pragma once

#include "app/delivery/gateway.hpp"
#include "app/store/outbox.hpp"

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
};

/// Used by the disk thread only.
class Packer {
public:
    explicit Packer(OfficeLink link) : link_(std::move(link)) {}

    /// From now on to this key of the office.
    void sealTo(const parcel::PublicKey& officeSealing);
    /// Between two dossiers: makes the next one's envelope, so that pack() is quick.
    void prepare();
    /// Makes the idempotency key and the reference, writes them and the kiosk into the dossier, signs and
    /// seals. Errors: ParcelInvalid, KeyInvalid.
    Result<store::QueuedParcel> pack(const ConfirmedDossier& dossier);

private:
    OfficeLink link_;
    std::optional<parcel::Envelope> next_;
};

} // namespace kiosk
