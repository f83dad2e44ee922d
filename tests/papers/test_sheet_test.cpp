#include "app/papers/test_sheet.hpp"

#include "app/papers/slip/ticket.hpp"
#include "tests/papers/poppler.hpp"

#include <fstream>
#include <gmock/gmock.h>

namespace kiosk::papers {
namespace {

TEST(TestSheet, HasTheOfficesNameAndEveryMark) {
    const auto pdf = testSheetPdf("Bộ phận Một cửa phường Mẫu", Instant{1'795'395'600'000});
    ASSERT_TRUE(pdf) << pdf.error().detail;
    const PaperFolder folder;
    std::ofstream(folder.path("test.pdf"), std::ios::binary) << *pdf;
    const auto text = flat(outputOf("pdftotext -layout '" + folder.path("test.pdf") + "' -"));
    EXPECT_THAT(text, testing::HasSubstr("BỘ PHẬN MỘT CỬA PHƯỜNG MẪU"));
    EXPECT_THAT(text, testing::HasSubstr("Ắ Ặ Ẫ Ậ"));
    EXPECT_THAT(text, testing::HasSubstr("SPECIMEN"));
    EXPECT_EQ(testSheetPdf("\xC3", Instant{}).error().code, Code::PaperFailed);
}

TEST(TicketRoll, IsAsWideAsTheRollAndDiffersByNumber) {
    const Ticket ticket{"vi", "Bộ phận Một cửa phường Mẫu", "A012", 25, Instant{1'795'395'600'000}};
    const auto roll = ticketRaster(ticket);
    ASSERT_TRUE(roll) << roll.error().detail;
    EXPECT_EQ(roll->width, 576);
    auto other = ticket;
    other.number = "A013";
    EXPECT_NE(ticketRaster(other)->rows, roll->rows);
    other.number.clear();
    EXPECT_EQ(ticketRaster(other).error().code, Code::PaperFailed);
}

} // namespace
} // namespace kiosk::papers
