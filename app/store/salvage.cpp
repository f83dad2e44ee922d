// Damage: the database is set aside, what can still be read is carried over, and what was erased stays
// erased.
#include "app/base/files.hpp"
#include "app/base/time.hpp"
#include "app/store/db.hpp"
#include "app/store/journal/journal.hpp"
#include "app/store/sql.hpp"
#include "app/store/staff/accounts.hpp"

#include <filesystem>
#include <fstream>
#include <sqlite3.h>
#include <sstream>

namespace kiosk::store {
namespace {

namespace fs = std::filesystem;

/// A second database opened only to be read from; it may be broken anywhere.
struct Source {
    sqlite3* db = nullptr;
    explicit Source(const std::string& path) {
        // Read-write, because reading a WAL database includes replaying its log.
        if (sqlite3_open_v2(path.c_str(), &db, SQLITE_OPEN_READWRITE, nullptr) != SQLITE_OK) {
            sqlite3_close(db);
            db = nullptr;
        }
    }
    Source(const Source&) = delete;
    Source& operator=(const Source&) = delete;
    ~Source() { sqlite3_close(db); }
};

struct Table {
    const char* name;
    const char* order; // the key to walk from both ends, around a broken page
    std::string_view columns;
};

constexpr Table tables[] = {
    {"erasure", "name", "name, erased_ms"},
    {"profile", "name", "name, salt, sealed, has_answers, ends_on, saved_ms"},
    {"outbox", "id",
     "key, reference, procedure, subject, slot, state, created_ms, next_try_ms, attempts, reason, "
     "dossier_code, acknowledgement, "
     "settled_ms, bytes"},
    {"journal", "sequence", "sequence, at_ms, account, kind, body, hash"},
    {"journal_attestation", "purpose", "purpose, text"},
    {"staff", "id", "id, name, role, pin, active, added_ms"},
    {"staff_tries", "account", "account, wrong, tried_ms"},
    {"staff_recovery", "only", "only, code"},
    {"counts", "day", "day, what, detail, n"},
    {"ticket", "day", "day, number, taken_ms"},
    {"progress", "reference", "reference, sealed, kept_ms, wrong, wrong_ms"},
};

/// Copies the row at hand; false: the target refused it (already there).
bool copyRow(sqlite3_stmt* from, sqlite3_stmt* to) {
    sqlite3_reset(to);
    for (int i = 0; i < sqlite3_column_count(from); ++i)
        if (sqlite3_bind_value(to, i + 1, sqlite3_column_value(from, i)) != SQLITE_OK) return false;
    return sqlite3_step(to) == SQLITE_DONE;
}

/// Copies rows until the end or the first unreadable page; true: the end was reached.
bool copyRows(sqlite3* source, sqlite3* target, const Table& table, const char* direction, int& copied) {
    const std::string columns(table.columns);
    std::string marks;
    for (const char c : columns)
        if (c == ',') marks += "?,";
    const std::string select =
        "SELECT " + columns + " FROM " + table.name + " ORDER BY " + table.order + " " + direction;
    const std::string insert =
        std::string("INSERT OR IGNORE INTO ") + table.name + "(" + columns + ") VALUES (" + marks + "?)";
    sqlite3_stmt* from = nullptr;
    sqlite3_stmt* to = nullptr;
    bool whole = false;
    if (sqlite3_prepare_v2(source, select.c_str(), -1, &from, nullptr) == SQLITE_OK &&
        sqlite3_prepare_v2(target, insert.c_str(), -1, &to, nullptr) == SQLITE_OK) {
        int result = SQLITE_ROW;
        while ((result = sqlite3_step(from)) == SQLITE_ROW)
            if (copyRow(from, to)) copied += sqlite3_changes(target);
        whole = result == SQLITE_DONE;
    }
    sqlite3_finalize(from);
    sqlite3_finalize(to);
    return whole;
}

int carryOver(const std::string& path, const Db& target) {
    int copied = 0;
    const Source source(path);
    if (!source.db) return 0;
    for (const auto& table : tables)
        if (!copyRows(source.db, target.handle(), table, "ASC", copied))
            copyRows(source.db, target.handle(), table, "DESC", copied);
    return copied;
}

Result<void> replayErasures(const Db& db) {
    std::ifstream file(erasuresPath(db.path()));
    std::string name;
    std::int64_t at = 0;
    while (file >> name >> at) {
        Statement note(db,
                       "INSERT INTO erasure(name, erased_ms) VALUES (?, ?) ON CONFLICT(name) DO UPDATE SET "
                       "erased_ms = max(erased_ms, excluded.erased_ms)");
        if (auto done = note.add(name).add(at).run(); !done) return done;
    }
    return execute(
        db.handle(),
        "DELETE FROM profile WHERE EXISTS (SELECT 1 FROM erasure WHERE erasure.name = profile.name AND "
        "erasure.erased_ms >= profile.saved_ms)");
}

/// The free name `<path>.damaged-<time>[-n]`; the database and its log move together.
Result<std::string> setAside(const std::string& path) {
    std::string stamp = now().iso();
    std::erase_if(stamp, [](char c) { return c == ':' || c == '-'; });
    const std::string first = path + ".damaged-" + stamp;
    std::string aside = first;
    for (int n = 2; fs::exists(aside); ++n) aside = first + '-' + std::to_string(n);
    std::error_code error;
    if (fs::exists(path + "-wal")) fs::rename(path + "-wal", aside + "-wal", error);
    if (!error) fs::rename(path, aside, error);
    if (error)
        return fail(Code::StoreUnavailable, "cannot set the damaged database aside: " + error.message());
    fs::remove(path + "-shm", error); // an index of the log, rebuilt by SQLite
    return aside;
}

} // namespace

Result<Opened> openOrSalvage(const std::string& path) {
    auto db = Db::open(path);
    if (db) {
        auto replayed = replayErasures(*db);
        if (replayed) replayed = StaffAccounts::replayTries(*db);
        if (!replayed) return fail(replayed.error());
        return Opened{std::move(*db), std::nullopt, 0};
    }
    if (db.error().code != Code::StoreDamaged) return fail(db.error());
    const Error damage = db.error();
    const auto aside = setAside(path);
    if (!aside) return fail(aside.error());
    auto fresh = Db::open(path);
    if (!fresh) return fail(fresh.error());
    Opened opened{
        std::move(*fresh),
        Error{Code::StoreDamaged, damage.detail + "; kept as " + fs::path(*aside).filename().string()}, 0};
    // Salvage works on a copy: opening the damaged file could change it, and it is evidence.
    const std::string copy = path + ".salvage";
    std::error_code error;
    for (const char* part : {"", "-wal"})
        if (fs::exists(*aside + part))
            fs::copy_file(*aside + part, copy + part, fs::copy_options::overwrite_existing, error);
    Transaction transaction(opened.db);
    if (!transaction.begun()) return fail(transaction.begun().error());
    if (!error) opened.salvaged = carryOver(copy, opened.db);
    if (fs::exists(backupPath(path))) opened.salvaged += carryOver(backupPath(path), opened.db);
    auto done = replayErasures(opened.db);
    if (done) done = StaffAccounts::replayTries(opened.db);
    const journal::Count rows(static_cast<std::uint64_t>(opened.salvaged));
    if (done) done = Journal(opened.db).append(journal::DatabaseSalvaged{{rows}}, now());
    if (done) done = transaction.commit();
    for (const char* part : {"", "-wal", "-shm"}) fs::remove(copy + part, error);
    if (!done) return fail(done.error());
    return opened;
}

} // namespace kiosk::store
