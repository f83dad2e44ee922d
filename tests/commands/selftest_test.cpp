// The self-test over sources that every machine has.
#include "app/base/json/json.hpp"
#include "app/commands/selftest.hpp"

#include "tests/specimen/specimen.hpp"

#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <sstream>

namespace kiosk {
namespace {

using testing::HasSubstr;

class Selftest : public testing::Test {
protected:
    Selftest() { std::filesystem::create_directories(folder + "/pictures"); }
    ~Selftest() override { std::filesystem::remove_all(folder); }
    Selftest(const Selftest&) = delete;
    Selftest& operator=(const Selftest&) = delete;

    int run(const std::string& camera, bool json = false) {
        out.str("");
        return runSelftest({folder, camera, 1, json}, out, err);
    }
    void settings(const std::string& more) const {
        std::ofstream(folder + "/kiosk.toml") << "[office]\ncode = \"MAU\"\nname = \"MẪU\"\n" << more;
    }

    /// Of each test's own: ctest runs them side by side.
    const std::string folder = testing::TempDir() + "kiosk_selftest_" +
                               testing::UnitTest::GetInstance()->current_test_info()->name();
    std::ostringstream out, err;
};

TEST_F(Selftest, TellsWhatASourceDelivers) {
    Frame frame;
    frame.width = 64;
    frame.height = 48;
    for (int i = 0; i < 64 * 48; ++i) frame.grey.push_back(i / 64 % 2 == 0 ? 90 : 110);
    ASSERT_TRUE(specimen::savePng(folder + "/pictures/1.png", frame));
    ASSERT_EQ(run(folder + "/pictures", true), 0) << out.str() << err.str();
    const auto report = nlohmann::json::parse(out.str().substr(0, out.str().find('\n')));
    EXPECT_EQ(report["kind"], "camera");
    EXPECT_EQ(report["width"], 64);
    EXPECT_NEAR(report["mean_grey"].get<double>(), 100, 1);
    EXPECT_NEAR(report["sharpness"].get<double>(), 1600, 60)
        << "lines of one pixel: Laplacians of -40 and 40";
    EXPECT_GT(report["frames_per_second"].get<double>(), 5);
    EXPECT_EQ(run(folder + "/pictures"), 0);
    EXPECT_THAT(out.str(), HasSubstr("mean grey 100"));
    EXPECT_THAT(out.str(), HasSubstr("result: all good"));
}

TEST_F(Selftest, SaysWhatIsMissing) {
    EXPECT_EQ(run("/dev/video-specimen"), 1);
    EXPECT_THAT(out.str(), HasSubstr("PROBLEM: CameraNone"));
    EXPECT_THAT(err.str(), HasSubstr("settings of a fresh kiosk"));
    settings("[scanner]\ndevice = \"/dev/ttyMAU\"\n");
    Frame frame;
    frame.width = frame.height = 32;
    frame.grey.assign(32 * 32, 50);
    ASSERT_TRUE(specimen::savePng(folder + "/pictures/1.png", frame));
    EXPECT_EQ(run(folder + "/pictures"), 1) << "the scanner that the settings name";
    EXPECT_THAT(out.str(), HasSubstr("PROBLEM: ScannerNone"));
    EXPECT_THAT(out.str(), HasSubstr("sharpness 0"));
    settings("[scanner]\ndevice = \"none\"\n");
    EXPECT_EQ(run(folder + "/pictures"), 0);
    settings("[camera]\nfocus = \"sharp\"\n");
    EXPECT_EQ(run(folder + "/pictures"), 1);
    EXPECT_THAT(err.str(), HasSubstr("camera.focus"));
}

} // namespace
} // namespace kiosk
