// How a Vietnamese syllable sounds, so that spellings ordinary writers confuse can find each other.
#pragma once

#include <string>
#include <string_view>

namespace kiosk::search {

/// A key under which syllables coincide that writers of some region confuse: initials tr/ch, s/x, d/gi/r,
/// l/n, c/k/q, ng/ngh, g/gh; finals n/ng/nh, t/c/ch; i/y; iêu/iu, uôi/ui and the like; doubled letters. Takes
/// a folded syllable (text::fold), so vowel marks and tones coincide too. Empty when it cannot be a syllable.
std::string soundKey(std::string_view fold);

/// The written tone of a toned syllable (text::toneKey), '1'..'5'; ngã counts as hỏi, which half of the
/// country does not tell apart; '0' without one.
char toneClass(std::string_view tone);

/// How well a syllable as typed agrees with one as it stands in the index, both with the same letters: 1 the
/// same or nothing typed to compare, less for a forgotten mark or a confused tone, least for another word.
/// `marked`: the query has marks elsewhere, so that a syllable without any probably means one without any.
float toneAgreement(std::string_view typed, std::string_view form, bool marked);

/// Only letters a..z: typed without tone and marks.
bool isPlain(std::string_view tone);

/// The same, but đ may stand.
bool isUnmarked(std::string_view tone);

} // namespace kiosk::search
