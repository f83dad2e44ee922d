// Statements that are kept for their next use.
#include "app/store/sql.hpp"
#include "tests/store/folder.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>

namespace kiosk::store {
namespace {

class PreparedOnce : public ::testing::Test {
protected:
    int prepared() const {
        int n = 0;
        for (auto* s = sqlite3_next_stmt(db_.handle(), nullptr); s; s = sqlite3_next_stmt(db_.handle(), s))
            ++n;
        return n;
    }
    Result<void> erase(std::string_view name) {
        return Statement(db_, "INSERT INTO erasure(name, erased_ms) VALUES (?, 1)").add(name).run();
    }

    testing::Folder folder_;
    Db db_ = Db::open(folder_ / "kiosk.db").value();
};

TEST_F(PreparedOnce, UsedAgainItIsTheSame) {
    const int before = prepared();
    for (const auto* name : {"specimen-1", "specimen-2", "specimen-3"}) ASSERT_TRUE(erase(name));
    EXPECT_EQ(prepared(), before + 1);
}

TEST_F(PreparedOnce, NothingStaysBound) {
    {
        Statement query(db_, "SELECT ?");
        ASSERT_TRUE(query.add("MẪU").step().value());
        EXPECT_EQ(query.text(0), "MẪU");
    }
    Statement query(db_, "SELECT ?");
    ASSERT_TRUE(query.step().value());
    EXPECT_TRUE(query.isNull(0));
}

TEST_F(PreparedOnce, AFailureDoesNotSpoilTheNextUse) {
    ASSERT_TRUE(erase("specimen"));
    EXPECT_FALSE(erase("specimen")) << "the name is there already";
    EXPECT_TRUE(erase("another specimen"));
}

TEST_F(PreparedOnce, TwoOfTheSameTextAtATimeDoNotMeet) {
    for (const auto* name : {"specimen-1", "specimen-2"}) ASSERT_TRUE(erase(name));
    constexpr auto sql = "SELECT name FROM erasure ORDER BY name";
    Statement outer(db_, sql);
    ASSERT_TRUE(outer.step().value());
    {
        Statement inner(db_, sql);
        ASSERT_TRUE(inner.step().value());
        EXPECT_EQ(inner.text(0), "specimen-1");
    }
    ASSERT_TRUE(outer.step().value());
    EXPECT_EQ(outer.text(0), "specimen-2");
}

} // namespace
} // namespace kiosk::store
