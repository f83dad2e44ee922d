// What ISO/IEC 18004:2015 fixes about a QR symbol of a version: which modules are known beforehand, where the
// data bits lie, and how codewords are grouped into blocks.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace kiosk::reading::symbol {

/// Error correction levels in the order of their capability (clause 7.5.1).
enum class Level : std::uint8_t { L, M, Q, H };

inline constexpr int firstVersion = 1, lastVersion = 40;

/// Modules a side: 21 .. 177.
constexpr int sizeOf(int version) { return 17 + 4 * version; }
/// The version with `size` modules a side, or 0.
constexpr int versionOf(int size) { return size >= 21 && size <= 177 && size % 4 == 1 ? (size - 17) / 4 : 0; }

/// Place of a module in row-major storage, `size` modules a row.
constexpr std::size_t moduleAt(int column, int row, int size) {
    return static_cast<std::size_t>(row) * static_cast<std::size_t>(size) + static_cast<std::size_t>(column);
}
/// Place of a codeword's bit, 0 the most significant, in the sequence of all bits.
constexpr std::size_t bitAt(int codeword, int bit) {
    return static_cast<std::size_t>(codeword) * 8 + static_cast<std::size_t>(bit);
}

/// What a module is for.
enum class Role : std::uint8_t { Data, Light, Dark, Format, Version };

/// One run of codewords that Reed-Solomon protects together (clause 7.5.1, Table 9).
struct Block {
    int data = 0;  // codewords
    int check = 0; // codewords
    int total() const { return data + check; }
};

/// The fixed part of a version. Immutable; shared by all threads.
class Layout {
public:
    int version() const { return version_; }
    int size() const { return size_; }
    /// Row-major, size * size.
    Role role(int column, int row) const { return roles_[moduleAt(column, row, size_)]; }
    std::span<const Role> roles() const { return roles_; }
    /// Row-major indices of the data modules in the order of their bits, most significant first
    /// (clause 7.7.3).
    std::span<const int> dataModules() const { return data_; }
    int codewords() const { return static_cast<int>(data_.size() / 8); }
    /// Centres of the alignment patterns as {column, row} of their middle module; empty for version 1.
    struct Place {
        int column = 0, row = 0;
    };
    std::span<const Place> alignments() const { return alignments_; }
    /// The lattice the alignment patterns lie on (Annex E); it includes the corners that finders occupy.
    std::span<const int> lattice() const { return lattice_; }
    std::vector<Block> blocks(Level level) const;
    /// For each codeword of the symbol's sequence: its block and its place in the block (clause 7.6).
    struct Slot {
        int block = 0, at = 0;
    };
    std::vector<Slot> interleaving(Level level) const;

private:
    friend const Layout& layout(int version);
    explicit Layout(int version);
    void set(int column, int row, Role role);
    void drawFinder(int column, int row);
    void drawAlignment(Place place);
    void drawFunctionPatterns();
    void placeData();

    int version_, size_;
    std::vector<Role> roles_;
    std::vector<int> data_, lattice_;
    std::vector<Place> alignments_;
};

/// `version` 1 .. 40.
const Layout& layout(int version);

/// Whether mask pattern `mask` (0 .. 7) inverts the data module (clause 7.8.2, Table 10).
bool isMasked(int mask, int column, int row);

/// Where bit `bit` (0 is the least significant) of both copies of the 15 bits of format information lies
/// (clause 7.9.1, Figure 25), as {column, row}.
std::array<Layout::Place, 2> formatPlaces(int size, int bit);
/// The same for the 18 bits of version information, versions 7 and up (clause 7.10, Figure 28).
std::array<Layout::Place, 2> versionPlaces(int size, int bit);

} // namespace kiosk::reading::symbol
