// Tells a hand scanner in keyboard mode from a person by the speed of its keys, so that what it types becomes
// one scan and never reaches a field.
#pragma once

#include "app/base/secret.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace kiosk::ui {

/// Every key passes through; a person's come out again in their order, a scanner's as bytes.
///
/// A key is held back until it is clear whose it is: `gapMs` without another key make it a person's. A
/// scanner sends its keys 1 to 30 ms apart; a person's follow each other after 60 to 250 ms (Dhakal et al.,
/// CHI 2018: 136 million keystrokes, the fastest typists 120 ms on average, with single rolls of two or three
/// keys under 35 ms), never six in a row within 35 ms each. So a person sees a letter at most 35 ms and one
/// frame later (about 50 ms, half of what is felt as immediate), and a scanner leaks nothing, as all its keys
/// are still held when the sixth decides.
///
/// The clock does not run while nobody looks: keys that waited in the system while a frame was drawn come at
/// once, though they were typed apart. So silence counts only up to the last time the queue was found empty,
/// and a burst must be fast even if its first key came right after that time. Pure; milliseconds of any
/// clock.
class KeyGate {
public:
    using Ms = std::int64_t;

    struct Key {
        enum class Kind { Text, Backspace, Tab, Enter, Up, Down, Left, Right, Other } kind = Kind::Text;
        std::string text;    // UTF-8, of Kind::Text
        bool repeat = false; // a key held down: a person's
    };

    static constexpr std::size_t burstKeys = 6;  // keys of any kind that decide
    static constexpr Ms burstEndMs = 100;        // silence that ends a scan without Enter
    static constexpr Ms guardMs = 300;           // after a scan: what still trickles in belongs to it
    static constexpr std::size_t scanMost = 513; // bytes kept: one more than a card's code may have

    explicit KeyGate(Ms gapMs = 35) : gap_(gapMs) {}

    /// A key that was waiting, in their order; `at`: when it was found.
    void key(Key key, Ms at);
    /// No key is waiting at `now`.
    void idle(Ms now);

    /// A person's keys that are clear by now.
    std::vector<Key> takeKeys();
    /// Whole scans.
    std::vector<Secret<Bytes>> takeScans();
    /// When idle() can next change something; nullopt: only after another key.
    std::optional<Ms> due() const;
    /// Forgets what is held.
    void clear();

private:
    enum class State { Person, Scan, Guard };

    void release();
    void begin();
    void append(const Key& key);
    void finish(Ms at);

    Ms gap_;
    State state_ = State::Person;
    std::vector<Key> held_, keys_;
    Ms lookedAt_ = 0; // the queue was empty then
    Ms earliest_ = 0; // the first held key came no earlier
    Ms last_ = 0;     // the last key was found then
    Ms guardUntil_ = 0;
    Secret<Bytes> scan_;
    std::vector<Secret<Bytes>> scans_;
};

} // namespace kiosk::ui
