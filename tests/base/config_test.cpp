// Settings: defaults, every key, and mistakes named with file, line, key and what is allowed.
#include "app/base/config/config.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <unistd.h>

namespace kiosk {
namespace {

using testing::HasSubstr;

class ConfigFile : public testing::Test {
protected:
    ConfigFile() {
        std::string name = (std::filesystem::temp_directory_path() / "kiosk-config-XXXXXX").string();
        folder_ = mkdtemp(name.data());
    }
    ~ConfigFile() override { std::filesystem::remove_all(folder_); }
    ConfigFile(const ConfigFile&) = delete;
    ConfigFile& operator=(const ConfigFile&) = delete;

    std::string path() const { return folder_ + "/kiosk.toml"; }
    Result<Config> load(std::string_view content) const {
        std::ofstream(path(), std::ios::binary) << content;
        return Config::load(path());
    }
    /// The whole message for a file that must be refused.
    std::string refusal(std::string_view content) const {
        const auto config = load(content);
        if (config) return "accepted";
        EXPECT_EQ(config.error().code, Code::ConfigInvalid);
        return config.error().detail;
    }

private:
    std::string folder_;
};

constexpr std::string_view office = "[office]\ncode = \"MAU.01\"\nname = \"Một cửa phường Mẫu\"\n";

std::string with(std::string_view more) { return std::string(office) + std::string(more); }

TEST_F(ConfigFile, onlyTheOfficesCodeAndNameAreNeeded) {
    const auto config = load(office);
    ASSERT_TRUE(config) << config.error().detail;
    const Config fresh;
    EXPECT_EQ(config->officeCode, "MAU.01");
    EXPECT_EQ(config->officeName, "Một cửa phường Mẫu");
    EXPECT_EQ(config->diagonalInches, fresh.diagonalInches);
    EXPECT_EQ(config->language, "vi");
    EXPECT_EQ(config->profileKeepDays, fresh.profileKeepDays);
    EXPECT_TRUE(config->tiles.empty());
}

TEST_F(ConfigFile, aVoiceIsANameAndNeverAnOption) {
    const auto config = load(with("[speech]\noutput = \"headphones\"\nvietnamese = \"vi-vn-x-south\"\n"
                                  "english = \"en-us+f3\"\nspeed = 200\ndevice = \" USB Audio \"\n"));
    ASSERT_TRUE(config) << config.error().detail;
    EXPECT_EQ(config->speech.output, "headphones");
    EXPECT_EQ(config->speech.vietnamese, "vi-vn-x-south");
    EXPECT_EQ(config->speech.english, "en-us+f3");
    EXPECT_EQ(config->speech.speed, 200);
    EXPECT_EQ(config->speech.device, "USB Audio");
    EXPECT_EQ(load(with("[speech]\ndevice = \"\"\n"))->speech.device, "") << "the system's own";
    for (const auto* bad : {"output = \"loudspeaker\"", "vietnamese = \"-w /tmp/x\"", "english = \"en gb\"",
                            "speed = 20", "device = 7"})
        EXPECT_THAT(refusal(with(std::string("[speech]\n") + bad)), HasSubstr("speech.")) << bad;
}

TEST_F(ConfigFile, everyKeyArrivesWhereItBelongs) {
    const auto config = load(R"(
[office]
code = "MAU-02"
name = "M\u1EABu"
ward = "26740"
phone = "(028) 3829.0000"
accepts_other_procedures = true
[procedures]
tiles = ["1.001193", "2.000815"]
[camera]
source = "/dev/video3"
format = "YUYV"
focus = 35
exposure = 80
gain = 12
backlight_compensation = 1
sharpness = 130
slow_in_the_dark = true
mains_hz = 60
[scanner]
device = "usb:05e0:1200"
baud = 115200
key_gap_ms = 20
[screen]
diagonal_inches = 32
language = "en"
idle_warning_seconds = 60
idle_countdown_seconds = 25
[profile]
keep_days = 90
[outbox]
keep_acknowledged_days = 7
)");
    ASSERT_TRUE(config) << config.error().detail;
    EXPECT_EQ(config->officeCode, "MAU-02");
    EXPECT_EQ(config->officeName, "Mẫu");
    EXPECT_EQ(config->wardCode, "26740");
    EXPECT_EQ(config->officePhone, "(028) 3829.0000");
    EXPECT_TRUE(config->acceptsOtherProcedures);
    EXPECT_THAT(config->tiles, testing::ElementsAre("1.001193", "2.000815"));
    EXPECT_EQ(config->camera, "/dev/video3");
    EXPECT_EQ(config->cameraSettings.format, "YUYV");
    EXPECT_EQ(config->cameraSettings.focus, 35);
    EXPECT_EQ(config->cameraSettings.exposure, 80);
    EXPECT_EQ(config->cameraSettings.gain, 12);
    EXPECT_EQ(config->cameraSettings.backlight, 1);
    EXPECT_EQ(config->cameraSettings.sharpness, 130);
    EXPECT_TRUE(config->cameraSettings.slowInTheDark);
    EXPECT_EQ(config->cameraSettings.mainsHz, 60);
    EXPECT_EQ(config->scanner.device, "usb:05e0:1200");
    EXPECT_EQ(config->scanner.baud, 115200);
    EXPECT_EQ(config->scanner.keyGapMs, 20);
    EXPECT_EQ(config->diagonalInches, 32.0);
    EXPECT_EQ(config->language, "en");
    EXPECT_EQ(config->idleWarningSeconds, 60);
    EXPECT_EQ(config->idleCountdownSeconds, 25);
    EXPECT_EQ(config->profileKeepDays, 90);
    EXPECT_EQ(config->keepAcknowledgedDays, 7);
}

TEST_F(ConfigFile, devicesAreAutomaticUnlessSaid) {
    const auto config = load(with("[camera]\nformat = \"auto\"\nfocus = \"auto\"\nexposure = \"auto\"\n"));
    ASSERT_TRUE(config) << config.error().detail;
    EXPECT_EQ(config->cameraSettings.format, "");
    EXPECT_FALSE(config->cameraSettings.focus || config->cameraSettings.exposure);
    EXPECT_FALSE(config->cameraSettings.slowInTheDark);
    EXPECT_EQ(config->cameraSettings.mainsHz, 50);
    EXPECT_EQ(config->scanner.device, "auto");
    for (const char* device : {"none", "/dev/ttyACM0", "/dev/input/by-id/usb-MAU-event-kbd"})
        EXPECT_TRUE(load(with("[scanner]\ndevice = \"" + std::string(device) + "\"\n"))) << device;
    for (const char* wrong :
         {"[camera]\nformat = \"H264\"\n", "[camera]\nfocus = \"manual\"\n", "[camera]\nexposure = 0\n",
          "[camera]\nmains_hz = 55\n", "[camera]\ngain = 1.5\n", "[scanner]\ndevice = \"ttyACM0\"\n",
          "[scanner]\ndevice = \"usb:05E0:1200\"\n", "[scanner]\ndevice = \"usb:5e0:1200\"\n",
          "[scanner]\nbaud = 9601\n", "[scanner]\nkey_gap_ms = 61\n"})
        EXPECT_THAT(refusal(with(wrong)), HasSubstr(":5: ")) << wrong;
}

TEST_F(ConfigFile, aWrongValueIsNamedWithLineKeyAndWhatIsAllowed) {
    EXPECT_EQ(refusal(with("[screen]\ndiagonal_inches = 70\n")),
              path() + ":5: screen.diagonal_inches: a number from 7 to 65");
}

TEST_F(ConfigFile, everyRangeIsKept) {
    for (const auto& [table, key, least, most] : std::vector<std::tuple<std::string, std::string, int, int>>{
             {"screen", "diagonal_inches", 7, 65},
             {"screen", "idle_warning_seconds", 30, 600},
             {"screen", "idle_countdown_seconds", 20, 120},
             {"profile", "keep_days", 1, 3650},
             {"outbox", "keep_acknowledged_days", 1, 365}}) {
        const auto line = [&, t = table, k = key](const std::string& v) {
            return with("[" + t + "]\n" + k + " = " + v + "\n");
        };
        EXPECT_TRUE(load(line(std::to_string(least)))) << key;
        EXPECT_TRUE(load(line(std::to_string(most)))) << key;
        for (const auto& bad :
             {std::to_string(least - 1), std::to_string(most + 1), std::string("\"30\""), std::string("nan"),
              std::string("9223372036854775807"), std::string("true"), std::string("[30]")})
            EXPECT_THAT(refusal(line(bad)), HasSubstr(table + "." + key + ": ")) << bad;
    }
}

TEST_F(ConfigFile, unknownKeysAndTablesAreMistakesThatNameTheKnownOnes) {
    const auto key = refusal(with("[screen]\ndiagonal = 21\n"));
    EXPECT_THAT(key, HasSubstr(":5: screen.diagonal: unknown"));
    EXPECT_THAT(key, HasSubstr("diagonal_inches"));
    const auto table = refusal(with("[scren]\ndiagonal_inches = 21\n"));
    EXPECT_THAT(table, HasSubstr(":4: scren: unknown"));
    EXPECT_THAT(table, HasSubstr("screen"));
    EXPECT_THAT(refusal("screen = 3\n" + with("")), HasSubstr(":1: screen: "));
}

TEST_F(ConfigFile, everyMistakeIsToldAtOnce) {
    const auto all = refusal(
        "[office]\ncode = \"a b\"\nward = \"2674\"\nphone = \"<b>\"\n[procedures]\ntiles = [\"1193\"]\n");
    for (const auto* part : {":2: office.code", ":3: office.ward", ":4: office.phone", "office.name: missing",
                             ":6: procedures.tiles"})
        EXPECT_THAT(all, HasSubstr(part));
}

TEST_F(ConfigFile, tilesAreAtMostTwelveDifferentCodes) {
    EXPECT_THAT(refusal(with("[procedures]\ntiles = [\"1.001193\", \"1.001193\"]\n")),
                HasSubstr("procedures.tiles"));
    std::string many;
    for (int i = 100; i < 113; ++i) many += "\"1.000" + std::to_string(i) + "\", ";
    EXPECT_THAT(refusal(with("[procedures]\ntiles = [" + many + "]\n")), HasSubstr("procedures.tiles"));
}

TEST_F(ConfigFile, textThatIsNotTomlIsNamedByLine) {
    EXPECT_THAT(refusal("[office]\ncode = \"A\"\nname = \"no end\n"), HasSubstr("kiosk.toml:3: TOML: "));
    EXPECT_THAT(refusal("[office]\nname = \"\xFF\"\n"), HasSubstr("kiosk.toml:2: TOML: "));
}

TEST_F(ConfigFile, aMissingOrUnreadableFileIsNamed) {
    const auto none = Config::load(path());
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code, Code::ConfigInvalid);
    EXPECT_THAT(none.error().detail, HasSubstr(path()));
    const auto folder = Config::load(std::filesystem::path(path()).parent_path().string());
    EXPECT_FALSE(folder);
}

} // namespace
} // namespace kiosk
