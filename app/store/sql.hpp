// Bound statements and transactions over a Db; SQLite's errors become codes here and nowhere else.
#pragma once

#include "app/base/result.hpp"
#include "app/base/secret.hpp"
#include "app/store/db.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

struct sqlite3_stmt;

namespace kiosk::store {

/// StoreFull, StoreDamaged, StoreBusy, StoreTooNew or StoreUnavailable; the detail never holds values.
Error sqlError(sqlite3* db, std::string_view what);

/// One prepared statement. A failure of preparing or binding is kept and returned by step().
class Statement {
public:
    Statement(sqlite3* db, std::string_view sql);
    Statement(const Db& db, std::string_view sql) : Statement(db.handle(), sql) {}
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;
    ~Statement();

    /// Binds the next parameter, in order. Text and bytes must live until the statement is done.
    Statement& add(std::int64_t value);
    Statement& add(std::string_view value);
    Statement& add(std::span<const std::uint8_t> value);

    /// True: a row is there.
    Result<bool> step();
    /// For statements without rows.
    Result<void> run();

    /// One use of a statement that is kept: afterwards it is ready for the next, and nothing stays bound.
    class Use {
    public:
        explicit Use(Statement& statement) : statement_(statement) {}
        Use(const Use&) = delete;
        Use& operator=(const Use&) = delete;
        ~Use() { statement_.reset(); }

    private:
        Statement& statement_;
    };

    /// False: preparing failed, and so does every use.
    bool isPrepared() const { return statement_ != nullptr; }

    bool isNull(int column) const;
    std::int64_t integer(int column) const;
    std::string text(int column) const;
    Bytes blob(int column) const;

private:
    void note(int result);
    void reset();
    sqlite3* db_;
    sqlite3_stmt* statement_ = nullptr;
    int prepared_ = 0, failed_ = 0;
    int next_ = 1;
};

/// A statement kept for many uses: prepared by the first, and anew where preparing failed (out of memory,
/// say), so that one bad moment is not for ever.
Statement& keptStatement(std::unique_ptr<Statement>& kept, const Db& db, std::string_view sql);

/// BEGIN IMMEDIATE; rolled back unless committed.
class Transaction {
public:
    explicit Transaction(const Db& db);
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    ~Transaction();
    /// The result of BEGIN.
    const Result<void>& begun() const { return begun_; }
    Result<void> commit();

private:
    sqlite3* db_;
    Result<void> begun_;
    bool open_ = false;
};

Result<void> execute(sqlite3* db, const std::string& sql);
/// Rows changed by the last statement.
int changes(const Db& db);

} // namespace kiosk::store
