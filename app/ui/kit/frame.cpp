// Puts the regions on the screen: header, scrolled body, keyboard, footer, overlay.
#include "app/ui/kit/impl.hpp"

#include <algorithm>
#include <cmath>

namespace kiosk::ui {

namespace {
constexpr double scrollButtonMm = 20, widestContentMm = 320, overlayMm = 200;
}

void Ui::Impl::layoutAndPaint() {
    const auto w = static_cast<float>(theme.panel.width), h = static_cast<float>(theme.panel.height);
    clip = {0, 0, w, h};
    ground = c().background;
    canvas.fill(clip, black ? Colour{0, 0, 0} : ground);
    if (black) {
        describe(Role::Decoration, "ui.black", clip, {0, 0, 0}, {0, 0, 0});
        return;
    }
    overlayEnabled = !overlay;
    const float side = px(mm::margin) / 2;
    if (header) header->rect = {0, 0, w, arrangeHeader(w)};
    if (footer) {
        std::vector<Box*> row;
        for (auto& child : footer->children) row.push_back(child.get());
        footer->rect.h = std::max(px(mm::footer), rowHeight(row, w - 2 * side, true) + 2 * px(4));
    }
    if (keys) {
        keys->rect.h = measure(*keys, w);
        arrange(*keys, 0, 0, w, keys->rect.h);
    }
    const Rect area = bodyArea();
    region = Region::Body;
    if (content) paintScrolled(*content, body, area, "ui.scroll");
    region = Region::Header;
    if (header) paintHeader({0, area.y - header->rect.h, w, header->rect.h});
    region = Region::Keys;
    if (keys) paint(*keys, 0, area.y + area.h);
    region = Region::Footer;
    if (footer) paintFooter({0, h - footer->rect.h, w, footer->rect.h});
    region = Region::Body;
    if (overlay) paintOverlay();
}

void Ui::Impl::paintHeader(const Rect& r) {
    ground = c().surface;
    canvas.fill(r, ground);
    const float ribbon = px(0.8);
    canvas.fill({r.x, r.y + r.h - ribbon, r.w, ribbon}, c().accent);
    describe(Role::Decoration, "ui.header", r, ground, ground);
    for (const auto& child : header->children) paint(*child, r.x, r.y);
    ground = c().background;
}

void Ui::Impl::paintFooter(const Rect& r) {
    ground = c().surface;
    canvas.fill(r, ground);
    canvas.fill({r.x, r.y, r.w, std::max(1.f, px(0.3))}, mixed(c().outline, ground, 0.5));
    describe(Role::Decoration, "ui.footer", r, ground, ground);
    std::vector<Box*> row;
    for (auto& child : footer->children) row.push_back(child.get());
    const float side = px(mm::margin) / 2, h = rowHeight(row, r.w - 2 * side, true);
    arrangeRow(row, r.x + side, r.y + std::floor((r.h - h) / 2), r.w - 2 * side, true);
    for (const auto* box : row) paint(*box, 0, 0);
    ground = c().background;
}

/// Finds the box that must be seen: the field being typed into, or what was asked for.
static const Box* find(const Box& box, std::string_view key) {
    if (key.empty() ? box.active : box.key == key) return &box;
    for (const auto& child : box.children)
        if (const auto* found = find(*child, key)) return found;
    return nullptr;
}

/// The box that draws the node `key`: of that name, or one that it is a part of ("fact.change").
static const Box* findDrawing(const Box& root, std::string_view key) {
    for (auto part = key; !part.empty();
         part = part.substr(0, part.rfind('.') == std::string_view::npos ? 0 : part.rfind('.')))
        if (const auto* found = find(root, part)) return found;
    return nullptr;
}

void Ui::Impl::keepVisible(const Box& root, Scroll& scroll) {
    const Box* box = revealed.empty() ? nullptr : findDrawing(root, revealed);
    if (!box) {
        box = find(root, {});
        const std::string key = box ? box->key : std::string();
        const bool same = key == lastActive && lastActiveView == scroll.view.h;
        lastActive = key;
        lastActiveView = scroll.view.h;
        if (!box || same) return;
    }
    const float gap = px(mm::gap), top = box->rect.y - gap, bottom = box->rect.y + box->rect.h + gap;
    if (bottom - top > scroll.view.h &&
        box->heart) { // too little room: what is typed matters more than the label
        const float end = box->rect.y + box->heart(box->rect.w) + px(1);
        scroll.to(std::max(end - scroll.view.h, top), false);
    } else if (top < scroll.offset)
        scroll.to(top, false);
    else if (bottom > scroll.offset + scroll.view.h)
        scroll.to(std::min(top, bottom - scroll.view.h), false);
}

void Ui::Impl::paintScrolled(Box& root, Scroll& scroll, const Rect& area, std::string_view prefix) {
    const float gap = px(mm::gap);
    const bool inBody = &scroll == &body;
    const float width = inBody ? std::min(area.w - 2 * px(mm::margin), px(widestContentMm)) : area.w;
    const float left = std::floor(area.x + (area.w - width) / 2);
    scroll.view = inBody ? Rect{area.x, area.y, area.w, std::max(0.f, area.h - gap)} : area;
    const float top = inBody ? px(mm::padding) : 0; // inside the view, so that it scrolls away
    float strip = 0, height = measure(root, width) + top;
    if (height > scroll.view.h) {
        const bool low =
            scroll.view.h < 2 * px(mm::targetMin) + 3 * gap; // no room for one button over the other
        strip = px(mm::targetMin) * (low ? 2 : 1) + gap * (low ? 2 : 1);
        height = measure(root, width - strip) + top + (inBody ? px(mm::padding) : 0);
    }
    scroll.most = std::max(0.f, height - scroll.view.h);
    if (scroll.offset > scroll.most) scroll.to(scroll.most, false);
    arrange(root, left, top, width - strip, height);
    keepVisible(root, scroll);
    const Rect outer = clip;
    clip = intersect(clip, scroll.view);
    canvas.pushClip(clip);
    for (const auto& child : root.children) {
        const float y = scroll.view.y - scroll.offset;
        const bool near =
            child->rect.y + child->rect.h + y > clip.y - clip.h && child->rect.y + y < clip.y + 2 * clip.h;
        if (near || byKeys || reading) // the keys go everywhere
            paint(*child, 0, y);
    }
    canvas.popClip();
    clip = outer;
    if (strip > 0)
        paintScrollButtons(
            scroll, {left + width - strip + gap, scroll.view.y + gap, strip - gap, scroll.view.h - gap},
            prefix);
}

void Ui::Impl::paintScrollButtons(Scroll& scroll, const Rect& strip, std::string_view prefix) {
    const float gap = px(mm::gap), side = px(mm::targetMin), step = scroll.view.h * 0.75f;
    const bool low = strip.w > side + 1;
    const float h = low ? std::max(std::min(strip.h, px(scrollButtonMm)), side)
                        : std::min(px(scrollButtonMm), std::floor((strip.h - gap) / 2));
    const auto arrow = [&](const char* name, Icon icon, float x, float y, float to) {
        const std::string key = std::string(prefix) + name;
        ButtonLook look;
        look.icon = icon;
        look.enabled = to > 0 ? scroll.offset < scroll.most : scroll.offset > 0;
        paintButton(key, word(std::string("ui.scroll") + name), {}, look, {x, y, side, h});
        if (wasClicked(key))
            scroll.to((scroll.gliding ? scroll.target : scroll.offset) + to, theme.motion), extraFrames = 3;
    };
    if (low) {
        const float y = std::max(strip.y - gap, std::floor(strip.y + (strip.h - h) / 2));
        arrow(".up", Icon::Up, strip.x, y, -step);
        arrow(".down", Icon::Down, strip.x + side + gap, y, step);
        return;
    }
    arrow(".up", Icon::Up, strip.x, strip.y, -step);
    arrow(".down", Icon::Down, strip.x, strip.y + strip.h - h, step);
    const Rect track{strip.x + std::floor(strip.w / 2) - px(0.75), strip.y + h + px(mm::gap), px(1.5),
                     strip.h - 2 * h - 2 * px(mm::gap)};
    if (track.h < px(10)) return;
    const float part = scroll.view.h / (scroll.view.h + scroll.most),
                length = std::max(px(8), track.h * part);
    canvas.fill(track, mixed(c().outline, ground, 0.3));
    canvas.fill({track.x,
                 track.y + std::floor((track.h - length) * scroll.offset / std::max(1.f, scroll.most)),
                 track.w, length},
                c().primary);
    describe(Role::Decoration, "ui.scroll.track", track, c().primary, ground);
}

void Ui::Impl::paintOverlay() {
    const auto w = static_cast<float>(theme.panel.width), h = static_cast<float>(theme.panel.height);
    overlayEnabled = true;
    targets.clear();
    canvas.fill({0, 0, w, h}, Colour{8, 14, 20, 165});
    describe(Role::Decoration, "ui.scrim", {0, 0, w, h}, c().text, c().background);
    const float margin = px(mm::margin), pad = px(10), low = theme.lowReach ? std::ceil(h * 0.55f) : 0;
    const float width = std::min(w - 2 * margin, px(overlayMm * (1 + (theme.textScale() - 1) / 2)));
    const float most = h - low - 2 * margin;
    const float height = std::min(most, measure(*overlay, width - 2 * pad) + 2 * pad);
    const Rect card{std::floor((w - width) / 2), low + margin + std::floor((most - height) * 0.4f), width,
                    height};
    ground = c().surfaceRaised;
    canvas.round(card, ground);
    canvas.outline(card, mixed(c().outline, ground, theme.palette == Palette::Light ? 0.4 : 1.0));
    describe(Role::Decoration, "ui.overlay", card, ground, ground);
    paintScrolled(*overlay, overlayScroll, {card.x + pad, card.y + pad, width - 2 * pad, height - 2 * pad},
                  "ui.overlay.scroll");
    ground = c().background;
}

} // namespace kiosk::ui
