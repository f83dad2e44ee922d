// The built-in numbering.
#include "app/intake/ledger.hpp"
#include "tests/intake/served_office.hpp"

#include <sqlite3.h>

namespace kiosk::intake {
namespace {

using ::testing::HasSubstr;

TEST_F(IntakeTest, builtInNumbersStayInTheirRangeAndOneTooManyWaits) {
    auto store = openSqliteLedger(folder_ / "range.db", "H29.5", {8998, 8999}).value();
    const Instant today{1'790'000'000'000}, tomorrow{today.ms + 86'400'000};
    EXPECT_THAT(store.numbering->allocate("a", today)->code, HasSubstr("-8998"));
    EXPECT_THAT(store.numbering->allocate("b", today)->code, HasSubstr("-8999"));
    EXPECT_EQ(store.numbering->allocate("c", today).error().code, Code::StoreFull);
    EXPECT_THAT(store.numbering->allocate("b", today)->code, HasSubstr("-8999")) << "as before";
    EXPECT_THAT(store.numbering->allocate("c", tomorrow)->code, HasSubstr("-8998"));
    EXPECT_EQ(initOffice(folder_ / "strange", {"H29.5", "Mẫu", "", 8443, {}, {5, 4}}).error().code,
              Code::ConfigInvalid);
}

TEST_F(IntakeTest, serialsStartAnewEachDayAndAKeyKeepsItsNumber) {
    auto ledger = openSqliteLedger(folder_ / "numbers.db", "H29.5").value();
    const Instant day{1'790'000'000'000};
    const auto code = [&](const char* key, Instant at) { return ledger.numbering->allocate(key, at)->code; };
    const auto first = code("a", day);
    EXPECT_THAT(first, ::testing::EndsWith("-0001"));
    EXPECT_THAT(code("b", day), ::testing::EndsWith("-0002"));
    EXPECT_EQ(code("a", Instant{day.ms + 86'400'000}), first);
    EXPECT_THAT(code("c", Instant{day.ms + 86'400'000}), ::testing::EndsWith("-0001"));
}

/// While it lives, the work of every database opened after it is counted, in steps of SQLite's machine.
class CountedWork {
public:
    CountedWork() { sqlite3_auto_extension(reinterpret_cast<void (*)()>(count)); }
    CountedWork(const CountedWork&) = delete;
    CountedWork& operator=(const CountedWork&) = delete;
    ~CountedWork() { sqlite3_reset_auto_extension(); }

    template <typename Work>
    static int of(Work work) {
        steps_ = 0;
        work();
        return steps_;
    }

private:
    static int count(sqlite3* db, char**, const void*) {
        sqlite3_progress_handler(
            db, 1, [](void*) { return ++steps_, 0; }, nullptr);
        return SQLITE_OK;
    }
    static inline int steps_ = 0;
};

TEST_F(IntakeTest, aNumberTakesNoMoreWorkLateInABusyDay) {
    const CountedWork work;
    auto ledger = openSqliteLedger(folder_ / "busy.db", "H29.5").value();
    const Instant day{1'790'000'000'000};
    const auto allocate = [&](int n) {
        return CountedWork::of([&] { ASSERT_TRUE(ledger.numbering->allocate(std::to_string(n), day)); });
    };
    allocate(1);
    const int early = allocate(2);
    EXPECT_GT(early, 0);
    for (int n = 3; n < 300; ++n) allocate(n);
    EXPECT_EQ(allocate(300), early);
}

} // namespace
} // namespace kiosk::intake
