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

/// Overwrites memory in a way the optimiser keeps (sodium_memzero); defined in crypto.cpp, beside the other
/// libsodium calls.
void wipe(void* data, std::size_t size);

/// Owns a T (std::string, a vector of numbers or a fixed array) and wipes its memory on destruction and
/// move-out. Not printable, not comparable.
template <typename T>
class Secret {
public:
    Secret() = default;
    explicit Secret(T value) : value_(value) {
        erase(value);
    } // moving would leave a short string's bytes behind
    Secret(const Secret&) = default;
    Secret(Secret&& other) noexcept : value_(std::move(other.value_)) { other.clear(); }
    Secret& operator=(const Secret& other) {
        if (this != &other) {
            clear(); // a longer value gets new memory: the old must be wiped before it is given back
            value_ = other.value_;
        }
        return *this;
    }
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
    void clear() { erase(value_); }

private:
    static void erase(T& value) {
        if constexpr (requires { value.capacity(); }) {
            value.resize(value.capacity());
            wipe(value.data(), value.size() * sizeof(*value.data()));
            value.clear();
        } else {
            wipe(value.data(), sizeof(T));
        }
    }
    T value_{};
};

} // namespace kiosk
