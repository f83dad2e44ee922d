// The settings that staff change on the screen: kiosk.toml is edited line by line, so that comments and order
// stay as a person left them.
#pragma once

#include "app/base/result.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::settings {

struct Setting {
    std::string key;             // "screen.language"
    std::string value, fallback; // without quotation marks; `value` is the fallback where the file has none
    enum class Kind { Text, Whole, Choice } kind = Kind::Text;
    std::vector<std::string> choices; // of Kind::Choice
};

/// Their keys. The order is stored (journal): add at the end only.
std::span<const std::string_view> keys();

/// The table's own copy of a word that some setting can be chosen to be ("en", "true"); empty: none is.
/// Stored (journal): a word stays in the table.
std::string_view choice(std::string_view word);

/// As they stand in the file. Errors: ConfigInvalid.
Result<std::vector<Setting>> read(const std::string& path);

/// Writes the new value atomically (a whole file, fsynced, then renamed) after the whole file with it was
/// found right, and keeps the file as it was at `beforePath(path)`. Errors: ConfigInvalid with what is
/// allowed; the file is then as it was.
Result<void> change(const std::string& path, const std::string& key, const std::string& value);

/// Takes the last change back; once more takes it back again. Errors: ConfigInvalid (nothing was changed
/// yet).
Result<void> undo(const std::string& path);
std::string beforePath(const std::string& path);

} // namespace kiosk::settings
