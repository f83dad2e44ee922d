// A folder of its own for each test, on the build's disk (not a memory file system), removed afterwards.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

namespace kiosk::testing {

class Folder {
public:
    Folder() {
        std::string pattern = KIOSK_BUILD_DIR "/folder-XXXXXX";
        path_ = ::mkdtemp(pattern.data());
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    std::string operator/(const std::string& name) const { return path_ + "/" + name; }
    const std::string& path() const { return path_; }

private:
    std::string path_;
};

} // namespace kiosk::testing
