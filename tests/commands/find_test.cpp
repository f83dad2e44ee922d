// kiosk find: one JSON line a hit, whatever bytes are asked.
#include "app/base/json/json.hpp"
#include "app/commands/find.hpp"

#include <gtest/gtest.h>
#include <sstream>

using namespace kiosk;
using nlohmann::json;

namespace {

std::vector<json> find(FindOptions options, const std::string& input = {}) {
    std::istringstream in(input);
    std::ostringstream out, err;
    EXPECT_EQ(runFind(options, in, out, err), 0) << err.str();
    std::vector<json> lines;
    std::istringstream text(out.str());
    for (std::string line; std::getline(text, line);) lines.push_back(json::parse(line));
    return lines;
}

FindOptions text(const std::string& query, std::size_t limit) {
    FindOptions o;
    o.text = query;
    o.limit = limit;
    return o;
}

TEST(Find, WritesALineAHitBestFirst) {
    const auto lines = find(text("đăng ký khai sinh", 3));
    ASSERT_EQ(lines.size(), 3U);
    EXPECT_EQ(lines[0]["query"], "đăng ký khai sinh");
    EXPECT_EQ(lines[0]["code"], "1.001193");
    EXPECT_EQ(lines[0]["name"], "Thủ tục đăng ký khai sinh");
    EXPECT_LE(lines[0]["score"].get<double>(), 1.0);
    EXPECT_GE(lines[0]["score"].get<double>(), lines[1]["score"].get<double>());
}

TEST(Find, SaysSoWhenThereIsNone) {
    const auto lines = find(text("xkcd qwrtzp", 3));
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_TRUE(lines[0]["code"].is_null());
    EXPECT_TRUE(lines[0]["name"].is_null());
    EXPECT_EQ(lines[0]["score"], 0);
}

TEST(Find, ReadsAQueryALineAndEchoesIt) {
    FindOptions o;
    o.fromStdin = true;
    o.limit = 1;
    const auto lines = find(o, "  Khai  SINH \n\nketta \"quote\" \\ \xff\xfe\nsao y\r\n");
    ASSERT_EQ(lines.size(), 4U);
    EXPECT_EQ(lines[0]["query"], "  Khai  SINH ");
    EXPECT_EQ(lines[0]["code"], "1.001193");
    EXPECT_EQ(lines[1]["query"], "");
    EXPECT_TRUE(lines[1]["code"].is_null());
    EXPECT_TRUE(lines[2]["code"].is_null());
    EXPECT_EQ(lines[3]["code"], "2.000815");
}

TEST(Find, FailsWithoutTheCatalogue) {
    FindOptions o = text("khai sinh", 1);
    o.assetsFolder = "/nonexistent";
    std::istringstream in;
    std::ostringstream out, err;
    EXPECT_EQ(runFind(o, in, out, err), 1);
    EXPECT_NE(err.str().find("AssetMissing"), std::string::npos);
}

} // namespace
