// SQLite as it comes, for comparison: WAL, synchronous=FULL, a unique key and the bytes.
#pragma once

#include "app/base/secret.hpp"

#include <cstdio>
#include <cstdlib>
#include <sqlite3.h>
#include <string>

namespace kiosk::bench {

/// Ends the program when `good` is false.
inline void must(bool good, const char* what) {
    if (good) return;
    std::fprintf(stderr, "bench: %s failed\n", what);
    std::exit(1);
}

struct BareSqlite {
    sqlite3* db = nullptr;
    explicit BareSqlite(const std::string& path) {
        must(sqlite3_open(path.c_str(), &db) == SQLITE_OK, "open");
        must(
            sqlite3_exec(
                db,
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                "CREATE TABLE parcel (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, bytes BLOB NOT NULL)",
                nullptr, nullptr, nullptr) == SQLITE_OK,
            "create");
    }
    BareSqlite(const BareSqlite&) = delete;
    BareSqlite& operator=(const BareSqlite&) = delete;
    ~BareSqlite() { sqlite3_close(db); }
    void insert(const std::string& key, const Bytes& bytes) const {
        sqlite3_stmt* statement = nullptr;
        must(sqlite3_prepare_v2(db, "INSERT INTO parcel(key, bytes) VALUES (?, ?)", -1, &statement,
                                nullptr) == SQLITE_OK,
             "prepare");
        sqlite3_bind_text(statement, 1, key.data(), static_cast<int>(key.size()), SQLITE_STATIC);
        sqlite3_bind_blob(statement, 2, bytes.data(), static_cast<int>(bytes.size()), SQLITE_STATIC);
        must(sqlite3_step(statement) == SQLITE_DONE, "insert");
        sqlite3_finalize(statement);
    }
};

} // namespace kiosk::bench
