#include "app/store/profiles.hpp"

#include "app/base/crypto.hpp"
#include "app/base/files.hpp"
#include "app/store/csv.hpp"
#include "app/store/sql.hpp"
#include "tests/store/folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kiosk::store {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr Date today{2026, 11, 24};

CardKey card(const std::string& number = "079199000017", const std::string& name = "Nguyễn Văn Mẫu") {
    return CardKey::of(number, Date{1999, 2, 1}, name);
}

Profile specimen() {
    Profile profile;
    profile.answers["phone"] = {"0900000000", today};
    profile.cardName = "Nguyễn Văn Mẫu";
    profile.cardAddress = "Phường Mẫu";
    return profile;
}

class ProfilesTest : public ::testing::Test {
protected:
    void SetUp() override { crypto::init(); }
    testing::Folder folder_;
    std::string path_ = folder_ / "kiosk.db";
    Db db_ = Db::open(path_).value();
    Secret<Bytes> key_{Bytes(32, 7)};
    Profiles profiles_{db_, key_};
};

TEST_F(ProfilesTest, onlyTheSameCardOpensIt) {
    ASSERT_TRUE(profiles_.save(card(), specimen(), today, 30));
    const auto found = profiles_.open(card(), today).value();
    ASSERT_TRUE(found);
    EXPECT_EQ(found->answers.at("phone").value, "0900000000");
    EXPECT_EQ(found->answers.at("phone").givenOn, today);
    EXPECT_EQ(found->cardAddress, "Phường Mẫu");
    EXPECT_EQ(found->keptSince, today);
    EXPECT_EQ(profiles_.open(card("079199000017", "NGUYỄN văn mẫu"), today)->value().answers.size(),
              1U); // folded
    EXPECT_EQ(profiles_.open(card("079199000017", "Nguyễn Thị Mẫu"), today).error().code,
              Code::ProfileWrongCard);
    EXPECT_EQ(profiles_.save(card("079199000017", "Nguyễn Thị Mẫu"), specimen(), today, 30).error().code,
              Code::ProfileWrongCard);
    EXPECT_FALSE(profiles_.open(card("079199000025"), today).value());
}

TEST_F(ProfilesTest, anotherDeviceKeyFindsNothing) {
    ASSERT_TRUE(profiles_.save(card(), specimen(), today, 30));
    Profiles other(db_, Secret<Bytes>(Bytes(32, 8)));
    EXPECT_FALSE(other.open(card(), today).value());
}

TEST_F(ProfilesTest, aRowMovedOrMadeToLastLongerDoesNotOpen) {
    ASSERT_TRUE(profiles_.save(card(), specimen(), today, 30));
    ASSERT_TRUE(execute(db_.handle(), "UPDATE profile SET ends_on = '2999-01-01'"));
    EXPECT_EQ(profiles_.open(card(), today).error().code, Code::ProfileWrongCard);
}

TEST_F(ProfilesTest, endsOnItsDayAndIsRemoved) {
    ASSERT_TRUE(profiles_.save(card(), specimen(), today, 30));
    EXPECT_TRUE(profiles_.open(card(), Date{2026, 12, 24}).value());
    EXPECT_FALSE(profiles_.open(card(), Date{2026, 12, 25}).value());
    EXPECT_EQ(profiles_.expire(Date{2026, 12, 24}).value(), 0);
    EXPECT_EQ(profiles_.expire(Date{2026, 12, 25}).value(), 1);
}

TEST_F(ProfilesTest, disputeIsKeptAndErasureLeavesNothing) {
    auto profile = specimen();
    profile.disputed = true;
    ASSERT_TRUE(profiles_.save(card(), profile, today, 30));
    EXPECT_TRUE(profiles_.open(card(), today)->value().disputed);
    ASSERT_TRUE(profiles_.erase(card(), today));
    EXPECT_FALSE(profiles_.open(card(), today).value());
}

TEST_F(ProfilesTest, theDiskHoldsNothingReadable) {
    ASSERT_TRUE(profiles_.save(card(), specimen(), today, 30));
    ASSERT_TRUE(profiles_.erase(card("079199000025"), today));
    for (const auto& entry : std::filesystem::directory_iterator(folder_.path())) {
        const auto bytes = files::read(entry.path()).value();
        const std::string content(bytes.begin(), bytes.end());
        for (const char* canary :
             {"0900000000", "079199000017", "079199000025", "Nguyễn", "NGUYEN", "Phường", "1999-02-01"})
            EXPECT_EQ(content.find(canary), std::string::npos) << entry.path() << " holds " << canary;
    }
}

