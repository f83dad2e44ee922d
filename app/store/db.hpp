// The kiosk's one SQLite connection: opened strictly, migrated forward only with a backup before each step, checked at start.
#pragma once

#include "app/base/result.hpp"

#include <cstdint>
#include <memory>
#include <string>

struct sqlite3;

namespace kiosk::store {

/// WAL, synchronous=FULL, foreign_keys, secure_delete, busy timeout; used by one thread.
class Db {
public:
    /// Below this much free space new dossiers are refused before one could be lost (the queue must still be able to shrink).
    static constexpr std::uint64_t minFreeBytes = 64ULL << 20;

    enum class Mode { ReadWrite, ReadOnly };
    /// `schemaFolder`-less: the schema is compiled in from app/store/schema/*.sql. Errors: StoreUnavailable, StoreTooNew, StoreDamaged.
    static Result<Db> open(const std::string& path, Mode mode = Mode::ReadWrite);
    Db(Db&&) noexcept;
    Db& operator=(Db&&) noexcept;
    ~Db();

    sqlite3* handle() const;
    const std::string& path() const;

private:
    struct Impl;
    explicit Db(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

} // namespace kiosk::store
