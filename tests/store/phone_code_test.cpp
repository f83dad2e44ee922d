// Codes of telephones against the vectors of RFC 6238, appendix B (the last six of their eight digits).
#include "app/store/staff/phone_code.hpp"

#include "app/base/files.hpp"

#include <gtest/gtest.h>

namespace kiosk::store::phone_code {
namespace {

Secret<Bytes> rfcKey() {
    const std::string ascii = "12345678901234567890";
    return Secret<Bytes>(Bytes(ascii.begin(), ascii.end()));
}

TEST(PhoneCode, IsWhatTheStandardSays) {
    struct Vector {
        std::int64_t seconds;
        const char* code;
    };
    for (const auto& [seconds, code] :
         {Vector{59, "287082"}, Vector{1111111109, "081804"}, Vector{1111111111, "050471"},
          Vector{1234567890, "005924"}, Vector{2000000000, "279037"}, Vector{20000000000, "353130"}}) {
        EXPECT_EQ(stepOf(code, rfcKey(), Instant{seconds * 1000}, 0), seconds / 30) << seconds;
        EXPECT_FALSE(stepOf(code, rfcKey(), Instant{seconds * 1000}, seconds / 30)) << "taken before";
    }
}

TEST(PhoneCode, IsRightForOneStepEitherWay) {
    for (const int off : {-30, 0, 30})
        EXPECT_TRUE(stepOf("050471", rfcKey(), Instant{(1111111111 + off) * 1000LL}, 0)) << off;
    for (const int off : {-90, -60, 60, 90})
        EXPECT_FALSE(stepOf("050471", rfcKey(), Instant{(1111111111 + off) * 1000LL}, 0)) << off;
}

TEST(PhoneCode, OtherTextsAreNone) {
    for (const auto* code : {"", "05047", "0504711", "05047a", "      "})
        EXPECT_FALSE(stepOf(code, rfcKey(), Instant{1111111111000}, 0)) << code;
    EXPECT_FALSE(stepOf("050471", rfcKey(), Instant{-1}, 0));
}

TEST(PhoneCode, KeysAreWrittenAndReadAsAppsDo) {
    EXPECT_EQ(asText(rfcKey()).reveal(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    const auto key = newKey();
    EXPECT_EQ(key.reveal().size(), 20U);
    EXPECT_EQ(fromText(asText(key))->reveal(), key.reveal());
    for (const auto* text : {"", "GEZDGNBV", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ1", "?"})
        EXPECT_FALSE(fromText(Secret<std::string>(std::string(text)))) << text;
    EXPECT_EQ(
        uri(rfcKey(), "kiosk-01", "Quầy 1").reveal(),
        "otpauth://totp/kiosk-01:Qu%E1%BA%A7y%201?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=kiosk-01");
}

} // namespace
} // namespace kiosk::store::phone_code
