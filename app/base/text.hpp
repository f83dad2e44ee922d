// Vietnamese text: strict UTF-8, NFC, and the keys by which words are compared.
#pragma once

#include "app/base/result.hpp"

#include <string>
#include <string_view>

namespace kiosk::text {

/// True when `bytes` is well-formed UTF-8 (Unicode 15 table 3-7: no overlong forms, surrogates or values over
/// U+10FFFF).
bool isUtf8(std::string_view bytes);

/// Normalisation Form C of well-formed UTF-8; every input edge passes through it.
std::string nfc(std::string_view utf8);

/// Lower case (CLDR root), NFC.
std::string lower(std::string_view utf8);
/// Upper case (CLDR root), NFC.
std::string upper(std::string_view utf8);

/// Search key: lower case, diacritics removed, đ -> d, every run of non-alphanumerics one space, trimmed.
/// ASCII for Vietnamese input: "Giấy  XÁC-nhận" -> "giay xac nhan".
std::string fold(std::string_view utf8);

/// Comparison key that forgives only where the tone mark stands: lower case NFC with each syllable's tone
/// moved to its end as a digit 1..5 ("hòa" and "hoà" -> "hoa2"); vowel marks and đ are kept. Runs of other
/// characters become one space.
std::string toneKey(std::string_view utf8);

/// Number of code points.
std::size_t length(std::string_view utf8);

/// ASCII white space (and NUL) removed at both ends.
std::string_view trim(std::string_view s);

/// True when the text holds at least one non-ASCII Vietnamese letter or needs none to be judged; false when a
/// name of two or more syllables has no diacritics at all (a hand scanner in keyboard mode loses them).
bool hasDiacritics(std::string_view utf8);

} // namespace kiosk::text
