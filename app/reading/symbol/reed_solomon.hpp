// Reed-Solomon over GF(256) as QR uses it (ISO/IEC 18004 clause 7.5.2): errors-and-erasures decoding with a
// count of what it had to change, so that a caller can bound the chance of a false codeword.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace kiosk::reading::symbol {

/// One changed codeword of a block.
struct Correction {
    int at = 0;              // 0 .. n-1
    std::uint8_t change = 0; // to be XORed; 0 where an erased codeword was right
    bool erased = false;
};

/// A block whose syndromes have been computed once; erasure patterns are then tried cheaply.
class Syndromes {
public:
    /// `block`: n <= 255 codewords, the last `check` of them redundancy.
    Syndromes(std::span<const std::uint8_t> block, int check);

    bool clean() const { return clean_; }
    int check() const { return check_; }
    int length() const { return length_; }

    /// The codeword that agrees with the block outside `erasures` but for at most (check - erasures) / 2
    /// errors, found by Berlekamp-Massey on the Forney syndromes, Chien search and Forney's formula. False
    /// when there is none; then `corrections` is unspecified. Errors found are those entries with erased ==
    /// false.
    bool correct(std::span<const int> erasures, std::vector<Correction>& corrections) const;

private:
    int length_, check_;
    bool clean_;
    std::vector<std::uint8_t> values_;
};

/// log2 of the chance that a block of random codewords decodes with `errors` errors and `erasures` erasures:
/// the share of the space covered by the spheres that such a decoding may have landed in (McEliece and
/// Swanson 1986, for one pattern). Negative; the smaller the safer.
double log2FalseDecoding(int length, int check, int erasures, int errors);

} // namespace kiosk::reading::symbol
