// Pictures: the camera's preview with the card frame, how to hold the card, QR codes and progress.
#include "app/ui/kit/impl.hpp"

#include <algorithm>
#include <cmath>

namespace kiosk::ui {

namespace {

constexpr double cardWidthMm = 85.6, cardHeightMm = 53.98; // ISO/IEC 7810 ID-1

/// The largest rectangle of this shape centred in `r`.
Rect fitted(const Rect& r, double width, double height) {
    const double scale = std::min(r.w / width, r.h / height);
    const auto w = static_cast<float>(std::floor(width * scale)),
               h = static_cast<float>(std::floor(height * scale));
    return {std::floor(r.x + (r.w - w) / 2), std::floor(r.y + (r.h - h) / 2), w, h};
}

/// The part of a picture (0..1) that fills `r` without distortion.
Rect covering(const Image& picture, const Rect& r) {
    const float have = static_cast<float>(picture.width) / static_cast<float>(picture.height),
                want = r.w / std::max(1.f, r.h);
    if (have > want) return {(1 - want / have) / 2, 0, want / have, 1};
    return {0, (1 - have / want) / 2, 1, have / want};
}

/// Mirrored here once a picture, because renderers mirror slowly.
void copyPixels(const Bitmap& from, bool mirrored, std::vector<std::uint8_t>& to) {
    const auto width = static_cast<std::size_t>(from.width), height = static_cast<std::size_t>(from.height);
    to.resize(width * height * 3);
    if (!mirrored) {
        std::copy_n(from.rgb, to.size(), to.begin());
        return;
    }
    for (std::size_t y = 0; y < height; ++y) {
        const auto* source = from.rgb + y * width * 3;
        auto* target = to.data() + (y + 1) * width * 3;
        for (std::size_t x = 0; x < width; ++x, source += 3)
            target -= 3, target[0] = source[0], target[1] = source[1], target[2] = source[2];
    }
}

} // namespace

const Image* Ui::Impl::upload(std::string_view key, const Bitmap& bitmap, bool mirrored) {
    if (!bitmap.rgb || bitmap.width <= 0 || bitmap.height <= 0) return nullptr;
    imagesUsed[std::string(key)] = true;
    auto& picture = images[std::string(key)];
    if (!picture) picture = std::make_unique<Image>();
    const bool same = picture->version == bitmap.version && picture->width == bitmap.width &&
                      picture->height == bitmap.height;
    if (!same || picture->pixels.empty()) {
        picture->width = bitmap.width;
        picture->height = bitmap.height;
        picture->version = bitmap.version;
        copyPixels(bitmap, mirrored, picture->pixels);
    }
    return picture.get();
}

void Ui::Impl::addPicture(std::string_view key, std::string_view label, float height,
                          std::function<void(const Rect&)> draw) {
    addPicture(
        key, label, [height](float) { return height; }, std::move(draw));
}

void Ui::Impl::addPicture(std::string_view key, std::string_view label, std::function<float(float)> heightOf,
                          std::function<void(const Rect&)> draw) {
    Box box;
    box.key = key;
    box.measure = std::move(heightOf);
    box.paint = [this, draw = std::move(draw), k = std::string(key), l = std::string(label)](const Rect& r) {
        draw(r);
        describe(Role::Picture, k, r, c().text, ground).label = l;
    };
    add(std::move(box));
}

void Ui::picture(std::string_view key, std::string_view label, const Bitmap& bitmap, double heightMm,
                 bool mirrored) {
    auto& m = *impl_;
    const Image* image = m.upload(key, bitmap, mirrored);
    m.addPicture(key, label, m.px(heightMm), [&m, image](const Rect& r) {
        if (image)
            m.canvas.image(*image, fitted(r, image->width, image->height), {0, 0, 1, 1});
        else
            m.canvas.round(r, m.mixed(m.c().outline, m.ground, 0.25));
    });
}

void Ui::sheet(std::string_view key, std::string_view label, const Bitmap& bitmap, double tallestMm) {
    auto& m = *impl_;
    const Image* image = m.upload(key, bitmap, false);
    const float tallest = m.px(tallestMm);
    const auto heightOf = [image, tallest](float width) {
        if (image == nullptr) return tallest;
        return std::min(tallest, std::floor(width * static_cast<float>(image->height) /
                                            static_cast<float>(image->width)));
    };
    m.addPicture(key, label, heightOf, [&m, image](const Rect& r) {
        if (image == nullptr) return;
        const auto paper = fitted(r, image->width, image->height);
        m.canvas.image(*image, paper, {0, 0, 1, 1});
    });
}

void Ui::cardPreview(std::string_view key, std::string_view label, const Bitmap& bitmap, double heightMm,
                     bool tick) {
    auto& m = *impl_;
    const Image* image = m.upload(key, bitmap, true);
    m.addPicture(key, label, m.px(heightMm), [&m, image, tick](const Rect& r) {
        constexpr Colour night{18, 26, 34}, white{255, 255, 255}, go{40, 190, 110}, shade{8, 14, 20, 150};
        m.canvas.fill(r, night);
        if (image) m.canvas.image(*image, r, covering(*image, r));
        const Rect inner{r.x + r.w * 0.1f, r.y + r.h * 0.1f, r.w * 0.8f, r.h * 0.8f},
            card = fitted(inner, cardWidthMm, cardHeightMm);
        m.canvas.fill({r.x, r.y, r.w, card.y - r.y}, shade); // the card matters, not the room behind it
        m.canvas.fill({r.x, card.y + card.h, r.w, r.y + r.h - card.y - card.h}, shade);
        m.canvas.fill({r.x, card.y, card.x - r.x, card.h}, shade);
        m.canvas.fill({card.x + card.w, card.y, r.x + r.w - card.x - card.w, card.h}, shade);
        const float t = m.px(1.2), arm = std::min(card.w, card.h) * 0.22f;
        const auto angle = [&](float x, float y, float sx, float sy, float grow, Colour colour) {
            const float w = arm + 2 * grow, h = t + 2 * grow;
            m.canvas.fill({sx > 0 ? x - grow : x - arm - grow, sy > 0 ? y - grow : y - t - grow, w, h},
                          colour);
            m.canvas.fill({sx > 0 ? x - grow : x - t - grow, sy > 0 ? y - grow : y - arm - grow, h, w},
                          colour);
        };
        for (const bool edge : {true, false}) {
            const float grow = edge ? std::max(1.f, m.px(0.3)) : 0;
            const Colour colour = edge ? Colour{0, 0, 0, 150} : tick ? go : white;
            angle(card.x, card.y, 1, 1, grow, colour);
            angle(card.x + card.w, card.y, -1, 1, grow, colour);
            angle(card.x, card.y + card.h, 1, -1, grow, colour);
            angle(card.x + card.w, card.y + card.h, -1, -1, grow, colour);
        }
        if (!image && !tick) m.canvas.icon(glyphOf(Icon::Camera), IconSize::Large, r, white);
        if (!tick) return;
        const float side = m.px(26);
        const Rect badge{std::floor(r.x + (r.w - side) / 2), std::floor(r.y + (r.h - side) / 2), side, side};
        m.canvas.round(badge, {10, 110, 62});
        m.canvas.outline(badge, white, Canvas::Stroke::Thick);
        m.canvas.icon(glyph::done, IconSize::Large, badge, white);
    });
}

void Ui::cardDrawing(std::string_view key, std::string_view label, int which, double heightMm) {
    auto& m = *impl_;
    m.addPicture(key, label, m.px(heightMm), [&m, which](const Rect& r) {
        const Rect card = fitted({r.x, r.y, r.w, r.h}, cardWidthMm, cardHeightMm);
        const float u = card.w / static_cast<float>(cardWidthMm); // px of a millimetre on the drawn card
        const Colour paper = m.theme.palette == Palette::Light ? Colour{232, 241, 236} : m.c().surface;
        const Colour pale = m.mixed(m.c().outline, paper, 0.45), ink = m.c().primary;
        const auto part = [&](double x, double y, double w, double h, Colour colour) {
            m.canvas.fill({std::round(card.x + static_cast<float>(x) * u),
                           std::round(card.y + static_cast<float>(y) * u),
                           std::max(1.f, std::round(static_cast<float>(w) * u)),
                           std::max(1.f, std::round(static_cast<float>(h) * u))},
                          colour);
        };
        m.canvas.round(card, paper);
        m.canvas.outline(card, ink);
        const double qx = which == 0 ? 68 : 64, qy = which == 0 ? 5 : 6, qs = which == 0 ? 12 : 15;
        if (which == 0) {
            part(5, 5, 9, 9, m.mixed(m.c().accent, paper, 0.75)); // emblem
            part(20, 6, 40, 2, pale), part(24, 10.5, 32, 2, pale);
            part(5, 20, 20, 27, pale); // portrait
            for (int i = 0; i < 5; ++i) part(31, 21 + 5.6 * i, i % 2 ? 30 : 44, 2.2, pale);
        } else {
            for (int i = 0; i < 4; ++i) part(6, 6 + 5.2 * i, i % 2 ? 26 : 36, 2.2, pale);
            part(44, 7, 11, 9, m.mixed({200, 150, 30}, paper, 0.75)); // chip
            for (int i = 0; i < 3; ++i)
                for (int j = 0; j < 15; ++j)
                    part(6 + 5 * j, 35.5 + 5.2 * i, 3.4, 2.2, pale); // machine-readable lines
        }
        part(qx - 3.4, qy - 3.4, qs + 6.8, qs + 6.8, m.c().accent); // the code is what matters
        part(qx - 2.2, qy - 2.2, qs + 4.4, qs + 4.4, {255, 255, 255});
        constexpr Colour dark{16, 24, 32};
        const double cell = qs / 9;
        for (int y = 0; y < 9; ++y)
            for (int x = 0; x < 9; ++x) {
                const bool corner = (x < 3 && y < 3) || (x > 5 && y < 3) || (x < 3 && y > 5);
                const bool hollow = (x % 6 == 1 && y % 6 == 1);
                if (corner ? !hollow : (x * 5 + y * 3 + x * y) % 7 < 3)
                    part(qx + x * cell, qy + y * cell, cell, cell, dark);
            }
    });
}

void Ui::cardOutline(std::string_view key, std::string_view label, double widthMm) {
    auto& m = *impl_;
    const auto exact = [&m](double length) { return static_cast<float>(length * m.theme.panel.pxPerMm()); };
    const float width = exact(widthMm), height = exact(widthMm * cardHeightMm / cardWidthMm);
    m.addPicture(key, label, height, [&m, width, height](const Rect& r) {
        const Rect card{std::floor(r.x + (r.w - width) / 2), r.y, width, height};
        m.canvas.round(card, m.c().infoSurface);
        m.canvas.outline(card, m.c().primary);
    });
}

void Ui::qr(std::string_view key, std::string_view label, const std::vector<bool>& modules, int side,
            double sizeMm) {
    auto& m = *impl_;
    m.addPicture(key, label, m.px(sizeMm), [&m, modules, side](const Rect& r) {
        const float size = std::min(r.w, r.h),
                    module = std::floor(size / static_cast<float>(side + 8)); // quiet zone of four
        const float whole = module * static_cast<float>(side + 8), left = std::floor(r.x + (r.w - whole) / 2),
                    top = std::floor(r.y + (r.h - whole) / 2);
        m.canvas.fill({left, top, whole, whole}, {255, 255, 255});
        const auto dark = [&](int x, int y) {
            return modules[static_cast<std::size_t>(y) * static_cast<std::size_t>(side) +
                           static_cast<std::size_t>(x)];
        };
        for (int y = 0; y < side; ++y)
            for (int x = 0; x < side; ++x) {
                if (!dark(x, y)) continue;
                int end = x;
                while (end < side && dark(end, y)) ++end;
                m.canvas.fill({left + module * static_cast<float>(x + 4),
                               top + module * static_cast<float>(y + 4), module * static_cast<float>(end - x),
                               module},
                              {0, 0, 0});
                x = end;
            }
    });
}

void Ui::progress(std::string_view key, std::string_view label, double fraction) {
    auto& m = *impl_;
    Box box;
    box.key = key;
    const float bar = 2 * m.px(mm::radius), gap = label.empty() ? 0 : m.px(2);
    box.natural = m.canvas.width(Face::Body, label);
    box.measure = [&m, bar, gap, l = std::string(label)](float w) {
        return m.textHeight(Face::Body, l, w) + gap + bar;
    };
    box.paint = [=, &m, k = std::string(key), l = std::string(label)](const Rect& r) {
        const float y = m.paintText(Face::Body, l, r, m.c().text) + gap;
        const Rect track{r.x, y, r.w, bar};
        const bool stark = m.theme.palette == Palette::HighContrast;
        m.canvas.round(track, stark ? m.c().background : m.mixed(m.c().outline, m.ground, 0.3));
        if (stark) m.canvas.outline(track, m.c().outline);
        const Colour ink = m.theme.palette == Palette::HighContrast ? m.c().accent : m.c().primary;
        if (fraction >= 0) {
            const float w = std::round(r.w * static_cast<float>(std::min(fraction, 1.0)));
            if (w > 0) m.canvas.round({r.x, y, std::max(bar, w), bar}, ink);
        } else { // unknown: a piece that travels, or stands in the middle without motion
            const float piece = r.w * 0.3f,
                        t = m.theme.motion ? static_cast<float>(m.frame % 120) / 120 : 0.5f;
            m.canvas.round({std::round(r.x + (r.w - piece) * (1 - std::abs(2 * t - 1))), y, piece, bar}, ink);
            if (m.theme.motion) m.extraFrames = std::max(m.extraFrames, 1);
        }
        auto& node = m.describe(Role::Progress, k, r, m.c().text, m.ground);
        node.label = l;
        if (fraction >= 0) node.value = std::to_string(static_cast<int>(std::lround(fraction * 100))) + " %";
    };
    m.add(std::move(box));
}

} // namespace kiosk::ui
