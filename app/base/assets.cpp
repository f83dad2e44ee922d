#include "app/base/assets.hpp"

#include <cstdlib>
#include <filesystem>

namespace kiosk {

std::string assetsFolder() {
    if (const char* named = std::getenv("KIOSK_ASSETS"); named != nullptr && *named != '\0') return named;
    std::error_code error;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
    const auto installed = program.parent_path().parent_path() / "share" / "kiosk" / "assets";
    if (!error && std::filesystem::is_directory(installed, error)) return installed.string();
    return KIOSK_SOURCE_ASSETS;
}

} // namespace kiosk
