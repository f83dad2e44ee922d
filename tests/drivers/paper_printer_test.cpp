// Papers against CUPS's own server on a real socket: only what it says is done counts as printed.
#include "drivers/printer.hpp"
#include "tests/drivers/cups_server.hpp"

#include <gtest/gtest.h>
#include <set>

namespace kiosk {
namespace {

using namespace std::chrono_literals;
using test::CupsServer;

/// One empty page, as small as a PDF can be.
std::string pdf() {
    std::string out = "%PDF-1.4\n%" + std::string(300, '-') + "\n",
                table = "xref\n0 4\n0000000000 65535 f \n";
    int number = 0;
    for (const auto* object : {"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
                               "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"}) {
        char line[32];
        std::snprintf(line, sizeof line, "%010zu 00000 n \n", out.size());
        table += line;
        out += std::to_string(++number) + " 0 obj" + object + "endobj\n";
    }
    const auto at = out.size();
    return out + table + "trailer<</Size 4/Root 1 0 R>>\nstartxref\n" + std::to_string(at) + "\n%%EOF\n";
}

class PaperPrinterTest : public testing::Test {
protected:
    static void SetUpTestSuite() { server = std::make_unique<CupsServer>(); }
    static void TearDownTestSuite() { server.reset(); }
    static inline std::unique_ptr<CupsServer> server;
    std::atomic<bool> cancelled = false;
    /// By the jobs' name, which says nothing of anybody.
    static std::set<std::filesystem::path> papers() {
        std::set<std::filesystem::path> all;
        for (const auto& entry : std::filesystem::directory_iterator(server->printed()))
            if (entry.path().filename().string().starts_with("Kiosk")) all.insert(entry.path());
        return all;
    }
    /// No job waits any more.
    static bool isEmpty(const std::string& queue) { return server->run("lpstat -o " + queue).empty(); }
};

TEST_F(PaperPrinterTest, PrintsAPaperAndSaysSo) {
    for (const auto& old : papers()) std::filesystem::remove(old);
    const auto printer = makePaperPrinter(server->queue("PDF"));
    ASSERT_TRUE(printer->check()) << printer->check().error().detail;
    const auto printed = printer->print(pdf(), cancelled);
    ASSERT_TRUE(printed) << printed.error().detail;
    EXPECT_TRUE(*printed);
    ASSERT_EQ(papers().size(), 1U);
    EXPECT_GT(std::filesystem::file_size(*papers().begin()), 500U);
    EXPECT_TRUE(printer->print(pdf(), cancelled)) << "and once more";
}

TEST_F(PaperPrinterTest, WithoutPaperItIsToldAndNothingWaits) {
    const auto printer = makePaperPrinter(server->queue("EMPTY"));
    const auto printed = printer->print(pdf(), cancelled);
    ASSERT_FALSE(printed);
    EXPECT_EQ(printed.error().code, Code::PrinterNoPaper);
    EXPECT_TRUE(isEmpty("EMPTY"));
}

TEST_F(PaperPrinterTest, GivenUpMeansThatNothingIsPrintedLater) {
    const auto printer = makePaperPrinter(server->queue("SLOW"));
    std::jthread person([this] {
        std::this_thread::sleep_for(800ms);
        cancelled = true;
    });
    const auto printed = printer->print(pdf(), cancelled);
    ASSERT_TRUE(printed) << printed.error().detail;
    EXPECT_FALSE(*printed);
    EXPECT_TRUE(isEmpty("SLOW"));
    EXPECT_EQ(
        makePaperPrinter(server->queue("SLOW"), 500ms)->print(pdf(), std::atomic<bool>(false)).error().code,
        Code::PrinterOffline)
        << "one that is never done";
    EXPECT_TRUE(isEmpty("SLOW"));
}

TEST_F(PaperPrinterTest, AStoppedQueueIsToldBeforeAnythingIsSent) {
    server->run("cupsdisable PDF");
    const auto printer = makePaperPrinter(server->queue("PDF"));
    EXPECT_EQ(printer->check().error().code, Code::PrinterOffline);
    EXPECT_EQ(printer->print(pdf(), cancelled).error().code, Code::PrinterOffline);
    EXPECT_TRUE(isEmpty("PDF"));
    server->run("cupsenable PDF");
    EXPECT_TRUE(printer->check());
}

TEST(PaperPrinterAddress, WhatIsNotThereIsToldSoon) {
    const std::atomic<bool> cancelled = false;
    for (const auto* nowhere : {"ipp://127.0.0.1:1/printers/x", "ipp://no-such-host.invalid/x", "nonsense"})
        EXPECT_EQ(makePaperPrinter(nowhere)->print(pdf(), cancelled).error().code, Code::PrinterOffline)
            << nowhere;
}

} // namespace
} // namespace kiosk
