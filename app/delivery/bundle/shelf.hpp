// A kiosk's bundles: installed with versions that only rise, in force from their time to their end, taken
// back when one does harm.
#pragma once

#include "app/delivery/bundle/bundle.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace kiosk::bundle {

/// One that is on the shelf.
struct OnShelf {
    int version = 0;
    Instant from, until;
    bool takenBack = false;
};

/// The folder <data>/bundles: <version>.kbundle as they came, state.json, and in-use/ with the assets
/// unpacked. Used by one process at a time. Every file is checked anew, signature and all, whenever it is
/// used.
class Shelf {
public:
    Shelf(const std::string& dataFolder, const crypto::VerifyKeys& office, std::string officeCode);

    /// Errors: as open(); BundleNotNewer when its version is no higher than any that was ever here (a
    /// replay), BundleEnded, or what `isUsable(folder)` finds wrong in the assets it leads to.
    using Usable = std::function<Result<void>(const std::string& assetsFolder)>;
    Result<Bundle> install(std::string_view bytes, const std::string& baseAssets, Instant now,
                           const Usable& isUsable);
    /// The newest that is in force is not used any more; what was in force before it is. Errors:
    /// BundleNone.
    Result<int> takeBack(Instant now);
    /// Newest first.
    Result<std::vector<OnShelf>> list() const;

    /// The newest that is in force; nothing where there is none.
    Result<std::optional<Bundle>> inForce(Instant now) const;

    /// The assets to use now: those of the bundle in force laid over `baseAssets`; `baseAssets` where there
    /// is none. For the kiosk when it starts: another one that runs would lose what it reads from.
    struct InUse {
        std::string assetsFolder;
        int version = 0;              // 0: none
        std::optional<Instant> until; // when to look again: another one begins, or this one ends
    };
    InUse choose(const std::string& baseAssets, Instant now) const;

private:
    struct State {
        int highest = 0;
        std::vector<int> takenBack;
    };
    struct Now {
        std::optional<Bundle> inForce;
        std::optional<Instant> until;
    };
    Result<Now> at(Instant now) const;
    Result<State> state() const;
    Result<void> keep(const State& state) const;
    std::string fileOf(int version) const;
    Result<Bundle> read(int version) const;
    Result<std::string> layOver(const Bundle& bundle, const std::string& baseAssets,
                                const std::string& name) const;

    std::string folder_;
    crypto::VerifyKeys office_;
    std::string officeCode_;
};

} // namespace kiosk::bundle
