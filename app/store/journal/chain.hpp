// The journal's hash chain: what each entry's hash covers, and how a longer chain is shown to go on from a
// shorter one.
#pragma once

#include "app/base/time.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <string>

namespace kiosk::store::journal {

using Hash = std::array<std::uint8_t, 32>; // BLAKE2b-256

/// An entry as it lies in the database.
struct Row {
    std::int64_t sequence = 0; // 1, 2, 3 …
    Instant at;
    std::int64_t account = 0, kind = 0;
    std::string body;
    Hash hash{};
};

/// Where a chain ends, and with it everything before.
struct Head {
    std::int64_t sequence = 0;
    Hash hash{};
    bool operator==(const Head&) const = default;
};

/// Before the first entry.
Head genesis();
/// The hash of an entry's content without what came before.
Hash linkOf(const Row& row);
/// An entry's hash: over the hash before it and its link. Who knows a head follows links from it without
/// seeing the entries.
Head follow(const Head& before, const Hash& link);
Head follow(Head before, std::span<const Hash> links);

} // namespace kiosk::store::journal
