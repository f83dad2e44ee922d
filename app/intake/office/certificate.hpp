// Self-signed TLS pairs for office and kiosks; both sides pin the other's certificate, so no authority is
// needed.
#pragma once

#include "app/base/result.hpp"
#include "app/base/secret.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace kiosk::intake {

struct TlsPair {
    std::string certificatePem;
    Secret<std::string> keyPem;
};

/// EC P-256, valid from yesterday (a kiosk's clock may be behind) for 20 years. `hosts`: names or IPv4
/// addresses. Errors: SystemFailed.
Result<TlsPair> makeTlsPair(const std::string& commonName, const std::vector<std::string>& hosts);

/// SHA-256 of the certificate's DER form, hex. Errors: KeyInvalid.
Result<std::string> fingerprint(std::string_view certificatePem);

} // namespace kiosk::intake
