// The widgets. Each draws itself and appends a Node that says what it is; tests, speech, focus and audits
// live on nodes.
#pragma once

#include "app/ui/theme.hpp"
#include "app/ui/words.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::ui {

struct Rect {
    float x = 0, y = 0, w = 0, h = 0; // px on the window
    bool contains(float px, float py) const { return px >= x && py >= y && px < x + w && py < y + h; }
};

enum class Role { Heading, Text, Button, Choice, Field, List, Picture, Progress, Key, Decoration };

/// What is on the screen at one place. `key` is stable over languages and rewording ("welcome.start",
/// "field.phone").
struct Node {
    Role role = Role::Text;
    std::string key, label, value, hint;
    Rect rect; // as drawn (clipped to what is visible)
    bool enabled = true, focused = false, selected = false;
    bool live = false;       // changes by itself: said aloud when it does
    float fullHeight = 0;    // px wanted; more than rect.h means it is scrolled out or clipped
    Colour text, background; // for the contrast audit
};

enum class Tone { Primary, Secondary, Quiet, Danger };
enum class Icon {
    None,
    Card,
    Search,
    Keyboard,
    Home,
    Back,
    Next,
    Check,
    Warning,
    Info,
    Help,
    Erase,
    Language,
    TextSize,
    Contrast,
    Send,
    Printer,
    Person,
    People,
    Business,
    Document,
    Marriage,
    Birth,
    Death,
    House,
    Land,
    Shop,
    Support,
    Stamp,
    Clock,
    Money,
    Place,
    Edit,
    Camera,
    Cloud,
    CloudOff,
    Add,
    Delete,
    Close,
    Restart,
    PowerOff,
    Cleaning,
    Voice,
    Phone,
    Up,
    Down,
    VeryBad,
    Bad,
    SoSo,
    Good,
    VeryGood,
    Accessible
};

/// What to do with a card before the camera.
enum class Gesture { Closer, Farther, HoldStill, Tilt, Brighter, Darker, Whole, Turn };

/// A picture to draw: RGB, rows tight. `version` changes when the pixels do (the texture is uploaded again
/// only then).
struct Bitmap {
    int width = 0, height = 0;
    const std::uint8_t* rgb = nullptr;
    std::uint64_t version = 0;
};

/// What a tap on the on-screen keyboard (or a hardware key) means.
struct KeyPress {
    enum class Kind { Text, Backspace, Done, Next, Method } kind = Kind::Text;
    std::string text; // UTF-8 for Kind::Text
};

enum class KeyboardKind {
    None,
    Text,
    Digits,
    Decimal,
    Phone,
    Email
}; // Decimal: a comma too; Phone: a plus too
enum class TypingMethod { Telex, Vni };

/// How a text grows by one key: Telex or VNI composition at its end (pure; tests round-trip all syllables).
std::string typed(std::string_view text, std::string_view key, TypingMethod method);
/// One key back: removes the last whole letter with its marks.
std::string backspaced(std::string_view text);

/// A stretch of time on a chart whose left edge is 0 and whose right edge is 1.
struct Span {
    double from = 0, to = 1, today = 1;
    std::optional<double> due; // marked
    enum class Kind { Running, Late, Done, Stopped } kind = Kind::Running;
};

struct FieldLook {
    std::string_view label;
    std::string_view value;   // as shown
    std::string_view hint;    // grey, when the value is empty
    std::string_view note;    // under it: where the answer came from
    std::string_view problem; // under it, with an icon; empty: none
    bool required = false;
    bool active = false; // is being typed into: caret
    bool multiline = false;
};

struct ButtonLook {
    Tone tone = Tone::Secondary;
    Icon icon = Icon::None;
    std::string_view detail; // second, smaller line
    bool enabled = true;
    double heightMm = mm::targetPrimary;
    bool fullWidth = true; // else as wide as its words
};

/// One frame's drawing. Vertical flow inside regions; physical sizes; a thing is pressed only if press and
/// release are in it. Wraps ImGui: nobody else includes it. UI thread only.
class Ui {
public:
    Ui(const Words& words, const Theme& theme);
    ~Ui();
    Ui(const Ui&) = delete;
    Ui& operator=(const Ui&) = delete;

    void setTheme(const Theme& theme); // fonts are rebuilt when sizes change
    const Theme& theme() const;
    void setLanguage(std::string_view language); // "vi", "en"
    /// The sentence of this key in the current language.
    std::string w(std::string_view key, std::initializer_list<Param> params = {}) const;

    bool has(std::string_view key) const; ///< are there words of this key?

    void beginFrame();
    void endFrame();                        // ImGui draw data is ready
    const std::vector<Node>& nodes() const; // of the last finished frame

