// Takes a parsed asset file apart: every value is asked for by name and kind, the first mistake is kept with
// its line.
#pragma once

#include "app/procedures/asset/asset_file.hpp"
#include "app/procedures/form.hpp"

#include <initializer_list>
#include <optional>
#include <string>

namespace kiosk::asset {

/// Reads on after a mistake (with empty values), so callers need one test at the end: `problem()`.
class Reader {
public:
    explicit Reader(std::string file) : file_(std::move(file)) {}

    const std::optional<Error>& problem() const { return problem_; }
    void fail(const Value& at, const std::string& what);

    /// Objects `in` may have only these members: an unknown one is a typing mistake.
    void allowOnly(const Value& in, std::initializer_list<std::string_view> keys);
    /// nullptr when absent; a mistake when it is of another kind.
    const Value* optional(const Value& in, std::string_view key, Value::Kind kind);
    const Value* required(const Value& in, std::string_view key, Value::Kind kind);

    std::string text(const Value& in, std::string_view key); // required, not empty
    std::string optionalText(const Value& in, std::string_view key);
    bool flag(const Value& in, std::string_view key, bool otherwise);
    int whole(const Value& in, std::string_view key, int otherwise, int low, int high);
    Words words(const Value& in, std::string_view key); // required, both languages
    Words optionalWords(const Value& in, std::string_view key);
    std::vector<std::string> texts(const Value& in, std::string_view key); // optional list of texts

private:
    std::string file_;
    std::optional<Error> problem_;
};

} // namespace kiosk::asset
