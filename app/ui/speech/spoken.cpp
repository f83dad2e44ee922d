#include "app/ui/speech/spoken.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace kiosk::ui {
namespace {

constexpr std::size_t longNumber = 5; // digits: from here on nobody hears a number as an amount

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isUpper(char c) { return c >= 'A' && c <= 'Z'; }

bool allDigits(std::string_view s) { return !s.empty() && std::all_of(s.begin(), s.end(), isDigit); }

std::string withoutZeros(std::string_view digits) {
    const auto from = std::min(digits.find_first_not_of('0'), digits.size() - 1);
    return std::string(digits.substr(from));
}

/// "05/09/2020" in words; empty: it is no date.
std::string date(std::string_view word, std::string_view language) {
    if (word.size() != 10 || word[2] != '/' || word[5] != '/') return {};
    const auto day = word.substr(0, 2), month = word.substr(3, 2), year = word.substr(6);
    if (!allDigits(day) || !allDigits(month) || !allDigits(year)) return {};
    if (language == "vi")
        return "ngày " + withoutZeros(day) + " tháng " + withoutZeros(month) + " năm " + std::string(year);
    constexpr std::array months = {"January", "February", "March",     "April",   "May",      "June",
                                   "July",    "August",   "September", "October", "November", "December"};
    const auto index =
        static_cast<std::size_t>(month[0] - '0') * 10 + static_cast<std::size_t>(month[1] - '0');
    if (index < 1 || index > months.size()) return {};
    return withoutZeros(day) + " " + months.at(index - 1) + " " + std::string(year);
}

/// A reference or a dossier's code: capitals and digits mixed, or a number too long to be an amount.
bool isCode(std::string_view word) {
    const auto digits = std::count_if(word.begin(), word.end(), isDigit);
    const auto others = std::count_if(word.begin(), word.end(),
                                      [](char c) { return isUpper(c) || c == '-' || c == '.' || c == '_'; });
    if (static_cast<std::size_t>(digits + others) != word.size()) return false;
    if (others == 0) return word.size() >= longNumber;
    // "1.200.000" is an amount, "28.11.2026" a date, "1.004873" a procedure's code.
    const bool letters = std::any_of(word.begin(), word.end(), isUpper);
    return digits > 0 && (letters || word.find('-') != std::string_view::npos) && word.size() >= longNumber;
}

std::string signBySign(std::string_view word) {
    std::string out;
    for (const char c : word) {
        if (c == '-' || c == '_') {
            out += ',';
            continue;
        }
        if (!out.empty()) out += ' ';
        out += c;
    }
    return out;
}

/// The digits of a masked number that are shown, and a word for those that are not.
std::string unmasked(std::string_view word, std::string_view language) {
    std::string out;
    bool hidden = false;
    for (std::size_t i = 0; i < word.size();) {
        const bool dot = word.substr(i).starts_with("•");
        if (dot && !hidden) out += language == "vi" ? " số đã che " : " hidden digits ";
        if (!dot) out += std::string(" ") + word[i];
        hidden = dot;
        i += dot ? std::string_view("•").size() : 1;
    }
    return out;
}

std::string wordSpoken(std::string_view word, std::string_view language) {
    auto end = word.size(); // what follows the word: "…2020," or "…4XTR."
    while (end > 0 && std::string_view(",.;:)!?").find(word[end - 1]) != std::string_view::npos) --end;
    const auto bare = word.substr(0, end), tail = word.substr(end);
    std::string said = date(bare, language);
    if (said.empty() && bare.find("•") != std::string_view::npos) said = unmasked(bare, language);
    if (said.empty()) said = isCode(bare) ? signBySign(bare) : std::string(bare);
    return said + std::string(tail);
}

} // namespace

std::string spoken(std::string_view text, std::string_view language) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find_first_of(" \n\t", at), text.size());
        if (end > at) {
            if (!out.empty()) out += ' ';
            out += wordSpoken(text.substr(at, end - at), language);
        }
        at = end + 1;
    }
    // Brackets begin phonemes and marks for speech programs.
    std::erase_if(out, [](char c) {
        return c == '[' || c == ']' || c == '<' || c == '>' || static_cast<unsigned char>(c) < 0x20;
    });
    return out;
}

std::string_view voiceFor(std::string_view text, std::string_view language) {
    if (language == "vi") return "vi";
    // Letters of Latin-1, Latin Extended-A, ơ and ư, and the letters with two marks (U+1EA0 to U+1EF9).
    for (std::size_t i = 0; i + 1 < text.size(); ++i) {
        const auto lead = static_cast<unsigned char>(text[i]), next = static_cast<unsigned char>(text[i + 1]);
        if ((lead >= 0xC3 && lead <= 0xC6) || (lead == 0xE1 && (next == 0xBA || next == 0xBB))) return "vi";
    }
    return language;
}

} // namespace kiosk::ui
