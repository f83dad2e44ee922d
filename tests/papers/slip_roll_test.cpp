// The slip on a roll of 80 mm, as the dots that a thermal head burns.
#include "app/papers/slip/slip.hpp"

#include <gtest/gtest.h>

namespace kiosk::papers {
namespace {

Slip specimen() {
    Slip slip;
    slip.officeName = "Bộ phận Một cửa phường Mẫu";
    slip.officePhone = "024 0000 0000";
    slip.reference = "K7-9Q2M-4XTR";
    slip.code = slip.reference + ".0123456789ABCDEF01234567";
    slip.procedureCode = "1.001193";
    slip.procedureName = "Thủ tục đăng ký khai sinh (MẪU)";
    slip.at = Instant{1'795'000'000'000};
    slip.bring = {"Giấy chứng sinh (MẪU)"};
    return slip;
}

int firstBlack(const Raster& r, int row) {
    for (int x = 0; x < r.width; ++x)
        if (r.isBlack(x, row)) return x;
    return r.width;
}

TEST(SlipRoll, FillsTheRollsWidthAndAsMuchLengthAsItNeeds) {
    const auto roll = slipRaster(specimen());
    ASSERT_TRUE(roll) << roll.error().detail;
    EXPECT_EQ(roll->width, 576);
    EXPECT_EQ(roll->rows.size(), static_cast<std::size_t>(roll->width / 8 * roll->height));
    EXPECT_GT(roll->height, 8 * 80) << "mm";
    EXPECT_LT(roll->height, 8 * 160);
    auto longer = specimen();
    for (int i = 0; i < 10; ++i) longer.bring.push_back("Một giấy tờ khác có tên dài đến hai dòng (MẪU)");
    EXPECT_GT(slipRaster(longer)->height, roll->height + 8 * 50);
}

TEST(SlipRoll, KeepsItsMargins) {
    const auto roll = slipRaster(specimen());
    ASSERT_TRUE(roll);
    int left = roll->width;
    for (int y = 0; y < roll->height; ++y) left = std::min(left, firstBlack(*roll, y));
    EXPECT_GE(left, 14) << "dots: 2 mm, and half a stroke";
    EXPECT_LT(left, 24);
}

TEST(SlipRoll, SaysSentOnlyWithTheOfficesCode) {
    auto sent = specimen();
    sent.dossierCode = "H29.999.01-261128-0001";
    EXPECT_NE(slipRaster(sent)->rows, slipRaster(specimen())->rows);
}

TEST(SlipRoll, RefusesWhatCannotBePrinted) {
    auto slip = specimen();
    slip.reference.clear();
    EXPECT_EQ(slipRaster(slip).error().code, Code::PaperFailed);
    slip = specimen();
    slip.procedureName = "\xC3";
    EXPECT_EQ(slipRaster(slip).error().code, Code::PaperFailed);
}

} // namespace
} // namespace kiosk::papers
