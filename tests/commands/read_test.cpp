// `kiosk read`: a JSON line for every picture, whatever it is.
#include "app/base/json/json.hpp"
#include "app/commands/read.hpp"

#include "app/reading/reader.hpp"
#include "tests/specimen/corpus.hpp"

#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <sstream>

namespace kiosk {
namespace {

using nlohmann::json;
using specimen::Layout;
namespace fs = std::filesystem;

class ReadCommand : public testing::Test {
protected:
    void SetUp() override {
        folder_ = testing::TempDir() + "kiosk_read_" +
                  testing::UnitTest::GetInstance()->current_test_info()->name();
        fs::remove_all(folder_);
        fs::create_directories(folder_);
        options_.budgetMs = 2000; // a debug build is slow
    }
    void TearDown() override { fs::remove_all(folder_); }

    std::string path(const std::string& name) const { return folder_ + "/" + name; }
    void addCard(const std::string& name, const specimen::Specimen& s) const {
        ASSERT_TRUE(specimen::savePng(path(name), specimen::render(s, {})));
    }
    void addEmptyDesk(const std::string& name) const {
        specimen::RenderParams desk{.width = 640, .height = 360};
        desk.card = false;
        ASSERT_TRUE(specimen::savePng(path(name), specimen::render(specimen::Card(), desk)));
    }

    /// Runs the command; every line must be JSON.
    std::vector<json> run(const std::vector<std::string>& paths) {
        options_.paths = paths;
        std::ostringstream out, err;
        status_ = runRead(options_, out, err);
        std::vector<json> lines;
        std::istringstream in(out.str());
        for (std::string line; std::getline(in, line);) lines.push_back(json::parse(line));
        return lines;
    }

