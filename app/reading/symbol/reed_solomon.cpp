#include "app/reading/symbol/reed_solomon.hpp"

#include "app/reading/symbol/galois.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace kiosk::reading::symbol {
namespace {

using galois::logOf, galois::over, galois::power, galois::times;

constexpr std::size_t most = 256;
/// Coefficients from the constant up; degree kept beside.
struct Polynomial {
    std::array<std::uint8_t, most> c{};
    int degree = 0;
    std::uint8_t at(std::uint8_t x) const {
        std::uint8_t sum = 0;
        for (int i = degree; i >= 0; --i)
            sum = static_cast<std::uint8_t>(times(sum, x) ^ c[static_cast<std::size_t>(i)]);
        return sum;
    }
};

/// Product of (1 - X_i z) over the erased places.
Polynomial locatorOf(std::span<const int> erasures, int length) {
    Polynomial p;
    p.c[0] = 1;
    for (const int at : erasures) {
        const auto x = power(length - 1 - at);
        ++p.degree;
        for (int i = p.degree; i > 0; --i)
            p.c[static_cast<std::size_t>(i)] ^= times(x, p.c[static_cast<std::size_t>(i - 1)]);
    }
    return p;
}

/// Berlekamp-Massey started from the erasure locator (Blahut 1983, section 9.1): the locator of errors and
/// erasures. False when it would need more errors than the redundancy allows.
bool findLocator(const std::vector<std::uint8_t>& syndromes, int erased, Polynomial& locator) {
    const int check = static_cast<int>(syndromes.size());
    Polynomial shadow = locator;
    int length = erased;
    for (int r = erased; r < check; ++r) {
        std::uint8_t discrepancy = 0;
        for (int i = 0; i <= std::min(locator.degree, r); ++i)
            discrepancy ^=
                times(locator.c[static_cast<std::size_t>(i)], syndromes[static_cast<std::size_t>(r - i)]);
        // shadow *= z
        for (int i = ++shadow.degree; i > 0; --i)
            shadow.c[static_cast<std::size_t>(i)] = shadow.c[static_cast<std::size_t>(i - 1)];
        shadow.c[0] = 0;
        if (discrepancy == 0) continue;
        Polynomial next = locator;
        next.degree = std::max(locator.degree, shadow.degree);
        for (int i = 0; i <= shadow.degree; ++i)
            next.c[static_cast<std::size_t>(i)] ^= times(discrepancy, shadow.c[static_cast<std::size_t>(i)]);
        if (2 * length <= r + erased) {
            length = r + 1 + erased - length;
            const auto inverse = over(1, discrepancy);
            shadow = locator;
            for (int i = 0; i <= shadow.degree; ++i)
                shadow.c[static_cast<std::size_t>(i)] = times(shadow.c[static_cast<std::size_t>(i)], inverse);
        }
        locator = next;
    }
    while (locator.degree > 0 && locator.c[static_cast<std::size_t>(locator.degree)] == 0) --locator.degree;
    return locator.degree == length && 2 * (length - erased) <= check - erased;
}

} // namespace

Syndromes::Syndromes(std::span<const std::uint8_t> block, int check)
    : length_(static_cast<int>(block.size())), check_(check), clean_(true),
      values_(static_cast<std::size_t>(check)) {
    for (int i = 0; i < check; ++i) {
        std::uint8_t sum = 0;
        for (const auto codeword : block)
            sum = static_cast<std::uint8_t>((sum == 0 ? 0 : power(logOf(sum) + i)) ^ codeword);
        values_[static_cast<std::size_t>(i)] = sum;
        clean_ = clean_ && sum == 0;
    }
}

bool Syndromes::correct(std::span<const int> erasures, std::vector<Correction>& corrections) const {
    corrections.clear();
    const int erased = static_cast<int>(erasures.size());
    if (erased > check_) return false;
    if (clean_) return true;
    auto locator = locatorOf(erasures, length_);
    if (!findLocator(values_, erased, locator)) return false;
    Polynomial evaluator; // syndromes * locator mod z^check
    evaluator.degree = check_ - 1;
    for (int i = 0; i < check_; ++i)
        for (int j = 0; j <= std::min(i, locator.degree); ++j)
            evaluator.c[static_cast<std::size_t>(i)] ^=
                times(locator.c[static_cast<std::size_t>(j)], values_[static_cast<std::size_t>(i - j)]);
    Polynomial derivative; // of a polynomial over characteristic 2: the odd terms
    derivative.degree = std::max(0, locator.degree - 1);
    for (int i = 1; i <= locator.degree; i += 2)
        derivative.c[static_cast<std::size_t>(i - 1)] = locator.c[static_cast<std::size_t>(i)];
    for (int at = 0; at < length_; ++at) {
        const int e = length_ - 1 - at;
        const auto inverse = power(255 - e);
        if (locator.at(inverse) != 0) continue;
        const auto slope = derivative.at(inverse);
        if (slope == 0) return false; // a double root
        const auto change = times(power(e), over(evaluator.at(inverse), slope));
        const bool isErasure = std::find(erasures.begin(), erasures.end(), at) != erasures.end();
        if (change == 0 && !isErasure) return false;
        corrections.push_back({at, change, isErasure});
    }
    return static_cast<int>(corrections.size()) == locator.degree;
}

double log2FalseDecoding(int length, int check, int erasures, int errors) {
    const int rest = length - erasures;
    double choose = 0; // log2 of rest over errors
    for (int i = 0; i < errors; ++i) choose += std::log2(rest - i) - std::log2(i + 1);
    return choose + errors * std::log2(255.0) - 8.0 * (check - erasures);
}

} // namespace kiosk::reading::symbol
