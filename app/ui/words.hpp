// Every sentence of the interface, by key, in both languages; missing or overlong words fail a test.
#pragma once

#include "app/base/result.hpp"

#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kiosk::ui {

/// A value put into "{name}" of a sentence.
using Param = std::pair<std::string_view, std::string_view>;

/// assets/lang/{vi,en}.json: flat "key": "sentence". Immutable after loading.
class Words {
public:
    /// Errors: AssetMissing, AssetInvalid (file:line: what), also when the two files differ in keys or
    /// parameters.
    static Result<Words> load(const std::string& assetsFolder);

    /// `language` is "vi" or "en". An unknown key terminates: it is a bug, found by the screen walker's test.
    std::string get(std::string_view language, std::string_view key,
                    std::initializer_list<Param> params = {}) const;
    bool has(std::string_view key) const;
    std::vector<std::string> keys() const;
    /// Where the words came from; the fonts lie in its "fonts".
    const std::string& folder() const { return folder_; }

private:
    std::string folder_;
    std::map<std::string, std::map<std::string, std::string, std::less<>>, std::less<>> byLanguage_;
};

} // namespace kiosk::ui
