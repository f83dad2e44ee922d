// Language files: what is wrong is said with file and line; sentences are filled in once.
#include "app/base/assets.hpp"
#include "app/ui/words.hpp"

#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>

namespace kiosk::ui {
namespace {

using testing::EndsWith;
using testing::HasSubstr;

class WordsFiles : public testing::Test {
protected:
    Result<Words> load(const std::string& vi, const std::string& en) {
        const auto lang = folder_ / "lang";
        std::filesystem::create_directories(lang);
        std::ofstream(lang / "vi.json") << vi;
        std::ofstream(lang / "en.json") << en;
        return Words::load(folder_.string());
    }
    std::string problem(const std::string& vi, const std::string& en) {
        const auto words = load(vi, en);
        return words ? std::string("accepted")
                     : std::string(name(words.error().code)) + " " + words.error().detail;
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }
    std::filesystem::path folder_ =
        std::filesystem::path(KIOSK_BUILD_DIR) /
        ("words_" + std::string(testing::UnitTest::GetInstance()->current_test_info()->name()));
};

TEST_F(WordsFiles, FillsInParametersOnce) {
    const auto words =
        load("{\"a\": \"Chào {name}, còn {n} giây\"}", "{\"a\": \"Hello {name}, {n} s left\"}");
    ASSERT_TRUE(words);
    EXPECT_EQ(words->get("vi", "a", {{"name", "Mẫu {n}"}, {"n", "30"}}), "Chào Mẫu {n}, còn 30 giây");
    EXPECT_EQ(words->get("en", "a", {{"name", "Mẫu"}, {"n", "5"}}), "Hello Mẫu, 5 s left");
    EXPECT_TRUE(words->has("a"));
    EXPECT_FALSE(words->has("b"));
}
TEST_F(WordsFiles, NamesTheLineOfAMistake) {
    EXPECT_THAT(problem("{\n \"a\": \"x\",\n \"b\": oops\n}", "{}"),
                HasSubstr("AssetInvalid " + (folder_ / "lang/vi.json").string() + ":3: not JSON"));
    EXPECT_THAT(problem("{\n \"a\": 7\n}", "{}"), HasSubstr("vi.json:2: \"a\" is not a sentence"));
    EXPECT_THAT(problem("{\n \"a\": \"x\",\n\n \"a\": \"y\"\n}", "{}"),
                HasSubstr("vi.json:4: \"a\" stands here a second time"));
    EXPECT_THAT(problem("[]", "{}"), HasSubstr("vi.json:1: expected an object"));
}
TEST_F(WordsFiles, BothLanguagesHaveTheSameKeysAndParameters) {
    EXPECT_THAT(problem("{\"a\": \"x\",\n\"b\": \"y\"}", "{\"a\": \"x\"}"),
                HasSubstr("vi.json:2: \"b\" is missing in"));
    EXPECT_THAT(problem("{\"a\": \"x\"}", "{\"a\": \"x\",\n\"c\": \"y\"}"),
                HasSubstr("en.json:2: \"c\" is missing in"));
    EXPECT_THAT(problem("{\"a\": \"x {n}\"}", "{\"a\": \"x {m}\"}"), HasSubstr("\"a\" has other parameters"));
}
TEST_F(WordsFiles, MissingFileIsSaid) {
    const auto words = Words::load("/nonexistent");
    ASSERT_FALSE(words);
    EXPECT_EQ(words.error().code, Code::AssetMissing);
    EXPECT_THAT(words.error().detail, EndsWith("lang/vi.json"));
}
TEST_F(WordsFiles, UnknownKeyIsABug) {
    const auto words = load("{}", "{}");
    ASSERT_TRUE(words);
    EXPECT_DEATH(words->get("vi", "nothing.here"), "no words: vi nothing.here");
}
TEST(Words, TheProductsOwnFilesLoad) {
    const auto words = Words::load(assetsFolder());
    EXPECT_TRUE(words) << words.error().detail;
}

} // namespace
} // namespace kiosk::ui
