// Asset files read with the line of every value, so that a mistake can be named as file:line.
#pragma once

#include "app/base/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace kiosk::asset {

struct Member;

/// One JSON value and the line (1-based) where it stands.
struct Value {
    enum class Kind { Null, Boolean, Number, Text, List, Object };
    Kind kind = Kind::Null;
    int line = 0;
    bool boolean = false;
    double number = 0;
    std::string text; // NFC
    std::vector<Value> items;
    std::vector<Member> members; // in file order, keys unique

    /// nullptr unless this is an object with that member.
    const Value* member(std::string_view key) const;
};

struct Member {
    std::string key;
    Value value;
};

/// A whole file. Errors: AssetMissing.
Result<std::string> readFile(const std::string& path);

/// `name` stands in the messages. Errors: AssetInvalid "name:line: what is wrong" (syntax, UTF-8, a key
/// twice, deeper than 32).
Result<Value> parseJson(std::string_view text, const std::string& name);

struct CsvRow {
    int line = 0;
    std::vector<std::string> cells; // NFC
};

/// Comma-separated, double quotes as in RFC 4180; lines beginning with '#' are comments. The first other line
/// must be exactly `header`. Errors: AssetInvalid.
Result<std::vector<CsvRow>> parseCsv(std::string_view text, const std::string& name, std::string_view header);

/// "name:line: what" as an AssetInvalid error.
Error invalid(const std::string& name, int line, const std::string& what);

} // namespace kiosk::asset
