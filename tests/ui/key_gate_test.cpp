// People and scanners typing, on a virtual clock, with a screen that is busy drawing between its looks at the
// keys.
#include "app/ui/kit/key_gate.hpp"

#include <algorithm>
#include <deque>
#include <gmock/gmock.h>
#include <random>

namespace kiosk::ui {
namespace {

using Key = KeyGate::Key;
using Kind = Key::Kind;
using Ms = KeyGate::Ms;
using testing::ElementsAre;
using testing::IsEmpty;

struct Arrival {
    Ms at = 0; // when the key was really pressed
    Key key;
};

/// The window's loop: looks, waits for keys or for what the gate wants, then draws for a random time, during
/// which keys pile up unseen.
class Loop {
public:
    Loop(KeyGate& gate, unsigned seed, Ms drawMost) : gate_(gate), random_(seed), drawMost_(drawMost) {}

    void run(std::deque<Arrival> arrivals) {
        while (!arrivals.empty() || gate_.due() || quiet_ < 3) {
            quiet_ = arrivals.empty() ? quiet_ + 1 : 0;
            const auto waiting = [&] { return !arrivals.empty() && arrivals.front().at <= now; };
            if (!waiting()) {
                gate_.idle(now);
                Ms until = now + 500;
                if (const auto due = gate_.due()) until = std::min(until, std::max(*due, now));
                if (!arrivals.empty()) until = std::min(until, arrivals.front().at);
                now = until;
                if (waiting()) gate_.idle(now - 16);
            }
            for (; waiting(); arrivals.pop_front()) {
                pressed_.push_back(arrivals.front().at);
                gate_.key(arrivals.front().key, now);
            }
            gate_.idle(now);
            for (auto& key : gate_.takeKeys()) {
                if (passed.size() < pressed_.size()) lateness.push_back(now - pressed_[passed.size()]);
                passed.push_back(std::move(key));
            }
            for (const auto& scan : gate_.takeScans())
                scans.emplace_back(scan.reveal().begin(), scan.reveal().end());
            now += std::uniform_int_distribution<Ms>(1, drawMost_)(random_);
        }
    }

    std::string text() const {
        std::string out;
        for (const auto& key : passed) out += key.kind == Kind::Text ? key.text : "<key>";
        return out;
    }

