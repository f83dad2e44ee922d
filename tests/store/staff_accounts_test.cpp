// Staff accounts: tries are used up before they are looked at, and nothing gives them back.
#include "app/store/staff/accounts.hpp"

#include "app/base/crypto.hpp"
#include "app/base/files.hpp"
#include "app/base/text.hpp"
#include "app/store/staff/phone_code.hpp"
#include "tests/store/folder.hpp"

#include <csignal>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <liboath/oath.h>
#include <sys/wait.h>
#include <unistd.h>

namespace kiosk::store {
namespace {

const Secret<std::string> right(std::string("481957")), wrong(std::string("481958"));
constexpr Instant noon{1'795'000'000'000};

/// What the telephone shows.
std::string codeAt(const Secret<Bytes>& key, Instant at) {
    char code[7] = {};
    EXPECT_EQ(oath_totp_generate(reinterpret_cast<const char*>(key.reveal().data()), key.reveal().size(),
                                 at.ms / 1000, 30, 0, 6, code),
              OATH_OK);
    return code;
}

class StaffAccountsTest : public ::testing::Test {
protected:
    StaffAccountsTest() : db(*Db::open(file())), staff(db, key()) {}
    std::string file() const { return folder.path() + "/kiosk.db"; }
    static Secret<Bytes> key() { return Secret<Bytes>(Bytes(32, 7)); }
    std::string first() { return staff.createFirst("Quản trị MẪU", right, noon).value_or("none"); }
    SignInVerdict tryAt(const Secret<std::string>& pin, std::int64_t afterMs) {
        return *staff.signIn(1, pin, {}, Instant{noon.ms + afterMs});
    }
    std::vector<int> kinds() {
        std::vector<int> seen;
        const auto done = Journal(db).walk(0, [&](const journal::Row& row) {
            seen.push_back(static_cast<int>(row.kind));
            return true;
        });
        EXPECT_TRUE(done);
        return seen;
    }

