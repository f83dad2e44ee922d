// Texts, buttons, choices and fields.
#include "app/ui/kit/impl.hpp"

#include <algorithm>
#include <cmath>

namespace kiosk::ui {

Colour Ui::Impl::mixed(Colour a, Colour b, double part) const {
    if (theme.palette == Palette::HighContrast) return a;
    const auto mix = [part](std::uint8_t x, std::uint8_t y) {
        return static_cast<std::uint8_t>(std::lround(x * part + y * (1 - part)));
    };
    return {mix(a.r, b.r), mix(a.g, b.g), mix(a.b, b.b)};
}

Node& Ui::Impl::describe(Role role, std::string_view key, const Rect& r, Colour text, Colour background) {
    Node node;
    node.role = role;
    node.key = key;
    node.rect = intersect(r, clip);
    node.fullHeight = r.h;
    node.text = text;
    node.background = background;
    node.enabled = overlayEnabled;
    node.focused = overlayEnabled && !focused.empty() && focused == key;
    node.live = std::find(live.begin(), live.end(), key) != live.end();
    if (reading && node.focused) canvas.outline(r, c().focus, Canvas::Stroke::Thick);
    nodes.push_back(std::move(node));
    placed.push_back({region, r, overlayEnabled});
    return nodes.back();
}

Node& Ui::Impl::control(Role role, std::string_view key, const Rect& r, Colour text, Colour background,
                        bool enabled) {
    auto& node = describe(role, key, r, text, background);
    node.enabled = enabled && overlayEnabled;
    if (node.enabled && node.rect.w > 0 && node.rect.h > 0) targets.push_back({node.key, node.rect});
    return node;
}

void Ui::Impl::focusRing(std::string_view key, const Rect& r) {
    if (focused == key) canvas.outline(r, c().focus, Canvas::Stroke::Thick);
}

float Ui::Impl::textHeight(Face face, std::string_view text, float width) const {
    return text.empty() ? 0
                        : static_cast<float>(canvas.wrap(face, text, width).size()) * canvas.lineHeight(face);
}

float Ui::Impl::paintText(Face face, std::string_view text, const Rect& r, Colour colour, bool centred) {
    float y = r.y;
    if (text.empty()) return y;
    for (const auto line : canvas.wrap(face, text, r.w)) {
        canvas.line(face, line, centred ? r.x + (r.w - canvas.width(face, line)) / 2 : r.x, y, colour);
        y += canvas.lineHeight(face);
    }
    return y;
}

void Ui::Impl::addText(Role role, Face face, std::string_view key, std::string_view text, bool secondary,
                       Icon icon) {
    Box box;
    box.key = key;
    const float indent = icon == Icon::None ? 0 : canvas.iconSide(IconSize::Small) + px(3);
    box.natural = canvas.width(face, text) + indent;
    box.least = canvas.widestWord(face, text) + indent;
    box.measure = [this, face, indent, t = std::string(text)](float w) {
        const float side = indent > 0 ? canvas.iconSide(IconSize::Small) : 0, line = canvas.lineHeight(face);
        return std::max(0.f, (side - line) / 2) * 2 + textHeight(face, t, w - indent);
    };
    box.paint = [=, this, k = std::string(key), t = std::string(text)](const Rect& r) {
        const Colour colour = secondary ? c().textSecondary : c().text;
        const float side = canvas.iconSide(IconSize::Small),
                    first = std::max(0.f, (side - canvas.lineHeight(face)) / 2);
        if (icon != Icon::None) {
            const Colour ink = icon == Icon::Warning ? c().warning
                               : icon == Icon::Check ? c().success
                                                     : c().primary;
            canvas.icon(glyphOf(icon), IconSize::Small,
                        {r.x, r.y, side, std::max(side, canvas.lineHeight(face))}, ink);
        }
        paintText(face, t, {r.x + indent, r.y + (indent > 0 ? first : 0), r.w - indent, r.h}, colour);
        describe(role, k, r, colour, ground).label = t;
    };
    add(std::move(box));
}

void Ui::title(std::string_view key, std::string_view text) {
    impl_->addText(Role::Heading, Face::Title, key, text, false);
}
void Ui::number(std::string_view key, std::string_view text) {
    impl_->addText(Role::Heading, Face::Huge, key, text, false);
}
void Ui::heading(std::string_view key, std::string_view text) {
    impl_->addText(Role::Heading, Face::Heading, key, text, false);
}
void Ui::text(std::string_view key, std::string_view text, bool secondary) {
    impl_->addText(Role::Text, Face::Body, key, text, secondary);
}
void Ui::iconText(std::string_view key, Icon icon, std::string_view text, bool secondary) {
    impl_->addText(Role::Text, Face::Body, key, text, secondary, icon);
}

bool Ui::button(std::string_view key, std::string_view label, const ButtonLook& look) {
    return impl_->addButton(key, label, look);
}

/// The screen's one great button has a great icon.
static IconSize buttonIcon(const ButtonLook& look) {
    return look.heightMm >= 26 ? IconSize::Large : IconSize::Small;
}

bool Ui::Impl::addButton(std::string_view key, std::string_view label, const ButtonLook& look) {
    Box box;
    box.key = key;
    box.control = box.stretches = true;
    box.snug = !look.fullWidth && !open.empty() && open.back() != header.get() && open.back() != footer.get();
    const bool inHeader = !open.empty() && open.back() == header.get();
    const float side = look.icon == Icon::None ? 0 : canvas.iconSide(buttonIcon(look)) + px(2.5);
    const float pads = 2 * px(5),
                least = px(inHeader ? mm::targetMin : std::max(mm::targetMin, look.heightMm));
    box.natural =
        std::max({canvas.width(Face::Strong, label), canvas.width(Face::Body, look.detail)}) + side + pads;
    box.least = std::max(canvas.widestWord(Face::Strong, label), canvas.widestWord(Face::Body, look.detail)) +
                side + pads;
    box.natural = std::max(box.natural, least);
    box.measure = [=, this, l = std::string(label), d = std::string(look.detail)](float w) {
        const float inner = w - side - pads;
        if (w < px(mm::targetMin) * 1.4f && side > 0) return least; // the icon alone
        return std::max(least,
                        textHeight(Face::Strong, l, inner) + textHeight(Face::Body, d, inner) + 2 * px(2));
    };
    ButtonLook kept = look;
    kept.detail = {};
    box.paint = [=, this, k = std::string(key), l = std::string(label),
                 d = std::string(look.detail)](const Rect& r) { paintButton(k, l, d, kept, r); };
    add(std::move(box));
    return wasClicked(key);
}

void Ui::Impl::paintButton(const std::string& key, const std::string& label, const std::string& detail,
                           const ButtonLook& look, const Rect& r) {
    const bool down = look.enabled && isPressed(key), primary = look.tone == Tone::Primary;
    const Colour edge = look.tone == Tone::Danger ? c().danger : c().primary;
    const Colour resting = look.tone == Tone::Quiet ? ground : c().surface;
    Colour face = primary ? (down ? c().primaryPressed : c().primary) : (down ? c().primary : resting);
    Colour ink = primary || down ? c().textOnPrimary : edge;
    if (!look.enabled) face = ground, ink = c().textSecondary;
    canvas.round(r, face);
    if (!primary || !look.enabled)
        canvas.outline(r, !look.enabled || look.tone == Tone::Quiet
                              ? mixed(c().outline, ground, look.enabled ? 1.0 : 0.5)
                              : edge);
    const bool iconOnly = r.w < px(mm::targetMin) * 1.4f && look.icon != Icon::None;
    const float side = look.icon == Icon::None ? 0 : canvas.iconSide(buttonIcon(look)),
                between = side > 0 ? px(2.5) : 0;
    if (iconOnly)
        canvas.icon(glyphOf(look.icon), IconSize::Small, r, ink);
    else {
        const float inner = r.w - 2 * px(5) - side - between;
        const auto lines = canvas.wrap(Face::Strong, label, inner);
        float widest = 0;
        for (const auto line : lines) widest = std::max(widest, canvas.width(Face::Strong, line));
        if (!detail.empty())
            for (const auto line : canvas.wrap(Face::Body, detail, inner))
                widest = std::max(widest, canvas.width(Face::Body, line));
        const float h = textHeight(Face::Strong, label, inner) + textHeight(Face::Body, detail, inner);
        const float left = std::floor(r.x + (r.w - widest - side - between) / 2),
                    top = std::floor(r.y + (r.h - h) / 2);
        const bool after = look.icon == Icon::Next; // an arrow that goes on stands behind the words
        const float textX = after ? left : left + side + between;
        const Rect place{after ? left + widest + between : left, r.y, side, r.h};
        if (side > 0) canvas.icon(glyphOf(look.icon), buttonIcon(look), place, ink);
        const float y =
            paintText(Face::Strong, label, {textX, top, std::max(widest, 1.f), h}, ink, detail.empty());
        paintText(Face::Body, detail, {textX, y, std::max(widest, 1.f), h}, ink);
    }
    auto& node = control(Role::Button, key, r, ink, face, look.enabled);
    node.label = label;
    node.hint = detail;
    focusRing(key, r);
}

bool Ui::tile(std::string_view key, Icon icon, std::string_view title, std::string_view detail) {
    auto& m = *impl_;
    Box box;
    box.key = key;
    box.control = box.stretches = true;
    const float pad = m.px(5), side = m.canvas.iconSide(IconSize::Large),
                arrow = m.canvas.iconSide(IconSize::Small);
    const float around = 2 * pad + side + m.px(5) + arrow;
    const float words = std::max(m.canvas.width(Face::Strong, title), m.canvas.width(Face::Body, detail));
    const float widest =
        std::max(m.canvas.widestWord(Face::Strong, title), m.canvas.widestWord(Face::Body, detail));
    box.natural = words + around;
    // Fewer columns before a column of single words.
    box.least = around + std::max(widest, std::min(words, m.px(48 * m.theme.textScale())));
    box.measure = [&m, around, pad, t = std::string(title), d = std::string(detail)](float w) {
        return std::max(m.px(26), m.textHeight(Face::Strong, t, w - around) +
                                      m.textHeight(Face::Body, d, w - around) + 2 * pad);
    };
    box.paint = [=, &m, k = std::string(key), t = std::string(title),
                 d = std::string(detail)](const Rect& r) {
        const bool down = m.isPressed(k);
        const Colour face = down ? m.c().primary : m.c().surface,
                     ink = down ? m.c().textOnPrimary : m.c().text;
        m.canvas.round(r, face);
        m.canvas.outline(r, m.mixed(m.c().outline, face, 0.7));
        m.canvas.icon(glyphOf(icon), IconSize::Large, {r.x + pad, r.y, side, r.h},
                      down ? ink : m.c().primary);
        m.canvas.icon(glyph::chevron, IconSize::Small, {r.x + r.w - pad / 2 - arrow, r.y, arrow, r.h},
                      down ? ink : m.c().primary);
        const float x = r.x + pad + side + m.px(5), w = r.w - around;
        const float h = m.textHeight(Face::Strong, t, w) + m.textHeight(Face::Body, d, w);
        const float y = m.paintText(Face::Strong, t, {x, std::floor(r.y + (r.h - h) / 2), w, h}, ink);
        m.paintText(Face::Body, d, {x, y, w, h}, down ? ink : m.c().textSecondary);
        auto& node = m.control(Role::Button, k, r, ink, face, true);
        node.label = t;
        node.hint = d;
        m.focusRing(k, r);
    };
    m.add(std::move(box));
    return m.wasClicked(key);
}

} // namespace kiosk::ui
