#include "app/reading/symbol/ordered_statistics.hpp"

#include "app/reading/symbol/galois.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

namespace kiosk::reading::symbol {
namespace {

constexpr std::size_t mostSingle = 256; // believed bits, the least sure ones, that may be wrong alone
constexpr std::size_t mostPaired = 96;  // or two of them

using Word = std::uint64_t;
using Checks = std::array<Word, 4>; // a bit for each equation

Checks operator^(const Checks& a, const Checks& b) {
    return {a[0] ^ b[0], a[1] ^ b[1], a[2] ^ b[2], a[3] ^ b[3]};
}

/// Bits that something agreeing, or not, tells about a random guess.
float evidence(float ratio) { return 1 - std::log2(1 + std::exp(-ratio)); }

/// The parity checks of the binary image, their columns in the order of reliability, the doubtful first;
/// reduced until every check has a doubtful bit of its own, which follows from the believed ones.
class Equations {
public:
    Equations(std::size_t length, int check, std::span<const int> order)
        : words_((order.size() + 63) / 64), count_(static_cast<std::size_t>(check) * 8),
          matrix_(count_ * words_) {
        for (std::size_t at = 0; at < order.size(); ++at) {
            const auto codeword = static_cast<std::size_t>(order[at]) / 8;
            const int root = static_cast<int>(length - 1 - codeword);
            auto value = static_cast<std::uint8_t>(0x80U >> (order[at] % 8));
            for (int j = 0; j < check; ++j) {
                for (unsigned bit = 0; bit < 8; ++bit)
                    if ((value >> bit & 1U) != 0)
                        row(static_cast<std::size_t>(j) * 8 + bit)[at / 64] |= Word{1} << (at % 64);
                value = galois::times(value, galois::power(root));
            }
        }
        reduce(order.size());
    }

    std::size_t count() const { return count_; }
    /// Place in the order of the bit that a check determines.
    std::span<const std::size_t> doubtful() const { return doubtful_; }
    std::span<const std::size_t> believed() const { return believed_; }

    /// Which checks fail for these bits, in order.
    Checks failing(std::span<const Word> bits) const {
        Checks out{};
        for (std::size_t i = 0; i < count_; ++i) {
            Word sum = 0;
            for (std::size_t w = 0; w < words_; ++w) sum ^= matrix_[i * words_ + w] & bits[w];
            if ((std::popcount(sum) & 1) != 0) out[i / 64] |= Word{1} << (i % 64);
        }
        return out;
    }
    /// Which checks contain the bit at a place of the order.
    Checks containing(std::size_t at) const {
        Checks out{};
        for (std::size_t i = 0; i < count_; ++i)
            out[i / 64] |= (matrix_[i * words_ + at / 64] >> (at % 64) & 1U) << (i % 64);
        return out;
    }

private:
    Word* row(std::size_t i) { return matrix_.data() + i * words_; }

    void reduce(std::size_t columns) {
        std::size_t rank = 0;
        for (std::size_t at = 0; at < columns; ++at) {
            const auto w = at / 64;
            const Word mask = Word{1} << (at % 64);
            std::size_t found = rank;
            while (found < count_ && (row(found)[w] & mask) == 0) ++found;
            if (found >= count_) {
                believed_.push_back(at);
                continue;
            }
            if (found != rank) std::swap_ranges(row(found), row(found) + words_, row(rank));
            const auto* own = row(rank);
            for (std::size_t i = 0; i < count_; ++i) {
                auto* other = row(i);
                if (i == rank || (other[w] & mask) == 0) continue;
                for (std::size_t k = w; k < words_; ++k) other[k] ^= own[k]; // nothing of it lies before
            }
            doubtful_.push_back(at);
            ++rank;
        }
    }

