// Units in force, their order and search, and what addresses on cards become.
#include "app/base/assets.hpp"
#include "app/procedures/units.hpp"

#include "app/procedures/asset/asset_file.hpp"

#include <algorithm>
#include <cstdio>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <set>

using namespace kiosk;

namespace {

const Units& units() {
    static const auto loaded = Units::load(assetsFolder());
    if (!loaded) throw std::runtime_error(loaded.error().detail);
    return *loaded;
}

std::vector<std::string> codes(const std::vector<const Unit*>& list) {
    std::vector<std::string> out;
    for (const Unit* u : list) out.push_back(u->code);
    return out;
}

struct Key {
    std::string ward, district, province;
    auto operator<=>(const Key&) const = default;
};

/// Every (ward, district, province) of the table with all units it became.
std::map<Key, std::set<std::string>> table() {
    const std::string folder = assetsFolder() + "/units/";
    std::map<std::string, std::string> province;
    const auto provinces =
        asset::parseCsv(*asset::readFile(folder + "provinces.csv"), "p", "old_code,old_name,new_code,also");
    for (const auto& row : *provinces) province[row.cells[0]] = row.cells[1];
    std::map<Key, std::set<std::string>> out;
    const auto rows = asset::parseCsv(*asset::readFile(folder + "ward_old_to_new.csv"), "w",
                                      "ward,district,province_code,new_codes,kind");
    for (const auto& row : *rows) {
        auto& set = out[{row.cells[0], row.cells[1], province.at(row.cells[2])}];
        for (std::size_t i = 0; i < row.cells[3].size(); i += 6) set.insert(row.cells[3].substr(i, 5));
    }
    return out;
}

std::string withoutWord(const std::string& name) {
    for (const std::string word :
         {"Phường ", "Xã ", "Thị trấn ", "Quận ", "Huyện ", "Thị xã ", "Thành phố ", "Tỉnh "})
        if (name.starts_with(word)) return name.substr(word.size());
    return name;
}

std::string replaced(std::string s, const std::vector<std::pair<std::string, std::string>>& pairs) {
    for (const auto& [from, to] : pairs)
        for (auto at = s.find(from); at != std::string::npos; at = s.find(from, at + to.size()))
            s.replace(at, from.size(), to);
    return s;
}

/// The other place of the tone mark.
std::string otherTone(const std::string& s) {
    return replaced(s, {{"òa", "oà"},
                        {"óa", "oá"},
                        {"ỏa", "oả"},
                        {"õa", "oã"},
                        {"ọa", "oạ"},
                        {"òe", "oè"},
                        {"óe", "oé"},
                        {"ùy", "uỳ"},
                        {"úy", "uý"},
                        {"ủy", "uỷ"},
                        {"ũy", "uỹ"},
                        {"ụy", "uỵ"}});
}

std::string abbreviated(const std::string& s) {
    return replaced(s, {{"Phường ", "P. "},
                        {"Thị trấn ", "TT. "},
                        {"Quận ", "Q."},
                        {"Huyện ", "H. "},
                        {"Thị xã ", "TX. "},
                        {"Thành phố ", "TP. "},
                        {"Xã ", "X. "}});
}

using Writing = std::string (*)(const Key&);

/// Prints the share and asserts that every proposal holds what the key became.
void allKeys(const char* name, Writing write) {
    std::size_t right = 0, ambiguous = 0, total = 0;
    std::string firstMiss;
    for (const auto& [key, wanted] : table()) {
        ++total;
        const auto match = units().match(write(key));
        const auto got = codes(match.wards);
        const std::set<std::string> proposals(got.begin(), got.end());
        const bool ok = std::includes(proposals.begin(), proposals.end(), wanted.begin(), wanted.end());
        right += ok;
        ambiguous += proposals.size() > 1;
        if (!ok && firstMiss.empty())
            firstMiss = write(key) + " -> " + (got.empty() ? "nothing" : got.front());
    }
    std::printf("%-28s %zu of %zu keys right, %zu with several proposals\n", name, right, total, ambiguous);
    EXPECT_GE(total, 11900U);
    EXPECT_EQ(right, total) << "first: " << firstMiss;
}

TEST(Units, ASecondCodeOfAUnitFindsItAndIsListedOnce) {
    EXPECT_EQ(units().find("06970"), units().find("06978"));
    EXPECT_EQ(units().find("06978")->fullName(), "Xã Ba Chẽ");
    EXPECT_EQ(units().find("23737"), units().find("23938"));
    EXPECT_EQ(units().find("23737")->code, "23938"); // what is sent is the code in force
    EXPECT_EQ(units().search("Ba Chẽ", "22", 9).size(), 1U);
}

TEST(Units, NamesEveryProvinceInVietnameseOrder) {
    std::vector<std::string> names;
    for (const Unit* u : units().provinces()) names.push_back(u->name);
    ASSERT_EQ(names.size(), 34U);
    EXPECT_THAT(names, testing::ElementsAreArray(
                           {"An Giang",    "Bắc Ninh",   "Cà Mau",      "Cao Bằng",  "Cần Thơ",  "Đà Nẵng",
                            "Đắk Lắk",     "Điện Biên",  "Đồng Nai",    "Đồng Tháp", "Gia Lai",  "Hà Nội",
                            "Hà Tĩnh",     "Hải Phòng",  "Hồ Chí Minh", "Huế",       "Hưng Yên", "Khánh Hòa",
                            "Lai Châu",    "Lạng Sơn",   "Lào Cai",     "Lâm Đồng",  "Nghệ An",  "Ninh Bình",
                            "Phú Thọ",     "Quảng Ngãi", "Quảng Ninh",  "Quảng Trị", "Sơn La",   "Tây Ninh",
                            "Thái Nguyên", "Thanh Hóa",  "Tuyên Quang", "Vĩnh Long"}));
}

TEST(Units, EveryWardBelongsToOneProvince) {
    std::size_t total = 0;
    for (const Unit* p : units().provinces())
        for (const Unit* w : units().wards(p->code)) {
            ++total;
            EXPECT_EQ(w->parentCode, p->code);
            EXPECT_EQ(units().find(w->code), w);
        }
    EXPECT_EQ(total, 3321U);
    EXPECT_TRUE(units().wards("99").empty());
}

TEST(Units, FindsByWordsWithoutDiacriticsWardsBeforeProvinces) {
    const auto found = units().search("hoan kiem", "", 5);
    ASSERT_FALSE(found.empty());
    EXPECT_EQ(found.front()->fullName(), "Phường Hoàn Kiếm");
    const auto hanoi = units().search("ha noi", "", 100);
    EXPECT_EQ(hanoi.back()->fullName(), "Thành phố Hà Nội");
    for (const Unit* u : units().search("tan", "79", 50)) EXPECT_EQ(u->parentCode, "79");
    EXPECT_TRUE(units().search("xyzzy", "", 5).empty());
    EXPECT_TRUE(units().search("\xff\xfe", "", 5).empty());
}

TEST(Units, CompletesTheLastPartOfAPlaceBeingTyped) {
    const auto here = units().complete("ben th", "79", 3);
    ASSERT_FALSE(here.empty());
    EXPECT_EQ(here.front(), "Phường Bến Thành, Thành phố Hồ Chí Minh");
    const auto more = units().complete("Bệnh viện Mẫu, Phường Bến", "79", 9);
    ASSERT_FALSE(more.empty());
    for (const auto& text : more)
        EXPECT_EQ(text.substr(0, std::string("Bệnh viện Mẫu, Phường Bến").size()),
                  "Bệnh viện Mẫu, Phường Bến");
    const auto province = units().complete("Mẫu, tỉnh lâm đ", "", 3);
    ASSERT_EQ(province.size(), 1U);
    EXPECT_EQ(province.front(), "Mẫu, Tỉnh Lâm Đồng");
    EXPECT_TRUE(units().complete(province.front(), "", 3).empty()) << "it stands there already";
    for (const auto* none : {"", "b", "Bệnh viện Mẫu, ", "xyzzy", "\xff\xfe"})
        EXPECT_TRUE(units().complete(none, "79", 3).empty()) << none;
    EXPECT_LE(units().complete("tan", "79", 3).size(), 3U);
}

TEST(Match, NamesAnAddressInForceAsTwoLevel) {
    const auto m = units().match("Số 1 Phố Mẫu, Phường Hoàn Kiếm, Thành phố Hà Nội");
    ASSERT_EQ(m.wards.size(), 1U);
    EXPECT_EQ(m.wards.front()->fullName(), "Phường Hoàn Kiếm");
    EXPECT_TRUE(m.wasTwoLevel);
    EXPECT_EQ(m.line, "Số 1 Phố Mẫu");
    EXPECT_EQ(m.province->code, "01");
}

TEST(Match, ProposesTodaysUnitsForAnOldAddress) {
    const auto m = units().match("12 Ngõ Mẫu,, Phúc Xá, Ba Đình, Hà Nội");
    EXPECT_THAT(codes(m.wards), testing::ElementsAre("00097"));
    EXPECT_FALSE(m.wasTwoLevel);
    EXPECT_EQ(m.line, "12 Ngõ Mẫu");
}

struct Written {
    const char* address;
    const char* code;
};

class Spellings : public testing::TestWithParam<Written> {};

TEST_P(Spellings, AreUnderstood) {
    EXPECT_THAT(codes(units().match(GetParam().address).wards), testing::Contains(GetParam().code));
}

INSTANTIATE_TEST_SUITE_P(Match, Spellings,
                         testing::Values(Written{"P. 5, Q.8, TP.HCM", "27418"},
                                         Written{"Phường 05, Quận 8, TPHCM", "27418"},
                                         Written{"P5, Q8, HCM", "27418"},
                                         Written{"Phường 5 Quận 8 Thành phố Hồ Chí Minh", "27418"},
                                         Written{"phuong phuc xa, quan ba dinh, ha noi", "00097"},
                                         Written{"P. Phúc Xá - Q. Ba Đình - TP. Hà Nội", "00097"},
                                         Written{"Tổ 1, PHÚC XÁ, BA ĐÌNH, HÀ NỘI, VIỆT NAM", "00097"},
                                         Written{"Long Đức, TP Trà Vinh, Trà Vinh", "29263"},
                                         Written{"Xã Long Đức, TX. Trà Vinh, Tỉnh Trà Vinh", "29263"},
                                         Written{"Phúc Xá, Ba Đình", "00097"}));

TEST(Match, SurvivesAnythingThatIsNotAnAddress) {
    for (const char* text :
         {"", ",", ",,,", "\xff", "P.", "Quận", "Hà Nội", "1", "....,-,;", "Phường , Quận , Tỉnh "}) {
        const auto m = units().match(text);
        EXPECT_TRUE(m.wards.size() < 400) << text;
        EXPECT_FALSE(m.wasTwoLevel && m.wards.empty()) << text;
    }
}

TEST(MatchTable, FullNames) {
    allKeys("with unit words",
            [](const Key& k) { return "Tổ 1, " + k.ward + ", " + k.district + ", " + k.province; });
}
TEST(MatchTable, WordsLeftOut) {
    allKeys("without unit words", [](const Key& k) {
        return "Tổ 1, " + withoutWord(k.ward) + ", " + withoutWord(k.district) + ", " +
               withoutWord(k.province);
    });
}
TEST(MatchTable, DoubleCommas) {
    allKeys("double commas",
            [](const Key& k) { return k.ward + ",, " + k.district + ", ," + k.province + ","; });
}
TEST(MatchTable, OtherTonePlace) {
    allKeys("other tone place", [](const Key& k) {
        return otherTone(withoutWord(k.ward) + ", " + withoutWord(k.district) + ", " +
                         withoutWord(k.province));
    });
}
TEST(MatchTable, Abbreviations) {
    allKeys("abbreviated words",
            [](const Key& k) { return abbreviated(k.ward + ", " + k.district + ", " + k.province); });
}

} // namespace
