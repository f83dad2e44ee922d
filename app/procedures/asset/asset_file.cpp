// Asset files: JSON through nlohmann's SAX parser fed by an iterator that counts lines, and CSV.
#include "app/procedures/asset/asset_file.hpp"

#include "app/base/json/json.hpp"
#include "app/base/text.hpp"

#include <algorithm>
#include <cstddef>
#include <fstream>
#include <iterator>
#include <sstream>
#include <utility>

namespace kiosk::asset {
namespace {

constexpr std::size_t maxDepth = 32; // deeper than any schema of ours; keeps recursion bounded

/// Walks the text and keeps the current line outside, because the parser copies its iterators.
class CountingIterator {
public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = const char&;

    CountingIterator(const char* at, int* line) : at_(at), line_(line) {}
    reference operator*() const { return *at_; }
    CountingIterator& operator++() {
        if (*at_ == '\n') ++*line_;
        ++at_;
        return *this;
    }
    CountingIterator operator++(int) {
        auto before = *this;
        ++*this;
        return before;
    }
    bool operator==(const CountingIterator& other) const { return at_ == other.at_; }
    bool operator!=(const CountingIterator& other) const { return at_ != other.at_; }

private:
    const char* at_;
    int* line_;
};

/// Builds a Value tree; the first objection ends the parse.
class Builder {
public:
    using number_integer_t = nlohmann::json::number_integer_t;
    using number_unsigned_t = nlohmann::json::number_unsigned_t;
    using number_float_t = nlohmann::json::number_float_t;
    using string_t = std::string;
    using binary_t = nlohmann::json::binary_t;

    explicit Builder(const int& line) : line_(line) {}

    bool null() { return put({}); }
    bool boolean(bool b) {
        Value v;
        v.kind = Value::Kind::Boolean;
        v.boolean = b;
        return put(std::move(v));
    }
    bool number_integer(number_integer_t n) { return number(static_cast<double>(n)); }
    bool number_unsigned(number_unsigned_t n) { return number(static_cast<double>(n)); }
    bool number_float(number_float_t n, const string_t&) { return number(n); }
    bool string(string_t& s) {
        Value v;
        v.kind = Value::Kind::Text;
        v.text = text::nfc(s);
        return put(std::move(v));
    }
    bool binary(binary_t&) { return object("binary value"); }
    bool start_object(std::size_t) { return open(Value::Kind::Object); }
    bool start_array(std::size_t) { return open(Value::Kind::List); }
    bool end_object() { return close(); }
    bool end_array() { return close(); }
    bool key(string_t& k) {
        auto& members = stack_.back()->members;
        const auto same = [&](const auto& m) { return m.key == k; };
        if (std::any_of(members.begin(), members.end(), same))
            return object("the key \"" + k + "\" stands here twice");
        members.push_back({k, {}});
        return true;
    }
    bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception& e) {
        std::string what = e.what(); // "[json.exception.parse_error.101] parse error at line 3, column 1:
                                     // syntax error while …"
        if (const auto colon = what.find("syntax error"); colon != std::string::npos)
            what = what.substr(colon);
        return object(what);
    }

    Value root;
    std::string problem;
    int problemLine = 0;

private:
    bool number(double n) {
        Value v;
        v.kind = Value::Kind::Number;
        v.number = n;
        return put(std::move(v));
    }
    bool object(std::string what) {
        problem = std::move(what);
        problemLine = line_;
        return false;
    }
    Value* place(Value v) {
        v.line = line_;
        if (stack_.empty()) {
            root = std::move(v);
            return &root;
        }
        Value& parent = *stack_.back();
        if (parent.kind == Value::Kind::List) return &parent.items.emplace_back(std::move(v));
        return &(parent.members.back().value = std::move(v));
    }
    bool put(Value v) {
        place(std::move(v));
        return true;
    }
    /// Pointers on the stack stay valid: a list or object grows only while its last child is closed.
    bool open(Value::Kind kind) {
        if (stack_.size() >= maxDepth) return object("nested too deeply");
        Value v;
        v.kind = kind;
        stack_.push_back(place(std::move(v)));
        return true;
    }
    bool close() {
        stack_.pop_back();
        return true;
    }

