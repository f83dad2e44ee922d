// How everything looks: tokens in millimetres and colours with computed contrast, turned into pixels for one
// panel.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace kiosk::ui {

struct Colour {
    std::uint8_t r = 0, g = 0, b = 0, a = 255;
};

enum class Palette { Light, HighContrast, Dark };
enum class TextSize { Normal, Large, Larger, Largest }; // 1.0, 1.25, 1.53 (capitals >= 7.33 mm), 1.75

/// Colours by what they mean. Text on its background has contrast >= 10:1 (secondary >= 7:1, high contrast >=
/// 20:1).
struct Colours {
    Colour background, surface, surfaceRaised, outline;
    Colour text, textSecondary, textOnPrimary;
    Colour primary, primaryPressed, accent, success, warning, danger, focus;
    Colour successSurface, warningSurface, infoSurface;
};

/// Contrast ratio of WCAG 2.2, 1..21.
double contrast(Colour a, Colour b);

/// The physical panel.
struct Panel {
    int width = 1080, height = 1920; // px
    double diagonalInches = 21.5;
    double pxPerMm() const;
    bool portrait() const { return height > width; }
};

/// Sizes in mm for TextSize::Normal; text sizes are heights of capitals.
namespace mm {
inline constexpr double capBody = 4.8, capSmall = 4.8, capTitle = 7.8, capHuge = 20.0;
inline constexpr double targetPrimary = 20.0, targetMin = 15.0, gap = 4.0, padding = 6.0, margin = 10.0,
                        radius = 3.0;
inline constexpr double header = 20.0, footer = 28.0, key = 15.0, keyGap = 2.6;
} // namespace mm

struct Theme {
    Panel panel;
    Palette palette = Palette::Light;
    TextSize textSize = TextSize::Normal;
    bool lowReach = false; // every control in the bottom 45 %
    bool motion = true;
    Colours colours;

    static Theme make(Panel panel, Palette palette, TextSize textSize);
    float px(double mm) const; // rounded to whole px
    double textScale() const;
};

const Colours& colours(Palette palette);

} // namespace kiosk::ui
