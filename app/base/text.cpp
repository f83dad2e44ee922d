#include "app/base/text.hpp"

#include <cstdlib>
#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace kiosk::text {
namespace {

const icu::Normalizer2& composer() {
    UErrorCode status = U_ZERO_ERROR;
    const auto* n = icu::Normalizer2::getNFCInstance(status);
    if (U_FAILURE(status) || n == nullptr) std::abort(); // ICU's own data is missing: a broken installation
    return *n;
}

const icu::Normalizer2& decomposer() {
    UErrorCode status = U_ZERO_ERROR;
    const auto* n = icu::Normalizer2::getNFDInstance(status);
    if (U_FAILURE(status) || n == nullptr) std::abort();
    return *n;
}

icu::UnicodeString decode(std::string_view utf8) {
    return icu::UnicodeString::fromUTF8({utf8.data(), static_cast<std::int32_t>(utf8.size())});
}

icu::UnicodeString normalised(const icu::Normalizer2& n, const icu::UnicodeString& s) {
    UErrorCode status = U_ZERO_ERROR;
    auto out = n.normalize(s, status);
    if (U_FAILURE(status)) std::abort(); // only out of memory
    return out;
}

std::string encode(const icu::UnicodeString& s) {
    std::string out;
    s.toUTF8String(out);
    return out;
}

/// 1..5 for the five written tones (huyền, hỏi, ngã, sắc, nặng), 0 for anything else.
int toneOf(UChar32 mark) {
    switch (mark) {
    case 0x300:
        return 1;
    case 0x309:
        return 2;
    case 0x303:
        return 3;
    case 0x301:
        return 4;
    case 0x323:
        return 5;
    default:
        return 0;
    }
}

bool isMark(UChar32 c) { return u_charType(c) == U_NON_SPACING_MARK; }

} // namespace

bool isUtf8(std::string_view bytes) {
    std::size_t i = 0;
    const auto at = [&](std::size_t k) { return static_cast<unsigned char>(bytes[k]); };
    while (i < bytes.size()) {
        const unsigned b = at(i);
        if (b < 0x80) {
            ++i;
            continue;
        }
        const std::size_t size = b >= 0xC2 && b <= 0xDF   ? 2
                                 : b >= 0xE0 && b <= 0xEF ? 3
                                 : b >= 0xF0 && b <= 0xF4 ? 4
                                                          : 0;
        if (size == 0 || i + size > bytes.size()) return false;
        const unsigned low = b == 0xE0 ? 0xA0U : b == 0xF0 ? 0x90U : 0x80U;
        const unsigned high = b == 0xED ? 0x9FU : b == 0xF4 ? 0x8FU : 0xBFU;
        if (at(i + 1) < low || at(i + 1) > high) return false;
        for (std::size_t k = 2; k < size; ++k)
            if ((at(i + k) & 0xC0U) != 0x80U) return false;
        i += size;
    }
    return true;
}

std::string nfc(std::string_view utf8) { return encode(normalised(composer(), decode(utf8))); }

std::string lower(std::string_view utf8) {
    auto s = decode(utf8);
    return encode(normalised(composer(), s.toLower(icu::Locale::getRoot())));
}

std::string upper(std::string_view utf8) {
    auto s = decode(utf8);
    return encode(normalised(composer(), s.toUpper(icu::Locale::getRoot())));
}

std::string fold(std::string_view utf8) {
    auto s = decode(utf8);
    const auto d = normalised(decomposer(), s.toLower(icu::Locale::getRoot()));
    icu::UnicodeString out;
    for (std::int32_t i = 0; i < d.length(); i = d.moveIndex32(i, 1)) {
        const UChar32 c = d.char32At(i);
        if (isMark(c)) continue;
        if (c == 0x111)
            out.append(static_cast<UChar32>('d'));
        else if (u_isalnum(c))
            out.append(c);
        else if (!out.isEmpty() && out[out.length() - 1] != ' ')
            out.append(static_cast<UChar32>(' '));
    }
    if (!out.isEmpty() && out[out.length() - 1] == ' ') out.truncate(out.length() - 1);
    return encode(out);
}

std::string toneKey(std::string_view utf8) {
    auto s = decode(utf8);
    const auto d = normalised(decomposer(), s.toLower(icu::Locale::getRoot()));
    icu::UnicodeString out;
    int tone = 0;
    const auto endSyllable = [&] {
        if (tone != 0) out.append(static_cast<UChar32>('0' + tone));
        tone = 0;
    };
    for (std::int32_t i = 0; i < d.length(); i = d.moveIndex32(i, 1)) {
        const UChar32 c = d.char32At(i);
        if (const int t = toneOf(c); t != 0)
            tone = t;
        else if (u_isalnum(c) || isMark(c))
            out.append(c);
        else {
            endSyllable();
            if (!out.isEmpty() && out[out.length() - 1] != ' ') out.append(static_cast<UChar32>(' '));
        }
    }
    endSyllable();
    if (!out.isEmpty() && out[out.length() - 1] == ' ') out.truncate(out.length() - 1);
    return encode(normalised(composer(), out));
}

std::size_t length(std::string_view utf8) {
    std::size_t n = 0;
    for (const char c : utf8) n += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    return n;
}

std::string_view trim(std::string_view s) {
    constexpr std::string_view space(" \t\r\n\v\f\0", 7);
    const auto first = s.find_first_not_of(space);
    if (first == std::string_view::npos) return {};
    return s.substr(first, s.find_last_not_of(space) - first + 1);
}

bool hasDiacritics(std::string_view utf8) {
    const auto s = decode(trim(utf8));
    bool severalSyllables = false;
    for (std::int32_t i = 0; i < s.length(); i = s.moveIndex32(i, 1)) {
        const UChar32 c = s.char32At(i);
        if (c >= 0x80 && (u_isalpha(c) || isMark(c))) return true; // isMark: the text may be decomposed
        severalSyllables = severalSyllables || u_isUWhiteSpace(c);
    }
    return !severalSyllables; // one syllable proves nothing
}

} // namespace kiosk::text
