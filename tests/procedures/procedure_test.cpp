// Procedure files: every one of ours is right, and a mistake is named with its line.
#include "app/base/assets.hpp"
#include "app/base/json/json.hpp"
#include "app/procedures/procedure.hpp"

#include "app/procedures/asset/form_loader.hpp"

#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <random>
#include <set>

using namespace kiosk;
using nlohmann::json;

namespace {

const std::string assets = assetsFolder();

asset::ChoiceLists lists() { return *asset::loadChoices(assets + "/choices.json"); }

const std::string specimen = R"({
 "code": "1.000001", "version": "1",
 "name": {"vi": "Thủ tục Mẫu", "en": "Specimen"},
 "short_name": {"vi": "Mẫu", "en": "Specimen"},
 "sector": {"code": "G00", "name": "Mẫu"},
 "time": {"vi": "1 ngày", "en": "1 day"},
 "fee": {"kind": "ask"},
 "papers": [{"name": "Giấy Mẫu", "brief": {"vi": "Mẫu", "en": "Specimen"}, "originals": 1}],
 "source": {"url": "https://example.vn"},
 "form": {"name": {"vi": "Tờ khai Mẫu", "en": "Specimen form"}, "sections": [
  {"key": "a", "title": {"vi": "Mục", "en": "Section"}, "may_be_organisation": true, "fields": [
   {"key": "kind", "label": {"vi": "Loại", "en": "Kind"}, "type": "choice", "source": "s", "choices": "sex"},
   {"key": "more", "label": {"vi": "Thêm", "en": "More"}, "type": "text", "source": "s", "when": [{"field": "kind", "is": ["male"]}]}
  ]}
 ]}
})";

Result<Procedure> parse(const std::string& text) { return procedure::parse(text, "mau.json", lists()); }

std::string replaced(std::string s, const std::string& from, const std::string& to) {
    const auto at = s.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return s.replace(at, from.size(), to);
}

std::string mistake(const std::string& from, const std::string& to) {
    const auto p = parse(replaced(specimen, from, to));
    EXPECT_FALSE(p);
    return p ? std::string() : p.error().detail;
}

TEST(Procedure, ReadsASpecimen) {
    const auto p = parse(specimen);
    ASSERT_TRUE(p) << p.error().detail;
    EXPECT_EQ(p->form.sections[0].fields.size(), 6U); // four of the organisation before its own two
    EXPECT_EQ(p->form.sections[0].fields[0].key, "a_kind");
    EXPECT_EQ(form::find(p->form, "kind")->choices.size(), 2U);
    EXPECT_EQ(p->fee.kind, FeeKind::AskAtCounter);
}

TEST(Procedure, NamesFileLineAndMistake) {
    EXPECT_EQ(mistake("\"version\": \"1\"", "\"version\": 1"), "mau.json:2: \"version\" must be a text");
    EXPECT_EQ(mistake("\"fee\": {\"kind\": \"ask\"}", "\"fee\": {\"kind\": \"cheap\"}"),
              "mau.json:7: \"kind\" of a fee is free, amount or ask");
    EXPECT_EQ(mistake("\"is\": [\"male\"]", "\"is\": [\"cat\"]"), "mau.json:13: \"kind\" is never \"cat\"");
    EXPECT_EQ(mistake("\"field\": \"kind\"", "\"field\": \"more\""),
              "mau.json:13: a condition must refer to an earlier field, not \"more\"");
    EXPECT_EQ(mistake("\"choices\": \"sex\"", "\"choices\": \"sexx\""),
              "mau.json:12: choices.json has no list \"sexx\"");
    EXPECT_EQ(mistake("\"key\": \"more\"", "\"key\": \"kind\""),
              "mau.json:13: the field key \"kind\" is taken twice");
    EXPECT_EQ(mistake("\"papers\"", "\"paperz\""), "mau.json:8: \"paperz\" is not a key of the schema");
    EXPECT_EQ(mistake("\"en\": \"1 day\"", "\"en\": \"\""), "mau.json:6: \"en\" is empty");
    EXPECT_THAT(mistake("\"sector\":", "\"sector\""), testing::HasSubstr("mau.json:5: syntax error"));
    EXPECT_THAT(mistake("\"code\": \"1.000001\"", "\"code\": \"\xff\""), testing::HasSubstr("not UTF-8"));
}

