// Frames of specimen cards to bytes: what is read, what is not, and how long it may take.
#include "app/reading/reader.hpp"

#include "app/identity/id_card.hpp"
#include "app/reading/zxing.hpp"
#include "tests/specimen/specimen.hpp"

#include <ZXing/BitMatrix.h>
#include <ZXing/MultiFormatWriter.h>
#include <gmock/gmock.h>

namespace kiosk::reading {
namespace {

using namespace std::chrono_literals;
using specimen::Layout;

const id_card::Clock clockNow{{2026, 11, 24}, true};
constexpr auto plenty = 2000ms; // a debug build under a sanitizer is slow, what is read must not depend on it

GreyView viewOf(const Frame& f) { return {f.grey.data(), f.width, f.height, f.width}; }

std::string textOf(const Reading& reading) {
    if (reading.codes.empty()) return {};
    const auto& bytes = reading.codes.front().bytes;
    return {bytes.begin(), bytes.end()};
}

/// A white frame with the given codes drawn into it, `scale` px a module.
struct Sheet {
    int width, height;
    std::vector<std::uint8_t> grey;
    Sheet(int w, int h) : width(w), height(h), grey(std::size_t(w) * std::size_t(h), 255) {}
    void draw(const std::string& text, int x, int y, int scale,
              ZXing::BarcodeFormat format = ZXing::BarcodeFormat::QRCode) {
        const bool square = format == ZXing::BarcodeFormat::QRCode;
        const auto code = ZXing::MultiFormatWriter(format).setMargin(0).encode(text, 0, square ? 0 : 40);
        for (int r = 0; r < code.height() * scale; ++r)
            for (int c = 0; c < code.width() * scale; ++c)
                if (code.get(c / scale, r / scale))
                    grey.at(std::size_t(y + r) * std::size_t(width) + std::size_t(x + c)) = 0;
    }
    GreyView view() const { return {grey.data(), width, height, width}; }
};

TEST(Reader, ReadsEveryLayoutOffTheCard) {
    for (const auto layout : {Layout::Card2021, Layout::Card2024, Layout::Child2024})
        for (const auto& [width, height] : {std::pair{1280, 720}, {1920, 1080}}) {
            const auto s = specimen::specimen(11, layout);
            specimen::RenderParams params;
            params.width = width;
            params.height = height;
            const auto frame = render(s, params);
            const auto reading = Reader().read(viewOf(frame), plenty);
            ASSERT_EQ(textOf(reading), s.payload) << "byte for byte, Vietnamese letters too";
            const auto identity = id_card::parse(textOf(reading), clockNow);
            ASSERT_TRUE(identity) << identity.error().detail;
            EXPECT_EQ(*identity, s.truth);
            EXPECT_GT(reading.elapsed, 0us);
        }
}

/// Light modules on dark are for the last attempts, which most frames without a sign of a code are spared.
TEST(Reader, AStreamSpareOfSignsIsStillReadWithinSixFrames) {
    Sheet desk(640, 480), code(640, 480);
    code.draw("MAU SPECIMEN", 200, 120, 6);
    for (auto& grey : code.grey) grey = static_cast<std::uint8_t>(255 - grey);
    Reader reader;
    EXPECT_EQ(textOf(reader.read(code.view(), plenty)), "MAU SPECIMEN")
        << "a picture of its own is not spared";
    reader.forget();
    EXPECT_TRUE(reader.read(desk.view(), plenty).codes.empty());
    int frames = 0;
    std::string text;
    while (text.empty() && frames < 12) {
        text = textOf(reader.read(code.view(), plenty));
        ++frames;
    }
    EXPECT_EQ(text, "MAU SPECIMEN");
    EXPECT_LE(frames, 6);
}

TEST(Reader, SaysWhereTheCodeIs) {
    const auto s = specimen::specimen(12, Layout::Card2024);
    specimen::RenderParams straight;
    straight.turn = straight.tiltX = straight.tiltY = 0;
    const auto reading = Reader().read(viewOf(render(s, straight)), plenty);
    ASSERT_EQ(reading.codes.size(), 1U);
    const auto& c = reading.codes[0].corners;
    const double mm =
        straight.cardShare * 1280 / 85.6; // the code: 18 mm, 5 mm from the right, 13.5 from the top
    const double left = 640 + (85.6 / 2 - 5 - 18) * mm, top = 360 + (13.5 - 53.98 / 2) * mm;
    EXPECT_NEAR(c[0].x, left, 6);
    EXPECT_NEAR(c[0].y, top, 6);
    EXPECT_NEAR(c[2].x, left + 18 * mm, 6);
    EXPECT_NEAR(c[2].y, top + 18 * mm, 6);
}

TEST(Reader, HonoursTheRowStep) {
    Sheet sheet(300, 300);
    sheet.draw("SPECIMEN 123", 60, 60, 5);
    const int stride = 300 + 77;
    std::vector<std::uint8_t> padded(std::size_t(stride) * 300, 0);
    for (int y = 0; y < 300; ++y) std::copy_n(sheet.grey.begin() + y * 300, 300, padded.begin() + y * stride);
    EXPECT_EQ(textOf(Reader().read({padded.data(), 300, 300, stride}, plenty)), "SPECIMEN 123");
    EXPECT_TRUE(Reader().read({padded.data(), stride, 300, stride - 1}, plenty).codes.empty())
        << "rows that overlap";
}

TEST(Reader, FindsNothingWhereThereIsNothing) {
    specimen::RenderParams desk;
    desk.card = false;
    EXPECT_TRUE(Reader().read(viewOf(specimen::render(specimen::Card(), desk)), plenty).codes.empty());
    const std::vector<std::uint8_t> flat(640 * 480, 128);
    EXPECT_TRUE(Reader().read({flat.data(), 640, 480, 640}, plenty).codes.empty());
    specimen::Random random(3);
    auto noise = flat;
    for (auto& n : noise) n = static_cast<std::uint8_t>(random.next());
    const auto reading = Reader().read({noise.data(), 640, 480, 640}, plenty);
    EXPECT_TRUE(reading.codes.empty());
    EXPECT_EQ(reading.faults, 0U);
}

TEST(Reader, SurvivesFramesOfAnySize) {
    const std::vector<std::uint8_t> pixels(4096, 7);
    Reader reader;
    for (const auto& view : {GreyView{}, GreyView{nullptr, 100, 100, 100}, GreyView{pixels.data(), 0, 0, 0},
                             GreyView{pixels.data(), -5, 10, 10}, GreyView{pixels.data(), 1, 4096, 1},
                             GreyView{pixels.data(), 4096, 1, 4096}, GreyView{pixels.data(), 21, 21, 21},
                             GreyView{pixels.data(), 64, 64, 64}, GreyView{pixels.data(), 23, 64, 60}}) {
        const auto reading = reader.read(view, plenty);
        EXPECT_TRUE(reading.codes.empty());
        EXPECT_EQ(reading.faults, 0U);
    }
}

TEST(Reader, ReadsQrCodesOnly) {
    Sheet sheet(600, 300);
    sheet.draw("SPECIMEN123", 60, 60, 2, ZXing::BarcodeFormat::Code128);
    EXPECT_TRUE(Reader().read(sheet.view(), plenty, true).codes.empty());
    sheet.draw("SPECIMEN", 60, 160, 4);
    EXPECT_EQ(Reader().read(sheet.view(), plenty, true).codes.size(), 1U);
}

TEST(Reader, ListsEveryCodeOnceWhenAsked) {
    Sheet sheet(700, 400);
    sheet.draw("SPECIMEN ONE", 60, 60, 6);
    sheet.draw("SPECIMEN TWO", 400, 100, 6);
    std::vector<std::string> texts;
    for (const auto& code : Reader().read(sheet.view(), plenty, true).codes)
        texts.emplace_back(code.bytes.begin(), code.bytes.end());
    EXPECT_THAT(texts, testing::UnorderedElementsAre("SPECIMEN ONE", "SPECIMEN TWO"));
    EXPECT_EQ(Reader().read(sheet.view(), plenty).codes.size(), 1U);
}

TEST(Reader, ReadsLightModulesOnDark) {
    Sheet sheet(300, 300);
    sheet.draw("SPECIMEN", 60, 60, 6);
    for (auto& pixel : sheet.grey) pixel = static_cast<std::uint8_t>(255 - pixel);
    EXPECT_EQ(textOf(Reader().read(sheet.view(), plenty)), "SPECIMEN");
}

TEST(Reader, StopsStartingAttemptsWhenTheBudgetIsUsedUp) {
    const auto s = specimen::specimen(1, Layout::Card2024);
    auto blurred = specimen::degraded(4, 2, 1920, 1080);
    blurred.blur = 6; // unreadable: every attempt would be made
    const auto frame = render(s, blurred);
    const auto hasty = Reader().read(viewOf(frame), 0ms).elapsed;
    const auto patient = Reader().read(viewOf(frame), 10000ms).elapsed;
    EXPECT_LT(hasty * 3, patient);
}

TEST(Reader, ReadsASequenceOnceTheCardIsHeld) {
    const auto layout = Layout::Card2021;
    const auto frames = specimen::sequence(5, 12, layout);
    const auto payload = specimen::specimen(5, layout).payload;
    Reader reader; // one for all: it remembers the place
    int read = 0;
    for (std::size_t i = 0; i < frames.size(); ++i) {
        const auto reading = reader.read(viewOf(frames[i]), plenty);
        if (!reading.codes.empty()) {
            EXPECT_EQ(textOf(reading), payload);
            EXPECT_GE(i, 3U) << "the first quarter is an empty desk";
            ++read;
        }
    }
    EXPECT_GE(read, 5);
    const auto smaller =
        render(specimen::specimen(5, layout), specimen::RenderParams{.width = 960, .height = 540});
    EXPECT_EQ(textOf(reader.read(viewOf(smaller), plenty)), payload)
        << "a place in another frame size is not used";
}

TEST(Reader, ReadsMoreHardFramesThanTheLibraryAlone) {
    const auto s = specimen::specimen(21, Layout::Card2024);
    const auto card = specimen::drawCard(s);
    int alone = 0, ours = 0;
    for (std::uint64_t seed = 0; seed < 16; ++seed) {
        const auto frame = specimen::render(card, specimen::degraded(3, seed));
        alone += !zxing::read(viewOf(frame), {zxing::Threshold::LocalAverage, true, false}).empty();
        const auto reading = Reader().read(viewOf(frame), plenty);
        ours += !reading.codes.empty();
        EXPECT_TRUE(reading.codes.empty() || textOf(reading) == s.payload) << "a misread";
    }
    EXPECT_GT(ours, alone);
    EXPECT_GE(ours, 10);
}

} // namespace
} // namespace kiosk::reading
