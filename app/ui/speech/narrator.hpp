// What to say about a frame to a person who does not see it: the screen that came, where the keys stand, and
// what changed by itself (EN 301 549 5.1.3; 49 CFR 27.71).
#pragma once

#include "app/ui/ui.hpp"

#include <map>
#include <string>
#include <vector>

namespace kiosk::ui {

/// A piece of an utterance with the language of the voice that says it.
struct Speech {
    std::string text, language;
    bool operator==(const Speech&) const = default;
};

/// UI thread only.
class Narrator {
public:
    /// Empty: nothing new since the last frame. What comes interrupts what is being said.
    std::vector<Speech> next(const Ui& ui, std::string_view language);
    /// Where the keys stand, once more.
    std::vector<Speech> again(const Ui& ui, std::string_view language) const;
    /// The next person hears everything from the beginning.
    void forget();

private:
    std::vector<Speech> arrival(const Ui& ui, std::string_view language) const;
    std::vector<Speech> changes(const Ui& ui, std::string_view language);

    std::string screen_, standing_, said_, language_;
    std::map<std::string, std::string> live_; // by key: what it said
    std::string typed_;                       // in the field being typed into
    bool explained_ = false;
};

} // namespace kiosk::ui
