// Which key parcels are to be sealed to from now on: the office's signed word to its kiosks after a rotation.
#pragma once

#include "app/delivery/parcel.hpp"

namespace kiosk {

struct SealingNotice {
    std::string office;
    parcel::PublicKey key{};
    int serial = 0; // rises with every rotation: an older word never replaces a newer one
};

std::string writeSealingNotice(const SealingNotice& notice, const Secret<Bytes>& officeSigning);
/// Errors: OfficeGarbled, OfficeIncompatible, OfficeUntrusted (not signed by this office).
Result<SealingNotice> readSealingNotice(std::string_view json, const parcel::PublicKey& officeSigning);

} // namespace kiosk
