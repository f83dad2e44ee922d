// A Reed-Solomon block decoded bit by bit: ordered statistics decoding (Fossorier and Lin 1995) of its binary
// image. The most reliable bits that determine the block are believed, but for one or two of them; the others
// follow, and how well they agree with what was seen says how likely the block is. Where codewords are erased
// whole, a codeword of which seven bits are clear is lost with the eighth; here it is not.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace kiosk::reading::symbol {

struct OrderedDecoding {
    std::vector<std::uint8_t> block;
    /// log2 of a bound on the chance that a block of random bits agrees as well with one of those tried.
    float log2False = 0;
};

/// `ratios`: natural log-likelihood ratios of the bits of n <= 255 codewords, the first bit of each its
/// highest, > 0 one; no surer than they deserve. The last `check` <= 32 codewords are redundancy. Nullopt
/// where every block tried is likelier to be chance's than 2^worst.
std::optional<OrderedDecoding> decodeOrdered(std::span<const float> ratios, int check, float worst);

} // namespace kiosk::reading::symbol
