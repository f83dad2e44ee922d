// ImGui's draw list and font atlas behind a few verbs.
#include "app/ui/kit/canvas.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <exception>
#include <imgui.h>
#include <imgui_freetype.h>

namespace kiosk::ui {

namespace {

// All Vietnamese letters, the signs the texts use, and nothing more: every glyph costs memory at every size.
constexpr ImWchar letterRanges[] = {
    0x0020, 0x007E, 0x00A0, 0x00A0, 0x00B0, 0x00B0, 0x00B7, 0x00B7, 0x00C0, 0x00C3, 0x00C8, 0x00CA, 0x00CC,
    0x00CD, 0x00D2, 0x00D5, 0x00D7, 0x00D7, 0x00D9, 0x00DA, 0x00DD, 0x00DD, 0x00E0, 0x00E3, 0x00E8, 0x00EA,
    0x00EC, 0x00ED, 0x00F2, 0x00F5, 0x00F9, 0x00FA, 0x00FD, 0x00FD, 0x0102, 0x0103, 0x0110, 0x0111, 0x0128,
    0x0129, 0x0168, 0x0169, 0x01A0, 0x01A1, 0x01AF, 0x01B0, 0x1EA0, 0x1EF9, 0x2013, 0x2014, 0x2018, 0x2019,
    0x201C, 0x201D, 0x2022, 0x2022, 0x2026, 0x2026, 0x20AB, 0x20AB, 0x2190, 0x2193, 0x2713, 0x2713, 0};

// In the order of Icon.
constexpr ImWchar iconGlyphs[] = {
    0,      0xea67, 0xe8b6, 0xe312, 0xe88a, 0xe5c4, 0xe5c8, 0xe5ca, 0xe002, 0xe88e, 0xe8fd, 0xe92b, 0xe894,
    0xe245, 0xeb37, 0xe163, 0xe8ad, 0xe7fd, 0xe7fb, 0xe0af, 0xe873, 0xe87d, 0xeb41, 0xe545, 0xea44, 0xe55b,
    0xea12, 0xea70, 0xe982, 0xe8b5, 0xef63, 0xe55f, 0xe3c9, 0xe412, 0xe2bf, 0xe2c1, 0xe145, 0xe872, 0xe5cd,
    0xe5d5, 0xe8ac, 0xf0ff, 0xe310, 0xe0cd, 0xe316, 0xe313, 0xe814, 0xe811, 0xe812, 0xe813, 0xe815, 0xe914};
static_assert(std::size(iconGlyphs) == static_cast<std::size_t>(Icon::Accessible) + 1);

const std::vector<ImWchar>& iconRanges() {
    static const std::vector<ImWchar> ranges = [] { // a constant table ImGui keeps a pointer to
        std::vector<ImWchar> r;
        const auto add = [&r](ImWchar g) { r.insert(r.end(), {g, g}); };
        std::for_each(std::begin(iconGlyphs) + 1, std::end(iconGlyphs), add);
        for (const unsigned g :
             {glyph::radioOn, glyph::radioOff, glyph::boxOn, glyph::boxOff, glyph::backspace, glyph::shift,
              glyph::error, glyph::chevron, glyph::checkCircle, glyph::sun, glyph::hand, glyph::rotate})
            add(static_cast<ImWchar>(g));
        r.push_back(0);
        return r;
    }();
    return ranges;
}

constexpr double interCap = 0.727,
                 interBox = 1.21; // of the em: capitals; ascent minus descent, ImGui's font size
constexpr double lineOfEm = 1.45; // tones stack over circumflexes

ImU32 packed(Colour c) { return IM_COL32(c.r, c.g, c.b, c.a); }

unsigned nextCodePoint(std::string_view text, std::size_t& at) {
    const auto lead = static_cast<unsigned char>(text[at++]);
    if (lead < 0x80) return lead;
    const int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
    unsigned code = lead & (0x3Fu >> more);
    for (int i = 0; i < more && at < text.size(); ++i)
        code = code << 6 | (static_cast<unsigned char>(text[at++]) & 0x3Fu);
    return code;
}

} // namespace

unsigned glyphOf(Icon icon) { return iconGlyphs[static_cast<std::size_t>(icon)]; }

Rect intersect(const Rect& a, const Rect& b) {
    const float x = std::max(a.x, b.x), y = std::max(a.y, b.y);
    return {x, y, std::max(0.f, std::min(a.x + a.w, b.x + b.w) - x),
            std::max(0.f, std::min(a.y + a.h, b.y + b.h) - y)};
}

Canvas::Canvas(std::string fontsFolder) : fonts_(std::move(fontsFolder)) {
    context_ = ImGui::CreateContext();
    auto& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.LogFilename = nullptr;
    io.BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;
    atlas_.alphaOnly = true;
}

Canvas::~Canvas() { ImGui::DestroyContext(context_); }

void Canvas::setTheme(const Theme& theme) {
    const bool same =
        built_ && theme.textSize == theme_.textSize && theme.panel.pxPerMm() == theme_.panel.pxPerMm();
    theme_ = theme;
    if (!same) build();
}

void Canvas::build() {
    auto& io = ImGui::GetIO();
    io.Fonts->Clear();
    io.Fonts->FontBuilderIO = ImGuiFreeType::GetBuilderForFreeType();
    io.Fonts->Flags |= ImFontAtlasFlags_NoMouseCursors | ImFontAtlasFlags_NoBakedLines;
    // Headings are large already: they grow half as fast, or long words would not fit a narrow panel.
    const double scale = theme_.textScale(), half = 1 + (scale - 1) / 2;
    const double caps[] = {mm::capBody * scale, mm::capBody * scale, 5.4 * scale,
                           std::max(mm::capTitle * half, 5.6 * scale), mm::capHuge * half};
    static constexpr ImWchar few[] = {' ', 'Z', 0};
    const auto load = [&](const std::string& file, double px, const ImWchar* ranges) {
        ImFontConfig config;
        config.OversampleH = config.OversampleV = 1;
        const std::string path = fonts_ + "/" + file;
        if (auto* font = io.Fonts->AddFontFromFileTTF(path.c_str(), static_cast<float>(px), &config, ranges))
            return font;
        std::fprintf(stderr, "font missing: %s\n", path.c_str());
        std::terminate();
    };
    for (std::size_t i = 0; i < faces_.size(); ++i) {
        caps_[i] = static_cast<float>(caps[i] * theme_.panel.pxPerMm());
        faces_[i] = load(i == 0 ? "Inter-Regular.otf" : "Inter-SemiBold.otf",
                         std::round(caps_[i] / interCap * interBox),
                         static_cast<Face>(i) == Face::Huge ? few : letterRanges);
    }
    icons_[0] = load("MaterialIcons-Regular.ttf", iconSide(IconSize::Small), iconRanges().data());
    icons_[1] = load("MaterialIcons-Regular.ttf", iconSide(IconSize::Large), iconRanges().data());
    radius_ = std::max(3.f, theme_.px(mm::radius));
    thinPx_ = std::max(1.f, theme_.px(0.45));
    thickPx_ = std::max(2.f, theme_.px(0.9));
    const int side = static_cast<int>(radius_) * 2;
    for (auto* corner : {&disc_, &thin_, &thick_}) corner->index = io.Fonts->AddCustomRectRegular(side, side);
    unsigned char* pixels = nullptr;
    int width = 0, height = 0;
    io.Fonts->GetTexDataAsAlpha8(&pixels, &width, &height);
    bake(disc_, pixels, width, height, radius_);
    bake(thin_, pixels, width, height, thinPx_);
    bake(thick_, pixels, width, height, thickPx_);
    atlas_.width = width;
    atlas_.height = height;
    atlas_.pixels.assign(pixels, pixels + static_cast<std::ptrdiff_t>(width) * height);
    ++atlas_.version;
    io.Fonts->SetTexID(static_cast<ImTextureID>(&atlas_));
    io.Fonts->ClearTexData();
    io.Fonts->ClearInputData();
    built_ = true;
}

void Canvas::bake(Corner& corner, std::uint8_t* pixels, int atlasWidth, int atlasHeight, float thickness) {
    const auto* rect = ImGui::GetIO().Fonts->GetCustomRectByIndex(corner.index);
    for (int y = 0; y < rect->Height; ++y)
        for (int x = 0; x < rect->Width; ++x) {
            const float distance =
                std::hypot(static_cast<float>(x) + 0.5f - radius_, static_cast<float>(y) + 0.5f - radius_);
            const float outer = std::clamp(radius_ - distance + 0.5f, 0.f, 1.f);
            const float inner = std::clamp(distance - (radius_ - thickness) + 0.5f, 0.f, 1.f);
            pixels[(rect->Y + y) * atlasWidth + rect->X + x] = static_cast<std::uint8_t>(
                std::lround(255 * (thickness >= radius_ ? outer : std::min(outer, inner))));
        }
    corner.u0 = static_cast<float>(rect->X) / static_cast<float>(atlasWidth);
    corner.v0 = static_cast<float>(rect->Y) / static_cast<float>(atlasHeight);
    corner.u1 = static_cast<float>(rect->X + rect->Width) / static_cast<float>(atlasWidth);
    corner.v1 = static_cast<float>(rect->Y + rect->Height) / static_cast<float>(atlasHeight);
}

void Canvas::begin() {
    auto& io = ImGui::GetIO();
    io.DisplaySize = ImVec2(static_cast<float>(theme_.panel.width), static_cast<float>(theme_.panel.height));
    io.DeltaTime = 1.f / 60.f;
    ImGui::NewFrame();
    list_ = ImGui::GetBackgroundDrawList();
}

void Canvas::end() { ImGui::Render(); }

void Canvas::fill(const Rect& r, Colour colour) {
    if (r.w > 0 && r.h > 0)
        list_->AddRectFilled(ImVec2(r.x, r.y), ImVec2(r.x + r.w, r.y + r.h), packed(colour));
}

void Canvas::corners(const Rect& r, const Corner& c, Colour colour) {
    const float s = radius_, um = (c.u0 + c.u1) / 2, vm = (c.v0 + c.v1) / 2;
    const auto quarter = [&](float x, float y, float u0, float v0, float u1, float v1) {
        list_->AddImage(ImGui::GetIO().Fonts->TexID, ImVec2(x, y), ImVec2(x + s, y + s), ImVec2(u0, v0),
                        ImVec2(u1, v1), packed(colour));
    };
    quarter(r.x, r.y, c.u0, c.v0, um, vm);
    quarter(r.x + r.w - s, r.y, um, c.v0, c.u1, vm);
    quarter(r.x, r.y + r.h - s, c.u0, vm, um, c.v1);
    quarter(r.x + r.w - s, r.y + r.h - s, um, vm, c.u1, c.v1);
}

void Canvas::round(const Rect& r, Colour colour) {
    const float s = radius_;
    if (r.w < 2 * s || r.h < 2 * s) return fill(r, colour);
    corners(r, disc_, colour);
    fill({r.x + s, r.y, r.w - 2 * s, s}, colour);
    fill({r.x, r.y + s, r.w, r.h - 2 * s}, colour);
    fill({r.x + s, r.y + r.h - s, r.w - 2 * s, s}, colour);
}

void Canvas::outline(const Rect& r, Colour colour, Stroke stroke) {
    const bool thick = stroke == Stroke::Thick;
    const float t = thick ? thickPx_ : thinPx_;
    const float s = r.w < 2 * radius_ || r.h < 2 * radius_ ? 0 : radius_;
    if (s > 0) corners(r, thick ? thick_ : thin_, colour);
    fill({r.x + s, r.y, r.w - 2 * s, t}, colour);
    fill({r.x + s, r.y + r.h - t, r.w - 2 * s, t}, colour);
    fill({r.x, r.y + std::max(s, t), t, r.h - 2 * std::max(s, t)}, colour);
    fill({r.x + r.w - t, r.y + std::max(s, t), t, r.h - 2 * std::max(s, t)}, colour);
}

void Canvas::image(const Image& picture, const Rect& r, const Rect& part) {
    auto* id = const_cast<Image*>(&picture); // ImTextureID is a void*; Window only reads it
    list_->AddImage(static_cast<ImTextureID>(id), ImVec2(r.x, r.y), ImVec2(r.x + r.w, r.y + r.h),
                    ImVec2(part.x, part.y), ImVec2(part.x + part.w, part.y + part.h));
}

float Canvas::iconSide(IconSize size) const {
    const double scale = 1 + (theme_.textScale() - 1) * 0.7;
    return theme_.px((size == IconSize::Large ? 13.0 : 8.5) * scale);
}

void Canvas::icon(unsigned code, IconSize size, const Rect& r, Colour colour) {
    const auto* g = icons_[static_cast<std::size_t>(size)]->FindGlyph(static_cast<ImWchar>(code));
    if (!g) return;
    const float w = g->X1 - g->X0, h = g->Y1 - g->Y0;
    const float x = std::round(r.x + (r.w - w) / 2), y = std::round(r.y + (r.h - h) / 2);
    list_->AddImage(ImGui::GetIO().Fonts->TexID, ImVec2(x, y), ImVec2(x + w, y + h), ImVec2(g->U0, g->V0),
                    ImVec2(g->U1, g->V1), packed(colour));
}

float Canvas::lineHeight(Face face) const {
    return static_cast<float>(std::ceil(caps_[static_cast<std::size_t>(face)] / interCap * lineOfEm));
}

float Canvas::width(Face face, std::string_view text) const {
    float w = 0;
    for (std::size_t at = 0; at < text.size();)
        w += font(face)->GetCharAdvance(static_cast<ImWchar>(nextCodePoint(text, at)));
    return std::ceil(w);
}

float Canvas::widestWord(Face face, std::string_view text) const {
    float widest = 0;
    for (std::size_t at = 0; at <= text.size();) {
        const auto end = std::min(text.find_first_of(" \n", at), text.size());
        widest = std::max(widest, width(face, text.substr(at, end - at)));
        at = end + 1;
    }
    return widest;
}

std::vector<std::string_view> Canvas::wrap(Face face, std::string_view text, float limit) const {
    std::vector<std::string_view> lines;
    std::size_t start = 0, breakAt = 0,
                resume = 0; // the line so far, where it may end, where the next would start
    float w = 0;
    const auto flush = [&](std::size_t end, std::size_t next) {
        lines.push_back(text.substr(start, end - start));
        start = breakAt = resume = next;
        w = 0;
    };
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t here = at;
        const unsigned code = nextCodePoint(text, at);
        if (code == '\n') {
            flush(here, at);
            continue;
        }
        if (code == ' ') breakAt = here, resume = at;
        w += font(face)->GetCharAdvance(static_cast<ImWchar>(code));
        if (code == ' ' || std::floor(w) <= limit) continue;
        if (breakAt > start)
            at = resume, flush(breakAt, resume);
        else if (here > start)
            at = here, flush(here, here);
    }
    lines.push_back(text.substr(start));
    return lines;
}

