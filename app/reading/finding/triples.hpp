// Which finder patterns belong to one symbol.
#pragma once

#include "app/reading/finding/finder.hpp"

#include <span>
#include <vector>

namespace kiosk::reading::finding {

/// Three finder patterns of one symbol, named by their corner; not mirrored.
struct Triple {
    Finder topLeft, topRight, bottomLeft;
    float doubt = 0; // 0: as if looked at straight, without blur; sorts triples
};

/// All plausible triples, the likeliest first, at most `most`.
std::vector<Triple> findTriples(std::span<const Finder> finders, std::size_t most);

/// Third finders where two of `finders` say that one must be: fainter ones than a search of the whole picture
/// could tell from chance.
std::vector<Finder> seekThirds(const GreyView& picture, std::span<const Finder> finders);

/// Triples whose third finder cannot be seen (under a finger, worn off, in a reflection), inferred from two
/// that can: the place from which their scale and the timing pattern towards it agree best. The likeliest
/// first, at most `most`.
std::vector<Triple> completePairs(const GreyView& picture, std::span<const Finder> finders, std::size_t most);

/// Modules between the centres of two finders under any perspective: the scale along a straight line changes
/// so that the geometric mean of its ends' is right for the whole.
float modulesBetween(const Finder& a, const Finder& b);

} // namespace kiosk::reading::finding