TEST_F(ProfilesTest, whatWasErasedStaysErasedAfterARestoreFromTheBackup) {
    ASSERT_TRUE(profiles_.save(card(), specimen(), today, 30));
    ASSERT_TRUE(profiles_.save(card("079199000025"), specimen(), today, 30));
    ASSERT_TRUE(db_.backup());
    ASSERT_TRUE(profiles_.erase(card(), today));
    db_ = Db::open(folder_ / "other.db").value(); // lets go of the file
    std::filesystem::remove(path_ + "-wal");
    ASSERT_TRUE(files::writeDurably(path_, std::string(9000, 'x')));
    auto opened = openOrSalvage(path_).value();
    ASSERT_TRUE(opened.incident);
    Profiles restored(opened.db, key_);
    EXPECT_FALSE(restored.open(card(), today).value());
    EXPECT_TRUE(restored.open(card("079199000025"), today).value());
}

TEST_F(ProfilesTest, importSealsRecordsBesideAnswersAndNamesBadRows) {
    ASSERT_TRUE(profiles_.save(card(), specimen(), today, 30));
    ASSERT_TRUE(
        files::writeDurably(folder_ / "records.csv",
                            "\xEF\xBB\xBF"
                            "personal_number,birth_date,name,occupation,current_address\r\n"
                            "079199000017,01/02/1999,Nguyễn Văn Mẫu,Thợ mộc,\r\n"
                            "079199000017,1999-02-01,NGUYỄN VĂN MẪU,\"Thợ \"\"mẫu\"\", bậc 7\",Phường Mẫu\r\n"
                            "07919900001,1999-02-01,Trần Thị Mẫu,,\r\n"
                            "079199000033,31/02/1999,Trần Thị Mẫu,,\r\n"
                            "079199000025,1999-02-01,Lê Mẫu,Giáo viên\r\n"
                            "079199000041,1999-02-01,Lê Mẫu,Giáo viên,\r\n"));
    const auto report = profiles_.import(folder_ / "records.csv", today, 30).value();
    EXPECT_EQ(report.rows, 6);
    EXPECT_EQ(report.people, 2);
    EXPECT_THAT(report.problems,
                ElementsAre("line 4: column personal_number: not 12 digits",
                            "line 5: column birth_date: not a date (yyyy-mm-dd or dd/mm/yyyy)",
                            "line 6: 4 columns instead of 5"));
    const auto person = profiles_.open(card(), today)->value();
    EXPECT_EQ(person.records.at("occupation").value, "Thợ \"mẫu\", bậc 7");
    EXPECT_EQ(person.answers.at("phone").value, "0900000000");
    ASSERT_TRUE(profiles_.save(card(), specimen(), today, 30)); // answers replaced, records stay
    EXPECT_EQ(profiles_.open(card(), today)->value().records.size(), 2U);
}

TEST_F(ProfilesTest, importDoesNotTouchAProfileItCannotOpenButReplacesOldRecords) {
    ASSERT_TRUE(profiles_.save(card(), specimen(), today, 30));
    const std::string head = "personal_number;birth_date;name;phone\n";
    const auto import = [&](const std::string& rows) {
        EXPECT_TRUE(files::writeDurably(folder_ / "r.csv", head + rows));
        return profiles_.import(folder_ / "r.csv", today, 30).value();
    };
    const auto kept = import("079199000017;1999-02-01;Khác Văn Mẫu;1\n");
    ASSERT_EQ(kept.problems.size(), 1U);
    EXPECT_THAT(kept.problems[0], HasSubstr("line 2"));
    EXPECT_EQ(kept.problems[0].find("Khác"), std::string::npos);
    EXPECT_TRUE(profiles_.open(card(), today).value());
    EXPECT_EQ(import("079199000041;1999-02-01;Lê Mẫu;1\n").people, 1);
    EXPECT_EQ(import("079199000041;1999-02-01;Lê Thị Mẫu;2\n").people, 1);
    EXPECT_EQ(profiles_.open(card("079199000041", "Lê Thị Mẫu"), today)->value().records.at("phone").value,
              "2");
}

TEST(Csv, unusableFilesAreRefusedWithTheReason) {
    EXPECT_THAT(csv::parseRecords("").error().detail, HasSubstr("empty"));
    EXPECT_THAT(csv::parseRecords("personal_number,name\n").error().detail,
                HasSubstr("birth_date is missing"));
    EXPECT_THAT(csv::parseRecords("personal_number,birth_date,name,Họ tên\n").error().detail,
                HasSubstr("column 4"));
    EXPECT_THAT(csv::parseRecords("personal_number,birth_date,name,name\n").error().detail,
                HasSubstr("twice"));
    EXPECT_THAT(csv::parseRecords("a\xff,b\n").error().detail, HasSubstr("UTF-8"));
    const auto open =
        csv::parseRecords("personal_number,birth_date,name\n\"079199000017,1999-02-01,Mẫu\n").value();
    EXPECT_THAT(open.problems, ElementsAre("line 2: a quotation mark is in the wrong place"));
}

} // namespace
} // namespace kiosk::store
