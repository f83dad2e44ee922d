// Palettes and the arithmetic from millimetres to pixels.
#include "app/ui/theme.hpp"

#include <algorithm>
#include <cmath>

namespace kiosk::ui {

namespace {

constexpr Colour hex(std::uint32_t rgb) {
    return {static_cast<std::uint8_t>(rgb >> 16), static_cast<std::uint8_t>(rgb >> 8),
            static_cast<std::uint8_t>(rgb)};
}

// The primary is a deep river blue: red means danger and "erase" here, so it cannot also mean "go on". The
// flag's red and gold stay in the one thin ribbon under the header (accent), where they are an honour and not
// a signal.
constexpr Colours light{.background = hex(0xF5F3EE),
                        .surface = hex(0xFFFFFF),
                        .surfaceRaised = hex(0xFFFFFF),
                        .outline = hex(0x76828C),
                        .text = hex(0x15202B),
                        .textSecondary = hex(0x414C57),
                        .textOnPrimary = hex(0xFFFFFF),
                        .primary = hex(0x0A3450),
                        .primaryPressed = hex(0x16577F),
                        .accent = hex(0xB5231C),
                        .success = hex(0x073B23),
                        .warning = hex(0x4A2F00),
                        .danger = hex(0x690E10),
                        .focus = hex(0xB8560A),
                        .successSurface = hex(0xE4F2E8),
                        .warningSurface = hex(0xFCF0D4),
                        .infoSurface = hex(0xE3EEF5)};

constexpr Colours highContrast{.background = hex(0x000000),
                               .surface = hex(0x000000),
                               .surfaceRaised = hex(0x000000),
                               .outline = hex(0xFFFFFF),
                               .text = hex(0xFFFFFF),
                               .textSecondary = hex(0xFFFFFF),
                               .textOnPrimary = hex(0x000000),
                               .primary = hex(0xFFFFFF),
                               .primaryPressed = hex(0xFFFF9E),
                               .accent = hex(0xFFE100),
                               .success = hex(0xFFFFFF),
                               .warning = hex(0xFFFFFF),
                               .danger = hex(0xFFFFFF),
                               .focus = hex(0xFFE100),
                               .successSurface = hex(0x000000),
                               .warningSurface = hex(0x000000),
                               .infoSurface = hex(0x000000)};

constexpr Colours dark{.background = hex(0x0E141A),
                       .surface = hex(0x17212A),
                       .surfaceRaised = hex(0x1C2731),
                       .outline = hex(0x7C8A96),
                       .text = hex(0xF3F6F8),
                       .textSecondary = hex(0xC1CCD5),
                       .textOnPrimary = hex(0x061B28),
                       .primary = hex(0xBCE2F9),
                       .primaryPressed = hex(0x86BCDF),
                       .accent = hex(0xFF8A7A),
                       .success = hex(0xC2F3D4),
                       .warning = hex(0xFFE4AD),
                       .danger = hex(0xFFD5D0),
                       .focus = hex(0xFFC857),
                       .successSurface = hex(0x13302A),
                       .warningSurface = hex(0x362B12),
                       .infoSurface = hex(0x142C3A)};

double luminance(Colour c) {
    const auto linear = [](std::uint8_t v) {
        const double s = v / 255.0;
        return s <= 0.04045 ? s / 12.92 : std::pow((s + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(c.r) + 0.7152 * linear(c.g) + 0.0722 * linear(c.b);
}

} // namespace

double contrast(Colour a, Colour b) {
    const double la = luminance(a), lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

const Colours& colours(Palette palette) {
    switch (palette) {
    case Palette::HighContrast:
        return highContrast;
    case Palette::Dark:
        return dark;
    case Palette::Light:
        break;
    }
    return light;
}

double Panel::pxPerMm() const { return std::hypot(width, height) / (diagonalInches * 25.4); }

Theme Theme::make(Panel panel, Palette palette, TextSize textSize) {
    Theme theme;
    theme.panel = panel;
    theme.palette = palette;
    theme.textSize = textSize;
    theme.colours = kiosk::ui::colours(palette);
    return theme;
}

float Theme::px(double mm) const { return static_cast<float>(std::round(mm * panel.pxPerMm())); }

double Theme::textScale() const {
    switch (textSize) {
    case TextSize::Large:
        return 1.25;
    case TextSize::Larger:
        return 1.53;
    case TextSize::Largest:
        return 1.75;
    case TextSize::Normal:
        break;
    }
    return 1.0;
}

} // namespace kiosk::ui
