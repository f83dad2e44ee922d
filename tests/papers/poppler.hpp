// Reading papers back: a folder of their own, and poppler's commands.
#pragma once

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <gtest/gtest.h>
#include <string>

namespace kiosk::papers {

/// Standard output of a command; it must succeed.
inline std::string outputOf(const std::string& command) {
    std::string out;
    FILE* pipe = popen(command.c_str(), "r");
    if (pipe == nullptr) return {};
    std::array<char, 4096> block{};
    for (std::size_t n = 0; (n = fread(block.data(), 1, block.size(), pipe)) > 0;)
        out.append(block.data(), n);
    EXPECT_EQ(pclose(pipe), 0) << command;
    return out;
}

/// Line breaks and runs of spaces are layout, not words.
inline std::string flat(const std::string& s) {
    std::string out;
    for (const char c : s) {
        const bool space = c == '\n' || c == '\f' || c == ' ';
        if (!space || (!out.empty() && out.back() != ' ')) out += space ? ' ' : c;
    }
    return out;
}

/// Removed with what is in it.
class PaperFolder {
public:
    PaperFolder() {
        std::string name = (std::filesystem::temp_directory_path() / "kiosk-paper-XXXXXX").string();
        folder_ = mkdtemp(name.data());
    }
    ~PaperFolder() { std::filesystem::remove_all(folder_); }
    PaperFolder(const PaperFolder&) = delete;
    PaperFolder& operator=(const PaperFolder&) = delete;
    std::string path(const std::string& name) const { return folder_ + "/" + name; }

private:
    std::string folder_;
};

} // namespace kiosk::papers
