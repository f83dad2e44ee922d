// Bundles as an office makes them, and as those send them who are not the office (reliability.md R19).
#include "app/delivery/bundle/difference.hpp"
#include "app/delivery/bundle/shelf.hpp"

#include "app/base/crypto.hpp"
#include "app/base/files.hpp"

#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <sodium.h>

namespace kiosk::bundle {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

constexpr Instant today{1'795'395'600'000};
constexpr std::int64_t day = 86'400'000;

Instant after(int days) { return {today.ms + days * day}; }

class Bundles : public ::testing::Test {
protected:
    Bundles() {
        crypto::init();
        std::string pattern = KIOSK_BUILD_DIR "/bundles-XXXXXX";
        folder_ = ::mkdtemp(pattern.data());
        crypto_sign_keypair(office_.data(), key_.reveal().data());
        put("assets/procedures/1.json", "old");
        put("assets/lang/vi.json", "words");
    }
    ~Bundles() override { fs::remove_all(folder_); }
    void put(const std::string& path, const std::string& content) const {
        fs::create_directories(fs::path(folder_ + "/" + path).parent_path());
        std::ofstream(folder_ + "/" + path) << content;
    }
    static std::string contentOf(const std::string& path) {
        return std::string(files::asText(files::read(path).value()));
    }
    static Bundle specimen(int version, Instant from = today, Instant until = after(30)) {
        return {"H29", version, from, until, {{"procedures/1.json", "new " + std::to_string(version)}}};
    }
    std::string made(const Bundle& b) const { return sign(build(b).value(), key_).value(); }
    Shelf shelf() const { return {folder_ + "/data", office_, "H29"}; }
    std::string base() const { return folder_ + "/assets"; }
    Result<Bundle> install(const std::string& bytes, Instant at = today) const {
        return shelf().install(bytes, base(), at, [](const std::string&) { return Result<void>(); });
    }
    /// What the kiosk would use of the procedure.
    std::string used(Instant at = today) const {
        return contentOf(shelf().choose(base(), at).assetsFolder + "/procedures/1.json");
    }

