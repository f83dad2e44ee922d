// From pointer steps to presses: a thing is pressed only when press and release are in it as it was drawn; a
// drag scrolls.
#include "app/ui/kit/impl.hpp"

#include <algorithm>
#include <cmath>

namespace kiosk::ui {

namespace {
constexpr double dragMm = 4; // a shaky finger moves less
constexpr double cornerMm = 25;
constexpr std::size_t cornerCount = 5;
constexpr auto cornerTime = std::chrono::seconds(4);
} // namespace

void Scroll::to(float y, bool motion) {
    target = std::clamp(y, 0.f, most);
    gliding = motion;
    speed = 0;
    if (!motion) offset = target;
}

void Scroll::by(float dy) {
    offset = std::clamp(offset + dy, 0.f, most);
    gliding = false;
}

bool Scroll::advance() {
    if (gliding) {
        const float step = (target - offset) * 0.3f;
        offset = std::abs(step) < 1 ? target : offset + std::round(step);
        gliding = offset != target;
        return true;
    }
    if (speed == 0) return false;
    by(std::round(speed));
    speed *= 0.92f;
    if (std::abs(speed) < 1 || offset == 0 || offset == most) speed = 0;
    return true;
}

namespace {
/// Switches are wired as Tab or Space and Enter. While nothing is typed they move on and press.
void switchKeys(std::vector<KeyPress>& typed, std::deque<NavKey>& navigation, bool typing) {
    if (typing) return;
    std::erase_if(typed, [&](const KeyPress& key) {
        const bool tab = key.kind == KeyPress::Kind::Next,
                   space = key.kind == KeyPress::Kind::Text && key.text == " ";
        if (tab) navigation.push_back(NavKey::Next);
        if (space) navigation.push_back(NavKey::Activate);
        return tab || space;
    });
}
} // namespace

void Ui::Impl::takeInput() {
    clicked.clear();
    again = cornerCalled = false;
    auto& input = hardwareInput();
    if (deaf) {
        input.clear();
        forgetPress();
    }
    while (!input.pointer.empty()) {
        const PointerEvent event = input.pointer.front();
        input.pointer.pop_front();
        takePointer(event);
        extraFrames = 3;
        if (event.kind != PointerEvent::Kind::Move)
            break; // every press is drawn once before its release is looked at
    }
    typedKeys = std::move(input.keys);
    input.keys.clear();
    const bool letters = std::any_of(typedKeys.begin(), typedKeys.end(), [](const KeyPress& key) {
        return key.kind == KeyPress::Kind::Text && key.text != " ";
    });
    if (keysType && letters) { // somebody goes on with a keyboard that is plugged in
        keysType = false;
        focused = typedInto;
    }
    switchKeys(typedKeys, input.navigation, hadKeyboard && !keysType);
    if (clicked.empty() && !input.navigation.empty()) {
        const NavKey key = input.navigation.front();
        input.navigation.pop_front();
        takeNavigation(key);
        extraFrames = 3;
    }
    if (!typedKeys.empty()) extraFrames = 3;
    if (!pointerDown && (body.advance() || overlayScroll.advance())) extraFrames = std::max(extraFrames, 2);
    if (extraFrames > 0) --extraFrames;
}

const Ui::Impl::Target* Ui::Impl::targetAt(float x, float y) const {
    const auto it =
        std::find_if(targets.begin(), targets.end(), [&](const Target& t) { return t.rect.contains(x, y); });
    return it == targets.end() ? nullptr : &*it;
}

Scroll* Ui::Impl::scrollAt(float x, float y) {
    auto& scroll = overlayKey.empty() ? body : overlayScroll;
    return scroll.view.contains(x, y) && scroll.most > 0 ? &scroll : nullptr;
}

void Ui::Impl::takePointer(const PointerEvent& event) {
    using Kind = PointerEvent::Kind;
    if (event.kind == Kind::Down) {
        pointerDown = pointerInside = true;
        dragging = false;
        downX = event.x;
        downY = lastY = event.y;
        focused.clear();
        byKeys = keysType = false;
        const auto* target = targetAt(event.x, event.y);
        pressed = target ? target->key : std::string();
        body.speed = overlayScroll.speed = 0;
        return;
    }
    if (!pointerDown) return;
    const auto* target = targetAt(event.x, event.y);
    pointerInside = target && target->key == pressed;
    auto* scroll = scrollAt(downX, downY);
    if (event.kind == Kind::Move) {
        if (scroll && !dragging && std::abs(event.y - downY) > px(dragMm)) {
            dragging = true;
            pressed.clear();
        }
        if (scroll && dragging) {
            scroll->by(lastY - event.y);
            scroll->speed = theme.motion ? lastY - event.y : 0;
        }
        lastY = event.y;
        return;
    }
    if (event.kind == Kind::Up && !dragging) countCornerTap(event);
    if (event.kind == Kind::Up && !dragging && pointerInside && !pressed.empty()) clicked = pressed;
    forgetPress();
}

void Ui::Impl::countCornerTap(const PointerEvent& event) {
    const auto inside = [side = px(cornerMm)](float x, float y) { return x < side && y < side; };
    if (!inside(event.x, event.y) || !inside(downX, downY) || !pressed.empty()) return cornerTaps.clear();
    const auto time = std::chrono::steady_clock::now();
    std::erase_if(cornerTaps, [time](auto tap) { return time - tap > cornerTime; });
    cornerTaps.push_back(time);
    if (cornerTaps.size() < cornerCount) return;
    cornerTaps.clear();
    cornerCalled = true;
}

void Ui::Impl::forgetPress() {
    pointerDown = pointerInside = dragging = false;
    pressed.clear();
}

bool Ui::Impl::wasClicked(std::string_view key) {
    if (clicked.empty() || clicked != key) return false;
    clicked.clear(); // one press is one event
    extraFrames = std::max(extraFrames, 3);
    return true;
}

} // namespace kiosk::ui
