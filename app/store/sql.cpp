#include "app/store/sql.hpp"

#include <cerrno>
#include <sqlite3.h>

namespace kiosk::store {

Error sqlError(sqlite3* db, std::string_view what) {
    const int extended = db ? sqlite3_extended_errcode(db) : SQLITE_NOMEM;
    const int system = db ? sqlite3_system_errno(db) : 0;
    Code code = Code::StoreUnavailable;
    switch (extended & 0xff) {
    case SQLITE_FULL:
        code = Code::StoreFull;
        break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        code = Code::StoreDamaged;
        break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        code = Code::StoreBusy;
        break;
    case SQLITE_IOERR:
        if (system == ENOSPC || system == EDQUOT || system == EFBIG) code = Code::StoreFull;
        break;
    default:
        break;
    }
    return {code, std::string(what) + ": " + sqlite3_errstr(extended)};
}

PreparedStatements::~PreparedStatements() {
    for (const auto& [sql, statement] : waiting_) sqlite3_finalize(statement);
}

sqlite3_stmt* PreparedStatements::take(std::string_view sql) {
    const auto found = waiting_.find(sql);
    if (found == waiting_.end()) return nullptr;
    return waiting_.extract(found).mapped();
}

void PreparedStatements::giveBack(sqlite3_stmt* statement) {
    sqlite3_reset(statement); // repeats the error of the last step, which the caller already has
    sqlite3_clear_bindings(statement);
    const char* sql = sqlite3_sql(statement);
    if (!waiting_.emplace(sql, statement).second) sqlite3_finalize(statement); // was used twice at a time
}

Statement::Statement(sqlite3* db, std::string_view sql) : db_(db) { prepare(sql, 0); }

Statement::Statement(const Db& db, std::string_view sql)
    : db_(db.handle()), home_(&db.prepared()), statement_(home_->take(sql)) {
    if (!statement_) prepare(sql, SQLITE_PREPARE_PERSISTENT);
}

Statement::~Statement() {
    if (home_ && statement_)
        home_->giveBack(statement_);
    else
        sqlite3_finalize(statement_);
}

void Statement::prepare(std::string_view sql, unsigned flags) {
    note(sqlite3_prepare_v3(db_, sql.data(), static_cast<int>(sql.size()), flags, &statement_, nullptr));
}

void Statement::note(int result) {
    if (failed_ == SQLITE_OK) failed_ = result;
}

Statement& Statement::add(std::int64_t value) {
    note(sqlite3_bind_int64(statement_, next_++, value));
    return *this;
}

Statement& Statement::add(std::string_view value) {
    // A null pointer would bind NULL; the empty text is meant.
    note(sqlite3_bind_text(statement_, next_++, value.empty() ? "" : value.data(),
                           static_cast<int>(value.size()), SQLITE_STATIC));
    return *this;
}

Statement& Statement::add(std::span<const std::uint8_t> value) {
    note(value.empty() ? sqlite3_bind_zeroblob(statement_, next_++, 0)
                       : sqlite3_bind_blob(statement_, next_++, value.data(), static_cast<int>(value.size()),
                                           SQLITE_STATIC));
    return *this;
}

Result<bool> Statement::step() {
    if (failed_ != SQLITE_OK) return fail(sqlError(db_, "prepare"));
    switch (sqlite3_step(statement_)) {
    case SQLITE_ROW:
        return true;
    case SQLITE_DONE:
        return false;
    default:
        return fail(sqlError(db_, "step"));
    }
}

Result<void> Statement::run() {
    const auto row = step();
    if (!row) return fail(row.error());
    return {};
}

bool Statement::isNull(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(statement_, column); }

std::string Statement::text(int column) const {
    const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    return data ? std::string(data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)))
                : std::string();
}

Bytes Statement::blob(int column) const {
    const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_, column));
    return data ? Bytes(data, data + sqlite3_column_bytes(statement_, column)) : Bytes();
}

Transaction::Transaction(const Db& db) : db_(db), begun_(Statement(db, "BEGIN IMMEDIATE").run()) {
    open_ = begun_.has_value();
}

Transaction::~Transaction() {
    // SQLite may have rolled back by itself (disk full); the failure that led here is already on its way to
    // the caller.
    if (open_ && sqlite3_get_autocommit(db_.handle()) == 0)
        sqlite3_exec(db_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

Result<void> Transaction::commit() {
    auto done = Statement(db_, "COMMIT").run();
    if (done) open_ = false;
    return done;
}

Result<void> execute(sqlite3* db, const std::string& sql) {
    if (sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        return fail(sqlError(db, "execute"));
    return {};
}

int changes(const Db& db) { return sqlite3_changes(db.handle()); }

} // namespace kiosk::store
