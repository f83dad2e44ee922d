#include "app/store/csv.hpp"

#include "app/base/files.hpp"
#include "app/base/text.hpp"

#include <algorithm>
#include <cctype>
#include <optional>

namespace kiosk::store::csv {
namespace {

constexpr std::size_t maxCell = 1000;

struct Line {
    int number = 0;
    std::vector<std::string> cells;
    bool broken = false; // a quote in the wrong place
};

/// Takes lines one at a time; quoted cells may hold separators, doubled quotes and line ends.
class Lines {
public:
    Lines(std::string_view text, char separator) : text_(text), separator_(separator) {}

    std::optional<Line> next() {
        if (at_ >= text_.size()) return std::nullopt;
        Line line{line_, {}, false};
        while (true) {
            line.cells.push_back(cell(line.broken));
            if (at_ >= text_.size() || text_[at_] != separator_) break;
            ++at_;
        }
        skipLineEnd(line.broken);
        return line;
    }

private:
    std::string cell(bool& broken) {
        std::string out;
        if (at_ < text_.size() && text_[at_] == '"') {
            ++at_;
            for (; at_ < text_.size(); ++at_) {
                if (text_[at_] == '\n') ++line_;
                if (text_[at_] != '"')
                    out += text_[at_];
                else if (at_ + 1 < text_.size() && text_[at_ + 1] == '"')
                    out += text_[at_++];
                else {
                    ++at_;
                    return out;
                }
            }
            broken = true; // the quote never closes
            return out;
        }
        while (at_ < text_.size() && text_[at_] != separator_ && text_[at_] != '\n' && text_[at_] != '\r')
            out += text_[at_++];
        return out;
    }

    void skipLineEnd(bool& broken) {
        while (at_ < text_.size() && text_[at_] != '\n') {
            if (text_[at_] != '\r') broken = true; // text behind a closing quote
            ++at_;
        }
        if (at_ < text_.size()) ++at_;
        ++line_;
    }

    std::string_view text_;
    char separator_;
    std::size_t at_ = 0;
    int line_ = 1;
};

std::optional<Date> dateOf(std::string_view s) {
    if (const auto iso = Date::fromIso(s)) return iso;
    if (s.size() != 10 || s[2] != '/' || s[5] != '/') return std::nullopt;
    return Date::fromCard(std::string(s.substr(0, 2)) + std::string(s.substr(3, 2)) +
                          std::string(s.substr(6, 4)));
}

bool isKey(std::string_view s) {
    return !s.empty() && s.size() <= 64 && std::all_of(s.begin(), s.end(), [](unsigned char c) {
        return std::islower(c) || std::isdigit(c) || c == '_' || c == '.';
    });
}

Result<std::vector<std::string>> header(const Line& line) {
    std::vector<std::string> columns;
    for (std::size_t i = 0; i < line.cells.size(); ++i) {
        std::string name(text::trim(line.cells[i]));
        if (!isKey(name))
            return fail(Code::ImportInvalid,
                        "line 1: column " + std::to_string(i + 1) + ": not a column name");
        if (std::find(columns.begin(), columns.end(), name) != columns.end())
            return fail(Code::ImportInvalid, "line 1: column " + name + " is there twice");
        columns.push_back(std::move(name));
    }
    for (const char* needed : {"personal_number", "birth_date", "name"})
        if (std::find(columns.begin(), columns.end(), needed) == columns.end())
            return fail(Code::ImportInvalid, std::string("line 1: column ") + needed + " is missing");
    return columns;
}

struct RowResult {
    std::string number;
    Record record;
    std::string problem; // empty: good
};

RowResult readRow(const Line& line, const std::vector<std::string>& columns) {
    RowResult out;
    out.record.line = line.number;
    const auto bad = [&](const std::string& why) {
        out.problem = "line " + std::to_string(line.number) + ": " + why;
    };
    if (line.broken)
        bad("a quotation mark is in the wrong place");
    else if (line.cells.size() != columns.size())
        bad(std::to_string(line.cells.size()) + " columns instead of " + std::to_string(columns.size()));
    for (std::size_t i = 0; out.problem.empty() && i < columns.size(); ++i) {
        const std::string& column = columns[i];
        if (line.cells[i].size() > maxCell)
            bad("column " + column + ": longer than " + std::to_string(maxCell) + " bytes");
        const std::string value = text::nfc(text::trim(line.cells[i]));
        const bool digits =
            std::all_of(value.begin(), value.end(), [](unsigned char c) { return std::isdigit(c); });
        if (column == "personal_number") {
            if (value.size() != 12 || !digits) bad("column personal_number: not 12 digits");
            out.number = value;
        } else if (column == "birth_date") {
            const auto date = dateOf(value);
            if (!date)
                bad("column birth_date: not a date (yyyy-mm-dd or dd/mm/yyyy)");
            else
                out.record.birthDate = *date;
        } else if (column == "name") {
            if (text::fold(value).size() < 2) bad("column name: empty");
            out.record.name = value;
        } else if (!value.empty()) {
            out.record.values[column] = value;
        }
    }
    return out;
}

} // namespace

Result<Records> parseRecords(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    if (!text::isUtf8(text)) return fail(Code::ImportInvalid, "not UTF-8; save the file as CSV UTF-8");
    const auto first = text.substr(0, text.find('\n'));
    Lines lines(text, first.find(',') == std::string_view::npos && first.find(';') != std::string_view::npos
                          ? ';'
                          : ',');
    const auto top = lines.next();
    if (!top) return fail(Code::ImportInvalid, "the file is empty");
    const auto columns = header(*top);
    if (!columns) return fail(columns.error());
    Records records;
    while (auto line = lines.next()) {
        if (line->cells.size() == 1 && text::trim(line->cells[0]).empty()) continue;
        ++records.rows;
        auto row = readRow(*line, *columns);
        if (!row.problem.empty())
            records.problems.push_back(std::move(row.problem));
        else
            records.byNumber[row.number] = std::move(row.record);
    }
    return records;
}

Result<Records> readRecords(const std::string& path) {
    auto content = files::read(path);
    if (!content) return fail(Code::ImportInvalid, content.error().detail);
    const Secret<Bytes> bytes(std::move(*content));
    return parseRecords(files::asText(bytes.reveal()));
}

} // namespace kiosk::store::csv
