// Measures the collected boxes, gives each its place and paints them region by region.
#include "app/ui/kit/impl.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <exception>

namespace kiosk::ui {

Box& Ui::Impl::add(Box box) {
    if (open.empty()) { // outside every region: a bug of the screen
        std::fprintf(stderr, "widget outside every region: %s\n", box.key.c_str());
        std::terminate();
    }
    for (auto* container : open) container->measuredAt = -1;
    auto& children = open.back()->children;
    children.push_back(std::make_unique<Box>(std::move(box)));
    return *children.back();
}

float Ui::Impl::gapBefore(const Box& parent, std::size_t index) const {
    return index == 0 || parent.children[index]->kind == Box::Kind::Space ? 0 : px(mm::gap);
}

float Ui::Impl::stackHeight(Box& box, float width) {
    float h = 0;
    for (std::size_t i = 0; i < box.children.size(); ++i)
        h += gapBefore(box, i) + measure(*box.children[i], width);
    return h;
}

int Ui::Impl::columnsFor(const Box& grid, float width) const {
    int columns = grid.columns;
    const auto cell = [&] {
        return (width - static_cast<float>(columns - 1) * px(mm::gap)) / static_cast<float>(columns);
    };
    const auto tooNarrow = [&](const auto& child) { return child->least > cell(); };
    while (columns > 1 && std::any_of(grid.children.begin(), grid.children.end(), tooNarrow)) --columns;
    return columns;
}

float Ui::Impl::measure(Box& box, float width) {
    if (box.measuredAt == width) return box.measured;
    float h = 0;
    const float pad = px(mm::padding);
    if (box.kind == Box::Kind::Leaf || box.kind == Box::Kind::Space)
        h = box.measure(box.snug ? std::min(box.natural, width) : width);
    else if (box.kind == Box::Kind::Stack)
        h = stackHeight(box, width);
    else if (box.kind == Box::Kind::Panel)
        h = stackHeight(box, width - 2 * pad) + 2 * pad;
    else {
        const int columns = columnsFor(box, width);
        const float cell =
            std::floor((width - static_cast<float>(columns - 1) * px(mm::gap)) / static_cast<float>(columns));
        for (std::size_t i = 0; i < box.children.size(); i += static_cast<std::size_t>(columns)) {
            float row = 0;
            for (std::size_t j = i; j < std::min(box.children.size(), i + static_cast<std::size_t>(columns));
                 ++j)
                row = std::max(row, measure(*box.children[j], cell));
            h += row + (i == 0 ? 0 : px(mm::gap));
        }
    }
    box.measuredAt = width;
    return box.measured = std::ceil(h);
}

void Ui::Impl::arrange(Box& box, float x, float y, float width, float height) {
    box.rect = {x, y, box.snug ? std::min(box.natural, width) : width, height};
    const float pad = box.kind == Box::Kind::Panel ? px(mm::padding) : 0;
    if (box.kind == Box::Kind::Stack || box.kind == Box::Kind::Panel) {
        const float inner = width - 2 * pad;
        float at = y + pad;
        for (std::size_t i = 0; i < box.children.size(); ++i) {
            at += gapBefore(box, i);
            const float h = measure(*box.children[i], inner);
            arrange(*box.children[i], x + pad, at, inner, h);
            at += h;
        }
    }
    if (box.kind != Box::Kind::Grid) return;
    const int columns = columnsFor(box, width);
    const float gap = px(mm::gap);
    const float cell =
        std::floor((width - static_cast<float>(columns - 1) * gap) / static_cast<float>(columns));
    float at = y;
    for (std::size_t i = 0; i < box.children.size(); i += static_cast<std::size_t>(columns)) {
        const auto end = std::min(box.children.size(), i + static_cast<std::size_t>(columns));
        float row = 0;
        for (std::size_t j = i; j < end; ++j) row = std::max(row, measure(*box.children[j], cell));
        for (std::size_t j = i; j < end; ++j) {
            auto& child = *box.children[j];
            const bool tall = child.stretches || child.kind == Box::Kind::Panel;
            arrange(child, x + static_cast<float>(j - i) * (cell + gap), at, cell,
                    tall ? row : measure(child, cell));
        }
        at += row + gap;
    }
}

void Ui::Impl::paint(const Box& box, float dx, float dy) {
    const Rect r{box.rect.x + dx, box.rect.y + dy, box.rect.w, box.rect.h};
    const Colour before = ground;
    if (box.kind == Box::Kind::Panel) {
        const Colours& k = c();
        const Colour fills[] = {k.surface, k.infoSurface, k.warningSurface, k.successSurface};
        const Colour edges[] = {mixed(k.outline, k.surface, 0.55), mixed(k.primary, k.infoSurface, 0.6),
                                mixed(k.warning, k.warningSurface, 0.6),
                                mixed(k.success, k.successSurface, 0.6)};
        const auto kind = static_cast<std::size_t>(box.panel);
        ground = fills[kind];
        canvas.round(r, ground);
        canvas.outline(r, edges[kind]);
        describe(Role::Decoration, "ui.panel", r, ground, ground);
    }
    if (box.kind == Box::Kind::Leaf) box.paint(r);
    for (const auto& child : box.children) paint(*child, dx, dy);
    ground = before;
}

float Ui::Impl::rowHeight(std::vector<Box*>& row, float width, bool fill) {
    return arrangeRow(row, 0, 0, width, fill);
}

/// Buttons side by side from left to right, as wide as their words when there is room; more rows when there
/// is none.
float Ui::Impl::arrangeRow(std::vector<Box*>& row, float x, float y, float width, bool fill) {
    if (row.empty()) return 0;
    const float gap = px(mm::gap), gaps = gap * static_cast<float>(row.size() - 1), room = width - gaps;
    if (fill && row.size() == 3) { // back, end, on: each keeps its place, whatever the other two are
        const float third = std::floor(room / 3);
        const auto fits = [third](const Box* box) { return box->least <= third; };
        if (std::all_of(row.begin(), row.end(), fits)) {
            float h = 0;
            const auto widthOf = [&](const Box* box) {
                return std::floor(std::min(third, std::max(box->natural, px(120))));
            };
            for (auto* box : row) h = std::max(h, measure(*box, widthOf(box)));
            for (std::size_t i = 0; i < 3; ++i) {
                const float w = widthOf(row[i]), spare = (width - w) / 2;
                arrange(*row[i], std::floor(x + static_cast<float>(i) * spare), y, w, h);
            }
            return h;
        }
    }
    float natural = 0, least = 0;
    for (const auto* box : row) natural += box->natural, least += box->least;
    if (least > room && row.size() > 1) { // two rows: the later half (going on) stays at the bottom right
        const auto half = row.begin() + static_cast<std::ptrdiff_t>((row.size() + 1) / 2);
        std::vector<Box*> first(row.begin(), half), second(half, row.end());
        const float h = arrangeRow(first, x, y, width, fill) + gap;
        return h + arrangeRow(second, x, y + h, width, fill);
    }
    std::vector<float> widths;
    for (const auto* box : row) {
        float w = box->natural;
        if (natural > room)
            w = box->least +
                (natural > least ? (box->natural - box->least) * (room - least) / (natural - least) : 0);
        else if (fill)
            w = std::min(w * room / natural, std::max(w, px(120)));
        widths.push_back(std::floor(w));
    }
    float h = 0, used = gaps;
    for (std::size_t i = 0; i < row.size(); ++i)
        h = std::max(h, measure(*row[i], widths[i])), used += widths[i];
    for (std::size_t i = 0; i < row.size(); ++i) {
        if (i + 1 == row.size() && fill) x += width - used; // the way on is always at the right
        arrange(*row[i], x, y, widths[i], h);
        x += widths[i] + gap;
    }
    return h;
}

/// Words left, controls right; under each other when they do not fit. Places children relative to the
/// header's corner.
float Ui::Impl::arrangeHeader(float width) {
    std::vector<Box*> words_, controls;
    for (auto& child : header->children) (child->control ? controls : words_).push_back(child.get());
    const float gap = px(mm::gap), pad = px(3), x = px(mm::margin) / 2, room = width - 2 * x;
    float controlsWidth = -gap, least = 0;
    for (const auto* box : controls) controlsWidth += box->natural + gap;
    if (keys && !theme.panel.portrait() &&
        controlsWidth > room * 0.6f) { // typing needs the height: icons alone
        controlsWidth = -gap;
        for (auto* box : controls) {
            box->natural = box->least = std::min(box->natural, px(mm::targetPrimary));
            controlsWidth += box->natural + gap;
        }
    }
    for (const auto* box : words_)
        least = std::max(least, std::min(box->natural, px(70 * theme.textScale())));
    const bool beside = controls.empty() || least + gap + controlsWidth <= room;
    const float wordsWidth = beside && !controls.empty() ? room - controlsWidth - gap : room;
    float wordsHeight = 0;
    for (auto* box : words_) wordsHeight += measure(*box, wordsWidth);
    float y = pad, height = std::max(px(mm::header), wordsHeight + 2 * pad);
    if (beside) {
        const float h = arrangeRow(controls, x + room - std::max(0.f, controlsWidth), 0,
                                   std::max(controlsWidth, 0.f), false);
        height = std::max(height, h + 2 * pad);
        arrangeRow(controls, x + room - std::max(0.f, controlsWidth), std::floor((height - h) / 2),
                   std::max(controlsWidth, 0.f), false);
        y = std::floor((height - wordsHeight) / 2);
    } else {
        height = pad + wordsHeight + pad;
        height += arrangeRow(controls, x, height, room, true) + pad;
    }
    for (auto* box : words_) {
        const float h = measure(*box, wordsWidth);
        arrange(*box, x, y, wordsWidth, h);
        y += h;
    }
    return height + px(0.8);
}

Rect Ui::Impl::bodyArea() const {
    const auto w = static_cast<float>(theme.panel.width), h = static_cast<float>(theme.panel.height);
    const float top = theme.lowReach ? std::ceil(h * 0.55f) : 0;
    const float headerHeight = header ? header->rect.h : px(mm::header + 6),
                footerHeight = footer ? footer->rect.h : px(mm::footer);
    const float keysHeight = keys ? keys->rect.h : 0;
    return {0, top + headerHeight, w, std::max(0.f, h - top - headerHeight - footerHeight - keysHeight)};
}

} // namespace kiosk::ui
