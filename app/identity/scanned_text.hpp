// What hand scanners do to Vietnamese letters, told apart: lost marks, lost letters, letters replaced by
// others.
#pragma once

#include <string_view>

namespace kiosk::scanned_text {

/// True when nothing beyond ASCII is left: a scanner without Vietnamese types "Nguyen" for "Nguyễn".
bool isAscii(std::string_view text);

/// True when a card's payload cannot be what the card says: not UTF-8; '?' or U+FFFD in a letter's place
/// ("Nguy?n"); or UTF-8 taken for Windows-1252 ("Nguyá»…n"), known because its letters turned back into bytes
/// are UTF-8, which no Vietnamese text is by chance.
bool isGarbled(std::string_view payload);

/// True when a syllable of the name has no vowel: a scanner left out the letters it could not type ("Vn" for
/// "Văn"). Names of one syllable and initials of minorities' names ("Y", "H'") keep theirs or are not
/// syllables.
bool lacksLetters(std::string_view name);

} // namespace kiosk::scanned_text
