#include "app/reading/symbol/layout.hpp"

#include <algorithm>
#include <cstdlib>
#include <memory>

namespace kiosk::reading::symbol {
namespace {

using PerVersion = std::array<std::uint8_t, 40>;

// Table 9, a row a level: check codewords a block, and blocks.
constexpr std::array<PerVersion, 4> checkPerBlock = {{
    {7,  10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28,
     28, 28, 30, 30, 26, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30},
    {10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26,
     26, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28},
    {13, 22, 18, 26, 18, 24, 18, 22, 20, 24, 28, 26, 24, 20, 30, 24, 28, 28, 26, 30,
     28, 30, 30, 30, 30, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30},
    {17, 28, 22, 16, 22, 28, 26, 26, 24, 28, 24, 28, 22, 24, 24, 30, 28, 28, 26, 28,
     30, 24, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30},
}};
constexpr std::array<PerVersion, 4> blockCount = {{
    {1, 1, 1, 1,  1,  2,  2,  2,  2,  4,  4,  4,  4,  4,  6,  6,  6,  6,  7,  8,
     8, 9, 9, 10, 12, 12, 12, 13, 14, 15, 16, 17, 18, 19, 19, 20, 21, 22, 24, 25},
    {1,  1,  1,  2,  2,  4,  4,  4,  5,  5,  5,  8,  9,  9,  10, 10, 11, 13, 14, 16,
     17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49},
    {1,  1,  2,  2,  4,  4,  6,  6,  8,  8,  8,  10, 12, 16, 12, 17, 16, 18, 21, 20,
     23, 23, 25, 27, 29, 34, 34, 35, 38, 40, 43, 45, 48, 51, 53, 56, 59, 62, 65, 68},
    {1,  1,  2,  4,  4,  4,  5,  6,  8,  8,  11, 11, 16, 16, 18, 16, 19, 21, 25, 25,
     25, 34, 30, 32, 35, 37, 40, 42, 45, 48, 51, 54, 57, 60, 63, 66, 70, 74, 77, 81},
}};

/// Annex E: evenly spaced backwards from the far side; the first gap takes what is left.
std::vector<int> latticeOf(int version) {
    if (version == 1) return {};
    const int count = version / 7 + 2;
    const int step = (version * 8 + count * 3 + 5) / (count * 4 - 4) * 2;
    std::vector<int> out(static_cast<std::size_t>(count), 6);
    for (int i = count - 1, at = sizeOf(version) - 7; i > 0; --i, at -= step)
        out[static_cast<std::size_t>(i)] = at;
    return out;
}

} // namespace

Layout::Layout(int version)
    : version_(version), size_(sizeOf(version)),
      roles_(static_cast<std::size_t>(size_) * static_cast<std::size_t>(size_)),
      lattice_(latticeOf(version)) {
    drawFunctionPatterns();
    placeData();
}

void Layout::set(int column, int row, Role role) { roles_[moduleAt(column, row, size_)] = role; }

/// With its separator, as far as that lies within the symbol.
void Layout::drawFinder(int column, int row) {
    for (int y = -4; y <= 4; ++y)
        for (int x = -4; x <= 4; ++x) {
            if (column + x < 0 || column + x >= size_ || row + y < 0 || row + y >= size_) continue;
            const int ring = std::max(std::abs(x), std::abs(y));
            set(column + x, row + y, ring == 2 || ring == 4 ? Role::Light : Role::Dark);
        }
}

void Layout::drawAlignment(Place place) {
    for (int y = -2; y <= 2; ++y)
        for (int x = -2; x <= 2; ++x)
            set(place.column + x, place.row + y,
                std::max(std::abs(x), std::abs(y)) == 1 ? Role::Light : Role::Dark);
    alignments_.push_back(place);
}

void Layout::drawFunctionPatterns() {
    for (int i = 0; i < size_; ++i) {
        const auto role = i % 2 == 0 ? Role::Dark : Role::Light;
        set(i, 6, role);
        set(6, i, role);
    }
    drawFinder(3, 3);
    drawFinder(size_ - 4, 3);
    drawFinder(3, size_ - 4);
    const int last = lattice_.empty() ? 0 : lattice_.back();
    for (const int row : lattice_)
        for (const int column : lattice_) {
            const bool corner = (column == 6 && (row == 6 || row == last)) || (column == last && row == 6);
            if (!corner) drawAlignment({column, row});
        }
    for (int bit = 0; bit < 15; ++bit)
        for (const auto& p : formatPlaces(size_, bit)) set(p.column, p.row, Role::Format);
    set(8, size_ - 8, Role::Dark);
    if (version_ < 7) return;
    for (int bit = 0; bit < 18; ++bit)
        for (const auto& p : versionPlaces(size_, bit)) set(p.column, p.row, Role::Version);
}

void Layout::placeData() {
    for (int right = size_ - 1; right >= 1; right -= 2) {
        if (right == 6) right = 5; // the vertical timing pattern shifts the pairs
        const bool upward = ((right + 1) & 2) == 0;
        for (int step = 0; step < size_; ++step)
            for (int side = 0; side < 2; ++side) {
                const int column = right - side, row = upward ? size_ - 1 - step : step;
                if (role(column, row) == Role::Data) data_.push_back(row * size_ + column);
            }
    }
    data_.resize(data_.size() / 8 * 8); // remainder bits carry nothing
}

std::vector<Block> Layout::blocks(Level level) const {
    const auto l = static_cast<std::size_t>(level), v = static_cast<std::size_t>(version_ - 1);
    const int count = blockCount[l][v], check = checkPerBlock[l][v];
    const int shorter = codewords() / count, longer = codewords() % count;
    std::vector<Block> out(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i)
        out[static_cast<std::size_t>(i)] = {shorter - check + (i >= count - longer ? 1 : 0), check};
    return out;
}

std::vector<Layout::Slot> Layout::interleaving(Level level) const {
    const auto all = blocks(level);
    const int count = static_cast<int>(all.size()), most = all.back().data;
    std::vector<Slot> out;
    for (int at = 0; at < most; ++at)
        for (int block = 0; block < count; ++block)
            if (at < all[static_cast<std::size_t>(block)].data) out.push_back({block, at});
    for (int at = 0; at < all.front().check; ++at)
        for (int block = 0; block < count; ++block)
            out.push_back({block, all[static_cast<std::size_t>(block)].data + at});
    return out;
}

const Layout& layout(int version) {
    static const auto all = [] {
        std::array<std::unique_ptr<const Layout>, lastVersion> made;
        for (int v = firstVersion; v <= lastVersion; ++v)
            made[static_cast<std::size_t>(v - 1)].reset(new Layout(v));
        return made;
    }();
    return *all[static_cast<std::size_t>(std::clamp(version, firstVersion, lastVersion) - 1)];
}

bool isMasked(int mask, int column, int row) {
    const int x = column, y = row;
    switch (mask) {
    case 0:
        return (x + y) % 2 == 0;
    case 1:
        return y % 2 == 0;
    case 2:
        return x % 3 == 0;
    case 3:
        return (x + y) % 3 == 0;
    case 4:
        return (x / 3 + y / 2) % 2 == 0;
    case 5:
        return x * y % 2 + x * y % 3 == 0;
    case 6:
        return (x * y % 2 + x * y % 3) % 2 == 0;
    default:
        return ((x + y) % 2 + x * y % 3) % 2 == 0;
    }
}

std::array<Layout::Place, 2> formatPlaces(int size, int bit) {
    Layout::Place around; // the copy around the top left finder
    if (bit < 6)
        around = {8, bit};
    else if (bit < 8)
        around = {8, bit + 1};
    else if (bit == 8)
        around = {7, 8};
    else
        around = {14 - bit, 8};
    const Layout::Place split =
        bit < 8 ? Layout::Place{size - 1 - bit, 8} : Layout::Place{8, size - 15 + bit};
    return {around, split};
}

std::array<Layout::Place, 2> versionPlaces(int size, int bit) {
    const int along = bit / 3, across = size - 11 + bit % 3;
    return {Layout::Place{across, along}, Layout::Place{along, across}};
}

} // namespace kiosk::reading::symbol
