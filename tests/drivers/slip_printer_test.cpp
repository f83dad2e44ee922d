// The slip's printer against one on a real socket: only what it confirms counts as printed.
#include "drivers/printer.hpp"
#include "tests/drivers/thermal_printer.hpp"

#include <chrono>
#include <gtest/gtest.h>

namespace kiosk {
namespace {

using test::ThermalPrinter;
using State = ThermalPrinter::State;
using namespace std::chrono_literals;

/// A pattern, higher than one band.
Raster pattern() {
    Raster raster{576, 300, Bytes(72 * 300)};
    for (std::size_t i = 0; i < raster.rows.size(); ++i)
        raster.rows[i] = static_cast<std::uint8_t>(i * 7 + i / 72);
    return raster;
}

class SlipPrinter : public testing::Test {
protected:
    ThermalPrinter paper;
    std::unique_ptr<Printer> printer = makeSlipPrinter(paper.address(), 3s);

    /// What comes of printing; nothing may come out of the printer later either.
    Code refusal() {
        const auto printed = printer->print(pattern());
        EXPECT_FALSE(printed);
        paper.be(State::Ready);
        paper.paperFor(-1);
        std::this_thread::sleep_for(100ms);
        EXPECT_TRUE(paper.slips().empty()) << "printed after it was given up";
        return printed ? Code::SystemFailed : printed.error().code;
    }
};

TEST_F(SlipPrinter, PrintsEveryDotAndCuts) {
    ASSERT_TRUE(printer->check());
    const auto printed = printer->print(pattern());
    ASSERT_TRUE(printed) << printed.error().detail;
    ASSERT_TRUE(printer->print(pattern())) << "and once more";
    const auto slips = paper.slips();
    ASSERT_EQ(slips.size(), 2U);
    EXPECT_EQ(slips[0].width, 576);
    EXPECT_EQ(slips[0].height, 300);
    EXPECT_EQ(slips[0].rows, pattern().rows);
}

TEST_F(SlipPrinter, SaysWhatIsWrongBeforeItPrints) {
    for (const auto& [state, code] :
         {std::pair{State::NoPaper, Code::PrinterNoPaper},
          std::pair{State::CoverOpen, Code::PrinterCoverOpen}, std::pair{State::Jammed, Code::PrinterJammed},
          std::pair{State::Silent, Code::PrinterOffline}}) {
        paper.be(state);
        const auto checked = printer->check();
        ASSERT_FALSE(checked);
        EXPECT_EQ(checked.error().code, code);
        EXPECT_EQ(refusal(), code);
    }
    EXPECT_TRUE(printer->print(pattern())) << "mended: it just works";
}

TEST_F(SlipPrinter, PaperThatEndsInTheMiddleIsNoSlip) {
    paper.paperFor(200);
    EXPECT_EQ(refusal(), Code::PrinterNoPaper);
}

TEST_F(SlipPrinter, ALineThatBreaksIsNoSlip) {
    paper.be(State::HangsUp);
    EXPECT_EQ(refusal(), Code::PrinterOffline);
}

TEST(SlipPrinterAddress, WhatIsNotThereIsToldSoon) {
    const auto start = std::chrono::steady_clock::now();
    for (const auto* nowhere :
         {"tcp://127.0.0.1:1", "/dev/no-such-printer", "tcp://no-such-host.invalid:9100"})
        EXPECT_EQ(makeSlipPrinter(nowhere, 1s)->print(pattern()).error().code, Code::PrinterOffline)
            << nowhere;
    EXPECT_LT(std::chrono::steady_clock::now() - start, 30s);
}

} // namespace
} // namespace kiosk
