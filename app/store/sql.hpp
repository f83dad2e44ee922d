// Bound statements and transactions over a Db; SQLite's errors become codes here and nowhere else.
#pragma once

#include "app/base/result.hpp"
#include "app/base/secret.hpp"
#include "app/store/db.hpp"

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>

struct sqlite3_stmt;

namespace kiosk::store {

/// StoreFull, StoreDamaged, StoreBusy, StoreTooNew or StoreUnavailable; the detail never holds values.
Error sqlError(sqlite3* db, std::string_view what);

/// Statements of one connection that were used and wait, by their text, to be used again: preparing one takes
/// longer than most take to run. Nothing stays bound in them. Used by the connection's thread.
class PreparedStatements {
public:
    PreparedStatements() = default;
    PreparedStatements(const PreparedStatements&) = delete;
    PreparedStatements& operator=(const PreparedStatements&) = delete;
    ~PreparedStatements();

    /// Null: none waits. From now on the caller's.
    sqlite3_stmt* take(std::string_view sql);
    void giveBack(sqlite3_stmt* statement);

private:
    std::map<std::string, sqlite3_stmt*, std::less<>> waiting_;
};

/// One prepared statement. A failure of preparing or binding is kept and returned by step().
class Statement {
public:
    /// For a connection that is no Db: prepared anew.
    Statement(sqlite3* db, std::string_view sql);
    /// Prepared once; the Db outlives it.
    Statement(const Db& db, std::string_view sql);
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

    bool isNull(int column) const;
    std::int64_t integer(int column) const;
    std::string text(int column) const;
    Bytes blob(int column) const;

private:
    void prepare(std::string_view sql, unsigned flags);
    void note(int result);
    sqlite3* db_;
    PreparedStatements* home_ = nullptr;
    sqlite3_stmt* statement_ = nullptr;
    int failed_ = 0;
    int next_ = 1;
};

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
    const Db& db_;
    Result<void> begun_;
    bool open_ = false;
};

Result<void> execute(sqlite3* db, const std::string& sql);
/// Rows changed by the last statement.
int changes(const Db& db);

} // namespace kiosk::store
