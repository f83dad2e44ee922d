// Charts of staff mode: stretches of time and columns. Never by colour alone: words stand beside them.
#include "app/ui/kit/impl.hpp"

#include <algorithm>
#include <cmath>

namespace kiosk::ui {
namespace {

constexpr double barMm = 4, markMm = 0.8, todayMm = 0.5;

float at(const Rect& r, double fraction) {
    return r.x + r.w * static_cast<float>(std::clamp(fraction, 0.0, 1.0));
}

Colour inkOf(const Colours& c, Span::Kind kind) {
    switch (kind) {
    case Span::Kind::Late:
        return c.danger;
    case Span::Kind::Done:
        return c.success;
    case Span::Kind::Stopped:
        return c.outline;
    case Span::Kind::Running:
        break;
    }
    return c.primary;
}

} // namespace

void Ui::span(std::string_view key, std::string_view label, std::string_view value, const Span& span) {
    auto& m = *impl_;
    Box box;
    box.key = key;
    const float bar = m.px(barMm), space = m.px(2);
    box.measure = [&m, bar, space, l = std::string(label), v = std::string(value)](float w) {
        return m.textHeight(Face::Strong, l, w) + m.textHeight(Face::Body, v, w) + 2 * space + bar;
    };
    box.paint = [&m, bar, space, span, k = std::string(key), l = std::string(label),
                 v = std::string(value)](const Rect& r) {
        const float below = m.paintText(Face::Strong, l, r, m.c().text);
        m.paintText(Face::Body, v, {r.x, below, r.w, r.h}, m.c().textSecondary);
        const Rect track{r.x, r.y + r.h - bar - space, r.w, bar};
        m.canvas.fill(track, m.mixed(m.c().outline, m.ground, 0.2));
        const float from = at(track, span.from), to = std::max(at(track, span.to), from + m.px(1));
        m.canvas.fill({from, track.y, to - from, bar}, inkOf(m.c(), span.kind));
        const auto line = [&](double where, double widthMm, float overhang, Colour colour) {
            const float w = std::max(1.f, m.px(widthMm));
            m.canvas.fill({std::min(at(track, where), track.x + track.w - w), track.y - overhang, w,
                           bar + 2 * overhang},
                          colour);
        };
        line(span.today, todayMm, space / 2, m.c().textSecondary);
        if (span.due) line(*span.due, markMm, space, m.c().text);
        auto& node = m.describe(Role::Text, k, r, m.c().text, m.ground);
        node.label = l;
        node.value = v;
    };
    m.add(std::move(box));
}

void Ui::bars(std::string_view key, std::string_view label, const std::vector<int>& values,
              std::string_view from, std::string_view to, double heightMm) {
    auto& m = *impl_;
    Box box;
    box.key = key;
    const float line = m.canvas.lineHeight(Face::Body), height = m.px(heightMm);
    box.measure = [line, height](float) { return height + 2 * line; };
    box.paint = [&m, line, height, values, k = std::string(key), l = std::string(label),
                 first = std::string(from), last = std::string(to)](const Rect& r) {
        const int most = values.empty() ? 0 : *std::max_element(values.begin(), values.end());
        m.canvas.line(Face::Body, std::to_string(most), r.x, r.y, m.c().textSecondary);
        const Rect area{r.x, r.y + line, r.w, height};
        const float column = r.w / static_cast<float>(std::max<std::size_t>(1, values.size()));
        for (std::size_t i = 0; i < values.size(); ++i) {
            const float h = most == 0 ? 0 : height * static_cast<float>(values[i]) / static_cast<float>(most);
            m.canvas.fill({area.x + column * static_cast<float>(i) + column * 0.1f, area.y + height - h,
                           column * 0.8f, h},
                          m.c().primary);
        }
        m.canvas.fill({area.x, area.y + height, area.w, std::max(1.f, m.px(0.3))}, m.c().outline);
        m.canvas.line(Face::Body, first, r.x, area.y + height, m.c().textSecondary);
        m.canvas.line(Face::Body, last, r.x + r.w - m.canvas.width(Face::Body, last), area.y + height,
                      m.c().textSecondary);
        m.describe(Role::Picture, k, r, m.c().text, m.ground).label = l;
    };
    m.add(std::move(box));
}

} // namespace kiosk::ui
