// The bundle of procedures and words that the office offers to its kiosks, one file in its data folder.
#pragma once

#include "app/delivery/bundle/bundle.hpp"
#include "app/intake/office/office.hpp"
#include "app/intake/reply.hpp"

#include <string>
#include <string_view>

namespace kiosk::intake {

/// Puts a bundle signed by this office there, in place of the one before. Errors: as bundle::open();
/// BundleNotNewer, since no kiosk would take it; Store….
Result<bundle::Bundle> offerBundle(const Office& office, const std::string& dataFolder,
                                   std::string_view bytes);

/// POST /v1/bundle {"newer_than": version}: the file itself; 404 BundleNone where it is no newer.
Reply giveBundle(const Office& office, const std::string& dataFolder, std::string_view json);

} // namespace kiosk::intake
