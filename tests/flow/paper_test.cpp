// The declaration as a paper: seen before sending, printed, and gone with the session.
#include "app/base/json/json.hpp"
#include "tests/flow/kiosk_in_mind.hpp"

namespace kiosk {
namespace {

using test::Mind;

class PaperTest : public testing::Test {
protected:
    PaperTest() {
        m.identify();
        m.openForm();
        m.flow.screen = screen::Review{};
    }
    /// Was it asked for since the last time?
    template <typename E>
    bool asked() {
        const bool found = m.did<E>() != nullptr;
        m.effects.clear();
        return found;
    }
    static std::vector<RgbPicture> sheets(std::size_t count) {
        return std::vector<RgbPicture>(count, RgbPicture{1, 1, Secret(Bytes{1, 2, 3})});
    }
    Mind m;
};

TEST_F(PaperTest, TheFilledFormIsDrawnAndItsSheetsAreTurned) {
    m.send(event::ShowPaper{});
    const auto* draw = m.did<effect::DrawPaper>();
    ASSERT_NE(draw, nullptr);
    EXPECT_EQ(nlohmann::json::parse(draw->dossier.reveal())["form"]["name_vi"], "Tờ khai MẪU");
    ASSERT_NE(m.at<screen::Paper>(), nullptr);
    m.send(event::PaperDrawn{m.flow.now, sheets(3), {}});
    for (const int by : {1, 1, 1, 1}) m.send(event::TurnSheet{by});
    EXPECT_EQ(m.at<screen::Paper>()->sheet, 2U);
    for (const int by : {-1, -1, -1}) m.send(event::TurnSheet{by});
    EXPECT_EQ(m.at<screen::Paper>()->sheet, 0U);
    m.send(event::Back{});
    EXPECT_NE(m.at<screen::Review>(), nullptr);
}

TEST_F(PaperTest, WhatComesWhenThePersonHasGoneOnIsDropped) {
    m.send(event::ShowPaper{});
    m.send(event::Back{});
    m.send(event::PaperDrawn{m.flow.now, sheets(1), {}});
    m.send(event::PaperPrinted{Code::PrinterNoPaper});
    EXPECT_NE(m.at<screen::Review>(), nullptr);
}

TEST_F(PaperTest, AnOlderDrawingIsNotShownForANewerOne) {
    m.send(event::ShowPaper{});
    const auto first = m.flow.now;
    m.send(event::Back{});
    m.pass(50);
    m.send(event::ShowPaper{});
    m.send(event::PaperDrawn{first, sheets(2), {}});
    EXPECT_TRUE(m.at<screen::Paper>()->sheets.empty());
    m.send(event::PaperDrawn{m.flow.now, sheets(1), {}});
    EXPECT_EQ(m.at<screen::Paper>()->sheets.size(), 1U);
}

TEST_F(PaperTest, ItIsPrintedOnlyWhereThereIsAPrinterAndOneAtATime) {
    m.send(event::ShowPaper{});
    m.send(event::PaperDrawn{m.flow.now, sheets(1), {}});
    m.send(event::PrintPaper{});
    EXPECT_FALSE(asked<effect::PrintPaper>());
    m.office.printsPapers = true;
    m.send(event::PrintPaper{});
    EXPECT_TRUE(asked<effect::PrintPaper>());
    m.send(event::PrintPaper{});
    EXPECT_FALSE(asked<effect::PrintPaper>()) << "it is being printed";
    m.send(event::PaperPrinted{Code::PrinterNoPaper});
    EXPECT_EQ(m.at<screen::Paper>()->printTrouble, Code::PrinterNoPaper);
    m.send(event::PrintPaper{});
    EXPECT_TRUE(asked<effect::PrintPaper>());
    m.send(event::PaperPrinted{});
    EXPECT_EQ(m.at<screen::Paper>()->print, screen::Paper::Print::Printed);
}

} // namespace
} // namespace kiosk