    std::size_t words_, count_;
    std::vector<Word> matrix_;
    std::vector<std::size_t> doubtful_, believed_;
};

/// Sums of weights over sets of checks, by tables of eight.
class Weights {
public:
    explicit Weights(std::span<const float> each) : tables_((each.size() + 7) / 8) {
        for (std::size_t t = 0; t < tables_.size(); ++t)
            for (std::size_t set = 1; set < 256; ++set) {
                const auto lowest = static_cast<std::size_t>(std::countr_zero(set));
                tables_[t][set] = tables_[t][set & (set - 1)] +
                                  (8 * t + lowest < each.size() ? each[8 * t + lowest] : 0.0F);
            }
    }
    float of(const Checks& set) const {
        float sum = 0;
        for (std::size_t t = 0; t < tables_.size(); ++t)
            sum += tables_[t][set[t / 8] >> (8 * (t % 8)) & 0xFFU];
        return sum;
    }

private:
    std::vector<std::array<float, 256>> tables_;
};

/// Of the believed bits, those that are to be flipped.
struct Guess {
    float weight;
    std::array<std::size_t, 2> flipped{};
    std::size_t flips = 0;
};

/// The cheapest guess that explains the failing checks: up to two believed bits, and any doubtful ones. Pairs
/// are tried among the first `paired` bits. `changes`: the checks that contain each bit.
Guess cheapest(const Checks& failing, const Weights& weights, std::span<const Checks> changes,
               std::span<const float> costs, std::size_t paired) {
    Guess best{weights.of(failing)};
    for (std::size_t i = 0; i < costs.size() && costs[i] < best.weight; ++i) {
        const auto one = failing ^ changes[i];
        if (const float weight = costs[i] + weights.of(one); weight < best.weight) best = {weight, {i, 0}, 1};
        for (std::size_t j = 0; j < paired && j < i && costs[i] + costs[j] < best.weight; ++j)
            if (const float weight = costs[i] + costs[j] + weights.of(one ^ changes[j]); weight < best.weight)
                best = {weight, {i, j}, 2};
    }
    return best;
}

/// Bit `at` of `bits` is the block's bit number `order[at]`.
std::vector<std::uint8_t> inOrder(std::span<const Word> bits, std::span<const int> order) {
    std::vector<std::uint8_t> block(order.size() / 8);
    for (std::size_t at = 0; at < order.size(); ++at)
        if ((bits[at / 64] >> (at % 64) & 1U) != 0)
            block[static_cast<std::size_t>(order[at]) / 8] |=
                static_cast<std::uint8_t>(0x80U >> (order[at] % 8));
    return block;
}

} // namespace

std::optional<OrderedDecoding> decodeOrdered(std::span<const float> ratios, int check, float worst) {
    std::vector<int> order(ratios.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<int>(i);
    const auto ratioOf = [&](std::size_t at) { return ratios[static_cast<std::size_t>(order[at])]; };
    std::ranges::stable_sort(order, {}, [&](int i) { return std::abs(ratios[static_cast<std::size_t>(i)]); });
    float least = 0; // the bits that the others determine are about the most doubtful ones
    for (std::size_t at = 0; at < static_cast<std::size_t>(check) * 8; ++at)
        least += evidence(std::abs(ratioOf(at)));
    if (least < -worst) return std::nullopt;
    const Equations equations(ratios.size() / 8, check, order);

    std::vector<float> doubts;
    float most = 0, unknown = 0; // bits told by the doubtful ones at best, and not told by the believed ones
    for (const auto at : equations.doubtful()) {
        doubts.push_back(std::abs(ratioOf(at)));
        most += evidence(doubts.back());
    }
    for (const auto at : equations.believed()) unknown += 1 - evidence(std::abs(ratioOf(at)));
    const auto singles = std::min(mostSingle, equations.believed().size());
    const auto paired = std::min(mostPaired, singles);
    const auto pairs = paired * (paired - 1) / 2;
    const auto tried = std::log2(static_cast<float>(1 + singles + pairs));
    if (std::min(tried, unknown) - most > worst) return std::nullopt;

    std::vector<Word> bits((order.size() + 63) / 64);
    for (std::size_t at = 0; at < order.size(); ++at)
        if (ratioOf(at) > 0) bits[at / 64] |= Word{1} << (at % 64);
    const auto failing = equations.failing(bits);
    const Weights weights(doubts);
    std::vector<Checks> changes;
    std::vector<float> costs;
    for (std::size_t i = 0; i < singles; ++i) {
        changes.push_back(equations.containing(equations.believed()[i]));
        costs.push_back(std::abs(ratioOf(equations.believed()[i])));
    }
    const auto best = cheapest(failing, weights, changes, costs, paired);

    auto left = failing;
    for (std::size_t k = 0; k < best.flips; ++k) {
        left = left ^ changes[best.flipped[k]];
        const auto at = equations.believed()[best.flipped[k]];
        bits[at / 64] ^= Word{1} << (at % 64);
        unknown += evidence(costs[best.flipped[k]]) - evidence(-costs[best.flipped[k]]);
    }
    float agreement = 0;
    for (std::size_t i = 0; i < equations.count(); ++i) {
        const bool wrong = (left[i / 64] >> (i % 64) & 1U) != 0;
        agreement += evidence(wrong ? -doubts[i] : doubts[i]);
        const auto at = equations.doubtful()[i];
        if (wrong) bits[at / 64] ^= Word{1} << (at % 64);
    }
    const float chance = std::min(tried, unknown) - agreement;
    if (chance > worst) return std::nullopt;
    return OrderedDecoding{inOrder(bits, order), chance};
}

} // namespace kiosk::reading::symbol
