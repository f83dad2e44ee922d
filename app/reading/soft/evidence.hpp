// What several frames say together about one symbol: their log-likelihood ratios add up, as independent looks
// at the same bits do (maximum ratio combining; Brennan 1959).
#pragma once

#include <span>
#include <vector>

namespace kiosk::reading::soft {

class Evidence {
public:
    /// Adds a frame's ratios of a symbol that did not decode alone and returns the sum so far; what
    /// correlates with nothing seen before is another symbol and starts anew. `frames()` then says how many
    /// are in the sum.
    std::span<const float> add(int version, std::span<const float> ratios);
    /// Takes back the newest ratios and adds better ones of the same frame.
    std::span<const float> improve(std::span<const float> ratios);
    int frames() const { return frames_; }
    /// A frame passed; what has not grown for a while is forgotten.
    void pass();
    void forget() { *this = {}; }

private:
    bool isSame(std::span<const float> ratios) const;

    int version_ = 0, frames_ = 0, age_ = 0;
    std::vector<float> sum_, newest_;
};

} // namespace kiosk::reading::soft
