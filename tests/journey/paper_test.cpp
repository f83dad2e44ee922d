// The filled declaration as a paper: seen on the screen, printed by CUPS, withdrawn when the person leaves.
#include "tests/drivers/cups_server.hpp"
#include "tests/journey/journey.hpp"
#include "tests/papers/poppler.hpp"

#include <algorithm>
#include <fstream>

namespace kiosk::journey {
namespace {

class PaperJourney : public Journey {
protected:
    /// To the declaration as a paper, with this queue as the office's printer.
    void openPaper(const std::string& queue) {
        house->configure("[printer]\npaper = \"" + cups.queue(queue) + "\"\n");
        open();
        identify(*person, false);
        chooseTile(*person, "1.004873");
        fillForm(*person);
        person->tap("review.paper");
        person->see("paper.sheet");
        person->picture("paper");
    }

    /// The share of places that are dark on the printed paper and not on the screen's, or the other way; seen
    /// in squares of 2 mm, because renderers differ.
    double differing(const RgbPicture& screen) const {
        std::ifstream in(folder / "paper.pgm", std::ios::binary);
        std::string magic;
        int width = 0, height = 0, most = 0;
        in >> magic >> width >> height >> most;
        in.get();
        const std::string grey((std::istreambuf_iterator<char>(in)), {});
        constexpr int columns = 105, rows = 148;
        int different = 0, dark = 0;
        for (int row = 0; row < rows; ++row)
            for (int column = 0; column < columns; ++column) {
                const auto darkest = [&](int w, int h, auto at) {
                    int least = 255;
                    for (int y = row * h / rows; y < (row + 1) * h / rows; ++y)
                        for (int x = column * w / columns; x < (column + 1) * w / columns; ++x)
                            least =
                                std::min(least, at(static_cast<std::size_t>(y) * static_cast<std::size_t>(w) +
                                                   static_cast<std::size_t>(x)));
                    return least < 128;
                };
                const bool printed = darkest(width, height, [&](std::size_t i) {
                    return int{static_cast<unsigned char>(grey.at(i))};
                });
                const bool shown = darkest(screen.width, screen.height,
                                           [&](std::size_t i) { return int{screen.rgb.reveal()[3 * i]}; });
                dark += printed ? 1 : 0;
                different += printed == shown ? 0 : 1;
            }
        EXPECT_GT(dark, 1000) << "letters";
        return static_cast<double>(different) / (columns * rows);
    }

    test::CupsServer cups;
};

TEST_F(PaperJourney, WhatIsOnTheScreenComesOutOfThePrinter) {
    openPaper("PDF");
    person->tap("paper.print");
    person->see("paper.print.done");
    person->picture("printed");
    // cups-pdf turns letters into outlines: what is on the paper can be seen, not searched.
    const auto paper = cups.printed() + "/Kiosk___0.pdf";
    papers::outputOf("pdftoppm -r 76.2 -gray -singlefile '" + paper + "' '" + (folder / "paper").string() +
                     "'");
    std::filesystem::remove(paper);
    EXPECT_LT(differing(screen<screen::Paper>().sheets.front()), 0.08);
    person->tap("paper.close");
    send(*person, false);
}

TEST_F(PaperJourney, APaperThatIsStillWaitingIsWithdrawnWhenThePersonLeaves) {
    openPaper("SLOW");
    person->tap("paper.print");
    person->see("paper.print.running");
    person->wait("the job at the printer", [this] { return !cups.run("lpstat -o SLOW").empty(); });
    person->tap("footer.end");
    person->tap("overlay.end");
    person->see("welcome.start");
    person->wait("its withdrawal", [this] { return cups.run("lpstat -o SLOW").empty(); });
}

TEST_F(PaperJourney, APrinterWithoutPaperDoesNotKeepAnybodyFromSending) {
    openPaper("EMPTY");
    person->tap("paper.print");
    person->see("paper.print.trouble");
    person->picture("no-paper");
    EXPECT_EQ(screen<screen::Paper>().printTrouble, Code::PrinterNoPaper);
    person->tap("paper.close");
    send(*person, false);
}

} // namespace
} // namespace kiosk::journey
