// Where the customer answers and checks answers: choices, boxes to tick, fields and facts.
#include "app/ui/kit/impl.hpp"

#include <algorithm>
#include <cmath>

namespace kiosk::ui {

bool Ui::choice(std::string_view key, std::string_view label, bool selected, std::string_view detail) {
    return impl_->addMarked(key, label, detail, selected, selected ? glyph::radioOn : glyph::radioOff);
}

bool Ui::tick(std::string_view key, std::string_view label, bool ticked) {
    return impl_->addMarked(key, label, {}, ticked, ticked ? glyph::boxOn : glyph::boxOff);
}

bool Ui::Impl::addMarked(std::string_view key, std::string_view label, std::string_view detail, bool on,
                         unsigned glyph) {
    const float side = canvas.iconSide(IconSize::Small), pad = px(4), around = 2 * pad + side + px(4);
    Box box;
    box.key = key;
    box.control = box.stretches = true;
    box.natural = std::max(canvas.width(Face::Body, label), canvas.width(Face::Body, detail)) + around;
    box.least =
        std::max(canvas.widestWord(Face::Strong, label), canvas.widestWord(Face::Body, detail)) + around;
    box.measure = [=, this, l = std::string(label), d = std::string(detail)](float w) {
        // Semi-bold is wider: the row must not grow when it is chosen.
        return std::max(px(18), textHeight(Face::Strong, l, w - around) +
                                    textHeight(Face::Body, d, w - around) + 2 * px(3));
    };
    box.paint = [=, this, k = std::string(key), l = std::string(label),
                 d = std::string(detail)](const Rect& r) {
        const bool down = isPressed(k);
        const Colour face = down || on ? c().infoSurface : c().surface;
        canvas.round(r, face);
        canvas.outline(r, down || on ? c().primary : mixed(c().outline, face, 0.7),
                       on ? Canvas::Stroke::Thick : Canvas::Stroke::Thin);
        canvas.icon(glyph, IconSize::Small, {r.x + pad, r.y, side, r.h}, c().primary);
        const float x = r.x + pad + side + px(4), w = r.w - around;
        const Face weight = on ? Face::Strong : Face::Body;
        const float h = textHeight(weight, l, w) + textHeight(Face::Body, d, w);
        const float y = paintText(weight, l, {x, std::floor(r.y + (r.h - h) / 2), w, h}, c().text);
        paintText(Face::Body, d, {x, y, w, h}, c().textSecondary);
        auto& node = control(Role::Choice, k, r, c().text, face, true);
        node.label = l;
        node.hint = d;
        node.selected = on;
        focusRing(k, r);
    };
    add(std::move(box));
    return wasClicked(key);
}

bool Ui::field(std::string_view key, const FieldLook& look) {
    auto& m = *impl_;
    FieldText field{
        std::string(key),       std::string(look.label),   std::string(look.value), std::string(look.hint),
        std::string(look.note), std::string(look.problem), look.required,           look.active,
        look.multiline};
    if (look.required) field.label += " (" + m.word("ui.required") + ")";
    Box box;
    box.key = key;
    box.active = look.active;
    box.least = m.canvas.widestWord(Face::Strong, field.label) + 2 * m.px(4);
    box.measure = [&m, field](float w) { return m.fieldHeight(field, w); };
    box.heart = [&m, field](float w) {
        const float label = m.textHeight(Face::Strong, field.label, w) + m.px(1.5);
        return label + m.px(mm::targetMin + 2);
    };
    box.paint = [&m, field](const Rect& r) { m.paintField(field, r); };
    m.add(std::move(box));
    return m.wasClicked(key);
}

float Ui::Impl::fieldHeight(const FieldText& f, float w) const {
    const float indent = canvas.iconSide(IconSize::Small) + px(2), inner = w - 2 * px(4) - px(1.5);
    const float lines = std::max(textHeight(Face::Body, f.value.empty() ? f.hint : f.value, inner),
                                 canvas.lineHeight(Face::Body) * (f.multiline ? 3.f : 1.f));
    float h =
        textHeight(Face::Strong, f.label, w) + px(1.5) + std::max(px(mm::targetMin + 2), lines + 2 * px(3));
    if (!f.problem.empty())
        h += px(1.5) +
             std::max(textHeight(Face::Strong, f.problem, w - indent), canvas.iconSide(IconSize::Small));
    if (!f.note.empty()) h += px(1) + textHeight(Face::Body, f.note, w);
    return h;
}

void Ui::Impl::paintField(const FieldText& f, const Rect& r) {
    const float inner = r.w - 2 * px(4) - px(1.5), side = canvas.iconSide(IconSize::Small),
                indent = side + px(2);
    float y = paintText(Face::Strong, f.label, r, c().text) + px(1.5);
    const auto& shown = f.value.empty() ? f.hint : f.value;
    const float lines = std::max(textHeight(Face::Body, shown, inner),
                                 canvas.lineHeight(Face::Body) * (f.multiline ? 3.f : 1.f));
    const Rect box{r.x, y, r.w, std::max(px(mm::targetMin + 2), lines + 2 * px(3))};
    const bool wrong = !f.problem.empty();
    const Colour face = isPressed(f.key) ? c().infoSurface : c().surface;
    canvas.round(box, face);
    canvas.outline(box,
                   wrong      ? c().danger
                   : f.active ? c().primary
                              : c().outline,
                   wrong || f.active ? Canvas::Stroke::Thick : Canvas::Stroke::Thin);
    const float textY =
        f.multiline
            ? box.y + px(3)
            : std::floor(box.y + (box.h - textHeight(Face::Body, shown.empty() ? " " : shown, inner)) / 2);
    paintText(Face::Body, shown, {box.x + px(4), textY, inner, box.h},
              f.value.empty() ? c().textSecondary : c().text);
    if (f.active) { // does not blink: an idle screen is not redrawn
        const auto rows = canvas.wrap(Face::Body, f.value, inner);
        const float line = canvas.lineHeight(Face::Body), cap = line * 0.72f;
        const float caretY =
            (f.value.empty() && !f.multiline ? std::floor(box.y + (box.h - line) / 2) : textY) +
            line * static_cast<float>(rows.size() - 1);
        canvas.fill({box.x + px(4) + canvas.width(Face::Body, rows.back()) + px(0.5),
                     std::round(caretY + (line - cap) / 2), px(0.7), cap},
                    c().primary);
    }
    y = box.y + box.h;
    auto& node = control(Role::Field, f.key, {r.x, r.y, r.w, y - r.y},
                         f.value.empty() ? c().textSecondary : c().text, face, true);
    node.label = f.label;
    node.value = f.value;
    node.hint = f.hint;
    node.selected = f.active;
    focusRing(f.key, box);
    if (wrong) {
        y += px(1.5);
        const float h = std::max(side, textHeight(Face::Strong, f.problem, r.w - indent));
        canvas.icon(glyph::error, IconSize::Small,
                    {r.x, y, side, std::max(side, canvas.lineHeight(Face::Strong))}, c().danger);
        paintText(
            Face::Strong, f.problem,
            {r.x + indent, y + std::max(0.f, (side - canvas.lineHeight(Face::Strong)) / 2), r.w - indent, h},
            c().danger);
        describe(Role::Text, f.key + ".problem", {r.x, y, r.w, h}, c().danger, ground).label = f.problem;
        y += h;
    }
    if (f.note.empty()) return;
    y += px(1);
    const float h = textHeight(Face::Body, f.note, r.w);
    paintText(Face::Body, f.note, {r.x, y, r.w, h}, c().textSecondary);
    describe(Role::Text, f.key + ".note", {r.x, y, r.w, h}, c().textSecondary, ground).label = f.note;
}

bool Ui::fact(std::string_view key, std::string_view label, std::string_view value, std::string_view note,
              std::string_view change) {
    auto& m = *impl_;
    Box box;
    box.key = key;
    const std::string changeKey = std::string(key) + ".change";
    const float button = change.empty() ? 0
                                        : std::max(m.px(mm::targetPrimary),
                                                   m.canvas.width(Face::Strong, change) + 2 * m.px(5));
    struct Places {
        Rect label, value, note, button;
        float height = 0;
    };
    const auto places = [=, &m, l = std::string(label), v = std::string(value),
                         n = std::string(note)](float w) {
        Places p;
        const float gap = m.px(mm::gap), pad = m.px(2), text = w - (button > 0 ? button + gap : 0);
        const bool beside =
            w >= m.px(165 * m.theme.textScale()); // the same for rows with and without a button
        const float first = beside ? std::floor(w * 0.32f) : text, x = beside ? first + gap : 0,
                    rest = text - x;
        p.label = {0, pad, first, m.textHeight(Face::Body, l, first)};
        p.value = {x, beside ? pad : pad + p.label.h, rest, m.textHeight(Face::Strong, v, rest)};
        p.note = {x, p.value.y + p.value.h, rest, m.textHeight(Face::Body, n, rest)};
        p.height = std::max({p.label.y + p.label.h, p.note.y + p.note.h,
                             button > 0 ? m.px(mm::targetMin) + pad : 0}) +
                   pad;
        p.button = {w - button, pad, button, m.px(mm::targetMin)};
        return p;
    };
    box.least = std::max(m.canvas.widestWord(Face::Body, label), m.canvas.widestWord(Face::Strong, value)) +
                (button > 0 ? button + m.px(mm::gap) : 0);
    box.measure = [places](float w) { return places(w).height; };
    box.paint = [=, &m, k = std::string(key), l = std::string(label), v = std::string(value),
                 n = std::string(note), ch = std::string(change)](const Rect& r) {
        const auto p = places(r.w);
        const auto at = [&r](Rect q) { return Rect{r.x + q.x, r.y + q.y, q.w, q.h}; };
        m.paintText(Face::Body, l, at(p.label), m.c().textSecondary);
        m.paintText(Face::Strong, v, at(p.value), m.c().text);
        m.paintText(Face::Body, n, at(p.note), m.c().textSecondary);
        const float hair = std::max(1.f, m.px(0.25));
        m.canvas.fill({r.x, r.y + r.h - hair, r.w, hair}, m.mixed(m.c().outline, m.ground, 0.35));
        auto& node = m.describe(Role::Text, k, r, m.c().text, m.ground);
        node.label = l;
        node.value = v;
        node.hint = n;
        ButtonLook look;
        look.tone = Tone::Quiet;
        if (!ch.empty()) m.paintButton(k + ".change", ch, {}, look, at(p.button));
    };
    m.add(std::move(box));
    return m.wasClicked(changeKey);
}

} // namespace kiosk::ui
