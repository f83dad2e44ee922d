// Drawings of the camera's picture and what to do with the card in it.
#include "app/ui/kit/impl.hpp"

#include <algorithm>
#include <cmath>

namespace kiosk::ui {

namespace {

constexpr float stageWidth = 100, stageHeight = 62, cardAspect = 85.6F / 53.98F;
constexpr Colour night{18, 26, 34}, white{255, 255, 255}, paper{226, 236, 231}, pale{150, 170, 166},
    dark{16, 24, 32}, gold{255, 196, 60};

/// The camera's picture, in units of a hundredth of its width.
class Stage {
public:
    Stage(Canvas& canvas, const Rect& place, Colour background) : canvas_(canvas) {
        unit_ = std::min(place.w / stageWidth, place.h / stageHeight);
        x_ = std::floor(place.x + (place.w - stageWidth * unit_) / 2);
        y_ = std::floor(place.y + (place.h - stageHeight * unit_) / 2);
        canvas_.pushClip(rect(0, 0, stageWidth, stageHeight));
        canvas_.fill(rect(0, 0, stageWidth, stageHeight), background);
    }
    ~Stage() { canvas_.popClip(); }
    Stage(const Stage&) = delete;
    Stage& operator=(const Stage&) = delete;

    Rect rect(float x, float y, float w, float h) const {
        return {std::round(x_ + x * unit_), std::round(y_ + y * unit_), std::max(1.F, std::round(w * unit_)),
                std::max(1.F, std::round(h * unit_))};
    }
    /// A card around its centre; `code`: on the side that is seen.
    void card(float x, float y, float w, bool code, Colour face = paper, Colour ink = dark) {
        const float h = w / cardAspect, left = x - w / 2, top = y - h / 2, m = w / 100;
        canvas_.fill(rect(left, top, w, h), face);
        for (int i = 0; i < 3; ++i)
            canvas_.fill(rect(left + 7 * m, top + (12 + 9 * i) * m, (i == 1 ? 30 : 42) * m, 4 * m), pale);
        if (code)
            drawCode(left + 64 * m, top + 8 * m, 28 * m, ink);
        else
            for (int i = 0; i < 3; ++i)
                canvas_.fill(rect(left + 7 * m, top + (42 + 6 * i) * m, 84 * m, 3 * m), pale);
    }
    /// The frame a card should fill.
    void corners(float w) {
        const float h = w / cardAspect, left = (stageWidth - w) / 2, top = (stageHeight - h) / 2, arm = w / 6,
                    t = 1.4F;
        for (const float x : {left, left + w - arm})
            for (const float y : {top, top + h - t}) canvas_.fill(rect(x, y, arm, t), white);
        for (const float x : {left, left + w - t})
            for (const float y : {top, top + h - arm}) canvas_.fill(rect(x, y, t, arm), white);
    }
    void sign(unsigned glyph, float x, float y, Colour colour, bool large = false) {
        canvas_.icon(glyph, large ? IconSize::Large : IconSize::Small, rect(x - 10, y - 10, 20, 20), colour);
    }
    void box(float x, float y, float w, float h, Colour colour) { canvas_.fill(rect(x, y, w, h), colour); }

private:
    void drawCode(float x, float y, float side, Colour ink) {
        canvas_.fill(rect(x - side / 12, y - side / 12, side * 7 / 6, side * 7 / 6), white);
        const float cell = side / 9;
        for (int r = 0; r < 9; ++r)
            for (int c = 0; c < 9; ++c) {
                const bool corner = (c < 3 && r < 3) || (c > 5 && r < 3) || (c < 3 && r > 5);
                if (corner ? !(c % 6 == 1 && r % 6 == 1) : (c * 5 + r * 3 + c * r) % 7 < 3)
                    canvas_.fill(
                        rect(x + static_cast<float>(c) * cell, y + static_cast<float>(r) * cell, cell, cell),
                        ink);
            }
    }

    Canvas& canvas_;
    float unit_ = 1, x_ = 0, y_ = 0;
};

/// Four arrows around the middle, out of it or into it.
void arrows(Stage& stage, bool out) {
    const auto left = glyphOf(Icon::Back), right = glyphOf(Icon::Next);
    stage.sign(out ? left : right, out ? 20 : 9, 31, gold);
    stage.sign(out ? right : left, out ? 80 : 91, 31, gold);
}

void draw(Canvas& canvas, const Rect& r, Gesture gesture) {
    constexpr Colour dusk{6, 9, 12}, dim{64, 72, 70}, dimInk{30, 34, 34}, noon{214, 219, 222},
        washed{206, 210, 212};
    Stage stage(canvas, r, gesture == Gesture::Brighter ? dusk : gesture == Gesture::Darker ? noon : night);
    switch (gesture) {
    case Gesture::Closer:
        stage.corners(84);
        stage.card(50, 31, 36, true);
        return arrows(stage, true);
    case Gesture::Farther:
        stage.card(50, 31, 118, true);
        stage.corners(62);
        return arrows(stage, false);
    case Gesture::HoldStill:
        stage.corners(84);
        stage.card(50, 31, 72, true);
        return stage.sign(glyph::hand, 40, 40, gold, true);
    case Gesture::Tilt:
        stage.card(50, 34, 70, true);
        stage.box(64, 14, 14, 14, white);
        stage.box(61, 17, 20, 8, white);
        stage.sign(glyph::sun, 88, 10, gold);
        return stage.sign(glyph::rotate, 40, 40, gold, true);
    case Gesture::Brighter:
        stage.card(50, 31, 72, true, dim, dimInk);
        return stage.sign(glyph::sun, 40, 38, gold, true);
    case Gesture::Darker:
        stage.card(50, 31, 72, true, white, washed);
        stage.sign(glyph::sun, 80, 12, {190, 120, 0});
        return stage.sign(glyph::hand, 40, 38, {120, 70, 0}, true);
    case Gesture::Whole:
        stage.corners(84);
        stage.card(78, 26, 74, true);
        return stage.sign(glyphOf(Icon::Back), 22, 31, gold, true);
    case Gesture::Turn:
        stage.card(26, 31, 44, false);
        stage.card(75, 31, 44, true);
        return stage.sign(glyphOf(Icon::Next), 50, 31, gold);
    }
}

} // namespace

void Ui::gesture(std::string_view key, std::string_view label, Gesture gesture, double heightMm) {
    auto& m = *impl_;
    m.addPicture(key, label, m.px(heightMm), [&m, gesture](const Rect& r) { draw(m.canvas, r, gesture); });
}

} // namespace kiosk::ui
