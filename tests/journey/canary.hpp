// Looks for what a person gave in places where it must not be, in every spelling that a program may keep.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::journey {

/// UTF-8 composed (NFC) and decomposed (NFD), folded to capitals and small letters of ASCII, UTF-16 and
/// UTF-32 of both byte orders.
std::vector<std::string> spellings(const std::string& text);

/// The texts that `content` holds in one of their spellings.
std::vector<std::string> held(std::string_view content, const std::vector<std::string>& texts);

/// "file: text" for every file below `folder` that holds one; unreadable files throw std::runtime_error.
std::vector<std::string> heldBelow(const std::filesystem::path& folder,
                                   const std::vector<std::string>& texts);

} // namespace kiosk::journey
