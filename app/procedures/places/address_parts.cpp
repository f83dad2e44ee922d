// Splitting addresses and telling kinds of unit, written out or abbreviated, from names.
#include "app/procedures/places/address_parts.hpp"

#include "app/base/text.hpp"

#include <algorithm>
#include <array>

namespace kiosk::address {
namespace {

struct Word {
    std::string_view lower; // as people write it
    std::string_view type;
};

/// Words that may be followed by a space and the name. Those without diacritics count only in front of ASCII
/// text.
constexpr std::array<Word, 18> words{{{"phường", "phuong"},
                                      {"thị trấn", "thi tran"},
                                      {"thị xã", "thi xa"},
                                      {"thành phố", "thanh pho"},
                                      {"đặc khu", "dac khu"},
                                      {"quận", "quan"},
                                      {"huyện", "huyen"},
                                      {"tỉnh", "tinh"},
                                      {"xã", "xa"},
                                      {"phuong", "phuong"},
                                      {"thi tran", "thi tran"},
                                      {"thi xa", "thi xa"},
                                      {"thanh pho", "thanh pho"},
                                      {"dac khu", "dac khu"},
                                      {"quan", "quan"},
                                      {"huyen", "huyen"},
                                      {"tinh", "tinh"},
                                      {"xa", "xa"}}};

/// Abbreviations, written with a point or a space ("TP. Vinh", "TT Sapa"); one letter needs a point or a
/// number ("P5", "Q. 1").
constexpr std::array<Word, 14> shortWords{{{"t.p", "thanh pho"},
                                           {"t.t", "thi tran"},
                                           {"t.x", "thi xa"},
                                           {"tp", "thanh pho"},
                                           {"tt", "thi tran"},
                                           {"tx", "thi xa"},
                                           {"đk", "dac khu"},
                                           {"p", "phuong"},
                                           {"f", "phuong"},
                                           {"q", "quan"},
                                           {"h", "huyen"},
                                           {"x", "xa"},
                                           {"t", "tinh"},
                                           {"kp", ""}}};

bool isDigit(char c) { return c >= '0' && c <= '9'; }

/// Numbers lose leading zeros: "05" -> "5".
std::string plainNumbers(const std::string& key) {
    std::string out;
    for (std::size_t i = 0; i < key.size(); ++i) {
        const bool starts = i == 0 || key[i - 1] == ' ';
        if (starts && key[i] == '0' && i + 1 < key.size() && isDigit(key[i + 1])) {
            while (i + 1 < key.size() && key[i] == '0' && isDigit(key[i + 1])) ++i;
        }
        out += key[i];
    }
    return out;
}

UnitName named(std::string_view type, std::string_view name) {
    return {std::string(type), plainNumbers(text::toneKey(name)), plainNumbers(text::fold(name))};
}

/// Length of the kind's word at the start of lower-case text and its type; 0 when there is none.
std::pair<std::size_t, std::string_view> leadingWord(std::string_view lower) {
    for (const auto& [word, type] : words)
        if (lower.starts_with(word) && lower.size() > word.size() &&
            (lower[word.size()] == ' ' || lower[word.size()] == '.'))
            return {word.size(), type};
    for (const auto& [word, type] : shortWords) {
        if (type.empty() || !lower.starts_with(word) || lower.size() <= word.size()) continue;
        const char next = lower[word.size()];
        const bool point = next == '.';
        const bool number = isDigit(next) || (next == ' ' && lower.size() > word.size() + 1 &&
                                              isDigit(lower[word.size() + 1]));
        if (point || number || (word.size() > 1 && next == ' ')) return {word.size(), type};
    }
    return {0, {}};
}

std::string_view withoutPoints(std::string_view s) {
    const auto first = s.find_first_not_of(" .:");
    return first == std::string_view::npos ? std::string_view() : s.substr(first);
}

/// Addresses without commas: a comma before each kind's word written out or abbreviated.
std::string withCommas(const std::string& address) {
    const auto lower = text::lower(address);
    if (lower.size() != address.size()) return address; // positions differ: leave it
    std::string out;
    for (std::size_t i = 0; i < address.size(); ++i) {
        const bool starts = i > 0 && lower[i - 1] == ' ';
        if (starts && leadingWord(std::string_view(lower).substr(i)).first != 0) out += ',';
        out += address[i];
    }
    return out;
}

void add(std::vector<Part>& parts, std::string_view piece) {
    const auto trimmed = text::trim(piece);
    const auto end = trimmed.find_last_not_of(" .;-");
    if (end == std::string_view::npos) return;
    Part part{std::string(trimmed.substr(0, end + 1)), {}};
    auto typed = parseUnit(part.text);
    const bool hadWord = !typed.type.empty();
    if (!typed.fold.empty()) part.readings.push_back(std::move(typed));
    if (hadWord) part.readings.push_back(named({}, part.text));
    if (!part.readings.empty()) parts.push_back(std::move(part));
}

} // namespace

UnitName parseUnit(std::string_view text) {
    const auto clean = text::trim(text);
    const auto lower = text::lower(clean);
    const auto [size, type] = leadingWord(lower);
    if (size == 0) return named({}, lower);
    const auto rest = withoutPoints(std::string_view(lower).substr(size));
    return rest.empty() ? named({}, lower) : named(type, rest);
}

std::vector<Part> split(std::string_view address) {
    auto nfc = text::nfc(address);
    std::replace_if(
        nfc.begin(), nfc.end(), [](char c) { return c == ';' || c == '\n' || c == '\t' || c == '|'; }, ',');
    if (std::count(nfc.begin(), nfc.end(), ',') == 0) {
        for (std::size_t at = nfc.find(" - "); at != std::string::npos; at = nfc.find(" - ", at + 1))
            nfc[at + 1] = ',';
        nfc = withCommas(nfc);
    }
    std::vector<Part> parts;
    std::size_t from = 0;
    while (from <= nfc.size()) {
        const auto to = std::min(nfc.find(',', from), nfc.size());
        add(parts, std::string_view(nfc).substr(from, to - from));
        from = to + 1;
    }
    return parts;
}

bool isWardWord(std::string_view type) {
    return type == "phuong" || type == "xa" || type == "thi tran" || type == "dac khu";
}

bool isDistrictWord(std::string_view type) {
    return type == "quan" || type == "huyen" || type == "thi xa" || type == "thanh pho";
}

std::string provinceKey(std::string_view text) {
    auto key = parseUnit(text).fold;
    key.erase(std::remove(key.begin(), key.end(), ' '), key.end());
    return key;
}

} // namespace kiosk::address
