// The language files as people read them: every code, warning and problem has words; none of them blames or
// shows jargon.
#include "app/base/assets.hpp"
#include "app/base/text.hpp"
#include "app/ui/words.hpp"

#include <cctype>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <set>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace kiosk {
namespace {

ui::Words words() {
    auto loaded = ui::Words::load(assetsFolder());
    if (!loaded) throw std::runtime_error(loaded.error().detail);
    return std::move(*loaded);
}

/// What is wrong with a sentence for people; empty: nothing.
std::string fault(std::string_view language, const std::string& sentence) {
    if (text::trim(sentence).empty()) return "empty";
    if (text::trim(sentence) != sentence) return "white space at an end";
    if (text::nfc(sentence) != sentence) return "not NFC";
    if (sentence.find("  ") != std::string::npos) return "two spaces";
    auto bare = " " + text::lower(sentence) + " ";
    constexpr std::string_view sorry = "xin lỗi"; // apologises; does not say "error"
    if (const auto at = bare.find(sorry); at != std::string::npos) bare.erase(at, sorry.size());
    for (const char* never : {"không hợp lệ", "invalid", " ok ", " ok.", "thất bại", " lỗi ", "error",
                              "failed", "illegal", "payload"})
        if (bare.find(never) != std::string::npos) return std::string("says \"") + never + "\"";
    for (const char* jargon : {"timeout", "server", "database", "session"})
        if (language == "vi" && bare.find(jargon) != std::string::npos)
            return std::string("says \"") + jargon + "\"";
    return {};
}

TEST(Language, EveryCodeSaysWhatHappenedAndWhatToDo) {
    const auto w = words();
#define KIOSK_CODE(name)                                                                                     \
    EXPECT_TRUE(w.has("error." #name ".title")) << #name;                                                    \
    EXPECT_TRUE(w.has("error." #name ".help")) << #name;
    KIOSK_CODES(KIOSK_CODE)
#undef KIOSK_CODE
}

TEST(Language, SentencesNeitherBlameNorTalkJargon) {
    const auto w = words();
    for (const auto& key : w.keys())
        for (const char* language : {"vi", "en"})
            EXPECT_EQ(fault(language, w.get(language, key)), "") << language << " " << key;
}

TEST(Language, TheLintSeesSeededFaults) {
    EXPECT_EQ(fault("vi", "Số điện thoại không hợp lệ"), "says \"không hợp lệ\"");
    EXPECT_EQ(fault("vi", "OK"), "says \" ok \"");
    EXPECT_EQ(fault("en", "Invalid number"), "says \"invalid\"");
    EXPECT_EQ(fault("vi", " Gửi hồ sơ"), "white space at an end");
    EXPECT_EQ(fault("vi", ""), "empty");
    EXPECT_EQ(fault("vi", "Gửi hồ sơ"), "");
}

TEST(Language, NoErrorShowsItsCodeInTheSentence) {
    const auto w = words();
#define KIOSK_CODE(name)                                                                                     \
    for (const char* language : {"vi", "en"})                                                                \
        for (const char* part : {".title", ".help"}) {                                                       \
            const auto key = std::string("error." #name) + part;                                             \
            EXPECT_EQ(w.get(language, key).find(#name), std::string::npos) << language << " " << key;        \
        }
    KIOSK_CODES(KIOSK_CODE)
#undef KIOSK_CODE
}

/// The program's sources, to find what they say.
struct Sources {
    std::set<std::string> literals, words;
    explicit Sources(const std::filesystem::path& folder) {
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
            if (entry.path().extension() == ".cpp" || entry.path().extension() == ".hpp") add(entry.path());
    }
    /// Said as a whole, or built: of a family whose beginning stands in the sources, every further part too.
    bool say(const std::string& key) const {
        if (literals.contains(key)) return true;
        for (const std::string family :
             {"error.", "warning.", "type.", "lookup.", "progress.", "mydata.key.", "screen.", "ui.key.",
              "ui.scroll.", "staff.", "setting.", "journal.kind.", "bundle.member."})
            if (key.starts_with(family)) return sayParts(key.substr(family.size()));
        return false;
    }

private:
    void add(const std::filesystem::path& path) {
        std::ifstream file(path);
        for (std::string line; std::getline(file, line);) {
            std::istringstream pieces(line); // what stands between two quotation marks, either way round
            for (std::string piece; std::getline(pieces, piece, '"');) literals.insert(piece);
            std::string word;
            for (const char c : line + ' ')
                if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_')
                    word += c;
                else
                    words.insert(std::exchange(word, {}));
        }
    }
    bool sayParts(const std::string& rest) const {
        std::istringstream parts(rest);
        for (std::string part; std::getline(parts, part, '.');)
            if (!words.contains(part)) return false;
        return true;
    }
};

TEST(Language, EverySentenceIsSaidSomewhere) {
    const Sources sources(std::filesystem::path(KIOSK_TESTS_DIR) / "../app");
    const auto w = words();
    for (const auto& key : w.keys()) EXPECT_TRUE(sources.say(key)) << key;
    for (const char* never : {"form.row.never", "error.NeverHappens.title", "error.CameraLost.xyzzy"})
        EXPECT_FALSE(sources.say(never)) << never;
}

} // namespace
} // namespace kiosk
