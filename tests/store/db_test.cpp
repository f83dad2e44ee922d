#include "app/store/db.hpp"

#include "app/base/crypto.hpp"
#include "app/base/files.hpp"
#include "app/store/sql.hpp"
#include "tests/store/folder.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

namespace kiosk::store {
namespace {

std::string pragma(const Db& db, const std::string& name) {
    Statement query(db, "PRAGMA " + name);
    return query.step().value() ? query.text(0) : "";
}

TEST(Db, opensStrictlyAndPrivately) {
    const testing::Folder folder;
    const auto db = Db::open(folder / "kiosk.db").value();
    EXPECT_EQ(pragma(db, "journal_mode"), "wal");
    EXPECT_EQ(pragma(db, "synchronous"), "2");
    EXPECT_EQ(pragma(db, "foreign_keys"), "1");
    EXPECT_EQ(pragma(db, "secure_delete"), "1");
    EXPECT_EQ(pragma(db, "user_version"), std::to_string(kioskSchema().back().version));
    for (const char* part : {"", "-wal", "-shm"}) {
        struct stat info {};
        ASSERT_EQ(::stat((folder / "kiosk.db" + part).c_str(), &info), 0);
        EXPECT_EQ(info.st_mode & 077, 0U) << part;
    }
}

TEST(Db, everyOlderVersionMigratesForwardWithABackupBefore) {
    const auto schema = kioskSchema();
    const std::string extra = "CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT;";
    for (std::size_t from = 1; from <= schema.size(); ++from) {
        const testing::Folder folder;
        const auto path = folder / "kiosk.db";
        {
            const auto old = Db::open(path, Db::Mode::ReadWrite, schema.first(from)).value();
            ASSERT_TRUE(execute(old.handle(), "INSERT INTO erasure(name, erased_ms) VALUES ('specimen', 1)"));
        }
        std::vector<Migration> next(schema.begin(), schema.end());
        next.push_back({schema.back().version + 1, extra});
        const auto db = Db::open(path, Db::Mode::ReadWrite, next).value();
        EXPECT_EQ(pragma(db, "user_version"), std::to_string(next.back().version));
        Statement kept(db, "SELECT count(*) FROM erasure, (SELECT count(*) FROM later)");
        ASSERT_TRUE(kept.step().value());
        EXPECT_EQ(kept.integer(0), 1);
        const auto backup = Db::open(backupPath(path), Db::Mode::ReadOnly, schema).value();
        EXPECT_EQ(pragma(backup, "user_version"), std::to_string(schema.back().version));
    }
}

TEST(Db, aFailingMigrationLeavesTheOldVersionWhole) {
    const testing::Folder folder;
    const auto path = folder / "kiosk.db";
    ASSERT_TRUE(Db::open(path));
    std::vector<Migration> next(kioskSchema().begin(), kioskSchema().end());
    next.push_back(
        {next.back().version + 1, "CREATE TABLE later (id INTEGER); INSERT INTO nowhere VALUES (1);"});
    EXPECT_FALSE(Db::open(path, Db::Mode::ReadWrite, next));
    const auto db = Db::open(path).value();
    Statement query(db, "SELECT count(*) FROM sqlite_schema WHERE name = 'later'");
    ASSERT_TRUE(query.step().value());
    EXPECT_EQ(query.integer(0), 0);
}

TEST(Db, aNewerFileIsLeftAlone) {
    const testing::Folder folder;
    const auto path = folder / "kiosk.db";
    {
        const auto db = Db::open(path).value();
        ASSERT_TRUE(execute(db.handle(), "PRAGMA user_version = 99"));
    }
    EXPECT_EQ(Db::open(path).error().code, Code::StoreTooNew);
    EXPECT_EQ(openOrSalvage(path).error().code, Code::StoreTooNew);
    EXPECT_EQ(Db::open(path, Db::Mode::ReadOnly).error().code, Code::StoreTooNew);
}

TEST(Db, nothingThereIsNamedNotMade) {
    const testing::Folder folder;
    EXPECT_EQ(Db::open(folder / "none.db", Db::Mode::ReadOnly).error().code, Code::StoreUnavailable);
    EXPECT_FALSE(std::filesystem::exists(folder / "none.db"));
    EXPECT_EQ(Db::open(folder / "no/such/folder.db").error().code, Code::StoreUnavailable);
}

TEST(Files, keysOthersMayReadAreRefusedWithAdvice) {
    crypto::init();
    const testing::Folder folder;
    const auto path = folder / "keys/device.key";
    const auto made = files::deviceKey(path);
    ASSERT_TRUE(made);
    EXPECT_EQ(files::deviceKey(path)->reveal(), made->reveal());
    ASSERT_EQ(::chmod(path.c_str(), 0640), 0);
    const auto refused = files::deviceKey(path);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Code::KeyInvalid);
    EXPECT_NE(refused.error().detail.find("chmod 600"), std::string::npos);
    EXPECT_EQ(files::readKey(folder / "none", 32).error().code, Code::KeyMissing);
}

} // namespace
} // namespace kiosk::store