    static bool initialised() {
        crypto::init();
        return true;
    }
    bool ready = initialised();
    testing::Folder folder;
    Db db;
    StaffAccounts staff;
};

TEST_F(StaffAccountsTest, ThereIsNoAccountAndNoPinFromTheFactory) {
    EXPECT_TRUE(staff.list()->empty());
    EXPECT_FALSE(staff.signIn(1, right, {}, noon));
    const auto code = first();
    EXPECT_THAT(code, ::testing::MatchesRegex("[2-9A-Z]{4}(-[2-9A-Z]{4}){4}"));
    ASSERT_EQ(staff.list()->size(), 1U);
    EXPECT_EQ(staff.list()->front().role, StaffRole::Administrator);
    EXPECT_EQ(staff.createFirst("Another", right, noon).error().code, Code::StaffNotAllowed);
    EXPECT_EQ(tryAt(right, 0).account->name, "Quản trị MẪU");
}

TEST_F(StaffAccountsTest, PinsThatAnybodyTriesFirstAreNotTaken) {
    for (const auto* weak : {"12345", "1234567890123", "111111", "123456", "987654", "48195a", ""})
        EXPECT_EQ(
            staff.createFirst("Quản trị MẪU", Secret<std::string>(std::string(weak)), noon).error().code,
            Code::StaffPinWeak)
            << weak;
    for (const auto& name : {std::string(), std::string(" x"), std::string(41, 'x')})
        EXPECT_EQ(staff.createFirst(name, right, noon).error().code, Code::StaffNameTaken) << name;
}

TEST_F(StaffAccountsTest, NeitherPinNorRecoveryCodeIsInTheDatabase) {
    const auto code = first();
    ASSERT_TRUE(db.backup());
    std::string all;
    for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
        std::ifstream in(entry.path(), std::ios::binary);
        all.append(std::istreambuf_iterator<char>(in), {});
    }
    EXPECT_EQ(all.find(right.reveal()), std::string::npos);
    EXPECT_EQ(all.find(code.substr(0, 9)), std::string::npos);
    EXPECT_NE(all.find("$argon2id$"), std::string::npos);
}

TEST_F(StaffAccountsTest, FiveWrongOnesWaitDoublingAndFifteenLock) {
    first();
    std::int64_t at = 0;
    for (int i = 1; i <= 4; ++i) EXPECT_EQ(tryAt(wrong, at).triesLeft, 5 - i);
    std::int64_t wait = 15'000;
    for (int i = 5; i < 15; ++i, wait = std::min<std::int64_t>(wait * 2, 3'600'000)) {
        const auto verdict = tryAt(wrong, at);
        ASSERT_TRUE(verdict.waitUntil) << i;
        EXPECT_EQ(verdict.waitUntil->ms, noon.ms + at + wait) << i;
        EXPECT_FALSE(tryAt(right, at + wait - 1).account) << "the right one waits too";
        at += wait;
    }
    EXPECT_TRUE(tryAt(wrong, at).locked);
    EXPECT_TRUE(staff.list()->front().locked);
    EXPECT_FALSE(tryAt(right, at + 365 * 86'400'000LL).account) << "until an administrator opens it";
}

TEST_F(StaffAccountsTest, TheRightOneForgivesTheWrongOnes) {
    first();
    for (int i = 0; i < 4; ++i) tryAt(wrong, 0);
    EXPECT_TRUE(tryAt(right, 0).account);
    EXPECT_EQ(tryAt(wrong, 0).triesLeft, 4);
}

TEST_F(StaffAccountsTest, AClockPutBackNeitherOpensNorLocksForYears) {
    first();
    for (int i = 0; i < 5; ++i) tryAt(wrong, 0);
    const std::int64_t back = -3 * 365 * 86'400'000LL;
    EXPECT_FALSE(tryAt(right, back).account);
    EXPECT_FALSE(tryAt(right, back + 14'000).account);
    EXPECT_TRUE(tryAt(right, back + 15'000).account);
}

/// In a process of its own, on a database that this one has not open; it is killed as soon as the count of
/// its try can be read.
void tryAndDie(const std::string& path, int number) {
    const auto child = ::fork();
    if (child == 0) {
        auto own = Db::open(path);
        if (own) {
            StaffAccounts accounts(*own, Secret<Bytes>(Bytes(32, 7)));
            if (number == 0)
                static_cast<void>(accounts.createFirst("Quản trị MẪU", right, noon));
            else
                static_cast<void>(accounts.signIn(1, wrong, {}, noon));
        }
        ::_exit(0);
    }
    int status = 0;
    if (number > 0)
        for (int i = 0; i < 20'000; ++i) { // the PIN itself takes 0.1 s more
            const auto now = files::read(triesPath(path), 1000);
            if (now && files::asText(*now).starts_with("1 " + std::to_string(number) + " ")) break;
            ::usleep(500);
        }
    if (number > 0) ::kill(child, SIGKILL);
    ::waitpid(child, &status, 0);
}

TEST_F(StaffAccountsTest, ATryThatIsCutOffIsUsedUp) {
    const auto path = folder / "other.db";
    for (int i = 0; i <= 5; ++i) tryAndDie(path, i);
    auto other = Db::open(path);
    ASSERT_TRUE(other);
    EXPECT_TRUE(StaffAccounts(*other, key()).signIn(1, right, {}, noon)->waitUntil) << "five are used up";
}

TEST_F(StaffAccountsTest, ARestoredDatabaseDoesNotGiveTriesBack) {
    first();
    ASSERT_TRUE(db.backup());
    for (int i = 0; i < 15; ++i) tryAt(wrong, i * 7'200'000LL);
    std::filesystem::copy_file(backupPath(file()), folder.path() + "/restored.db");
    std::filesystem::copy_file(triesPath(file()), triesPath(folder.path() + "/restored.db"));
    auto restored = openOrSalvage(folder.path() + "/restored.db");
    ASSERT_TRUE(restored);
    EXPECT_TRUE(StaffAccounts(restored->db, key()).list()->front().locked);
}

TEST_F(StaffAccountsTest, AnOlderFileBesideTheDatabaseGivesNothingBack) {
    first();
    tryAt(wrong, 0);
    std::filesystem::copy_file(triesPath(file()), triesPath(file()) + ".old");
    for (int i = 1; i < 5; ++i) tryAt(wrong, i);
    std::filesystem::rename(triesPath(file()) + ".old", triesPath(file())); // as a crash may leave it
    ASSERT_TRUE(StaffAccounts::replayTries(db));
    EXPECT_TRUE(tryAt(right, 10).waitUntil);
}

TEST_F(StaffAccountsTest, AdministratorsAddUnlockAndRemove) {
    first();
    const Secret<std::string> other(std::string("270613"));
    ASSERT_TRUE(staff.add(1, "Quầy 1", StaffRole::Attendant, other, noon));
    EXPECT_EQ(staff.add(1, "Quầy 1", StaffRole::Attendant, other, noon).error().code, Code::StaffNameTaken);
    EXPECT_TRUE(staff.signIn(2, other, {}, noon)->account);
    for (int i = 0; i < 15; ++i) ASSERT_TRUE(staff.signIn(2, wrong, {}, Instant{noon.ms + i * 7'200'000LL}));
    EXPECT_TRUE(staff.list()->back().locked);
    ASSERT_TRUE(staff.setPin(1, 2, right, noon));
    EXPECT_TRUE(staff.signIn(2, right, {}, noon)->account);
    EXPECT_EQ(staff.remove(1, 1, noon).error().code, Code::StaffLastAdministrator);
    ASSERT_TRUE(staff.remove(1, 2, noon));
    EXPECT_FALSE(staff.signIn(2, right, {}, noon));
    ASSERT_TRUE(staff.add(1, "Quầy 1", StaffRole::Supervisor, other, noon));
    EXPECT_EQ(staff.list()->back().id, 3) << "a number is never given again";
    EXPECT_THAT(kinds(), ::testing::IsSupersetOf({50, 51, 52, 53, 55}));
}

TEST_F(StaffAccountsTest, TheRecoveryCodeOpensAnAdministratorsAccountAndNoOther) {
    const auto code = first();
    const Secret<std::string> fresh(std::string("902746"));
    ASSERT_TRUE(staff.add(1, "Quầy 1", StaffRole::Attendant, fresh, noon));
    for (int i = 0; i < 15; ++i) tryAt(wrong, i * 7'200'000LL);
    const Secret<std::string> good(code), typed(text::lower(code)),
        bad(std::string("ABCD-ABCD-ABCD-ABCD-ABCD"));
    EXPECT_FALSE(staff.recover(good, 2, fresh, noon));
    EXPECT_FALSE(staff.recover(bad, 1, fresh, noon)->account);
    EXPECT_EQ(staff.recover(typed, 1, fresh, noon)->account->id, 1) << "as people type it";
    EXPECT_TRUE(staff.signIn(1, fresh, {}, noon)->account);
    for (int i = 0; i < 5; ++i) static_cast<void>(staff.recover(bad, 1, fresh, noon));
    EXPECT_TRUE(staff.recover(good, 1, fresh, noon)->waitUntil);
    EXPECT_TRUE(staff.recover(good, 1, fresh, Instant{noon.ms + 15'000})->account);
}

TEST_F(StaffAccountsTest, ATelephonesCodeIsAskedForBesideThePinAndTakenOnce) {
    first();
    const auto key = phone_code::newKey();
    EXPECT_EQ(staff.addPhone(1, key, "000000", noon).error().code, Code::StaffCodeWrong);
    EXPECT_TRUE(tryAt(right, 0).account) << "nothing was switched on";
    ASSERT_TRUE(staff.addPhone(1, key, codeAt(key, noon), noon));
    EXPECT_TRUE(staff.list()->front().phoneCode);
    const Instant later{noon.ms + 60'000};
    const auto code = codeAt(key, later);
    EXPECT_FALSE(staff.signIn(1, right, {}, later)->account);
    EXPECT_FALSE(staff.signIn(1, right, codeAt(key, noon), later)->account) << "taken before, and old";
    EXPECT_FALSE(staff.signIn(1, wrong, code, later)->account);
    EXPECT_EQ(staff.signIn(1, wrong, {}, later)->triesLeft, 1) << "wrong codes count as wrong PINs do";
    EXPECT_TRUE(staff.signIn(1, right, code, later)->account);
    EXPECT_FALSE(staff.signIn(1, right, code, later)->account) << "somebody who looked on";
    EXPECT_TRUE(staff.signIn(1, right, codeAt(key, {later.ms + 30'000}), later)->account)
        << "a telephone half a minute ahead";
    EXPECT_THAT(kinds(), ::testing::Contains(57));
}

TEST_F(StaffAccountsTest, ALostTelephoneIsRemovedByAnAdministratorOrTheRecoveryCode) {
    const auto recovery = first();
    ASSERT_TRUE(staff.add(1, "Quầy 1", StaffRole::Attendant, right, noon));
    for (const int id : {1, 2}) {
        const auto key = phone_code::newKey();
        ASSERT_TRUE(staff.addPhone(id, key, codeAt(key, noon), noon));
    }
    EXPECT_FALSE(staff.signIn(2, right, {}, noon)->account);
    ASSERT_TRUE(staff.removeSecondFactor(1, 2, noon));
    EXPECT_TRUE(staff.signIn(2, right, {}, noon)->account);
    EXPECT_TRUE(staff.recover(Secret<std::string>(recovery), 1, right, noon)->account);
    EXPECT_TRUE(tryAt(right, 0).account);
    EXPECT_THAT(kinds(), ::testing::Contains(58));
}

TEST_F(StaffAccountsTest, ACardIsAskedForBesideThePinInsteadOfATelephone) {
    const auto recovery = first();
    const auto key = phone_code::newKey();
    ASSERT_TRUE(staff.addPhone(1, key, codeAt(key, noon), noon));
    ASSERT_TRUE(staff.addCard(1, "a1b2c3", noon));
    EXPECT_TRUE(staff.list()->front().card);
    EXPECT_FALSE(staff.list()->front().phoneCode) << "never both";
    for (const auto* code : {"", "a1b2c4", right.reveal().c_str()})
        EXPECT_FALSE(staff.signIn(1, right, code, noon)->account) << code;
    EXPECT_FALSE(staff.signIn(1, wrong, "a1b2c3", noon)->account);
    EXPECT_TRUE(staff.signIn(1, right, "a1b2c3", noon)->account);
    EXPECT_TRUE(staff.signIn(1, right, "a1b2c3", noon)->account) << "a card is the same each time";
    ASSERT_TRUE(staff.add(1, "Quầy 1", StaffRole::Attendant, right, noon));
    ASSERT_TRUE(staff.addCard(2, "a1b2c3", noon));
    ASSERT_TRUE(staff.removeSecondFactor(1, 2, noon));
    EXPECT_TRUE(staff.signIn(2, right, {}, noon)->account);
    EXPECT_TRUE(staff.recover(Secret<std::string>(recovery), 1, right, noon)->account);
    EXPECT_TRUE(staff.signIn(1, right, {}, noon)->account) << "a lost card does not lock the kiosk";
    EXPECT_THAT(kinds(), ::testing::IsSupersetOf({67, 68}));
}

TEST_F(StaffAccountsTest, TheTelephonesKeyLiesSealedOnTheDisk) {
    first();
    const auto key = phone_code::newKey();
    ASSERT_TRUE(staff.addPhone(1, key, codeAt(key, noon), noon));
    const auto text = phone_code::asText(key).reveal();
    const std::string raw(files::asText(key.reveal()));
    for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
        std::ifstream in(entry.path(), std::ios::binary);
        const std::string all{std::istreambuf_iterator<char>(in), {}};
        EXPECT_EQ(all.find(text), std::string::npos) << entry.path();
        EXPECT_EQ(all.find(raw), std::string::npos) << entry.path();
    }
    EXPECT_EQ(StaffAccounts(db, Secret<Bytes>(Bytes(32, 8))).signIn(1, right, {}, noon).error().code,
              Code::KeyInvalid)
        << "another kiosk's device key";
}

} // namespace
} // namespace kiosk::store