TEST(Procedure, WithoutAFormTakesTheGeneralOne) {
    const auto p = parse(specimen.substr(0, specimen.find(",\n \"form\"")) + "}");
    ASSERT_TRUE(p) << p.error().detail;
    EXPECT_TRUE(p->form.general);
}

TEST(Procedure, AMistakeLeavesOnlyItsFileOut) {
    namespace fs = std::filesystem;
    const fs::path folder =
        fs::temp_directory_path() / ("kiosk-procedures-" + std::to_string(std::random_device{}()));
    fs::create_directories(folder / "procedures");
    fs::copy_file(assets + "/choices.json", folder / "choices.json");
    std::ofstream(folder / "procedures/1.000001.json") << specimen;
    std::ofstream(folder / "procedures/1.000002.json") << "{";
    std::ofstream(folder / "procedures/1.000003.json") << specimen; // another code than its name
    const auto loaded = procedure::loadAll(folder.string());
    fs::remove_all(folder);
    EXPECT_EQ(loaded.byCode.size(), 1U);
    EXPECT_EQ(loaded.errors.size(), 2U);
}

TEST(ProcedureAssets, AreAllRight) {
    const auto loaded = procedure::loadAll(assets);
    for (const auto& e : loaded.errors) ADD_FAILURE() << e.detail;
    EXPECT_GE(loaded.byCode.size(), 37U);
    for (const auto& [code, p] : loaded.byCode) {
        EXPECT_FALSE(p.crawled.empty()) << code;
        for (const auto* w : {&p.name, &p.shortName, &p.time, &p.form.name})
            EXPECT_FALSE(w->vi.empty() || w->en.empty()) << code;
    }
}

/// tests/procedures/source_fields.json: {code: [label of the source, …]}.
TEST(ProcedureAssets, AskOrLeaveOutEveryFieldOfTheSource) {
    std::ifstream in(std::string(KIOSK_TESTS_DIR) + "/procedures/source_fields.json");
    ASSERT_TRUE(in) << "source_fields.json is missing";
    const auto wanted = json::parse(in);
    const auto loaded = procedure::loadAll(assets);
    std::size_t labels = 0;
    for (const auto& [code, list] : wanted.items()) {
        const auto p = loaded.byCode.find(code);
        if (p == loaded.byCode.end()) {
            if (list.is_array()) ADD_FAILURE() << code << " has no asset";
            continue;
        }
        std::set<std::string> there;
        for (const auto& [label, reason] : p->second.leftOut) there.insert(label);
        for (const Section& s : p->second.form.sections)
            for (const Field& f : s.fields) {
                there.insert(f.source);
                for (const Field& c : f.columns) there.insert(c.source);
            }
        for (const auto& item : list) {
            const auto label =
                item.is_string() ? item.get<std::string>() : item.value("label", item.value("source", ""));
            ++labels;
            EXPECT_TRUE(there.contains(label)) << code << ": " << label;
        }
    }
    EXPECT_GT(labels, 100U);
}

TEST(ProcedureMutations, AlwaysGiveAnErrorOrAValidProcedure) {
    std::mt19937 random(7);
    const auto shared = lists();
    const std::string alphabet = "{}[]\",:0\\nulltrue \n\xc3\xa1";
    std::size_t right = 0, wrong = 0;
    for (int round = 0; round < 3000; ++round) {
        auto text = specimen;
        for (auto n = random() % 3 + 1; n > 0; --n) {
            const auto at = random() % text.size();
            switch (random() % 4) {
            case 0:
                text.erase(at, random() % 12 + 1);
                break;
            case 1:
                text.insert(at, 1, alphabet[random() % alphabet.size()]);
                break;
            case 2:
                text[at] = static_cast<char>(random() % 256);
                break;
            default:
                text.insert(at, text.substr(random() % text.size(), random() % 40));
                break;
            }
        }
        const auto p = procedure::parse(text, "mau.json", shared);
        if (p) {
            ++right;
            EXPECT_FALSE(p->code.empty() || p->name.vi.empty() || p->form.sections.empty());
        } else {
            ++wrong;
            EXPECT_EQ(p.error().code, Code::AssetInvalid);
            EXPECT_THAT(p.error().detail, testing::StartsWith("mau.json:"));
        }
    }
    EXPECT_GT(right, 50U);
    EXPECT_GT(wrong, 500U);
    EXPECT_FALSE(procedure::parse(std::string(100000, '['), "mau.json", shared));
}

} // namespace