    std::string folder_;
    ReadOptions options_;
    int status_ = -1;
};

TEST_F(ReadCommand, PrintsWhatTheCardSays) {
    const auto s = specimen::specimen(31, Layout::Child2024);
    addCard("card.png", s);
    const auto lines = run({path("card.png")});
    EXPECT_EQ(status_, 0);
    ASSERT_EQ(lines.size(), 1U);
    const auto& line = lines[0];
    EXPECT_EQ(line["file"], path("card.png"));
    EXPECT_EQ(line["text"], s.payload);
    EXPECT_EQ(line["bytes_hex"].get<std::string>().size(), 2 * s.payload.size());
    EXPECT_EQ(line["bytes_hex"].get<std::string>().substr(0, 6),
              "30" + std::string("3") + s.payload[1] + "3" + s.payload[2]);
    EXPECT_TRUE(line["error"].is_null());
    EXPECT_GT(line["ms"].get<double>(), 0);
    EXPECT_FALSE(line.contains("codes"));
    const auto& identity = line["identity"];
    EXPECT_EQ(identity["personal_number"], s.truth.personalNumber);
    EXPECT_EQ(identity["name"], s.truth.name);
    EXPECT_EQ(identity["birth_date"], s.truth.birthDate.iso());
    EXPECT_EQ(identity["father_name"], s.truth.fatherName);
    EXPECT_EQ(identity["assurance"], "read");
}

TEST_F(ReadCommand, GivesALineForEveryPictureInOrderAlsoOnFailure) {
    addCard("b.png", specimen::specimen(32, Layout::Card2021));
    addEmptyDesk("a.png");
    std::ofstream(path("c.png")) << "damaged";
    std::ofstream(path("truth.json")) << "{}";
    const auto lines = run({path("missing.png"), folder_});
    EXPECT_EQ(status_, 1);
    std::vector<std::string> seen;
    for (const auto& line : lines) {
        const auto error = line["error"].is_null() ? "read" : line["error"].get<std::string>();
        seen.push_back(fs::path(line["file"].get<std::string>()).filename().string() + " " +
                       error.substr(0, error.find(':')));
        EXPECT_EQ(line["text"].is_null(), error != "read");
        EXPECT_EQ(line["bytes_hex"].is_null(), error != "read");
        EXPECT_EQ(line["identity"].is_null(), error != "read");
    }
    EXPECT_THAT(seen, testing::ElementsAre("missing.png PictureUnreadable", "a.png CardUnreadable",
                                           "b.png read", "c.png PictureUnreadable"));
}

TEST_F(ReadCommand, WritesJsonForFileNamesThatAreNotUtf8) {
    const auto lines = run({path("m\xFFu \"quoted\"\n.png")});
    ASSERT_EQ(lines.size(), 1U) << "a line break in a name stays inside the line";
    EXPECT_THAT(lines[0]["file"].get<std::string>(), testing::HasSubstr("\xEF\xBF\xBD"));
}

TEST_F(ReadCommand, ListsAllCodesWhenAsked) {
    const auto s = specimen::specimen(33, Layout::Card2024);
    addCard("card.png", s);
    addEmptyDesk("empty.png");
    options_.all = true;
    const auto lines = run({path("card.png"), path("empty.png")});
    EXPECT_EQ(status_, 1);
    ASSERT_EQ(lines.size(), 2U);
    ASSERT_EQ(lines[0]["codes"].size(), 1U);
    EXPECT_EQ(lines[0]["codes"][0]["text"], s.payload);
    EXPECT_EQ(lines[0]["codes"][0]["corners"].size(), 4U);
    EXPECT_EQ(lines[1]["codes"], json::array());
}

TEST_F(ReadCommand, SaysAtWhichFrameOfASequenceThePayloadWasKnown) {
    addEmptyDesk("1.png");
    addCard("2.png", specimen::specimen(34, Layout::Card2024));
    addEmptyDesk("3.png");
    options_.sequence = true;
    const auto lines = run({folder_});
    EXPECT_EQ(status_, 0) << "one frame is enough";
    ASSERT_EQ(lines.size(), 3U);
    for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(lines[i]["frame"], i + 1);
    EXPECT_TRUE(lines[0]["known_at"].is_null());
    EXPECT_EQ(lines[1]["known_at"], 2);
    EXPECT_EQ(lines[2]["known_at"], 2);
    EXPECT_TRUE(lines[2]["text"].is_null()) << "a line says what its own frame gave";
}

TEST_F(ReadCommand, ReadsOfASequenceWhatNoFrameShowsAlone) {
    const auto [card, payload] = specimen::corpusCard(4);
    specimen::RenderParams noisy{.width = 640, .height = 360, .modulePx = 3, .noise = 125};
    int frames = 0;
    for (noisy.moment = 1; frames < 6 && noisy.moment < 30; ++noisy.moment) {
        const auto frame = specimen::render(card, noisy);
        const reading::GreyView view{frame.grey.data(), frame.width, frame.height, frame.width};
        if (!reading::Reader().read(view, std::chrono::seconds(2)).codes.empty()) continue;
        ASSERT_TRUE(specimen::savePng(path("frame" + std::to_string(frames++) + ".png"), frame));
    }
    ASSERT_EQ(frames, 6);
    run({folder_});
    EXPECT_EQ(status_, 1);
    options_.sequence = true;
    const auto lines = run({folder_});
    EXPECT_EQ(status_, 0);
    ASSERT_EQ(lines.size(), 6U);
    ASSERT_TRUE(lines[5]["known_at"].is_number());
    const auto at = lines[5]["known_at"].get<std::size_t>();
    EXPECT_GT(at, 1U);
    EXPECT_EQ(lines[at - 1]["text"], payload);
}

TEST_F(ReadCommand, ASequenceWithoutACodeIsNoSuccess) {
    addEmptyDesk("1.png");
    options_.sequence = true;
    const auto lines = run({folder_});
    EXPECT_EQ(status_, 1);
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_TRUE(lines[0]["known_at"].is_null());
}

TEST_F(ReadCommand, AnEmptyFolderIsNoSuccess) {
    EXPECT_TRUE(run({folder_}).empty());
    EXPECT_EQ(status_, 1);
}

} // namespace
} // namespace kiosk