    std::string folder_;
    crypto::VerifyKeys::Key office_{};
    Secret<Bytes> key_{Bytes(crypto_sign_SECRETKEYBYTES)};
};

TEST_F(Bundles, LieOverWhatTheProgramBroughtFromTheirTimeToTheirEnd) {
    ASSERT_TRUE(install(made(specimen(1, after(1), after(3)))));
    EXPECT_EQ(used(), "old");
    EXPECT_EQ(shelf().choose(base(), today).until, after(1)) << "then it is time to look again";
    EXPECT_EQ(used(after(1)), "new 1");
    EXPECT_EQ(contentOf(shelf().choose(base(), after(1)).assetsFolder + "/lang/vi.json"), "words");
    EXPECT_EQ(shelf().choose(base(), after(1)).until, after(3));
    EXPECT_EQ(used(after(3)), "old") << "nobody keeps a kiosk at an old one for ever";
}

TEST_F(Bundles, OnlyRiseAndTheNewestCountsUntilItIsTakenBack) {
    ASSERT_TRUE(install(made(specimen(3))));
    ASSERT_TRUE(install(made(specimen(7))));
    EXPECT_EQ(used(), "new 7");
    for (const int version : {7, 5, 3})
        EXPECT_THAT(install(made(specimen(version))).error().detail, HasSubstr("no newer")) << version;
    EXPECT_EQ(shelf().takeBack(today).value(), 7);
    EXPECT_EQ(used(), "new 3");
    EXPECT_FALSE(install(made(specimen(7)))) << "it does not come back by itself";
    EXPECT_EQ(shelf().takeBack(today).value(), 3);
    EXPECT_EQ(used(), "old");
    EXPECT_FALSE(shelf().takeBack(today));
    ASSERT_TRUE(install(made(specimen(8))));
    EXPECT_EQ(used(), "new 8");
}

TEST_F(Bundles, OfOthersOrChangedOnesAreRefused) {
    const auto good = made(specimen(2));
    ASSERT_TRUE(open(good, office_, "H29"));
    EXPECT_EQ(open(build(specimen(2)).value(), office_, "H29").error().code, Code::BundleUntrusted)
        << "unsigned";
    EXPECT_EQ(open(good, office_, "H30").error().code, Code::BundleInvalid) << "another office's";
    crypto::VerifyKeys::Key other{};
    Secret<Bytes> otherKey(Bytes(crypto_sign_SECRETKEYBYTES));
    crypto_sign_keypair(other.data(), otherKey.reveal().data());
    EXPECT_EQ(open(good, other, "H29").error().code, Code::BundleUntrusted);
    EXPECT_EQ(open(sign(build(specimen(2)).value(), otherKey).value(), office_, "H29").error().code,
              Code::BundleUntrusted);
    int refused = 0;
    for (std::size_t i = 0; i < good.size(); ++i) {
        auto flipped = good;
        flipped[i] = static_cast<char>(flipped[i] ^ 1);
        if (!open(flipped, office_, "H29")) ++refused;
        EXPECT_FALSE(open(std::string_view(good).substr(0, i), office_, "H29")) << "cut at " << i;
    }
    EXPECT_EQ(refused, static_cast<int>(good.size())) << "a flip of any byte";
    EXPECT_FALSE(open(good + "x", office_, "H29")) << "more behind it";
    EXPECT_FALSE(open(std::string(mostBytes + 1, 'x'), office_, "H29")) << "endless";
}

TEST_F(Bundles, PartsOfTwoAreNotMixed) {
    const auto a = made(specimen(2)), b = made(specimen(3));
    const auto body = [](const std::string& s) { return s.substr(s.find('\n', s.find('\n') + 1) + 1); };
    EXPECT_FALSE(open(a.substr(0, a.size() - body(a).size()) + body(b), office_, "H29"));
    EXPECT_FALSE(open(a.substr(0, a.find('\n')) + b.substr(b.find('\n')), office_, "H29"));
}

TEST_F(Bundles, BringNothingFromOutsideTheirFolders) {
    for (const auto* path :
         {"../kiosk.toml", "procedures/../../keys/link.json", "/etc/passwd", "fonts/Inter-Regular.otf",
          "lang/.json", "procedures/a/b.json", "procedures/x.so", "readme.json", "procedures/", "lang"})
        EXPECT_FALSE(isAllowedPath(path)) << path;
    EXPECT_TRUE(isAllowedPath("procedures/1.001193.json"));
    EXPECT_TRUE(isAllowedPath("units/units.csv"));
    EXPECT_TRUE(isAllowedPath("choices.json"));
    auto b = specimen(2);
    b.files.push_back({"../kiosk.toml", ""});
    EXPECT_FALSE(build(b));
}

TEST_F(Bundles, AreTriedBeforeTheyAreTakenAndOnesThatDoHarmLeaveNothing) {
    const auto refused = shelf().install(made(specimen(2)), base(), today, [](const std::string& assets) {
        EXPECT_EQ(contentOf(assets + "/procedures/1.json"), "new 2");
        return Result<void>(fail(Code::ConfigInvalid, "procedures/1.json:1: a mistake"));
    });
    EXPECT_THAT(refused.error().detail, HasSubstr("a mistake"));
    EXPECT_TRUE(shelf().list()->empty());
    EXPECT_EQ(used(), "old");
    EXPECT_TRUE(install(made(specimen(2)))) << "mended, under the same number";
    EXPECT_FALSE(install(made(specimen(3, after(-9), after(-1))))) << "ended";
}

TEST_F(Bundles, TellWhatTheyChange) {
    put("assets/lang/vi.json", R"({"a": "một", "b": "hai", "c": "ba"})");
    put("assets/procedures/2.json",
        R"({"fee": {"kind": "ask", "text": {"vi": "Hỏi", "en": "Ask"}}, "steps": [1]})");
    auto b = specimen(2);
    b.files = {{"lang/vi.json", R"({"a": "một", "b": "hai hai", "d": "bốn"})"},
               {"procedures/1.json", "old"},
               {"procedures/2.json", R"({"fee": {"text": {"vi": "5.000 đ"}}, "steps": [1, 2]})"},
               {"procedures/3.json", "{}"}};
    const auto changes = differences(b, std::nullopt, base());
    ASSERT_EQ(changes.size(), 4U);
    using Kind = Change::Kind;
    EXPECT_EQ(changes[0].kind, Kind::Changed);
    EXPECT_THAT(changes[0].members,
                ::testing::UnorderedElementsAre(Member{"b", "hai", "hai hai"}, Member{"d", "", "bốn"},
                                                Member{"c", "ba", ""}));
    EXPECT_EQ(changes[1].kind, Kind::Same);
    EXPECT_THAT(changes[2].members,
                ::testing::UnorderedElementsAre(Member{"fee", "Hỏi", "5.000 đ"}, Member{"steps", "", ""}));
    EXPECT_EQ(changes[3].kind, Kind::New);
    EXPECT_EQ(differences(b, b, base())[0].kind, Kind::Same) << "against the one in force";
}

TEST_F(Bundles, ChangedOnTheKiosksDiskAreNotUsed) {
    ASSERT_TRUE(install(made(specimen(2))));
    ASSERT_TRUE(install(made(specimen(3))));
    put("data/bundles/3.kbundle", contentOf(folder_ + "/data/bundles/2.kbundle"));
    EXPECT_EQ(used(), "new 2") << "a file under another's number";
    put("data/bundles/2.kbundle", "");
    EXPECT_EQ(used(), "old");
}

} // namespace
} // namespace kiosk::bundle
