#include "app/reading/soft/symbol_decoder.hpp"

#include "app/reading/symbol/ordered_statistics.hpp"
#include "app/reading/symbol/reed_solomon.hpp"
#include "app/reading/symbol/segments.hpp"

#include <algorithm>
#include <cmath>

namespace kiosk::reading::soft {
namespace {

using symbol::Correction;

constexpr float safe =
    -22; // log2 of the chance of a false block: 2^-12 over the thousand attempts of a frame
constexpr float trustInRatios = 0.5F; // they come from few modules and count for less in judging a correction
// Nats a bit: one of 150 wrong. Of the sure bits of a scratched frame one of 280 was.
constexpr float mostEvidence = 5;

/// Chance that at least one of a codeword's bits is wrong, as the sum of its bits' log chances of being
/// right: the closer to 0 the more reliable.
float reliability(std::span<const float> bits) {
    float sum = 0;
    for (const float r : bits) sum -= std::log1p(std::exp(-std::abs(r)));
    return sum;
}

/// How much better (bits of information) a correction explains the soft bits of the codewords it touches than
/// a random codeword would: a false one flips reliable bits as often as doubtful ones.
float evidence(std::span<const Correction> corrections, std::span<const float> bits) {
    float nats = 0;
    for (const auto& c : corrections)
        for (int bit = 0; bit < 8; ++bit) {
            const float r = std::min(mostEvidence, trustInRatios * std::abs(bits[symbol::bitAt(c.at, bit)]));
            const bool flipped = (c.change >> (7 - bit) & 1) != 0;
            nats += std::log(2.0F) - std::log1p(std::exp(flipped ? r : -r));
        }
    return nats / std::log(2.0F);
}

/// log2 of a bound on the chance that any block at all agrees as well as this one with bits made by chance:
/// of the 2^k blocks each does with a chance of at most 2^-agreement (Markov).
float log2AnyAgrees(std::span<const std::uint8_t> block, std::size_t data, std::span<const float> bits) {
    float nats = 0;
    for (std::size_t i = 0; i < bits.size(); ++i) {
        const float r = std::clamp(trustInRatios * bits[i], -mostEvidence, mostEvidence);
        const bool one = (block[i / 8] >> (7 - i % 8) & 1) != 0;
        nats += std::log(2.0F) - std::log1p(std::exp(one ? -r : r));
    }
    return static_cast<float>(data * 8) - nats / std::log(2.0F);
}

} // namespace

SymbolDecoder::SymbolDecoder(int version) : layout_(symbol::layout(version)) {}

void SymbolDecoder::start(symbol::Format format) {
    format_ = format;
    blocks_.clear();
    decoded_ = 0;
    for (const auto& shape : layout_.blocks(format.level)) {
        BlockState block;
        block.shape = shape;
        block.codewords.resize(static_cast<std::size_t>(shape.total()));
        blocks_.push_back(std::move(block));
    }
    const auto slots = layout_.interleaving(format.level);
    for (std::size_t i = 0; i < slots.size(); ++i)
        blocks_[static_cast<std::size_t>(slots[i].block)].codewords[static_cast<std::size_t>(slots[i].at)] =
            static_cast<int>(i);
}

std::optional<Decoded> SymbolDecoder::decode(std::span<const float> ratios, std::size_t formats,
                                             Effort effort) {
    std::vector<symbol::Format> tries;
    if (decoded_ > 0)
        tries.push_back(*format_); // it has proved right
    else
        for (const auto& guess : symbol::guessFormat(ratios, layout_.size(), formats))
            tries.push_back(guess.format);
    std::vector<float> bits(layout_.dataModules().size());
    for (const auto& format : tries) {
        if (decoded_ == 0) start(format);
        for (std::size_t i = 0; i < bits.size(); ++i) {
            const int module = layout_.dataModules()[i];
            const bool masked =
                symbol::isMasked(format.mask, module % layout_.size(), module / layout_.size());
            bits[i] =
                masked ? -ratios[static_cast<std::size_t>(module)] : ratios[static_cast<std::size_t>(module)];
        }
        int failed = 0;
        for (auto& block : blocks_) {
            if (block.done) continue;
            if (decodeBlock(block, bits, effort))
                ++decoded_;
            else
                ++failed;
        }
        if (failed == 0) return assemble();
        if (decoded_ > 0) return std::nullopt;
    }
    return std::nullopt;
}

bool SymbolDecoder::decodeBlock(BlockState& block, std::span<const float> bits, Effort effort) {
    const auto n = block.codewords.size();
    std::vector<float> own(n * 8), reliabilities(n);
    std::vector<std::uint8_t> hard(n);
    std::vector<int> order(n);
    for (std::size_t i = 0; i < n; ++i) {
        const auto* from = bits.data() + static_cast<std::ptrdiff_t>(block.codewords[i]) * 8;
        std::copy_n(from, 8, own.begin() + static_cast<std::ptrdiff_t>(i * 8));
        for (int bit = 0; bit < 8; ++bit)
            hard[i] = static_cast<std::uint8_t>(hard[i] << 1 | (from[bit] > 0 ? 1 : 0));
        reliabilities[i] = reliability({from, 8});
        order[i] = static_cast<int>(i);
    }
    std::ranges::sort(order, {}, [&](int i) { return reliabilities[static_cast<std::size_t>(i)]; });
    const symbol::Syndromes syndromes(hard, block.shape.check);
    std::vector<Correction> corrections;
    for (int erased = 0; erased < block.shape.check; erased += 2) {
        ++attempts_;
        if (!syndromes.correct(std::span(order).first(static_cast<std::size_t>(erased)), corrections))
            continue;
        const auto errors =
            static_cast<int>(std::ranges::count_if(corrections, [](const auto& c) { return !c.erased; }));
        auto bytes = hard;
        for (const auto& c : corrections) bytes[static_cast<std::size_t>(c.at)] ^= c.change;
        const auto chance = std::min(static_cast<float>(symbol::log2FalseDecoding(
                                         static_cast<int>(n), block.shape.check, erased, errors)) -
                                         evidence(corrections, own),
                                     log2AnyAgrees(bytes, static_cast<std::size_t>(block.shape.data), own));
        if (chance > safe) continue;
        block.bytes = std::move(bytes);
        block.done = true;
        block.log2False = chance;
        return true;
    }
    if (effort == Effort::Codewords) return false;
    ++attempts_;
    for (auto& r : own) r = std::clamp(trustInRatios * r, -mostEvidence, mostEvidence);
    auto ordered = symbol::decodeOrdered(own, block.shape.check, safe);
    if (!ordered) return false;
    block.bytes = std::move(ordered->block);
    block.done = true;
    block.log2False = ordered->log2False;
    return true;
}

std::optional<Decoded> SymbolDecoder::assemble() const {
    std::vector<std::uint8_t> data;
    float weakest = -1000;
    for (const auto& block : blocks_) {
        data.insert(data.end(), block.bytes.begin(), block.bytes.begin() + block.shape.data);
        weakest = std::max(weakest, block.log2False);
    }
    auto bytes = symbol::parseSegments(data, layout_.version());
    if (!bytes || bytes->empty()) return std::nullopt;
    return Decoded{std::move(*bytes), weakest};
}

void SymbolDecoder::teach(std::span<float> known) const {
    if (decoded_ == 0) return;
    const auto write = [&](int column, int row, bool dark) {
        known[symbol::moduleAt(column, row, layout_.size())] = dark ? 1.0F : -1.0F;
    };
    const int word = symbol::formatBits(*format_);
    for (int bit = 0; bit < 15; ++bit)
        for (const auto& p : symbol::formatPlaces(layout_.size(), bit))
            write(p.column, p.row, (word >> bit & 1) != 0);
    for (const auto& block : blocks_) {
        if (!block.done) continue;
        for (std::size_t i = 0; i < block.codewords.size(); ++i)
            for (int bit = 0; bit < 8; ++bit) {
                const int module = layout_.dataModules()[symbol::bitAt(block.codewords[i], bit)];
                const int column = module % layout_.size(), row = module / layout_.size();
                const bool one = (block.bytes[i] >> (7 - bit) & 1) != 0;
                write(column, row, one != symbol::isMasked(format_->mask, column, row));
            }
    }
}

} // namespace kiosk::reading::soft