    // Regions, in this order: header, body (scrolls), keyboard, footer.
    void beginHeader();
    void endHeader();
    /// Body scrolls by drag and by the visible up/down buttons. `key` names the screen: scroll position
    /// starts anew when it changes.
    void beginBody(std::string_view key);
    void endBody();
    void beginFooter(); // buttons side by side, laid out left to right
    void endFooter();
    /// A card over a dimmed screen; only what is inside can be pressed.
    void beginOverlay(std::string_view key);
    void endOverlay();

    // Layout helpers inside a region.
    /// Splits the width into `columns` equal cells; widgets go cell by cell, row by row, until endColumns().
    void beginColumns(int columns);
    void endColumns();
    /// A panel with a background around what follows.
    enum class PanelKind { Plain, Info, Warning, Success };
    void beginPanel(PanelKind kind);
    void endPanel();
    void space(double mm);

    // Widgets.
    void title(std::string_view key, std::string_view text);
    void heading(std::string_view key, std::string_view text);
    /// A code or number to be seen from afar: capitals, digits and a few signs.
    void number(std::string_view key, std::string_view text);
    void text(std::string_view key, std::string_view text, bool secondary = false);
    void iconText(std::string_view key, Icon icon, std::string_view text, bool secondary = false);
    /// "label   value" with an optional note under it ("from your card") and a "Change" button at the right
    /// when `change` is not empty.
    bool fact(std::string_view key, std::string_view label, std::string_view value,
              std::string_view note = {}, std::string_view change = {});
    bool button(std::string_view key, std::string_view label, const ButtonLook& look = {});
    /// A large tile with an icon and two lines.
    bool tile(std::string_view key, Icon icon, std::string_view title, std::string_view detail);
    /// One of several; round mark. Whole row is the target.
    bool choice(std::string_view key, std::string_view label, bool selected, std::string_view detail = {});
    /// A box to tick; whole row is the target.
    bool tick(std::string_view key, std::string_view label, bool ticked);
    /// A box that holds an answer; true when tapped. Keeps itself visible (scrolls) while active.
    bool field(std::string_view key, const FieldLook& look);
    void picture(std::string_view key, std::string_view label, const Bitmap& bitmap, double heightMm,
                 bool mirrored);
    /// A sheet of paper, whole: as wide as there is room for, and no taller than this.
    void sheet(std::string_view key, std::string_view label, const Bitmap& bitmap, double tallestMm);
    /// The camera's preview with the card frame drawn on it; `tick`: a large green check over it.
    void cardPreview(std::string_view key, std::string_view label, const Bitmap& bitmap, double heightMm,
                     bool tick);
    /// A line drawing: how to hold the card (0 old card: code on the front; 1 new card: code on the back).
    void cardDrawing(std::string_view key, std::string_view label, int which, double heightMm);
    /// The outline of a card to hold one against, so wide.
    void cardOutline(std::string_view key, std::string_view label, double widthMm);
    /// A drawing of the camera's picture and what to do with the card in it.
    void gesture(std::string_view key, std::string_view label, Gesture gesture, double heightMm);
    /// QR code drawn from modules (row-major, true = dark).
    void qr(std::string_view key, std::string_view label, const std::vector<bool>& modules, int side,
            double sizeMm);
    /// A row of a Gantt chart: words above, the stretch below with its due date and today's line.
    void span(std::string_view key, std::string_view label, std::string_view value, const Span& span);
    /// Columns side by side, as tall as their numbers; `from` and `to` stand under the first and the last.
    void bars(std::string_view key, std::string_view label, const std::vector<int>& values,
              std::string_view from, std::string_view to, double heightMm);
    void progress(std::string_view key, std::string_view label, double fraction); // < 0: unknown
    /// Docked above the footer; call before beginFooter(). What was pressed this frame (hardware keys too).
    std::vector<KeyPress> keyboard(KeyboardKind kind, TypingMethod method, bool& shift);

    /// True while something moves or was touched: draw the next frames too.
    bool wantsMoreFrames() const;
    /// Everything is read aloud: the keys stop at texts too, and always stand somewhere.
    void setReading(bool aloud);
    /// The node `key` changes by itself and is said aloud when it does. Call in the frame that draws it.
    void live(std::string_view key);
    /// Five taps in the upper left corner within four seconds have just been made there, where nothing is
    /// to be pressed.
    bool cornerCalled() const;
    /// This frame shows nothing at all: a dark screen that spares the panel. Instead of all regions.
    void blackout();
    /// While true, touches and keys are thrown away.
    void setDeaf(bool deaf);
    /// Where the keys stand, for speech. Valid until the next frame.
    struct Place {
        std::string_view screen;    // body or overlay
        const Node* node = nullptr; // nullptr: nowhere
        int index = 0, count = 0;   // of what they can stand on
        bool again = false;         // it was asked to be said once more
    };
    Place place() const;
    /// Scrolls the body so that the field with this key is visible on the next frame.
    void reveal(std::string_view fieldKey);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace kiosk::ui
