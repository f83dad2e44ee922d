// Soft modules -> payload: format by correlation, then each block by generalised minimum distance decoding
// (Forney 1966): the least reliable codewords are erased, two more at a time, as long as a false codeword
// stays improbable; then, where asked for, bit by bit.
#pragma once

#include "app/reading/symbol/format.hpp"
#include "app/reading/symbol/layout.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace kiosk::reading::soft {

/// What a symbol said. `log2False` bounds the chance that chance alone made its weakest block: the smaller
/// the safer.
struct Decoded {
    std::vector<std::uint8_t> bytes;
    float log2False = 0;
};

/// How hard a block is tried.
enum class Effort {
    Codewords, // by codewords erased
    Bits       // then by bits: reaches further, ten times as dear
};

/// One symbol of a known version, possibly decoded in several rounds: blocks once decoded stay.
class SymbolDecoder {
public:
    explicit SymbolDecoder(int version);

    /// `ratios`: row-major log-likelihood ratios, > 0 dark. Tries the `formats` likeliest formats. Nullopt
    /// while a block is missing, or when what was decoded is no valid sequence of segments.
    std::optional<Decoded> decode(std::span<const float> ratios, std::size_t formats,
                                  Effort effort = Effort::Codewords);

    /// Blocks decoded so far, of how many.
    int decoded() const { return decoded_; }
    int blocks() const { return static_cast<int>(blocks_.size()); }
    /// Writes +1 (dark) and -1 into the modules that the decoded blocks and their format make certain.
    void teach(std::span<float> known) const;
    /// Reed-Solomon attempts made so far.
    int attempts() const { return attempts_; }

private:
    struct BlockState {
        symbol::Block shape;
        std::vector<int> codewords; // places in the symbol's sequence
        std::vector<std::uint8_t> bytes;
        bool done = false;
        float log2False = 0;
    };
    void start(symbol::Format format);
    bool decodeBlock(BlockState& block, std::span<const float> bits, Effort effort);
    std::optional<Decoded> assemble() const;

    const symbol::Layout& layout_;
    std::optional<symbol::Format> format_;
    std::vector<BlockState> blocks_;
    int decoded_ = 0, attempts_ = 0;
};

} // namespace kiosk::reading::soft
