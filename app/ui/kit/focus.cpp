// Five keys, or two switches, instead of a finger: where the keys stand, and what a key does there.
#include "app/ui/kit/impl.hpp"

#include <algorithm>
#include <cmath>

namespace kiosk::ui {

namespace {

bool isControl(Role role) {
    return role == Role::Button || role == Role::Choice || role == Role::Field || role == Role::Key;
}

float middle(const Rect& r) { return r.x + r.w / 2; }

} // namespace

bool Ui::Impl::isStop(const Node& node, const Placed& place) const {
    if (!place.reachable || node.role == Role::Decoration) return false;
    // The keys scroll by going on.
    if (node.key.starts_with("ui.scroll") || node.key.starts_with("ui.overlay.scroll")) return false;
    if (isControl(node.role)) return node.enabled || reading;
    return reading && !(node.label.empty() && node.value.empty());
}

/// After a frame was laid out: the keys stand on something that is still there.
void Ui::Impl::settleFocus() {
    stops.clear();
    for (const auto part : {Region::Body, Region::Keys, Region::Footer, Region::Header})
        for (std::size_t i = 0; i < nodes.size(); ++i)
            if (placed[i].region == part && isStop(nodes[i], placed[i]))
                stops.push_back({nodes[i].key, placed[i].whole, nodes[i].role});
    const auto stands = [this](std::string_view key) {
        return std::any_of(stops.begin(), stops.end(), [&](const Stop& s) { return s.key == key; });
    };
    const bool opened = keyboardShown && !hadKeyboard, closed = !keyboardShown && hadKeyboard;
    hadKeyboard = keyboardShown;
    const auto before = focused;
    keysType = keyboardShown && (keysType || (byKeys && opened));
    if (byKeys && opened) {
        const auto key =
            std::find_if(stops.begin(), stops.end(), [](const Stop& s) { return s.role == Role::Key; });
        if (key != stops.end()) focused = key->key;
    } else if (byKeys && closed && stands(typedInto)) {
        focused = revealKey = typedInto;
    } else if (!focused.empty() && !stands(focused)) {
        focused.clear();
    }
    // What is read aloud is always somewhere.
    if (reading && focused.empty() && !stops.empty()) focused = revealKey = stops.front().key;
    if (focused != before) extraFrames = std::max(extraFrames, 2);
}

void Ui::Impl::takeNavigation(NavKey key) {
    byKeys = true;
    const auto at = std::find_if(stops.begin(), stops.end(), [&](const Stop& s) { return s.key == focused; });
    if (key == NavKey::Activate) {
        if (at == stops.end())
            typedKeys.push_back({KeyPress::Kind::Done, {}});
        else if (isControl(at->role)) {
            clicked = focused;
            if (at->role == Role::Field) typedInto = focused;
        }
        return;
    }
    if (stops.empty()) return;
    if (key == NavKey::Next) return moveBy(1);
    if (moveInKeyboard(key)) return;
    if (reading && key == NavKey::Left) {
        again = true;
        return;
    }
    moveBy(key == NavKey::Down || key == NavKey::Right ? 1 : -1);
}

void Ui::Impl::moveBy(std::ptrdiff_t steps) {
    const auto at = std::find_if(stops.begin(), stops.end(), [&](const Stop& s) { return s.key == focused; });
    const auto count = static_cast<std::ptrdiff_t>(stops.size());
    std::ptrdiff_t index = at == stops.end() ? (steps > 0 ? -1 : 0) : at - stops.begin();
    index = (index + steps + count) % count;
    focused = stops[static_cast<std::size_t>(index)].key;
    revealKey = focused;
}

/// On the keyboard the arrows go where they point. True: the key was used up; false above its first and below
/// its last row, where they lead out.
bool Ui::Impl::moveInKeyboard(NavKey key) {
    const auto at = std::find_if(stops.begin(), stops.end(), [&](const Stop& s) { return s.key == focused; });
    if (at == stops.end() || at->role != Role::Key) return false;
    const bool up = key == NavKey::Up, down = key == NavKey::Down;
    if (!up && !down) { // along the row, and on to the next one
        const auto next = key == NavKey::Right ? at + 1 : at == stops.begin() ? stops.end() : at - 1;
        if (next == stops.end() || next->role != Role::Key) return true;
        focused = next->key;
        return true;
    }
    const Stop* best = nullptr;
    const auto distance = [&](const Stop& s) {
        return std::abs(s.rect.y - at->rect.y) * 100 + std::abs(middle(s.rect) - middle(at->rect));
    };
    for (const auto& stop : stops) {
        const bool there = up ? stop.rect.y < at->rect.y : stop.rect.y > at->rect.y;
        if (stop.role != Role::Key || !there) continue;
        if (best == nullptr || distance(stop) < distance(*best)) best = &stop;
    }
    if (best != nullptr) {
        focused = best->key;
        return true;
    }
    // Out of the keyboard: to what stands before its first or behind its last key.
    const auto isKey = [](const Stop& s) { return s.role == Role::Key; };
    const auto first = std::find_if(stops.begin(), stops.end(), isKey);
    const auto last = std::find_if_not(first, stops.end(), isKey);
    if (up && first != stops.begin()) focused = (first - 1)->key;
    if (down) focused = last == stops.end() ? stops.front().key : last->key;
    revealKey = focused;
    return true;
}

bool Ui::cornerCalled() const { return impl_->cornerCalled; }
void Ui::setDeaf(bool deaf) { impl_->deaf = deaf; }

void Ui::live(std::string_view key) { impl_->live.emplace_back(key); }

void Ui::setReading(bool aloud) {
    if (impl_->reading == aloud) return;
    impl_->reading = aloud;
    impl_->focused.clear();
    impl_->extraFrames = 3;
}

Ui::Place Ui::place() const {
    const auto& m = *impl_;
    Place place;
    place.screen = m.overlayKey.empty() ? m.bodyKey : m.overlayKey;
    place.count = static_cast<int>(m.stops.size());
    place.again = m.again;
    for (std::size_t i = 0; i < m.stops.size(); ++i)
        if (m.stops[i].key == m.focused) place.index = static_cast<int>(i);
    for (const auto& node : m.nodes)
        if (!m.focused.empty() && node.key == m.focused) place.node = &node;
    return place;
}

} // namespace kiosk::ui
