// An office changes what its kiosk says, with the commands staff use and the keys of its enrolment.
#include "app/base/assets.hpp"
#include "app/base/files.hpp"
#include "app/commands/bundle.hpp"
#include "app/delivery/bundle/shelf.hpp"
#include "tests/journey/staff_journey.hpp"

#include <cstdlib>
#include <fstream>
#include <gmock/gmock.h>
#include <sstream>

namespace kiosk::journey {
namespace {

using ::testing::HasSubstr;

class BundleJourney : public Journey {
protected:
    BundleJourney() {
        link = loadOfficeLink((house->data() / "keys").string()).value();
        options.dataFolder = house->data().string();
        options.folder = (folder / "changes").string();
        options.file = (folder / "7.kbundle").string();
        options.key = (house->office().dataFolder() / "keys" / "signing.key").string();
        options.office = link.officeCode;
        options.version = 7;
        options.from = "2020-01-01";
        options.until = "2099-12-31";
    }
    ~BundleJourney() override { unsetenv("KIOSK_ASSETS"); }
    /// The program's own words with these changed; nullptr: left out.
    void changeWords(const char* language, const std::string& key, const char* words) const {
        const auto file = std::string("lang/") + language + ".json";
        std::ifstream in(assetsFolder() + "/" + file);
        auto json = nlohmann::json::parse(in);
        if (words == nullptr)
            json.erase(key);
        else
            json[key] = words;
        std::filesystem::create_directories(std::filesystem::path(options.folder) / "lang");
        std::ofstream(std::filesystem::path(options.folder) / file) << json.dump(1);
    }
    int run(int (*command)(const BundleOptions&, std::ostream&, std::ostream&)) {
        std::ostringstream out, err;
        const int code = command(options, out, err);
        said = out.str() + err.str();
        return code;
    }

    OfficeLink link;
    BundleOptions options;
    std::string said;
};

TEST_F(BundleJourney, SaysTheOfficesWordsUntilItIsTakenBack) {
    changeWords("vi", "welcome.title", "Nộp hồ sơ tại phường (MẪU)");
    ASSERT_EQ(run(runBundleBuild), 0) << said;
    EXPECT_EQ(run(runBundleInstall), 1) << "it is not signed yet";
    EXPECT_THAT(said, HasSubstr("kiosk bundle sign"));
    ASSERT_EQ(run(runBundleSign), 0) << said;
    ASSERT_EQ(run(runBundleVerify), 0) << said;
    EXPECT_THAT(said, HasSubstr("changed   lang/vi.json: welcome.title"));
    ASSERT_EQ(run(runBundleInstall), 0) << said;
    EXPECT_EQ(run(runBundleInstall), 1) << "the same once more";
    const auto use =
        bundle::Shelf(options.dataFolder, link.officeSigning, link.officeCode).choose(assetsFolder(), now());
    ASSERT_EQ(use.version, 7);
    setenv("KIOSK_ASSETS", use.assetsFolder.c_str(), 1);
    open();
    EXPECT_EQ(person->see("welcome.title").label, "Nộp hồ sơ tại phường (MẪU)");
    person->picture("welcome");
    unsetenv("KIOSK_ASSETS");
    ASSERT_EQ(run(runBundleTakeBack), 0) << said;
    ASSERT_EQ(run(runBundleList), 0) << said;
    EXPECT_THAT(said, HasSubstr("taken back"));
}

TEST_F(BundleJourney, WhatTheKioskCouldNotUseIsNamedAndNotTaken) {
    changeWords("en", "welcome.title", nullptr);
    ASSERT_EQ(run(runBundleBuild), 0) << said;
    ASSERT_EQ(run(runBundleSign), 0) << said;
    EXPECT_EQ(run(runBundleInstall), 1);
    EXPECT_THAT(said, HasSubstr("lang/en.json: no words for welcome.title"));
    std::filesystem::create_directories(std::filesystem::path(options.folder) / "procedures");
    std::ofstream(std::filesystem::path(options.folder) / "procedures" / "1.001193.json")
        << "{\n \"code\": }";
    changeWords("en", "welcome.title", "Send (SPECIMEN)");
    ASSERT_EQ(run(runBundleBuild), 0) << said;
    ASSERT_EQ(run(runBundleSign), 0) << said;
    EXPECT_EQ(run(runBundleInstall), 1);
    EXPECT_THAT(said, HasSubstr("1.001193.json:2"));
    options.until = "2019-12-31";
    EXPECT_EQ(run(runBundleBuild), 1);
    EXPECT_THAT(said, HasSubstr("end before it begins"));
    options.until = "31/12/2099";
    EXPECT_EQ(run(runBundleBuild), 1);
    EXPECT_THAT(said, HasSubstr("a date like 2026-12-31"));
}

/// On the kiosk's own screens: from a memory stick and from the office.
class BundleScreens : public StaffJourney {
protected:
    BundleScreens() : link(loadOfficeLink((house->data() / "keys").string()).value()) {}
    ~BundleScreens() override { unsetenv("KIOSK_ASSETS"); }
    /// A bundle of this office that changes the first screen's words.
    std::string bundle(int version, const char* words) const {
        std::ifstream in(assetsFolder() + "/lang/vi.json");
        auto json = nlohmann::json::parse(in);
        json["welcome.title"] = words;
        const auto key = files::readKey((house->office().dataFolder() / "keys" / "signing.key").string(), 64);
        return bundle::sign(bundle::build({link.officeCode,
                                           version,
                                           Instant{0},
                                           Instant{now().ms + 86'400'000},
                                           {{"lang/vi.json", json.dump(1)}}})
                                .value(),
                            key.value())
            .value();
    }
    /// As the program does when it begins.
    void begin() {
        const bundle::Shelf shelf(house->data().string(), link.officeSigning, link.officeCode);
        unsetenv("KIOSK_ASSETS");
        setenv("KIOSK_ASSETS", shelf.choose(assetsFolder(), now()).assetsFolder.c_str(), 1);
        open();
        unsetenv("KIOSK_ASSETS");
    }
    void openPage() {
        person->tap("staff.bundles");
        person->see("bundle.find");
    }
    void install() {
        person->tap("bundle.offer.0");
        person->see("bundle.preview.title");
        EXPECT_EQ(page<staff::page::Bundles>()->preview->changes.size(), 1U);
        person->picture("preview");
        person->tap("bundle.install");
        person->see("bundle.restart");
    }
    void restart() {
        person->tap("staff.restart");
        EXPECT_FALSE(app->frame());
        person.reset();
        app.reset();
        begin();
    }

