// How dossiers stand, as sealed by the office, and the tries to open them.
#pragma once

#include "app/base/result.hpp"
#include "app/base/secret.hpp"
#include "app/base/time.hpp"
#include "app/store/db.hpp"
#include "app/store/patience.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace kiosk::store {

struct SealedProgress {
    Bytes sealed;
    Instant keptAt;
    std::optional<Instant> notBefore; ///< too many wrong tries: closed until then
};

/// Owned by one thread, like its connection.
class ProgressStore {
public:
    /// A birth date has some 30,000 values.
    static constexpr Patience patience{5, std::chrono::minutes(15), std::chrono::hours(24)};

    explicit ProgressStore(const Db& db) : db_(db) {}

    /// Up to where the office has been asked; 0: never.
    Result<std::int64_t> askedUpTo() const;
    /// Replaces what was kept of the same references; both or neither.
    Result<void> keep(const std::vector<std::pair<std::string, Bytes>>& news, std::int64_t upTo, Instant at);
    Result<std::optional<SealedProgress>> find(const std::string& reference, Instant now);
    /// Counted before the try is looked at; undone by opened().
    Result<void> countTry(const std::string& reference, Instant now);
    Result<void> opened(const std::string& reference);
    /// Forgets what was kept before.
    Result<void> expire(Instant before);

private:
    const Db& db_;
};

} // namespace kiosk::store
