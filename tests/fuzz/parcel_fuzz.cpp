// links: kiosk_delivery
// Parcels and acknowledgements come from the network: whatever arrives is refused or read, never undefined,
// and reading is stable.
#include "app/base/crypto.hpp"
#include "app/base/files.hpp"
#include "app/delivery/parcel.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace kiosk;
    static const bool ready = (crypto::init(), true);
    if (!ready) std::abort();
    const std::span<const std::uint8_t> bytes(data, size);
    static const parcel::PublicKey nobody{};
    static const Secret<Bytes> secret(Bytes(32, 1));
    const auto header = parcel::peek(bytes);
    if (header && !parcel::isIdentifier(header->kiosk)) std::abort();
    if (parcel::verify(bytes, nobody)) std::abort(); // nothing is signed by the all-zero key
    if (parcel::open(bytes, nobody, secret)) std::abort();
    if (parcel::readAcknowledgement(files::asText(bytes), nobody)) std::abort();
    return 0;
}
