// links: kiosk_delivery
// Bundles come on memory sticks: whatever can be signed can be opened, and says the same.
#include "app/base/crypto.hpp"
#include "app/base/files.hpp"
#include "app/delivery/bundle/bundle.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <sodium.h>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace kiosk;
    static crypto::VerifyKeys::Key office{};
    static Secret<Bytes> key(Bytes(crypto_sign_SECRETKEYBYTES));
    static const bool ready = (crypto::init(), crypto_sign_keypair(office.data(), key.reveal().data()) == 0);
    if (!ready) std::abort();
    const auto text = files::asText({data, size});
    if (bundle::open(text, office, "H29")) std::abort(); // nobody has signed it
    const auto signedText = bundle::sign(text, key);
    if (!signedText) return 0;
    const auto opened = bundle::open(*signedText, office, "H29");
    if (!opened && opened.error().code == Code::BundleUntrusted) std::abort();
    if (!opened) return 0; // another office's
    for (const auto& file : opened->files)
        if (!bundle::isAllowedPath(file.path)) std::abort();
    return 0;
}
