#include "app/ui/speech/narrator.hpp"

#include "app/ui/speech/spoken.hpp"

#include <algorithm>

namespace kiosk::ui {
namespace {

bool isControl(const Node& node) {
    return node.role == Role::Button || node.role == Role::Choice || node.role == Role::Field ||
           node.role == Role::Key;
}

/// Gathers sentences; each in the voice that reads it well.
class Utterance {
public:
    explicit Utterance(std::string_view language) : language_(language) {}
    void add(std::string_view text) {
        if (text.empty()) return;
        if (text == last_) return; // a drawing and its caption say the same
        last_ = text;
        const auto voice = voiceFor(text, language_);
        auto words = spoken(text, voice);
        if (words.empty()) return;
        if (std::string_view(".!?:,").find(words.back()) == std::string_view::npos) words += '.';
        if (!parts_.empty() && parts_.back().language == voice)
            parts_.back().text += " " + words;
        else
            parts_.push_back({std::move(words), std::string(voice)});
    }
    std::vector<Speech> take() { return std::move(parts_); }

private:
    std::string_view language_;
    std::string last_;
    std::vector<Speech> parts_;
};

/// What it is and what can be done with it.
std::string role(const Ui& ui, const Node& node) {
    if (!node.enabled && isControl(node)) return ui.w("voice.disabled");
    if (node.role == Role::Button) return ui.w("voice.button");
    if (node.role == Role::Choice) return ui.w(node.selected ? "voice.chosen" : "voice.not_chosen");
    if (node.role == Role::Field) return ui.w(node.value.empty() ? "voice.empty_field" : "voice.field");
    return {};
}

void describe(Utterance& out, const Ui& ui, const Node& node) {
    out.add(node.label);
    if (node.role == Role::Key) return; // a letter, and no more
    out.add(node.value);
    out.add(role(ui, node));
    out.add(node.hint);
}

std::string contentOf(const Node& node) {
    return node.label + "\n" + node.value + "\n" + (node.selected ? "1" : "0");
}

/// What stands in the field being typed into; empty: none.
std::string beingTyped(const Ui& ui) {
    for (const auto& node : ui.nodes())
        if (node.role == Role::Field && node.selected) return node.key + "\n" + node.value;
    return {};
}

/// The word that a letter was just added to or taken from.
std::vector<Speech> lastWord(std::string_view typed, std::string_view language) {
    Utterance out(language);
    out.add(typed.substr(typed.find_last_of(" \n") + 1));
    return out.take();
}

} // namespace

/// The screen's name and what it says before anything can be done.
std::vector<Speech> Narrator::arrival(const Ui& ui, std::string_view language) const {
    Utterance out(language);
    const auto place = ui.place();
    const bool overlay = std::any_of(ui.nodes().begin(), ui.nodes().end(),
                                     [](const Node& n) { return n.key == "ui.overlay"; });
    bool inside = !overlay;
    for (const auto& node : ui.nodes())
        if (!overlay && node.key == "header.where") out.add(node.label);
    for (const auto& node : ui.nodes()) {
        if (overlay && node.key == "ui.overlay") inside = true;
        if (!overlay && node.key == "ui.header") break; // the body is before it
        if (explained_ && node.key.starts_with("status.")) continue;
        if (!inside || node.role == Role::Decoration || node.role == Role::Progress) continue;
        if (isControl(node)) break;
        out.add(node.label);
        out.add(node.value);
    }
    out.add(ui.w("voice.count", {{"count", std::to_string(place.count)}}));
    if (!explained_) out.add(ui.w("voice.how"));
    return out.take();
}

/// What changed by itself: a hint, a mistake found, how sending goes.
std::vector<Speech> Narrator::changes(const Ui& ui, std::string_view language) {
    Utterance out(language);
    std::map<std::string, std::string> now;
    for (const auto& node : ui.nodes()) {
        if (!node.live && !node.key.ends_with(".problem")) continue;
        const auto content = contentOf(node);
        const auto before = live_.find(node.key);
        if (before == live_.end() || before->second != content) describe(out, ui, node);
        now[node.key] = content;
    }
    live_ = std::move(now);
    return out.take();
}

std::vector<Speech> Narrator::again(const Ui& ui, std::string_view language) const {
    const auto place = ui.place();
    if (place.node == nullptr) return arrival(ui, language);
    Utterance out(language);
    describe(out, ui, *place.node);
    if (place.node->role != Role::Key)
        out.add(ui.w("voice.place",
                     {{"index", std::to_string(place.index + 1)}, {"count", std::to_string(place.count)}}));
    return out.take();
}

std::vector<Speech> Narrator::next(const Ui& ui, std::string_view language) {
    const auto place = ui.place();
    const auto standing = place.node == nullptr ? std::string() : place.node->key;
    const auto content = place.node == nullptr ? std::string() : contentOf(*place.node);
    const bool cameHere = screen_ != place.screen || language_ != language;
    const bool moved = standing != standing_, changed = !moved && content != said_;
    auto news = changes(ui, language);
    const auto typed = beingTyped(ui);
    const bool grew = typed != typed_ && place.node != nullptr && place.node->role == Role::Key;
    typed_ = typed;
    screen_ = place.screen;
    standing_ = standing;
    said_ = content;
    language_ = language;
    if (cameHere) {
        auto words = arrival(ui, language);
        explained_ = true;
        return words;
    }
    if (!news.empty()) return news;
    if (grew) return lastWord(typed, language);
    if ((moved || changed || place.again) && place.node != nullptr) return again(ui, language);
    return {};
}

void Narrator::forget() { *this = Narrator(); }

} // namespace kiosk::ui
