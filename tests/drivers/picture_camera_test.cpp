// Pictures played as if by a camera, and which source an address opens.
#include "drivers/camera.hpp"
#include "tests/specimen/picture_files.hpp"

#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>

namespace kiosk {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;
namespace fs = std::filesystem;

/// A grey picture whose first pixel tells which it is.
Frame numbered(std::uint8_t number) {
    Frame f;
    f.width = f.height = 8;
    f.grey.assign(64, number);
    return f;
}

class PictureCamera : public testing::Test {
protected:
    void SetUp() override {
        const auto* test = testing::UnitTest::GetInstance()->current_test_info();
        folder_ = testing::TempDir() + "kiosk_pictures_" + test->name();
        fs::remove_all(folder_);
        fs::create_directories(folder_);
    }
    void TearDown() override { fs::remove_all(folder_); }
    std::string path(const std::string& name) const { return folder_ + "/" + name; }
    void add(const std::string& name, std::uint8_t number) const {
        ASSERT_TRUE(specimen::savePng(path(name), numbered(number)));
    }
    void addText(const std::string& name, const std::string& text) const {
        std::ofstream(path(name)) << text;
    }

    std::string folder_;
};

TEST_F(PictureCamera, PlaysAFolderInNameOrderAgainAndAgain) {
    add("b.png", 2);
    add("a.png", 1);
    add("c.dat", 3); // by content
    addText("truth.json", "{}");
    fs::create_directories(path("d.png"));
    auto camera = openCamera(folder_);
    ASSERT_TRUE(camera) << camera.error().detail;
    EXPECT_TRUE((*camera)->isPictures());
    EXPECT_EQ((*camera)->description(), "3 pictures");
    for (int i = 0; i < 7; ++i) {
        const auto frame = (*camera)->next(1s);
        ASSERT_TRUE(frame) << frame.error().detail;
        EXPECT_EQ(frame->grey[0], 1 + i % 3);
        EXPECT_EQ(frame->number, static_cast<std::uint64_t>(i + 1));
    }
}

TEST_F(PictureCamera, PlaysFifteenASecondAndWaitsNoLongerThanAsked) {
    add("only.png", 5);
    auto camera = openCamera(path("only.png"));
    ASSERT_TRUE(camera);
    const auto start = Clock::now();
    for (int i = 0; i < 16; ++i) ASSERT_TRUE((*camera)->next(1s));
    EXPECT_GE(Clock::now() - start, 950ms);
    EXPECT_LE(Clock::now() - start, 2500ms);
    const auto before = Clock::now();
    const auto early = (*camera)->next(5ms);
    ASSERT_FALSE(early);
    EXPECT_EQ(early.error().code, Code::PictureUnreadable);
    EXPECT_LT(Clock::now() - before, 60ms);
}

TEST_F(PictureCamera, ReportsADamagedPictureAndGoesOn) {
    add("1.png", 1);
    addText("2.png", "not a picture");
    add("3.png", 3);
    auto camera = openCamera(folder_);
    ASSERT_TRUE(camera);
    EXPECT_TRUE((*camera)->next(1s));
    const auto damaged = (*camera)->next(1s);
    ASSERT_FALSE(damaged);
    EXPECT_EQ(damaged.error().code, Code::PictureUnreadable);
    const auto third = (*camera)->next(1s);
    ASSERT_TRUE(third);
    EXPECT_EQ(third->grey[0], 3);
}

TEST_F(PictureCamera, IsLostWithItsFolderAndComesBackWithIt) {
    add("1.png", 1);
    auto camera = openCamera(folder_);
    ASSERT_TRUE(camera);
    fs::remove_all(folder_);
    const auto gone = (*camera)->next(1s);
    ASSERT_FALSE(gone);
    EXPECT_EQ(gone.error().code, Code::CameraLost);
    EXPECT_EQ((*camera)->reopen().error().code, Code::CameraNone);
    fs::create_directories(folder_);
    add("2.png", 2);
    ASSERT_TRUE((*camera)->reopen());
    EXPECT_EQ((*camera)->next(1s)->grey[0], 2);
}

TEST_F(PictureCamera, SaysWhyASourceCannotBeOpened) {
    const auto codeOf = [](const std::string& source) {
        const auto camera = openCamera(source);
        return camera ? Code::SystemFailed : camera.error().code;
    };
    addText("note.txt", "SPECIMEN");
    EXPECT_EQ(codeOf(folder_), Code::CameraNone) << "no picture in it";
    EXPECT_EQ(codeOf(path("note.txt")), Code::CameraNone);
    EXPECT_EQ(codeOf(path("nowhere")), Code::CameraNone);
    EXPECT_EQ(codeOf("/dev/video-specimen"), Code::CameraNone);
    EXPECT_EQ(codeOf("/dev/null"), Code::CameraUnsupported);
}

} // namespace
} // namespace kiosk
