// Pictures of every kind, cut short, damaged and hostile.
#include "drivers/picture.hpp"

#include "tests/specimen/picture_files.hpp"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <random>
#include <sys/stat.h>

namespace kiosk {
namespace {

using Buffer = std::vector<std::uint8_t>;

/// A small colour picture: red to the left, blue to the right.
Frame sample() {
    Frame f;
    f.width = 64;
    f.height = 48;
    for (int y = 0; y < f.height; ++y)
        for (int x = 0; x < f.width; ++x)
            for (const int v : {x < 32 ? 200 : 20, 60 + y, x < 32 ? 20 : 200})
                f.rgb.push_back(static_cast<std::uint8_t>(v));
    fillGrey(f);
    return f;
}

Buffer contentOf(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// Of each test's own: ctest runs them side by side.
std::string scratch(const std::string& name) {
    return testing::TempDir() + "kiosk_picture_" +
           testing::UnitTest::GetInstance()->current_test_info()->name() + "_" + name;
}

Buffer pngOf(const Frame& f) {
    const auto path = scratch("sample.png");
    EXPECT_TRUE(specimen::savePng(path, f));
    return contentOf(path);
}

Buffer jpegOf(const Frame& f, bool progressive = false) {
    const auto bytes = specimen::jpeg(f, 95, progressive);
    return {bytes.begin(), bytes.end()};
}

Buffer pgm(const std::string& header, std::size_t pixels, std::uint8_t value) {
    Buffer out(header.begin(), header.end());
    out.insert(out.end(), pixels, value);
    return out;
}

Code codeOf(const Buffer& bytes) {
    const auto frame = decodePicture(bytes);
    EXPECT_FALSE(frame);
    return frame ? Code::SystemFailed : frame.error().code;
}

void expectNear(const Frame& a, const Frame& b, int tolerance) {
    ASSERT_EQ(a.width, b.width);
    ASSERT_EQ(a.height, b.height);
    ASSERT_EQ(a.rgb.size(), b.rgb.size());
    ASSERT_EQ(a.grey.size(), b.grey.size());
    for (std::size_t i = 0; i < a.grey.size(); i += 7) ASSERT_NEAR(a.grey[i], b.grey[i], tolerance) << i;
}

TEST(Picture, ReadsPngAndJpegInColour) {
    const auto original = sample();
    for (const auto& [bytes, tolerance] :
         {std::pair{pngOf(original), 0}, {jpegOf(original), 40}, {jpegOf(original, true), 40}}) {
        const auto frame = decodePicture(bytes);
        ASSERT_TRUE(frame) << frame.error().detail;
        expectNear(*frame, original, tolerance);
    }
}

TEST(Picture, ReadsGreyMapsOfEveryDepth) {
    const auto raw = decodePicture(pgm("P5\n# SPECIMEN\n4 2\n255\n", 8, 77));
    ASSERT_TRUE(raw) << raw.error().detail;
    EXPECT_EQ(raw->grey, Buffer(8, 77));
    EXPECT_TRUE(raw->rgb.empty());
    const auto deep = decodePicture(pgm("P5 2 2 65535\n", 8, 0x80));
    ASSERT_TRUE(deep);
    EXPECT_EQ(deep->grey, Buffer(4, 128));
    const std::string plain = "P2\n2 2\n15\n0 15 5 10\n";
    const auto text = decodePicture(Buffer(plain.begin(), plain.end()));
    ASSERT_TRUE(text) << text.error().detail;
    EXPECT_EQ(text->grey, (Buffer{0, 255, 85, 170}));
}

TEST(Picture, GoesByContentNotByName) {
    const auto path = scratch("named.pgm");
    ASSERT_TRUE(specimen::savePng(path, sample()));
    const auto frame = loadPicture(path);
    ASSERT_TRUE(frame) << frame.error().detail;
    EXPECT_EQ(frame->width, 64);
}

TEST(Picture, ReadsJpegWithoutHuffmanTablesAsCamerasSendIt) {
    auto bytes = jpegOf(sample());
    for (std::size_t i = 2; i + 4 < bytes.size() && bytes[i] == 0xFF && bytes[i + 1] != 0xDA;) {
        const std::size_t size = 2 + bytes[i + 2] * 256U + bytes[i + 3];
        const auto at = bytes.begin() + static_cast<std::ptrdiff_t>(i);
        if (bytes[i + 1] == 0xC4)
            bytes.erase(at, at + static_cast<std::ptrdiff_t>(size));
        else
            i += size;
    }
    const auto frame = decodePicture(bytes);
    ASSERT_TRUE(frame) << frame.error().detail;
    expectNear(*frame, sample(), 40);
}

TEST(Picture, RefusesPicturesCutShortAnywhere) {
    for (const auto& bytes : {pngOf(sample()), jpegOf(sample()), pgm("P5 64 48 255\n", 64 * 48, 9)})
        for (std::size_t size = 0; size + 12 < bytes.size(); size += 1 + size / 50)
            EXPECT_EQ(codeOf(Buffer(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size))),
                      Code::PictureUnreadable)
                << size << " of " << bytes.size();
}

TEST(Picture, SurvivesDamageAnywhere) {
    std::mt19937 random(9);
    int unreadable = 0;
    for (const auto& bytes :
         {pngOf(sample()), jpegOf(sample()), jpegOf(sample(), true), pgm("P5 64 48 255\n", 64 * 48, 9)})
        for (int i = 0; i < 400; ++i) {
            auto damaged = bytes;
            for (auto k = random() % 12 + 1; k > 0; --k)
                damaged[random() % damaged.size()] = static_cast<std::uint8_t>(random());
            const auto frame = decodePicture(damaged);
            if (!frame) {
                EXPECT_EQ(frame.error().code, Code::PictureUnreadable);
                ++unreadable;
            } else {
                EXPECT_EQ(frame->grey.size(), std::size_t(frame->width) * std::size_t(frame->height));
            }
        }
    EXPECT_GT(unreadable, 300);
}

TEST(Picture, RefusesSizesThatWouldExhaustTheMachine) {
    auto png = pngOf(sample());
    for (const std::size_t at : {18U, 22U}) png[at] = 0x7F; // 32,000 x 32,000 and more
    EXPECT_EQ(codeOf(png), Code::PictureUnreadable);
    auto jpeg = jpegOf(sample());
    for (std::size_t i = 2; i + 9 < jpeg.size(); ++i)
        if (jpeg[i] == 0xFF && jpeg[i + 1] == 0xC0) {
            for (std::size_t k = 5; k < 9; ++k) jpeg[i + k] = 0xFA; // 64,250 x 64,250
            break;
        }
    EXPECT_EQ(codeOf(jpeg), Code::PictureUnreadable);
    for (const char* header :
         {"P5 16384 16384 255\n", "P5 99999999999 1 255\n", "P5 0 5 255\n", "P5 5 -1 255\n", "P5 5 5 0\n",
          "P5 5 5 65536\n", "P5 5 5", "P2 9000 9000 255\n1 2 3", "P2 2 2 15\n0 16 1 1"})
        EXPECT_EQ(codeOf(pgm(header, 200, '1')), Code::PictureUnreadable) << header;
    EXPECT_TRUE(isPictureSizeSane(7680, 4320));
    EXPECT_FALSE(isPictureSizeSane(16384, 16384));
}

TEST(Picture, RefusesWhatIsNoFileWithoutBlocking) {
    const auto pipe = scratch("pipe");
    std::filesystem::remove(pipe);
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    for (const std::string& path : {pipe, std::string("/nonexistent/specimen.png"), testing::TempDir(),
                                    std::string("/dev/zero"), std::string()}) {
        const auto frame = loadPicture(path);
        ASSERT_FALSE(frame) << path;
        EXPECT_EQ(frame.error().code, Code::PictureUnreadable);
    }
    std::filesystem::remove(pipe);
    EXPECT_EQ(codeOf({}), Code::PictureUnreadable);
    EXPECT_EQ(codeOf({'G', 'I', 'F', '8', '9', 'a'}), Code::PictureUnreadable);
}

} // namespace
} // namespace kiosk
