#include "app/reading/soft/evidence.hpp"

#include "app/reading/symbol/layout.hpp"

#include <algorithm>
#include <cmath>

namespace kiosk::reading::soft {
namespace {

constexpr int keptFrames = 30; // a second of a camera
constexpr float leastAlike =
    0.12F; // correlation over the data modules; by chance its deviation is 0.02 to 0.03
constexpr float leastShare = 0.45F; // of what looks at one symbol have in common, if they are as sure as they
                                    // say; two people's cards reach 0.3: the same mask, words and padding

} // namespace

bool Evidence::isSame(std::span<const float> ratios) const {
    float both = 0, own = 0, other = 0;
    for (const int i : symbol::layout(version_).dataModules()) {
        const auto at = static_cast<std::size_t>(i);
        // By sign and a little strength: a single strong module must not decide.
        const float a = std::tanh(sum_[at] / 2), b = std::tanh(ratios[at] / 2);
        both += a * b;
        own += a * a;
        other += b * b;
    }
    const auto modules = static_cast<float>(symbol::layout(version_).dataModules().size());
    return both > leastAlike * std::sqrt(own * other) && both > leastShare * own * other / modules;
}

std::span<const float> Evidence::add(int version, std::span<const float> ratios) {
    age_ = 0;
    newest_.assign(ratios.begin(), ratios.end());
    if (version != version_ || !isSame(ratios)) {
        version_ = version;
        frames_ = 1;
        sum_ = newest_;
        return sum_;
    }
    ++frames_;
    for (std::size_t i = 0; i < sum_.size(); ++i) sum_[i] += newest_[i];
    return sum_;
}

std::span<const float> Evidence::improve(std::span<const float> ratios) {
    for (std::size_t i = 0; i < sum_.size(); ++i) sum_[i] += ratios[i] - newest_[i];
    newest_.assign(ratios.begin(), ratios.end());
    return sum_;
}

void Evidence::pass() {
    if (++age_ > keptFrames) forget();
}

} // namespace kiosk::reading::soft
