// Every failure code has a name of its own, the key of its words.
#include "app/base/result.hpp"

#include <gtest/gtest.h>
#include <set>

namespace kiosk {
namespace {

constexpr Code allCodes[] = {
#define KIOSK_CODE(name) Code::name,
    KIOSK_CODES(KIOSK_CODE)
#undef KIOSK_CODE
};

TEST(Result, everyCodeHasItsOwnName) {
    std::set<std::string_view> names;
    for (const auto code : allCodes) {
        const auto n = name(code);
        EXPECT_NE(n, "Unknown");
        EXPECT_TRUE(names.insert(n).second) << n;
        EXPECT_TRUE(n.front() >= 'A' && n.front() <= 'Z') << n;
    }
    EXPECT_EQ(names.size(), std::size(allCodes));
}

TEST(Result, aValueOutsideTheListIsNotNamedAsACode) {
    EXPECT_EQ(name(static_cast<Code>(std::size(allCodes))), "Unknown");
}

TEST(Result, failureKeepsCodeAndDetail) {
    const Result<int> failed = fail(Code::CameraLost, "poll timed out");
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().code, Code::CameraLost);
    EXPECT_EQ(failed.error().detail, "poll timed out");
    const Result<std::string> passedOn = fail(failed.error());
    EXPECT_EQ(passedOn.error().code, Code::CameraLost);
    EXPECT_EQ(passedOn.error().detail, "poll timed out");
}

} // namespace
} // namespace kiosk
