#include "app/store/db.hpp"

#include "app/base/files.hpp"
#include "app/store/sql.hpp"
#include "store_schema.inc"

#include <fcntl.h>
#include <filesystem>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

namespace kiosk::store {
namespace {

namespace fs = std::filesystem;

/// SQLite checkpoints at 1,000 frames and then overwrites the log in place; a log of this size never grows
/// again.
constexpr std::int64_t walBytes = 1100LL * (4096 + 24);

Result<std::int64_t> pragma(sqlite3* db, std::string_view sql) {
    Statement query(db, sql);
    const auto row = query.step();
    if (!row) return fail(row.error());
    return *row ? query.integer(0) : 0;
}

Result<void> check(sqlite3* db) {
    Statement query(db, "PRAGMA quick_check(1)");
    const auto row = query.step();
    if (!row) return fail(row.error());
    if (!*row || query.text(0) != "ok") return fail(Code::StoreDamaged, "quick_check found damage");
    return {};
}

Result<void> migrate(Db& db, std::span<const Migration> schema) {
    const auto found = pragma(db.handle(), "PRAGMA user_version");
    if (!found) return fail(found.error());
    const int newest = schema.empty() ? 0 : schema.back().version;
    if (*found > newest)
        return fail(Code::StoreTooNew,
                    "file version " + std::to_string(*found) + ", program knows " + std::to_string(newest));
    for (const auto& step : schema) {
        if (step.version <= *found) continue;
        if (*found >
            0) // of a new file there is nothing to keep, and a salvage still needs the last good copy
            if (auto kept = db.backup(); !kept) return kept;
        Transaction transaction(db);
        if (!transaction.begun()) return fail(transaction.begun().error());
        auto done = execute(db.handle(), std::string(step.sql));
        if (done) done = execute(db.handle(), "PRAGMA user_version = " + std::to_string(step.version));
        if (done) done = transaction.commit();
        if (!done) return done;
    }
    return {};
}

/// Zeros behind the last frame are no frames to SQLite (their salts do not match), so the log may be made
/// long in advance: a commit then overwrites in place and its fdatasync needs no file-system journal commit
/// (measured: 200 instead of 600 microseconds).
Result<void> growLog(const std::string& path) {
    const std::string wal = path + "-wal";
    const files::Descriptor fd(::open(wal.c_str(), O_WRONLY | O_CLOEXEC));
    if (!fd) return {}; // not in WAL mode (a file system without shared memory): nothing to gain
    struct stat info {};
    if (::fstat(fd.get(), &info) != 0) return fail(files::systemError("stat log"));
    if (info.st_size >= walBytes) return {};
    const Bytes zeros(static_cast<std::size_t>(walBytes - info.st_size));
    if (!files::writeAll(fd.get(), zeros, info.st_size) || ::fsync(fd.get()) != 0)
        return {}; // only speed is lost; a full disk shows where it matters, in put()
    return {};
}

Result<void> configure(sqlite3* db, Db::Mode mode) {
    sqlite3_busy_timeout(db, 5000);
    sqlite3_extended_result_codes(db, 1);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    if (mode == Db::Mode::ReadOnly) return execute(db, "PRAGMA query_only=ON");
    return execute(
        db,
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;"
        "PRAGMA temp_store=MEMORY; PRAGMA cell_size_check=ON;");
}

} // namespace

std::span<const Migration> kioskSchema() { return generated::migrations; }

struct Db::Impl {
    sqlite3* db = nullptr;
    std::string path;
    std::optional<PreparedStatements> prepared{std::in_place};
    ~Impl() {
        prepared.reset();
        sqlite3_close_v2(db);
    }
};

Db::Db(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Db::Db(Db&&) noexcept = default;
Db& Db::operator=(Db&&) noexcept = default;
Db::~Db() = default;

sqlite3* Db::handle() const { return impl_->db; }
PreparedStatements& Db::prepared() const { return *impl_->prepared; }
const std::string& Db::path() const { return impl_->path; }

Result<Db> Db::open(const std::string& path, Mode mode, std::span<const Migration> schema) {
    auto impl = std::make_unique<Impl>();
    impl->path = path;
    // Made here so that the file, and with it SQLite's log, is for this user only.
    if (mode == Mode::ReadWrite &&
        !files::Descriptor(::open(path.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600)))
        return fail(files::systemError("open database"));
    const int flags =
        mode == Mode::ReadOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    const int opened = sqlite3_open_v2(path.c_str(), &impl->db, flags | SQLITE_OPEN_NOMUTEX, nullptr);
    Result<void> ready;
    if (opened != SQLITE_OK) ready = fail(sqlError(impl->db, "open"));
    if (ready) ready = configure(impl->db, mode);
    Db db(std::move(impl));
    if (ready && mode == Mode::ReadWrite) ready = check(db.handle());
    if (ready && mode == Mode::ReadWrite) ready = migrate(db, schema);
    if (ready && mode == Mode::ReadWrite) ready = growLog(path);
    if (ready && mode == Mode::ReadOnly) {
        const auto version = pragma(db.handle(), "PRAGMA user_version");
        if (!version)
            ready = fail(version.error());
        else if (*version == 0)
            ready = fail(Code::StoreUnavailable, "not set up yet");
        else if (!schema.empty() && *version > schema.back().version)
            ready = fail(Code::StoreTooNew);
    }
    if (!ready) return fail(ready.error());
    return db;
}

Result<void> Db::backup() const {
    const std::string target = backupPath(path());
    const std::string temporary = target + ".tmp";
    std::error_code ignored; // a rest of an earlier crash may or may not be there
    fs::remove(temporary, ignored);
    {
        Statement copy(*this, "VACUUM INTO ?");
        if (auto done = copy.add(temporary).run(); !done) return done;
    }
    const files::Descriptor fd(::open(temporary.c_str(), O_RDONLY | O_CLOEXEC));
    if (!fd || ::fsync(fd.get()) != 0) return fail(files::systemError("fsync backup"));
    if (::chmod(temporary.c_str(), 0600) != 0 || ::rename(temporary.c_str(), target.c_str()) != 0)
        return fail(files::systemError("rename backup"));
    const auto parent = fs::path(target).parent_path();
    return files::syncFolder(parent.empty() ? "." : parent.string());
}

std::string backupPath(const std::string& path) { return path + ".backup"; }
std::string erasuresPath(const std::string& path) { return path + ".erasures"; }
std::string databaseFile(const std::string& dataFolder) { return dataFolder + "/kiosk.db"; }
std::string outboxFolder(const std::string& dataFolder) { return dataFolder + "/outbox"; }
std::string keysFolder(const std::string& dataFolder) { return dataFolder + "/keys"; }
std::string deviceKeyFile(const std::string& dataFolder) { return keysFolder(dataFolder) + "/device.key"; }

} // namespace kiosk::store