    const int& line_;
    std::vector<Value*> stack_;
};

/// Splits one record; `pos` moves past its line end. False when a quote stays open.
bool readRecord(std::string_view text, std::size_t& pos, int& line, std::vector<std::string>& cells) {
    std::string cell;
    bool quoted = false;
    for (; pos < text.size(); ++pos) {
        const char c = text[pos];
        if (c == '\n') ++line;
        if (quoted) {
            if (c != '"')
                cell += c;
            else if (pos + 1 < text.size() && text[pos + 1] == '"')
                cell += text[++pos];
            else
                quoted = false;
        } else if (c == '"') {
            quoted = true;
        } else if (c == ',') {
            cells.push_back(text::nfc(cell));
            cell.clear();
        } else if (c == '\n') {
            ++pos;
            break;
        } else if (c != '\r') {
            cell += c;
        }
    }
    cells.push_back(text::nfc(cell));
    return !quoted;
}

} // namespace

const Value* Value::member(std::string_view key) const {
    for (const auto& [name, value] : members)
        if (name == key) return &value;
    return nullptr;
}

Error invalid(const std::string& name, int line, const std::string& what) {
    return {Code::AssetInvalid, name + ":" + std::to_string(line) + ": " + what};
}

Result<std::string> readFile(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) return fail(Code::AssetMissing, path);
    std::ostringstream out;
    out << in.rdbuf();
    if (in.bad()) return fail(Code::AssetMissing, path);
    return std::move(out).str();
}

Result<Value> parseJson(std::string_view text, const std::string& name) {
    if (!text::isUtf8(text)) return fail(invalid(name, 1, "not UTF-8"));
    int line = 1;
    Builder builder(line);
    bool ok = false;
    try {
        ok = nlohmann::json::sax_parse(CountingIterator(text.data(), &line),
                                       CountingIterator(text.data() + text.size(), &line), &builder);
    } catch (const nlohmann::json::exception& e) { // numbers out of range are reported this way
        return fail(invalid(name, line, e.what()));
    }
    if (!ok) return fail(invalid(name, builder.problemLine, builder.problem));
    return std::move(builder.root);
}

Result<std::vector<CsvRow>> parseCsv(std::string_view text, const std::string& name,
                                     std::string_view header) {
    if (!text::isUtf8(text)) return fail(invalid(name, 1, "not UTF-8"));
    std::vector<CsvRow> rows;
    std::size_t pos = 0;
    std::size_t columns = 0;
    int line = 1;
    while (pos < text.size()) {
        const auto end = std::min(text.find('\n', pos), text.size());
        if (text[pos] == '#' || text::trim(text.substr(pos, end - pos)).empty()) {
            pos = end + 1;
            ++line;
            continue;
        }
        if (columns == 0) {
            if (text::trim(text.substr(pos, end - pos)) != header)
                return fail(invalid(name, line, "the columns must be " + std::string(header)));
            columns = static_cast<std::size_t>(std::count(header.begin(), header.end(), ',')) + 1;
            pos = end + 1;
            ++line;
            continue;
        }
        CsvRow row{line, {}};
        if (!readRecord(text, pos, line, row.cells))
            return fail(invalid(name, row.line, "a quote is not closed"));
        if (row.cells.size() != columns)
            return fail(invalid(name, row.line,
                                std::to_string(columns) + " columns expected, " +
                                    std::to_string(row.cells.size()) + " found"));
        rows.push_back(std::move(row));
    }
    if (columns == 0) return fail(invalid(name, 1, "the file is empty"));
    return rows;
}

} // namespace kiosk::asset
