// Word-for-word replacements in a query or phrase: regional words, abbreviations' relatives, the law's words.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace kiosk::search {

/// A syllable as compared: folded for finding, with its tone (text::toneKey) for agreement.
struct Syllable {
    std::string fold, tone;
    float weight = 1; // how much it says: fillers little
};

std::vector<Syllable> syllables(std::string_view text);

/// Does `text` hold `part` at `at`? Tones that were typed must agree: "mở" is not "mô". Syllables typed
/// without any agree with all; a part of one syllable must be the same unless `lax`, it could be too many
/// things ("ma": má, mã).
bool holds(const std::vector<Syllable>& text, std::size_t at, const std::vector<Syllable>& part,
           bool lax = false);

/// Replacements, the longest first at every place, each place once.
class Rules {
public:
    void add(std::vector<Syllable> from, std::vector<Syllable> to);
    void finish(); // sorts; before the first use
    std::vector<Syllable> applied(const std::vector<Syllable>& list, bool lax = false) const;

    struct Rule {
        std::vector<Syllable> from, to;
    };
    /// The rule that holds at this place, if any.
    const Rule* at(const std::vector<Syllable>& list, std::size_t place, bool lax = false) const;

private:
    std::unordered_map<std::string, std::vector<Rule>> byFirst_; // by the first syllable, folded
};

} // namespace kiosk::search
