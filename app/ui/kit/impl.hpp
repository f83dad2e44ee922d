// Ui's inside: a frame is collected as a tree of boxes, laid out when every region is known, then painted and
// described.
#pragma once

#include "app/ui/kit/bridge.hpp"
#include "app/ui/kit/canvas.hpp"
#include "app/ui/ui.hpp"

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace kiosk::ui {

/// A widget waiting for its place, or a container of such.
struct Box {
    enum class Kind { Leaf, Space, Stack, Grid, Panel } kind = Kind::Leaf;
    std::vector<std::unique_ptr<Box>> children;
    int columns = 1;
    Ui::PanelKind panel = Ui::PanelKind::Plain;
    std::function<float(float width)> measure; // px high when so wide
    std::function<void(const Rect&)> paint;
    std::function<float(float width)> heart; // a field's height down to the end of its first line
    float natural = 0, least = 0;            // px wide: on one line; at least (its longest word)
    std::string key;
    bool control = false;   // can be pressed: goes right in the header
    bool stretches = false; // fills its row's height
    bool snug = false;      // only as wide as natural
    bool active = false;    // is being typed into: kept visible
    Rect rect;              // within its region
    float measuredAt = -1, measured = 0;
};

/// One scrolled area.
struct Scroll {
    Rect view;
    float offset = 0, most = 0, target = 0, speed = 0;
    bool gliding = false;
    void to(float y, bool motion);
    void by(float dy);
    bool advance(); // one frame; whether it moved
};

/// One key of the on-screen keyboard.
struct KeyCap {
    std::string key, label, shown; // shown: as drawn, else the label
    KeyPress press;
    double units = 1; // widths of a letter's key
    unsigned glyph = 0;
    bool accent = false, lit = false, toned = false; // toned: the tone is shown over a pale letter
};

/// FieldLook with strings of its own: it is painted after the call.
struct FieldText {
    std::string key, label, value, hint, note, problem;
    bool required = false, active = false, multiline = false;
};

struct Ui::Impl {
    Impl(const Words& w, const Theme& t) : words(w), theme(t), canvas(w.folder() + "/fonts") {
        canvas.setTheme(t);
    }

    const Words& words;
    Theme theme;
    std::string language = "vi";
    Canvas canvas;
    std::vector<Node> nodes;

    // What can be pressed, as last drawn.
    struct Target {
        std::string key;
        Rect rect;
    };
    std::vector<Target> targets;
    std::string clicked, pressed, focused;

    // What the keys can stand on, in the order in which it is read: body, keyboard, footer, header.
    struct Stop {
        std::string key;
        Rect rect; // px, also of what is scrolled out
        Role role = Role::Text;
    };
    enum class Region { Body, Keys, Footer, Header } region = Region::Body;
    struct Placed { // of each node, in the same order
        Region region;
        Rect whole;
        bool reachable; // not under an overlay
    };
    std::vector<Placed> placed;
    std::vector<Stop> stops;  // as last drawn
    bool reading = false;     // everything is read aloud: texts are stops too
    bool byKeys = false;      // the last input came from a key pad, not from a finger
    bool hadKeyboard = false; // on the last frame
    bool keysType = false;    // the keys opened the on-screen keyboard and are used to type on it
    bool again = false;       // the key to hear once more was pressed
    bool deaf = false;
    bool black = false; // this frame shows nothing
    bool cornerCalled = false;
    std::vector<std::chrono::steady_clock::time_point> cornerTaps;
    std::string typedInto; // the field whose keyboard was opened by keys
    std::vector<std::string> live;
    bool pointerDown = false, pointerInside = false, dragging = false;
    float downX = 0, downY = 0, lastY = 0;
    Scroll body, overlayScroll;
    std::string bodyKey, overlayKey, lastActive;
    std::string revealKey, revealed; // to be brought into view on the next frame; on this one
    std::string overlayNow;
    bool overlayEnabled = true; // false while painting what lies under an overlay
    float lastActiveView = 0;
    int extraFrames = 2;
    unsigned frame = 0;

    // The frame being collected.
    std::unique_ptr<Box> header, content, keys, footer, overlay;
    std::vector<Box*> open;
    std::vector<KeyPress> typedKeys;
    bool keyboardShown = false;
    std::map<std::string, std::unique_ptr<Image>> images;
    std::map<std::string, bool> imagesUsed;
    Rect clip;
    Colour ground; // what is behind the widget being painted

    // input.cpp
    void takeInput();
    void takePointer(const PointerEvent& event);
    void countCornerTap(const PointerEvent& event);
    // focus.cpp
    void takeNavigation(NavKey key);
    void moveBy(std::ptrdiff_t steps);
    bool moveInKeyboard(NavKey key);
    bool isStop(const Node& node, const Placed& place) const;
    void settleFocus();

    Scroll* scrollAt(float x, float y);
    const Target* targetAt(float x, float y) const;
    void forgetPress();
    bool wasClicked(std::string_view key);

    // layout.cpp
    Box& add(Box box);
    float measure(Box& box, float width);
    void arrange(Box& box, float x, float y, float width, float height);
    int columnsFor(const Box& grid, float width) const;
    float stackHeight(Box& box, float width);
    float gapBefore(const Box& parent, std::size_t index) const;
    void paint(const Box& box, float dx, float dy);
    float rowHeight(std::vector<Box*>& row, float width, bool fill);
    float arrangeRow(std::vector<Box*>& row, float x, float y, float width, bool fill);
    float arrangeHeader(float width);
    void layoutAndPaint();
    Rect bodyArea() const;
    void paintHeader(const Rect& r);
    void paintFooter(const Rect& r);
    void paintScrolled(Box& root, Scroll& scroll, const Rect& area, std::string_view prefix);
    void paintScrollButtons(Scroll& scroll, const Rect& strip, std::string_view prefix);
    void keepVisible(const Box& root, Scroll& scroll);
    void paintOverlay();

    // widgets' helpers
    float px(double mm) const { return theme.px(mm); }
    const Colours& c() const { return theme.colours; }
    std::string word(std::string_view key, std::initializer_list<Param> params = {}) const {
        return words.get(language, key, params);
    }
    Colour mixed(Colour a, Colour b, double part) const;
    /// Describes what is drawn at `r`; clipped to what is visible.
    Node& describe(Role role, std::string_view key, const Rect& r, Colour text, Colour background);
    /// Describes and makes pressable.
    Node& control(Role role, std::string_view key, const Rect& r, Colour text, Colour background,
                  bool enabled);
    bool isPressed(std::string_view key) const { return pointerDown && pointerInside && pressed == key; }
    float textHeight(Face face, std::string_view text, float width) const;
    float paintText(Face face, std::string_view text, const Rect& r, Colour colour, bool centred = false);
    void addText(Role role, Face face, std::string_view key, std::string_view text, bool secondary,
                 Icon icon = Icon::None);
    bool addButton(std::string_view key, std::string_view label, const ButtonLook& look);
    void paintButton(const std::string& key, const std::string& label, const std::string& detail,
                     const ButtonLook& look, const Rect& r);
    bool addMarked(std::string_view key, std::string_view label, std::string_view detail, bool on,
                   unsigned glyph);
    void paintField(const FieldText& field, const Rect& r);
    float fieldHeight(const FieldText& field, float width) const;
    void focusRing(std::string_view key, const Rect& r);
    const Image* upload(std::string_view key, const Bitmap& bitmap, bool mirrored);
    void addPicture(std::string_view key, std::string_view label, std::function<float(float)> heightOf,
                    std::function<void(const Rect&)> draw);
    void addPicture(std::string_view key, std::string_view label, float height,
                    std::function<void(const Rect&)> draw);
    void paintKey(const KeyCap& cap, const Rect& r);
    void addKeyboard(std::vector<std::vector<KeyCap>> rows, float keyHeight);
};

} // namespace kiosk::ui
