// The rules of confusable spellings: an own list of what regional pronunciations make coincide.
#include "app/procedures/search/phonetic.hpp"

#include <algorithm>
#include <utility>

namespace kiosk::search {
namespace {

using Rule = std::pair<std::string_view, std::string_view>;

constexpr std::string_view vowels = "aeiouy";

// Longer first.
constexpr Rule initials[] = {{"ngh", "N"}, {"ng", "N"}, {"nh", "J"}, {"gh", "g"}, {"kh", "K"}, {"th", "T"},
                             {"tr", "C"},  {"ch", "C"}, {"ph", "f"}, {"qu", "q"}, {"c", "k"},  {"q", "k"},
                             {"r", "d"},   {"z", "d"},  {"x", "s"},  {"l", "n"}};
constexpr Rule rhymes[] = {{"ieu", "iu"}, {"uou", "iu"}, {"uu", "iu"},  {"iem", "im"},
                           {"iep", "ip"}, {"uoi", "ui"}, {"uom", "um"}, {"uop", "up"}};
constexpr Rule finals[] = {{"ng", "n"}, {"nh", "n"}, {"ch", "t"}, {"c", "t"}};

bool isVowel(char c) { return vowels.find(c) != std::string_view::npos; }

std::string withoutDoubled(std::string_view s) {
    std::string out;
    for (const char c : s)
        if (out.empty() || out.back() != c || c == 'u') out += c; // "uu" of hưu is no slip
    return out;
}

/// Takes the initial off `rest` and returns its class.
std::string initial(std::string_view& rest) {
    if (rest.starts_with("gi")) { // the i belongs to the rhyme only where no vowel follows: gì, gìn
        rest.remove_prefix(rest.size() > 2 && isVowel(rest[2]) ? 2 : 1);
        return "d";
    }
    for (const auto& [from, to] : initials)
        if (rest.starts_with(from)) {
            rest.remove_prefix(from.size());
            return std::string(to);
        }
    if (isVowel(rest.front())) return {};
    const char c = rest.front();
    rest.remove_prefix(1);
    return {c};
}

/// The letters without the tone's digit, and the digit's class.
std::string_view letters(std::string_view tone) {
    return toneClass(tone) == '0' ? tone : tone.substr(0, tone.size() - 1);
}

bool startsWithBarred(std::string_view tone) { return tone.starts_with("đ"); }

} // namespace

std::string soundKey(std::string_view fold) {
    if (fold.empty() || !isPlain(fold)) return {};
    const auto once = withoutDoubled(fold);
    std::string_view rest = once;
    auto key = initial(rest);
    if (rest.empty() || !isVowel(rest.front())) return {};
    std::string rhyme(rest);
    std::replace(rhyme.begin(), rhyme.end(), 'y', 'i');
    for (const auto& [from, to] : rhymes)
        if (rhyme == from) rhyme = to;
    for (const auto& [from, to] : finals)
        if (rhyme.size() > from.size() && rhyme.ends_with(from)) {
            rhyme.replace(rhyme.size() - from.size(), from.size(), to);
            break;
        }
    return key + rhyme;
}

char toneClass(std::string_view tone) {
    if (tone.size() < 2 || tone.back() < '1' || tone.back() > '5') return '0';
    return tone.back() == '3' ? '2' : tone.back();
}

float toneAgreement(std::string_view typed, std::string_view form, bool marked) {
    if (typed == form) return 1;
    if (isPlain(typed)) return marked ? 0.94F : 1;
    if (isUnmarked(typed)) return startsWithBarred(form) ? 1 : 0.72F; // of all marks only đ's
    const bool sameTone = toneClass(typed) == toneClass(form);
    if (letters(typed) == letters(form)) return sameTone ? 0.95F : toneClass(typed) == '0' ? 0.9F : 0.72F;
    return sameTone && startsWithBarred(typed) == startsWithBarred(form) ? 0.84F : 0.7F;
}

bool isPlain(std::string_view tone) {
    return std::all_of(tone.begin(), tone.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

bool isUnmarked(std::string_view tone) {
    std::string rest(tone);
    for (auto at = rest.find("đ"); at != std::string::npos; at = rest.find("đ"))
        rest.replace(at, std::string_view("đ").size(), "d");
    return isPlain(rest);
}

} // namespace kiosk::search
