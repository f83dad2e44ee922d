// Settings changed on the screen: the file stays a person's file, and a wrong value changes nothing.
#include "app/base/config/config.hpp"
#include "app/base/config/settings.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <iterator>
#include <random>

namespace kiosk::settings {
namespace {

using testing::HasSubstr;

constexpr std::string_view written = "# of the ward\n"
                                     "[office]\n"
                                     "code = \"MAU.01\"   # never changes\n"
                                     "name = \"Một cửa # phường \\\"Mẫu\\\"\" # as on the door\n"
                                     "\n"
                                     "[screen]\n"
                                     "idle_warning_seconds = 90 # patient\n";

class SettingsFile : public testing::Test {
protected:
    SettingsFile() {
        std::string name = (std::filesystem::temp_directory_path() / "kiosk-settings-XXXXXX").string();
        folder_ = ::mkdtemp(name.data());
        std::ofstream(path()) << written;
    }
    ~SettingsFile() override { std::filesystem::remove_all(folder_); }
    SettingsFile(const SettingsFile&) = delete;
    SettingsFile& operator=(const SettingsFile&) = delete;

    std::string path() const { return folder_ + "/kiosk.toml"; }
    std::string content() const {
        std::ifstream in(path());
        return {std::istreambuf_iterator<char>(in), {}};
    }
    std::string value(const std::string& key) const {
        const auto all = read(path());
        if (!all) return "unreadable: " + all.error().detail;
        for (const auto& setting : *all)
            if (setting.key == key) return setting.value;
        return "unknown";
    }

private:
    std::string folder_;
};

TEST_F(SettingsFile, ShowsWhatTheFileHasAndElseTheDefault) {
    EXPECT_EQ(value("office.name"), "Một cửa # phường \"Mẫu\"");
    EXPECT_EQ(value("screen.idle_warning_seconds"), "90");
    EXPECT_EQ(value("screen.language"), "vi");
    EXPECT_EQ(value("office.accepts_other_procedures"), "false");
}

TEST_F(SettingsFile, EveryDefaultIsTheProgramsOwn) {
    const auto before = Config::load(path());
    const auto all = read(path());
    ASSERT_TRUE(before && all);
    EXPECT_EQ(std::to_string(before->profileKeepDays), value("profile.keep_days"));
    EXPECT_EQ(std::to_string(before->keepAcknowledgedDays), value("outbox.keep_acknowledged_days"));
    EXPECT_EQ(std::to_string(before->idleCountdownSeconds), value("screen.idle_countdown_seconds"));
    EXPECT_EQ(std::to_string(before->speech.speed), value("speech.speed"));
    EXPECT_EQ(before->speech.output, value("speech.output"));
    EXPECT_EQ(before->scanner.device, value("scanner.device"));
    EXPECT_EQ(before->phoneFor, value("staff.phone_for"));
    for (const auto& setting : *all) // each default can be written, and then the file is right
        if (setting.key != "office.name") {
            EXPECT_TRUE(change(path(), setting.key, setting.fallback)) << setting.key;
            EXPECT_EQ(value(setting.key), setting.fallback);
        }
}

TEST_F(SettingsFile, AChangeKeepsCommentsAndOrderAndCanBeTakenBack) {
    ASSERT_TRUE(change(path(), "office.name", "Một cửa phường \"Mới\" \\ MẪU"));
    EXPECT_EQ(value("office.name"), "Một cửa phường \"Mới\" \\ MẪU");
    ASSERT_TRUE(change(path(), "screen.language", "en"));
    ASSERT_TRUE(change(path(), "speech.output", "off"));
    EXPECT_THAT(content(),
                testing::StartsWith("# of the ward\n[office]\ncode = \"MAU.01\"   # never changes\n"));
    EXPECT_THAT(content(), HasSubstr("# as on the door"));
    EXPECT_THAT(content(), HasSubstr("idle_warning_seconds = 90 # patient"));
    EXPECT_EQ(Config::load(path())->language, "en");
    EXPECT_EQ(Config::load(path())->speech.output, "off");
    ASSERT_TRUE(undo(path()));
    EXPECT_EQ(Config::load(path())->speech.output, "auto") << "the last one";
    EXPECT_EQ(value("screen.language"), "en");
    ASSERT_TRUE(undo(path()));
    EXPECT_EQ(value("speech.output"), "off") << "taking back can be taken back";
}

TEST_F(SettingsFile, AWrongValueIsRefusedAndTheFileIsAsItWas) {
    for (const auto& [key, wrong] :
         {std::pair{"screen.idle_warning_seconds", "5"}, std::pair{"screen.language", "fr"},
          std::pair{"screen.diagonal_inches", "wide"}, std::pair{"office.name", ""},
          std::pair{"profile.keep_days", "10\n[office]"}, std::pair{"profile.keep_days", "[1]"},
          std::pair{"office.code", "X"}, std::pair{"speech.vietnamese", "-w /tmp/x"}}) {
        const auto done = change(path(), key, wrong);
        ASSERT_FALSE(done) << key << wrong;
        EXPECT_EQ(done.error().code, Code::ConfigInvalid);
        EXPECT_EQ(content(), written) << key;
    }
    EXPECT_FALSE(undo(path())) << "nothing was changed";
}

/// Whatever is typed, the file can be loaded afterwards and says what was typed.
TEST_F(SettingsFile, AnythingTypedEitherStandsThereOrWasRefused) {
    std::mt19937 random(7); // NOLINT: reproducible
    const std::string_view signs = "aZ0 \"\\#=[]{}',.\t\x7F";
    for (int i = 0; i < 300; ++i) {
        std::string typed;
        for (auto left = random() % 12; left > 0; --left) typed += signs[random() % signs.size()];
        const auto before = value("office.name");
        const bool taken = change(path(), "office.name", typed).has_value();
        ASSERT_TRUE(Config::load(path())) << typed;
        EXPECT_EQ(value("office.code"), "unknown");
        if (!taken) {
            EXPECT_EQ(value("office.name"), before) << typed;
            continue;
        }
        auto trimmed = typed;
        trimmed.erase(0, trimmed.find_first_not_of(" \t"));
        trimmed.erase(trimmed.find_last_not_of(" \t") + 1);
        EXPECT_EQ(value("office.name"), trimmed);
    }
}

} // namespace
} // namespace kiosk::settings
