#include "tests/journey/person.hpp"

#include <SDL.h>

#include <algorithm>
#include <cstdio>
#include <stdexcept>
#include <vector>

namespace kiosk::journey {
namespace {

using Clock = std::chrono::steady_clock;

void push(Uint32 type, float x, float y) {
    SDL_Event e{};
    e.type = type;
    e.tfinger.timestamp = SDL_GetTicks();
    e.tfinger.touchId = 1;
    e.tfinger.fingerId = 1;
    e.tfinger.x = x;
    e.tfinger.y = y;
    e.tfinger.pressure = 1;
    SDL_PushEvent(&e);
}

void pushKey(SDL_Keycode key, Uint16 modifiers = KMOD_NONE, bool repeat = false) {
    SDL_Event e{};
    e.type = SDL_KEYDOWN;
    e.key.repeat = repeat ? 1 : 0;
    e.key.keysym.sym = key;
    e.key.keysym.mod = modifiers;
    SDL_PushEvent(&e);
}

/// As SDL reports a key that types something: first the key, then its text.
void pushText(std::string_view letter, bool repeat = false) {
    pushKey(letter.size() == 1 ? static_cast<SDL_Keycode>(letter.front()) : SDLK_UNKNOWN, KMOD_NONE, repeat);
    SDL_Event e{};
    e.type = SDL_TEXTINPUT;
    letter.copy(e.text.text, sizeof e.text.text - 1);
    SDL_PushEvent(&e);
}

/// Control characters are keys; what no keyboard has is pressed with Control and types nothing.
void pushCharacter(std::string_view letter) {
    const auto c = static_cast<unsigned char>(letter.front());
    if (c >= 0x20 && c != 0x7F) return pushText(letter);
    if (c == '\r' || c == '\n') return pushKey(SDLK_RETURN);
    if (c == '\t') return pushKey(SDLK_TAB);
    if (c == '\b' || c == 0x7F) return pushKey(SDLK_BACKSPACE);
    if (c == 0x1B) return pushKey(SDLK_ESCAPE);
    pushKey(static_cast<SDL_Keycode>('@' + c), KMOD_LCTRL);
}

/// Letters of UTF-8 one by one; bytes that are none, alone.
std::vector<std::string_view> lettersOf(std::string_view text) {
    std::vector<std::string_view> letters;
    while (!text.empty()) {
        std::size_t size = 1;
        while (size < text.size() && size < 4 && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80)
            ++size;
        letters.push_back(text.substr(0, size));
        text.remove_prefix(size);
    }
    return letters;
}

} // namespace

Person::Person(App& app, std::filesystem::path pictures) : app_(app), folder_(std::move(pictures)) {
    if (!folder_.empty()) std::filesystem::create_directories(folder_);
}

void Person::wait(const std::string& what, const std::function<bool()>& done,
                  std::chrono::milliseconds limit) {
    const auto until = Clock::now() + limit;
    while (!done()) {
        if (Clock::now() > until) {
            std::string shown;
            for (const auto& node : app_.nodes())
                if (node.role != ui::Role::Key) shown += " " + node.key;
            throw std::runtime_error("waited in vain for " + what + "; shown:" + shown);
        }
        if (!app_.frame()) throw std::runtime_error("the kiosk closed its window while waiting for " + what);
    }
}

const ui::Node* Person::visible(std::string_view key) const {
    const auto& nodes = app_.nodes();
    // The last one drawn is the one on top (an overlay repeats no keys of what is below, but costs nothing to
    // be sure).
    const auto it =
        std::find_if(nodes.rbegin(), nodes.rend(), [&](const ui::Node& n) { return n.key == key; });
    return it == nodes.rend() ? nullptr : &*it;
}

bool Person::sees(std::string_view key) const { return visible(key) != nullptr; }

/// A key held down: what it does comes again and again, which tells it from a scanner's.
void Person::press(std::int32_t key) {
    ++pressed_;
    if (key == SDLK_SPACE)
        pushText(" ", true);
    else
        pushKey(key, KMOD_NONE, true);
    settle(2);
}

const ui::Node* Person::standing() const {
    const auto& nodes = app_.nodes();
    const auto it = std::find_if(nodes.begin(), nodes.end(), [](const ui::Node& n) { return n.focused; });
    return it == nodes.end() ? nullptr : &*it;
}

/// With the arrows to the node `key`, as somebody does who hears where they are.
void Person::goTo(std::string_view key) {
    for (int i = 0; i < 400; ++i) {
        const auto *here = standing(), *there = visible(key);
        if (here != nullptr && here->key == key) return;
        const bool onKeys = here != nullptr && here->role == ui::Role::Key;
        if (keys_ == Keys::Switches)
            press(SDLK_TAB);
        else if (!onKeys || there == nullptr || there->role != ui::Role::Key)
            press(SDLK_DOWN);
        else if (std::abs(here->rect.y - there->rect.y) > 1)
            press(here->rect.y < there->rect.y ? SDLK_DOWN : SDLK_UP);
        else
            press(here->rect.x < there->rect.x ? SDLK_RIGHT : SDLK_LEFT);
    }
    throw std::runtime_error("the keys do not reach " + std::string(key));
}

const ui::Node& Person::see(std::string_view key) {
    if (keys_ != Keys::None) {
        settle(6);
        for (int i = 0; i < 100 && visible(key) == nullptr && standing() != nullptr; ++i)
            press(SDLK_DOWN); // what is far below comes with the keys
    }
    wait(std::string(key), [&] { return visible(key) != nullptr; });
    if (keys_ != Keys::None) return *visible(key);
    for (int i = 0; i < 40; ++i) { // scroll as a person would, with the visible button
        const auto* node = visible(key);
        if (node != nullptr && node->rect.h >= std::min(node->fullHeight, 40.0F) && node->rect.h > 8)
            return *node;
        const auto* down = visible("ui.scroll.down");
        if (down == nullptr || !down->enabled) break;
        touch(down->rect.x + down->rect.w / 2, down->rect.y + down->rect.h / 2);
    }
    throw std::runtime_error("cannot bring into view: " + std::string(key));
}

void Person::touch(float x, float y) {
    ++taps_;
    const auto panel = app_.window().panel();
    push(SDL_FINGERDOWN, x / static_cast<float>(panel.width), y / static_cast<float>(panel.height));
    settle(2);
    push(SDL_FINGERUP, x / static_cast<float>(panel.width), y / static_cast<float>(panel.height));
    settle(4);
}

/// Frames without the rest an idle kiosk takes between them.
void Person::settle(int frames) {
    for (int i = 0; i < frames; ++i) {
        ui::Window::wake();
        app_.frame();
    }
}

void Person::tap(std::string_view key) {
    if (keys_ != Keys::None) {
        see(key);
        goTo(key);
        press(keys_ == Keys::Five ? SDLK_RETURN : SDLK_SPACE);
        return settle(4);
    }
    see(key);
    wait("something to press: " + std::string(key), [&] {
        const auto* node = visible(key);
        return node != nullptr && node->enabled;
    });
    const auto& rect = see(key).rect;
    if (key.starts_with("ui.key.")) ++keyTaps_;
    touch(rect.x + rect.w / 2, rect.y + rect.h / 2);
}

void Person::type(std::string_view text) {
    for (const char c : text) {
        const std::string name = c == ' ' ? "ui.key.space" : std::string("ui.key.") + c;
        if (c >= 'A' && c <= 'Z') {
            tap("ui.key.shift");
            tap(std::string("ui.key.") + static_cast<char>(c - 'A' + 'a'));
            continue;
        }
        tap(name);
    }
}

void Person::typeOnKeyboard(std::string_view text) {
    for (const auto letter : lettersOf(text)) {
        pushText(letter);
        const auto until = Clock::now() + std::chrono::milliseconds(80);
        while (Clock::now() < until) settle(1);
    }
}

void Person::scan(std::string_view code) {
    settle(
        1); // the kiosk has been looking all the while: silence before a code is what tells it from a person
    for (const auto letter : lettersOf(code)) pushCharacter(letter);
    pushKey(SDLK_RETURN);
    const auto until = Clock::now() + std::chrono::milliseconds(350); // what trickles in later belongs to it
    while (Clock::now() < until) settle(1);
}

void Person::eraseText(std::size_t letters) {
    for (std::size_t i = 0; i < letters; ++i) tap("ui.key.backspace");
}

void Person::picture(const std::string& name) {
    ++count_;
    settle(4);
    const auto pixels = app_.window().screenshot();
    if (!pixels) throw std::runtime_error("no screenshot: " + pixels.error().detail);
    if (pixels->rgb == last_) throw std::runtime_error("screen " + name + " looks like the one before");
    last_ = pixels->rgb;
    if (folder_.empty()) return;
    char number[8];
    std::snprintf(number, sizeof number, "%02d-", count_);
    const auto path = folder_ / (number + name + ".png");
    if (const auto saved = ui::Window::savePng(*pixels, path.string()); !saved)
        throw std::runtime_error("cannot write " + path.string());
}

} // namespace kiosk::journey
