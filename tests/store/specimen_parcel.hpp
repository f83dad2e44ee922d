// A parcel that nobody sent (SPECIMEN, MẪU), the same for the same number.
#pragma once

#include "app/base/crypto.hpp"
#include "app/store/queue/outbox.hpp"

namespace kiosk::store {

inline QueuedParcel specimen(int n, std::size_t size = 2000) {
    QueuedParcel parcel;
    parcel.key = crypto::hex(crypto::hash("SPECIMEN " + std::to_string(n))).substr(0, 32);
    parcel.reference = crypto::reference(parcel.key);
    parcel.procedure = "1.001193";
    parcel.bytes = Bytes(size, static_cast<std::uint8_t>(n));
    parcel.createdAt = Instant{1'790'000'000'000 + n};
    return parcel;
}

} // namespace kiosk::store
