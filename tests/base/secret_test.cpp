// Secrets leave nothing readable behind: looked at through memory the test itself owns.
#include "app/base/secret.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <gtest/gtest.h>
#include <memory>
#include <new>
#include <type_traits>

namespace kiosk {
namespace {

using Key = std::array<std::uint8_t, 32>;

/// Keeps the last block it was given back, so that a test sees what was left in it.
struct Graveyard {
    static inline std::array<unsigned char, 4096> last{};
    static inline std::size_t size = 0;
};

template <typename T>
struct BuryingAllocator {
    using value_type = T;
    BuryingAllocator() = default;
    template <typename U>
    BuryingAllocator(const BuryingAllocator<U>&) {}
    T* allocate(std::size_t n) { return std::allocator<T>().allocate(n); }
    void deallocate(T* p, std::size_t n) {
        Graveyard::size = std::min(n * sizeof(T), Graveyard::last.size());
        std::memcpy(Graveyard::last.data(), p, Graveyard::size);
        std::allocator<T>().deallocate(p, n);
    }
    bool operator==(const BuryingAllocator&) const { return true; }
};

using Buried = std::vector<unsigned char, BuryingAllocator<unsigned char>>;

bool isWiped(const void* data, std::size_t size) {
    const auto* bytes = static_cast<const unsigned char*>(data);
    return std::all_of(bytes, bytes + size, [](unsigned char b) { return b == 0; });
}

TEST(Secret, anUnwipedBlockIsNoticedByTheseTests) {
    { const Buried plain(100, 0xAA); }
    ASSERT_EQ(Graveyard::size, 100U);
    EXPECT_FALSE(isWiped(Graveyard::last.data(), Graveyard::size));
}

TEST(Secret, wipesItsMemoryBeforeGivingItBack) {
    { const Secret<Buried> secret(Buried(100, 0xAA)); }
    ASSERT_EQ(Graveyard::size, 100U);
    EXPECT_TRUE(isWiped(Graveyard::last.data(), Graveyard::size));
}

TEST(Secret, wipesTheOldValueWhenALongerOneIsCopiedOver) {
    Secret<Buried> target(Buried(50, 0xAA));
    const Secret<Buried> longer(Buried(200, 0xBB));
    Graveyard::size = 0;
    target = longer;
    ASSERT_EQ(Graveyard::size, 50U);
    EXPECT_TRUE(isWiped(Graveyard::last.data(), Graveyard::size));
    EXPECT_EQ(target.reveal(), longer.reveal());
}

TEST(Secret, wipesTheOldValueWhenAnotherIsMovedOver) {
    Secret<Buried> target(Buried(50, 0xAA));
    Secret<Buried> other(Buried(200, 0xBB));
    Graveyard::size = 0;
    target = std::move(other);
    ASSERT_EQ(Graveyard::size, 50U);
    EXPECT_TRUE(isWiped(Graveyard::last.data(), Graveyard::size));
    EXPECT_EQ(target.reveal().size(), 200U);
}

TEST(Secret, fixedArraysAreWipedOnDestructionAndMoveOut) {
    alignas(Secret<Key>) std::array<std::byte, sizeof(Secret<Key>)> memory{};
    Key key;
    key.fill(0xAA);
    auto* first = new (memory.data()) Secret<Key>(key);
    const Secret<Key> second(std::move(*first));
    EXPECT_TRUE(isWiped(memory.data(), memory.size()));
    EXPECT_EQ(second.reveal(), key);
    std::destroy_at(first);
    auto* third = new (memory.data()) Secret<Key>(key);
    EXPECT_FALSE(isWiped(memory.data(), memory.size()));
    std::destroy_at(third);
    EXPECT_TRUE(isWiped(memory.data(), memory.size()));
}

TEST(Secret, shortStringsAreWipedInPlaceWhenMovedOut) {
    Secret<std::string> first(std::string("123456"));
    const Secret<std::string> second(std::move(first));
    EXPECT_EQ(second.reveal(), "123456");
    EXPECT_TRUE(first.reveal().empty()); // NOLINT: the moved-from state is what is tested
    EXPECT_TRUE(isWiped(first.reveal().data(), 6));
}

TEST(Secret, copiesAndSelfAssignmentKeepTheValue) {
    Secret<std::string> a(std::string("MẪU SPECIMEN long enough for the heap"));
    const Secret<std::string> b(a);
    auto& alias = a;
    a = alias;
    EXPECT_EQ(a.reveal(), b.reveal());
    a = b;
    EXPECT_EQ(a.reveal(), b.reveal());
    a.clear();
    EXPECT_TRUE(a.reveal().empty());
    EXPECT_FALSE(b.reveal().empty());
}

template <typename T>
concept Printable = requires(std::ostream& out, const T& value) {
    out << value;
};
static_assert(!Printable<Secret<std::string>>);
static_assert(!std::equality_comparable<Secret<std::string>>);

} // namespace
} // namespace kiosk