    OfficeLink link;
};

TEST_F(BundleScreens, AStickBringsWordsAndOneTapTakesThemBack) {
    ASSERT_TRUE(files::writeDurably((stick() / "7.kbundle").string(), bundle(7, "Nộp hồ sơ (MẪU)")));
    ASSERT_TRUE(files::writeDurably((stick() / "8.kbundle").string(), "of a stranger\n"));
    begin();
    const auto before = person->see("welcome.title").label;
    makeAdministrator();
    openPage();
    person->tap("bundle.offer.1");
    EXPECT_EQ(person->see("staff.trouble.title").key, "staff.trouble.title") << "told, and nothing more";
    person->picture("stranger");
    install();
    restart();
    EXPECT_EQ(person->see("welcome.title").label, "Nộp hồ sơ (MẪU)");
    signIn("account.1", "481957");
    openPage();
    person->picture("in-use");
    person->tap("bundle.take_back");
    person->see("bundle.restart");
    restart();
    EXPECT_EQ(person->see("welcome.title").label, before);
    EXPECT_THAT(journalKinds(), testing::IsSupersetOf({64, 65}));
}

TEST_F(BundleScreens, TheOfficeIsAskedForItsNewest) {
    const auto file = (folder / "9.kbundle").string();
    ASSERT_TRUE(files::writeDurably(file, bundle(9, "Nộp hồ sơ (MẪU 9)")));
    house->office().start();
    begin();
    makeAdministrator();
    openPage();
    person->tap("bundle.fetch");
    person->wait("that there is none",
                 [this] { return page<staff::page::Bundles>()->trouble == std::optional(Code::BundleNone); });
    const auto data = house->office().dataFolder().string();
    ASSERT_EQ(journey::run({KIOSK_INTAKE, "offer", "--data", data, file}), 0);
    EXPECT_NE(journey::run({KIOSK_INTAKE, "offer", "--data", data, file}), 0) << "no newer";
    person->tap("bundle.fetch");
    person->see("bundle.offer.0");
    install();
    restart();
    EXPECT_EQ(person->see("welcome.title").label, "Nộp hồ sơ (MẪU 9)");
}

} // namespace
} // namespace kiosk::journey
