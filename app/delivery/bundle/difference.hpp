// What a bundle changes, in words that people can check before they use it.
#pragma once

#include "app/delivery/bundle/bundle.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kiosk::bundle {

/// A member of a JSON file that is another now. `before` and `after` are texts where they are short enough to
/// be read in a line: of words, times, fees; empty for others and for what is not there.
struct Member {
    std::string key, before, after;
    bool operator==(const Member&) const = default;
};

struct Change {
    std::string path;
    enum class Kind { New, Changed, Same } kind = Kind::Same;
    std::vector<Member> members; // of Changed
};

/// For each file of `bundle`, in its order: against the bundle in force, and where that has no such file
/// against the program's own, in `baseAssets`.
std::vector<Change> differences(const Bundle& bundle, const std::optional<Bundle>& inForce,
                                const std::string& baseAssets);

} // namespace kiosk::bundle
