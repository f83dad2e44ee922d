// Paints text, icons and rounded boxes for one panel. Everything becomes upright quads of one colour: the
// fast path of every renderer.
#pragma once

#include "app/ui/kit/bridge.hpp"
#include "app/ui/theme.hpp"
#include "app/ui/ui.hpp"

#include <array>
#include <string>
#include <string_view>
#include <vector>

struct ImFont;
struct ImFontAtlas;
struct ImGuiContext;
struct ImDrawList;

namespace kiosk::ui {

enum class Face { Body, Strong, Heading, Title, Huge }; // Huge: capitals and digits only
enum class IconSize { Small, Large };

/// Glyphs of the icon font that only widgets use.
namespace glyph {
inline constexpr unsigned radioOn = 0xe837, radioOff = 0xe836, boxOn = 0xe834, boxOff = 0xe835,
                          backspace = 0xe14a, shift = 0xe5d8, error = 0xe000, chevron = 0xe5cc,
                          checkCircle = 0xe86c, done = 0xe5ca, sun = 0xe430, hand = 0xe925, rotate = 0xe1c1;
}
unsigned glyphOf(Icon icon);

Rect intersect(const Rect& a, const Rect& b);

/// Owns the ImGui context, the fonts and their atlas. One exists at a time. UI thread only.
class Canvas {
public:
    /// Terminates when the fonts are missing: an installation without them is broken.
    explicit Canvas(std::string fontsFolder);
    ~Canvas();
    Canvas(const Canvas&) = delete;
    Canvas& operator=(const Canvas&) = delete;

    void setTheme(const Theme& theme);
    void begin();
    void end();

    void fill(const Rect& rect, Colour colour);
    void round(const Rect& rect, Colour colour);
    enum class Stroke { Thin, Thick };
    void outline(const Rect& rect, Colour colour, Stroke stroke = Stroke::Thin);
    void image(const Image& image, const Rect& rect, const Rect& part); // part: 0..1 of the picture
    void icon(unsigned glyph, IconSize size, const Rect& centredIn, Colour colour);
    float iconSide(IconSize size) const;

    float lineHeight(Face face) const;
    float width(Face face, std::string_view text) const;
    /// Words wrapped to `width` px; a word wider than that is broken between letters. Views into `text`.
    std::vector<std::string_view> wrap(Face face, std::string_view text, float width) const;
    float widestWord(Face face, std::string_view text) const;
    /// One line, its capitals centred in a box of lineHeight() at (x, y).
    void line(Face face, std::string_view text, float x, float y, Colour colour);
    /// One line with other capitals' size is never needed: keys centre a short text in a rectangle.
    void centred(Face face, std::string_view text, const Rect& rect, Colour colour);

    /// The tone of a toned "a" in `colour`, over a pale "a" that only carries it.
    void toneMark(std::string_view toned, bool below, const Rect& rect, Colour colour, Colour pale);

    void pushClip(const Rect& rect);
    void popClip();

private:
    struct Corner { // a disc or ring baked into the atlas, used by its quarters
        int index = 0;
        float u0 = 0, v0 = 0, u1 = 0, v1 = 0;
    };
    void build();
    void bake(Corner& corner, std::uint8_t* pixels, int atlasWidth, int atlasHeight, float thickness);
    void corners(const Rect& rect, const Corner& corner, Colour colour);
    ImFont* font(Face face) const { return faces_[static_cast<std::size_t>(face)]; }

    std::string fonts_;
    Theme theme_;
    bool built_ = false;
    ImGuiContext* context_ = nullptr;
    ImDrawList* list_ = nullptr;
    std::array<ImFont*, 5> faces_{};
    std::array<ImFont*, 2> icons_{};
    std::array<float, 5> caps_{};
    Corner disc_, thin_, thick_;
    float radius_ = 0, thinPx_ = 0, thickPx_ = 0;
    Image atlas_;
};

} // namespace kiosk::ui