void Canvas::line(Face face, std::string_view text, float x, float y, Colour colour) {
    if (text.empty()) return;
    auto* f = font(face);
    const float cap = caps_[static_cast<std::size_t>(face)];
    const float top = y + lineHeight(face) / 2 + cap / 2 - f->Ascent;
    list_->AddText(f, f->FontSize, ImVec2(std::round(x), std::round(top)), packed(colour), text.data(),
                   text.data() + text.size());
}

void Canvas::centred(Face face, std::string_view text, const Rect& r, Colour colour) {
    line(face, text, r.x + (r.w - width(face, text)) / 2, r.y + (r.h - lineHeight(face)) / 2, colour);
}

void Canvas::toneMark(std::string_view toned, bool below, const Rect& r, Colour colour, Colour pale) {
    constexpr float xHeight = 0.751f; // of Inter's capitals
    const float cap = caps_[static_cast<std::size_t>(Face::Heading)];
    const float baseline = std::round(r.y + r.h / 2 + cap / 2),
                top = std::floor(baseline - cap * xHeight) - 1;
    centred(Face::Heading, "a", r, pale);
    pushClip(below ? Rect{r.x, baseline + 2, r.w, r.y + r.h - baseline - 2} : Rect{r.x, r.y, r.w, top - r.y});
    centred(Face::Heading, toned, r, colour);
    popClip();
}

void Canvas::pushClip(const Rect& r) {
    list_->PushClipRect(ImVec2(r.x, r.y), ImVec2(r.x + r.w, r.y + r.h), true);
}
void Canvas::popClip() { list_->PopClipRect(); }

} // namespace kiosk::ui
