// links: kiosk_reading
// runs: 5000
// What a stranger prints is decoded module by module: whatever a matrix holds, decoding ends, agrees with
// itself, and never teaches the equaliser anything but dark and light. An input is a byte of version and a
// byte of reliabilities, then the modules row by row as bits.
#include "app/reading/soft/symbol_decoder.hpp"
#include "app/reading/symbol/layout.hpp"

#include <array>
#include <cmath>
#include <cstdlib>

namespace {

using namespace kiosk::reading;

constexpr std::size_t head = 2;
constexpr int largest = 20;        // version; a card's code is 5 to 12
constexpr std::size_t formats = 4; // guesses of the format

void require(bool good) {
    if (!good) std::abort();
}

/// Log-likelihood ratios: clear ones, or, by the second byte, every seventh, fifth or third a weak one.
std::vector<float> ratiosOf(const std::uint8_t* data, std::size_t size, int modules) {
    constexpr std::array<std::size_t, 4> weak = {0, 7, 5, 3};
    const auto every = weak[data[1] % weak.size()];
    std::vector<float> out(static_cast<std::size_t>(modules));
    for (std::size_t i = 0; i < out.size(); ++i) {
        const bool dark = head + i / 8 < size && ((data[head + i / 8] >> (i % 8)) & 1U) != 0;
        out[i] = (dark ? 1.0F : -1.0F) * (every != 0 && i % every == 0 ? 0.2F : 6.0F);
    }
    return out;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < head) return 0;
    const int version = data[0] % (largest + 1);
    if (version == 0) return 0;
    const int side = symbol::sizeOf(version);
    const auto ratios = ratiosOf(data, size, side * side);
    soft::SymbolDecoder decoder(version);
    auto decoded = decoder.decode(ratios, formats);
    if (!decoded) decoded = decoder.decode(ratios, 1, soft::Effort::Bits);
    require(decoder.decoded() <= decoder.blocks());
    std::vector<float> known(ratios.size(), 0);
    decoder.teach(known);
    for (const float module : known) require(module == 0 || std::abs(module) == 1);
    if (!decoded) return 0;
    require(decoder.decoded() == decoder.blocks());
    // What it holds certain reads as the same again.
    for (auto& module : known) module *= 6;
    const auto again = soft::SymbolDecoder(version).decode(known, formats);
    require(again && again->bytes == decoded->bytes);
    return 0;
}
