// The office's records as a table of people: strict CSV (RFC 4180), every bad row named by line and column
// without its content.
#pragma once

#include "app/base/result.hpp"
#include "app/base/time.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::store::csv {

struct Record {
    int line = 0; // where its (last) row starts
    Date birthDate;
    std::string name;
    std::map<std::string, std::string> values; // by profile key; empty cells left out
};

struct Records {
    int rows = 0;
    std::map<std::string, Record> byNumber; // a later row of the same number replaced the earlier one
    std::vector<std::string> problems;
};

/// Columns personal_number, birth_date (yyyy-mm-dd or dd/mm/yyyy) and name in any order, then profile keys
/// (lower-case letters, digits,
/// "_" and "."). Separator "," or ";" (as Vietnamese spreadsheets write). Errors: ImportInvalid.
Result<Records> parseRecords(std::string_view text);
Result<Records> readRecords(const std::string& path);

} // namespace kiosk::store::csv
