#include "app/reading/soft/reflection.hpp"

#include "app/reading/symbol/layout.hpp"

#include <algorithm>
#include <cstddef>

namespace kiosk::reading::soft {
namespace {

constexpr float clipped = 246;                        // grey level
constexpr float trustBeside = 0.2F, trustNear = 0.7F; // one and two modules from a reflection

/// The set and all modules up to one away from it.
std::vector<bool> grow(const std::vector<bool>& set, int size) {
    std::vector<bool> out(set.size());
    for (int y = 0; y < size; ++y)
        for (int x = 0; x < size; ++x) {
            if (!set[symbol::moduleAt(x, y, size)]) continue;
            for (int v = std::max(0, y - 1); v <= std::min(size - 1, y + 1); ++v)
                for (int u = std::max(0, x - 1); u <= std::min(size - 1, x + 1); ++u)
                    out[symbol::moduleAt(u, v, size)] = true;
        }
    return out;
}

std::vector<bool> inverse(std::vector<bool> set) {
    set.flip();
    return set;
}

} // namespace

std::vector<bool> findReflections(std::span<const float> greys, int size) {
    std::vector<bool> bright(greys.size());
    for (std::size_t i = 0; i < greys.size(); ++i) bright[i] = greys[i] >= clipped;
    const auto cores = inverse(grow(inverse(bright), size));
    auto out = grow(cores, size);
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = out[i] && bright[i];
    return out;
}

std::vector<float> lightTrust(const std::vector<bool>& reflections, int size) {
    const auto beside = grow(reflections, size), near = grow(beside, size);
    std::vector<float> out(reflections.size());
    for (std::size_t i = 0; i < out.size(); ++i)
        out[i] = reflections[i] ? 0 : beside[i] ? trustBeside : near[i] ? trustNear : 1;
    return out;
}

} // namespace kiosk::reading::soft
