// Bundles as staff handle them on the screen: those on memory sticks and the one fetched from the office,
// what they would change, and the kiosk's shelf.
#pragma once

#include "app/base/result.hpp"
#include "app/base/time.hpp"
#include "app/delivery/bundle/shelf.hpp"
#include "app/delivery/gateway.hpp"
#include "app/flow/staff/staff.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace kiosk {

/// Folders under the one where sticks appear, also one below ("/media/kiosk/STICK"), that can be written.
std::vector<std::string> findSticks(const std::string& sticksFolder);

/// On the disk thread only.
class BundleDesk {
public:
    BundleDesk(std::string dataFolder, std::string sticksFolder, const OfficeLink& link);

    /// From now on these may have signed.
    void trust(const crypto::VerifyKeys& office);

    Result<staff::BundleState> state(Instant now) const;
    /// `path`: one of those offered. Errors: as bundle::open(), BundleNotNewer, BundleEnded, BundleInvalid
    /// when it cannot be read.
    Result<staff::BundlePreview> preview(const std::string& path, Instant now) const;
    /// The version now on the shelf. Errors: as preview(), and what is wrong in what it brings.
    Result<int> install(const std::string& path, Instant now);
    /// The version not used any more. Errors: BundleNone.
    Result<int> takeBack(Instant now);
    /// Keeps what the office sent, to be looked at and installed. Errors: as bundle::open(), Store….
    Result<void> keepFetched(std::string_view bytes) const;

private:
    Result<int> highest() const; // version on the shelf; 0: none
    bool isOld(const std::string& path, int highest) const;
    Result<std::string> read(const std::string& path) const;
    std::string fetched() const;

    std::string dataFolder_, sticksFolder_, officeCode_;
    crypto::VerifyKeys office_;
    bundle::Shelf shelf_;
};

} // namespace kiosk
