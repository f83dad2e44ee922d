// The kiosk's one SQLite connection: opened strictly, migrated forward only with a backup before each step,
// checked at start.
#pragma once

#include "app/base/result.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

struct sqlite3;

namespace kiosk::store {

class PreparedStatements;

/// One forward step; `sql` runs in one transaction that also raises user_version to `version`.
struct Migration {
    int version;
    std::string_view sql;
};

/// The kiosk's schema, compiled in from app/store/schema/NNN_*.sql.
std::span<const Migration> kioskSchema();

/// WAL, synchronous=FULL, foreign_keys, secure_delete, busy timeout; used by one thread.
class Db {
public:
    /// Below this much free space new dossiers are refused before one could be lost (the queue must still be
    /// able to shrink).
    static constexpr std::uint64_t minFreeBytes = 64ULL << 20;

    enum class Mode { ReadWrite, ReadOnly };
    /// Opens, checks (quick_check) and migrates. A read-only connection works beside a running kiosk, checks
    /// and changes nothing. Errors: StoreUnavailable, StoreTooNew, StoreDamaged, StoreFull.
    static Result<Db> open(const std::string& path, Mode mode = Mode::ReadWrite,
                           std::span<const Migration> schema = kioskSchema());
    Db(Db&&) noexcept;
    Db& operator=(Db&&) noexcept;
    ~Db();

    sqlite3* handle() const;
    PreparedStatements& prepared() const;
    const std::string& path() const;

    /// A whole, fsynced copy at `backupPath(path())`, replacing the one before. Call daily; a migration calls
    /// it too.
    Result<void> backup() const;

private:
    struct Impl;
    explicit Db(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

/// What starting found: `incident` is for staff; service goes on.
struct Opened {
    Db db;
    std::optional<Error>
        incident;     // StoreDamaged: the old file was set aside, readable rows were carried over
    int salvaged = 0; // rows carried over
};

/// As Db::open, but a damaged database is renamed to `<path>.damaged-<time>` and kept; every row that can
/// still be read goes into a fresh one, the rest comes from the last good backup; erasures are replayed. Call
/// Outbox::adoptFiles afterwards. Never loses silently.
Result<Opened> openOrSalvage(const std::string& path);

std::string backupPath(const std::string& path);
/// Erasures are also kept in a small text file beside the database, so that they outlive its damage.
std::string erasuresPath(const std::string& path);

/// Where things are in the data folder.
std::string databaseFile(const std::string& dataFolder);  // kiosk.db
std::string outboxFolder(const std::string& dataFolder);  // outbox/
std::string keysFolder(const std::string& dataFolder);    // keys/
std::string deviceKeyFile(const std::string& dataFolder); // keys/device.key

} // namespace kiosk::store
