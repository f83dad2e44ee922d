// The page that the office reads and prints.
#include "app/base/json/json.hpp"
#include "app/intake/papers/page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kiosk::intake {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(DossierPage, hostileTextStaysTextAndReadingIsNeverCalledVerified) {
    const auto page = dossierPage(
        R"({"dossier_code":"<b>","dossier":{"procedure":{"name_vi":"<script>alert(1)</script>"},"customer":{"assurance":"read","name":"\"><img src=x>"},
        "answers":[{"section":"Mẫu & mẫu","label":"<i>","value":"v","display":"01/02/1999","origin":"card"}],"people":[{"x<y":{"z":[1,true,null]}}]}})");
    EXPECT_THAT(page, HasSubstr("ĐỌC TỪ THẺ – CHƯA XÁC THỰC"));
    for (const char* raw : {"<script", "<img", "<i>", "<b>", "x<y"}) EXPECT_THAT(page, Not(HasSubstr(raw)));
    EXPECT_THAT(page, HasSubstr("Mẫu &amp; mẫu"));
    EXPECT_THAT(page, HasSubstr("đọc từ thẻ"));
    EXPECT_THAT(dossierPage(R"({"dossier":{}})"), HasSubstr("CHƯA XÁC THỰC"));
    EXPECT_NO_THROW(dossierPage(
        R"({"dossier":{"procedure":[],"customer":7,"people":"x","answers":{},"consent":null,"addresses":3}})"));
}

} // namespace
} // namespace kiosk::intake
