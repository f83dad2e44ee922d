// Values that must not outlive their use: wiped when destroyed, never printed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace kiosk {

using Bytes = std::vector<std::uint8_t>;

/// Overwrites memory in a way the optimiser keeps (sodium_memzero).
void wipe(void* data, std::size_t size);

/// Owns a T (std::string, Bytes or a fixed array) and wipes its memory on destruction and move-out. Not
/// printable, not comparable.
template <typename T>
class Secret {
public:
    Secret() = default;
    explicit Secret(T value) : value_(std::move(value)) {}
    Secret(const Secret&) = default;
    Secret(Secret&& other) noexcept : value_(std::move(other.value_)) { other.clear(); }
    Secret& operator=(const Secret&) = default;
    Secret& operator=(Secret&& other) noexcept {
        if (this != &other) {
            clear();
            value_ = std::move(other.value_);
            other.clear();
        }
        return *this;
    }
    ~Secret() { clear(); }
    const T& reveal() const { return value_; }
    T& reveal() { return value_; }
    void clear() {
        if constexpr (requires { value_.capacity(); }) {
            value_.resize(value_.capacity());
            wipe(value_.data(), value_.size());
            value_.clear();
        } else {
            wipe(value_.data(), sizeof(T));
        }
    }

private:
    T value_{};
};

} // namespace kiosk