    Ms now = 1000;
    std::vector<Key> passed;
    std::vector<Ms> lateness; // of each key passed, as long as none was swallowed
    std::vector<std::string> scans;

private:
    KeyGate& gate_;
    std::mt19937 random_;
    Ms drawMost_;
    std::vector<Ms> pressed_;
    int quiet_ = 0;
};

std::deque<Arrival> burst(const std::string& text, Ms from, Ms least, Ms most, unsigned seed,
                          bool enter = true) {
    std::mt19937 random(seed);
    std::uniform_int_distribution<Ms> gap(least, most);
    std::deque<Arrival> keys;
    for (const char c : text) keys.push_back({from += gap(random), {Kind::Text, std::string(1, c)}});
    if (enter) keys.push_back({from + gap(random), {Kind::Enter, {}}});
    return keys;
}

const std::string card =
    "001099000001|012345678|Nguyen Van Mau|01021999|Nam|So 1, To 2, Phuc Xa, Ba Dinh, Ha Noi|05062021";

TEST(KeyGate, ScansOfOneToThirtyMillisecondsAKeyNeverLeak) {
    for (unsigned seed = 0; seed < 3000; ++seed) {
        KeyGate gate;
        Loop loop(gate, seed, 130); // a whole redraw without a graphics card takes 65 to 130 ms
        const Ms fastest = 1 + static_cast<Ms>(seed % 30),
                 slowest = std::max<Ms>(fastest, static_cast<Ms>(seed / 7 % 30) + 1);
        loop.run(
            burst(card, loop.now + 500 + static_cast<Ms>(seed % 97), fastest, slowest, seed, seed % 3 != 0));
        ASSERT_THAT(loop.scans, ElementsAre(card)) << seed;
        ASSERT_EQ(loop.text(), "") << seed;
    }
}

TEST(KeyGate, AShortScanIsSwallowedToo) {
    for (unsigned seed = 0; seed < 300; ++seed) {
        KeyGate gate;
        Loop loop(gate, seed, 33);
        loop.run(burst("------", loop.now + 700, 4, 20, seed));
        ASSERT_THAT(loop.scans, ElementsAre("------")) << seed;
        ASSERT_EQ(loop.text(), "") << seed;
    }
}

/// A typist of 20 to 110 words a minute: gaps as of a log-normal, now and then a roll of two or three keys.
std::deque<Arrival> typist(unsigned seed, std::size_t count) {
    std::mt19937 random(seed);
    std::lognormal_distribution<double> pace(0, 0.4);
    std::uniform_real_distribution<double> chance(0, 1);
    std::uniform_int_distribution<int> letter('a', 'z'), roll(8, 40), kind(0, 19);
    const double mean = 100 + 500 * chance(random); // ms
    std::deque<Arrival> keys;
    Ms at = 2000;
    int rolled = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const bool rolls = rolled < 2 && chance(random) < 0.15;
        rolled = rolls ? rolled + 1 : 0;
        at += rolls ? roll(random) : static_cast<Ms>(std::max(60.0, mean * pace(random)));
        const int what = kind(random);
        if (what == 0)
            keys.push_back({at, {Kind::Backspace, {}}});
        else if (what == 1)
            keys.push_back({at, {Kind::Enter, {}}});
        else if (what == 2)
            keys.push_back({at, {Kind::Tab, {}}});
        else
            keys.push_back({at, {Kind::Text, std::string(1, static_cast<char>(letter(random)))}});
    }
    return keys;
}

TEST(KeyGate, PeopleAreNeverTakenForScannersAndKeepEveryKeyInItsOrder) {
    for (unsigned seed = 0; seed < 1000; ++seed) {
        KeyGate gate;
        Loop loop(gate, seed, seed % 10 == 0 ? 1000 : 130); // some machines stop for a second
        const auto keys = typist(seed, 300);
        loop.run(keys);
        ASSERT_THAT(loop.scans, IsEmpty()) << seed;
        ASSERT_EQ(loop.passed.size(), keys.size()) << seed;
        for (std::size_t i = 0; i < keys.size(); ++i) {
            ASSERT_EQ(loop.passed[i].kind, keys[i].key.kind) << seed << " " << i;
            ASSERT_EQ(loop.passed[i].text, keys[i].key.text) << seed << " " << i;
        }
    }
}

TEST(KeyGate, APersonsKeyIsAtMostAGapAndTwoFramesLate) {
    constexpr Ms frame = 16;
    for (unsigned seed = 0; seed < 200; ++seed) {
        KeyGate gate;
        Loop loop(gate, seed, frame);
        std::deque<Arrival> keys;
        for (Ms at = 2000; keys.size() < 100;
             at += 60 + static_cast<Ms>((seed * 31 + keys.size() * 17) % 200))
            keys.push_back({at, {Kind::Text, "a"}});
        loop.run(keys);
        ASSERT_EQ(loop.lateness.size(), keys.size());
        EXPECT_LE(*std::ranges::max_element(loop.lateness), 36 + 2 * frame) << seed;
    }
}

TEST(KeyGate, AKeyHeldDownIsAPersons) {
    KeyGate gate;
    Loop loop(gate, 1, 16);
    std::deque<Arrival> keys{{2000, {Kind::Text, "a"}}};
    for (Ms at = 2250; keys.size() < 60; at += 33) keys.push_back({at, {Kind::Text, "a", true}});
    loop.run(keys);
    EXPECT_THAT(loop.scans, IsEmpty());
    EXPECT_EQ(loop.text(), std::string(60, 'a'));
}

TEST(KeyGate, WhatTricklesInAfterAScanBelongsToIt) {
    KeyGate gate;
    Loop loop(gate, 1, 33);
    auto keys = burst(card, 2000, 10, 10, 1);
    for (const char* tail : {"x", "y", "z"}) // after a first Enter, slower than before
        keys.push_back({keys.back().at + 70, {Kind::Text, tail}});
    keys.push_back({keys.back().at + 30, {Kind::Enter, {}}});
    const auto end = keys.back().at;
    keys.push_back({end + 400, {Kind::Text, "p"}}); // a person again
    loop.run(keys);
    EXPECT_THAT(loop.scans, ElementsAre(card));
    EXPECT_EQ(loop.text(), "p");
}

TEST(KeyGate, ControlKeysOfAHostileCodeAreSwallowedWithIt) {
    KeyGate gate;
    Loop loop(gate, 1, 16);
    std::deque<Arrival> keys;
    Ms at = 2000;
    for (const auto kind : {Kind::Enter, Kind::Tab, Kind::Down, Kind::Backspace})
        keys.push_back({at += 10, {kind, {}}});
    for (const char c : std::string("000000000000"))
        keys.push_back({at += 10, {Kind::Text, std::string(1, c)}});
    for (const auto kind : {Kind::Up, Kind::Backspace, Kind::Enter, Kind::Enter, Kind::Down})
        keys.push_back({at += 10, {kind, {}}});
    loop.run(keys);
    EXPECT_THAT(loop.scans, ElementsAre("000000000000"));
    EXPECT_THAT(loop.passed, IsEmpty());
}

TEST(KeyGate, ACodeOfNothingButCommandsIsSwallowedAndIsNoScan) {
    for (const auto kind : {Kind::Enter, Kind::Backspace, Kind::Tab, Kind::Down, Kind::Other}) {
        KeyGate gate;
        Loop loop(gate, 1, 16);
        std::deque<Arrival> keys;
        for (Ms at = 2000; keys.size() < 30; at += 12) keys.push_back({at, {kind, {}}});
        loop.run(keys);
        EXPECT_THAT(loop.scans, IsEmpty());
        EXPECT_THAT(loop.passed, IsEmpty());
    }
}

TEST(KeyGate, EndlessDataIsCutOffAndSwallowed) {
    KeyGate gate;
    Loop loop(gate, 1, 16);
    loop.run(burst(std::string(20000, 'x'), 2000, 1, 9, 1));
    ASSERT_EQ(loop.scans.size(), 1U);
    EXPECT_EQ(loop.scans[0].size(), KeyGate::scanMost) << "one more than a card may have: it is too long";
    EXPECT_EQ(loop.text(), "");
}

TEST(KeyGate, ASlowerScannerNeedsAWiderGap) {
    const auto keys = burst(card, 2000, 45, 50, 1);
    KeyGate usual, wide(60);
    Loop leaks(usual, 1, 16), swallows(wide, 1, 16);
    leaks.run(keys);
    swallows.run(keys);
    EXPECT_THAT(leaks.scans, IsEmpty()) << "the guard of this test: the gap decides";
    EXPECT_THAT(swallows.scans, ElementsAre(card));
    EXPECT_EQ(swallows.text(), "");
}

TEST(KeyGate, ForgettingLeavesNothing) {
    KeyGate gate;
    gate.idle(1000);
    gate.key({Kind::Text, "a"}, 1001);
    gate.clear();
    gate.idle(2000);
    EXPECT_THAT(gate.takeKeys(), IsEmpty());
    for (Ms i = 0; i < 20; ++i) gate.key({Kind::Text, "b"}, 2000 + i);
    gate.clear(); // in the middle of a scan: its rest belongs to nobody
    for (Ms i = 20; i < 40; ++i) gate.key({Kind::Text, "c"}, 2000 + i);
    gate.idle(3000);
    EXPECT_THAT(gate.takeKeys(), IsEmpty());
    EXPECT_THAT(gate.takeScans(), IsEmpty());
}

} // namespace
} // namespace kiosk::ui
