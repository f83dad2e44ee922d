// parse ∘ print = identity, for many people and for whatever bytes parse at all.
#include "app/identity/id_card.hpp"
#include "tests/specimen/specimen.hpp"

#include <gtest/gtest.h>

namespace kiosk {
namespace {

using specimen::Layout;

const id_card::Clock clockNow{{2026, 11, 24}, true};

TEST(IdCardRoundTrip, EverySpecimenIsReadBackAsItIs) {
    for (const auto layout : {Layout::Card2021, Layout::Card2024, Layout::Child2024})
        for (std::uint64_t seed = 0; seed < 2000; ++seed) {
            const auto s = specimen::specimen(seed, layout);
            const auto read = id_card::parse(s.payload, clockNow);
            ASSERT_TRUE(read) << s.payload << ": " << read.error().detail;
            ASSERT_EQ(*read, s.truth) << s.payload;
            ASSERT_EQ(id_card::print(*read), s.payload);
        }
}

TEST(IdCardRoundTrip, WhateverParsesSurvivesPrinting) {
    specimen::Random random(7);
    int parsed = 0;
    for (int i = 0; i < 60000; ++i) {
        const auto layout = random.pick(std::array{Layout::Card2021, Layout::Card2024, Layout::Child2024});
        auto bytes = specimen::specimen(random.next() % 100, layout).payload;
        for (int k = random.below(3); k >= 0; --k) // change, drop or double a byte
            switch (const auto at = static_cast<std::size_t>(random.below(static_cast<int>(bytes.size())));
                    random.below(3)) {
            case 0:
                bytes[at] = static_cast<char>(random.next());
                break;
            case 1:
                bytes.erase(at, 1);
                break;
            default:
                bytes.insert(at, 1, bytes[at]);
            }
        const auto read = id_card::parse(bytes, clockNow);
        if (!read) continue;
        ++parsed;
        const auto again = id_card::parse(id_card::print(*read), clockNow);
        ASSERT_TRUE(again) << bytes << ": " << again.error().detail;
        ASSERT_EQ(*again, *read) << bytes;
    }
    EXPECT_GT(parsed, 3000) << "else the property was not tried";
}

} // namespace
} // namespace kiosk
