#include "app/papers/page.hpp"

#include "app/base/assets.hpp"

#include <algorithm>
#include <cairo-pdf.h>
#include <cstddef>
#include <cstring>
#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>

namespace kiosk::papers {
namespace {

constexpr double pointsPerMm = 72.0 / 25.4;

/// The fonts that come with the program, so that a slip looks the same where fonts-inter is not installed.
bool addOwnFonts() {
    bool all = true;
    for (const char* file : {"Inter-Regular.otf", "Inter-SemiBold.otf"}) {
        const auto path = assetsFolder() + "/fonts/" + file;
        const auto* name = reinterpret_cast<const FcChar8*>(path.c_str());
        all = FcConfigAppFontAddFile(FcConfigGetCurrent(), name) == FcTrue && all;
    }
    return all; // else an installed Inter, else whatever the system has for Vietnamese
}

cairo_status_t append(void* closure, const unsigned char* data, unsigned size) {
    static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(data), size);
    return CAIRO_STATUS_SUCCESS;
}

struct LayoutFree {
    void operator()(PangoLayout* p) const { g_object_unref(p); }
};
using Layout = std::unique_ptr<PangoLayout, LayoutFree>;

/// Tinos and Times have no semibold.
PangoWeight boldWeight(const Type& type) { return type.serif ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_SEMIBOLD; }

Layout layoutOf(PangoContext* context, std::string_view text, const Place& place, const Type& type) {
    Layout layout(pango_layout_new(context));
    auto* font = pango_font_description_new();
    pango_font_description_set_family(font, type.serif ? "Times New Roman, Tinos, DejaVu Serif, serif"
                                                       : "Inter, Noto Sans, DejaVu Sans, sans-serif");
    if (type.italic) pango_font_description_set_style(font, PANGO_STYLE_ITALIC);
    pango_font_description_set_weight(font, type.bold ? boldWeight(type) : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_absolute_size(font, type.points * PANGO_SCALE);
    pango_layout_set_font_description(layout.get(), font);
    pango_font_description_free(font);
    pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
    if (type.boldFrom < text.size()) {
        auto* bold = pango_attr_weight_new(boldWeight(type));
        bold->start_index = static_cast<guint>(type.boldFrom);
        auto* list = pango_attr_list_new();
        pango_attr_list_insert(list, bold);
        pango_layout_set_attributes(layout.get(), list);
        pango_attr_list_unref(list);
    }
    pango_layout_set_width(layout.get(), static_cast<int>(place.width * pointsPerMm * PANGO_SCALE));
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    pango_layout_set_line_spacing(layout.get(), 1.12F); // room for stacked Vietnamese marks
    if (type.centred) pango_layout_set_alignment(layout.get(), PANGO_ALIGN_CENTER);
    return layout;
}

double heightOf(PangoLayout* layout) {
    int width = 0;
    int height = 0;
    pango_layout_get_size(layout, &width, &height);
    return static_cast<double>(height) / PANGO_SCALE / pointsPerMm;
}

} // namespace

void Page::Free::operator()(cairo_t* p) const { cairo_destroy(p); }
void Page::Free::operator()(cairo_surface_t* p) const { cairo_surface_destroy(p); }
void Page::Free::operator()(PangoFontMap* p) const { g_object_unref(p); }
void Page::Free::operator()(PangoContext* p) const { g_object_unref(p); }

Page::Page(double widthMm, double heightMm, const std::string& title) {
    surface_.reset(
        cairo_pdf_surface_create_for_stream(append, &pdf_, widthMm * pointsPerMm, heightMm * pointsPerMm));
    cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_TITLE, title.c_str());
    setUp();
}

Page::Page(double widthMm, double heightMm, double perMm, Medium medium) : perMm_(perMm) {
    const auto format = medium == Medium::Dots ? CAIRO_FORMAT_A8 : CAIRO_FORMAT_RGB24;
    surface_.reset(cairo_image_surface_create(format, static_cast<int>(widthMm * perMm),
                                              static_cast<int>(heightMm * perMm)));
    setUp();
    cairo_scale(cairo_.get(), perMm / pointsPerMm, perMm / pointsPerMm);
    if (medium == Medium::Screen) fill(0, 0, widthMm, heightMm, 1);
}

void Page::setUp() {
    static const bool ownFonts = addOwnFonts();
    static_cast<void>(ownFonts);
    cairo_.reset(cairo_create(surface_.get()));
    fonts_.reset(pango_cairo_font_map_new());
    context_.reset(pango_font_map_create_context(fonts_.get()));
    // Paper has no pixels to snap to: without this, letters stand unevenly at small sizes.
    auto* options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context_.get(), options);
    cairo_font_options_destroy(options);
    pango_context_set_round_glyph_positions(context_.get(), FALSE);
}

Page::~Page() = default;

double Page::measure(std::string_view text, const Place& place, const Type& type) const {
    return heightOf(layoutOf(context_.get(), text, place, type).get());
}

double Page::draw(std::string_view text, const Place& place, const Type& type) {
    const auto layout = layoutOf(context_.get(), text, place, type);
    cairo_set_source_rgb(cairo_.get(), type.grey, type.grey, type.grey);
    cairo_move_to(cairo_.get(), place.x * pointsPerMm, place.y * pointsPerMm);
    pango_cairo_show_layout(cairo_.get(), layout.get());
    return heightOf(layout.get());
}

void Page::rule(double x1, double x2, double y, double grey) {
    cairo_set_source_rgb(cairo_.get(), grey, grey, grey);
    cairo_set_line_width(cairo_.get(), 0.6);
    cairo_move_to(cairo_.get(), x1 * pointsPerMm, y * pointsPerMm);
    cairo_line_to(cairo_.get(), x2 * pointsPerMm, y * pointsPerMm);
    cairo_stroke(cairo_.get());
}

void Page::fill(double x, double y, double width, double height, double grey) {
    cairo_set_source_rgb(cairo_.get(), grey, grey, grey);
    cairo_rectangle(cairo_.get(), x * pointsPerMm, y * pointsPerMm, width * pointsPerMm,
                    height * pointsPerMm);
    cairo_fill(cairo_.get());
}

void Page::frame(double x, double y, double width, double height) {
    cairo_set_source_rgb(cairo_.get(), 0, 0, 0);
    cairo_set_line_width(cairo_.get(), 0.8);
    cairo_rectangle(cairo_.get(), x * pointsPerMm, y * pointsPerMm, width * pointsPerMm,
                    height * pointsPerMm);
    cairo_stroke(cairo_.get());
}

void Page::draw(const QrModules& code, double x, double y, double side) {
    const double module = side * pointsPerMm / code.side;
    cairo_set_source_rgb(cairo_.get(), 0, 0, 0);
    cairo_set_antialias(cairo_.get(), CAIRO_ANTIALIAS_NONE); // no hairlines between modules on screens
    for (int row = 0; row < code.side; ++row)
        for (int column = 0; column < code.side; ++column)
            if (code.dark[static_cast<std::size_t>(row) * static_cast<std::size_t>(code.side) +
                          static_cast<std::size_t>(column)])
                cairo_rectangle(cairo_.get(), x * pointsPerMm + column * module,
                                y * pointsPerMm + row * module, module, module);
    cairo_fill(cairo_.get());
    cairo_set_antialias(cairo_.get(), CAIRO_ANTIALIAS_DEFAULT);
}

void Page::dots(double x1, double x2, double y) {
    constexpr double pattern[] = {0.1, 2};
    cairo_save(cairo_.get());
    cairo_set_dash(cairo_.get(), pattern, 2, 0);
    cairo_set_line_cap(cairo_.get(), CAIRO_LINE_CAP_ROUND);
    rule(x1, x2, y, 0.35);
    cairo_restore(cairo_.get());
}

void Page::next() {
    if (perMm_ > 0) {
        sheets_.push_back(picture());
        cairo_set_source_rgb(cairo_.get(), 1, 1, 1);
        cairo_paint(cairo_.get());
    }
    cairo_show_page(cairo_.get());
}

RgbPicture Page::picture() const {
    auto* surface = surface_.get();
    cairo_surface_flush(surface);
    RgbPicture out{cairo_image_surface_get_width(surface), cairo_image_surface_get_height(surface), {}};
    const auto* pixels = cairo_image_surface_get_data(surface);
    const auto stride = cairo_image_surface_get_stride(surface);
    auto& rgb = out.rgb.reveal();
    rgb.reserve(static_cast<std::size_t>(out.width) * static_cast<std::size_t>(out.height) * 3);
    for (int y = 0; y < out.height; ++y)
        for (int x = 0; x < out.width; ++x) {
            std::uint32_t pixel = 0; // CAIRO_FORMAT_RGB24: blue in the lowest byte
            std::memcpy(&pixel, pixels + std::ptrdiff_t{stride} * y + std::ptrdiff_t{4} * x, sizeof pixel);
            for (const int shift : {16, 8, 0}) rgb.push_back(static_cast<std::uint8_t>(pixel >> shift));
        }
    return out;
}

Result<std::vector<RgbPicture>> Page::finishPictures() {
    if (const auto status = cairo_status(cairo_.get()); status != CAIRO_STATUS_SUCCESS)
        return fail(Code::PaperFailed, cairo_status_to_string(status));
    sheets_.push_back(picture());
    return std::move(sheets_);
}

Result<std::string> Page::finish() {
    cairo_show_page(cairo_.get());
    const auto drawn = cairo_status(cairo_.get());
    cairo_.reset();
    cairo_surface_finish(surface_.get());
    const auto written = cairo_surface_status(surface_.get());
    const auto status = drawn != CAIRO_STATUS_SUCCESS ? drawn : written;
    if (status != CAIRO_STATUS_SUCCESS) return fail(Code::PaperFailed, cairo_status_to_string(status));
    return std::move(pdf_);
}

Result<Raster> Page::finishRaster(double heightMm) {
    auto* surface = surface_.get();
    cairo_surface_flush(surface);
    if (const auto status = cairo_status(cairo_.get()); status != CAIRO_STATUS_SUCCESS)
        return fail(Code::PaperFailed, cairo_status_to_string(status));
    Raster raster{cairo_image_surface_get_width(surface) / 8 * 8, 0, {}};
    raster.height = std::min(static_cast<int>(heightMm * perMm_), cairo_image_surface_get_height(surface));
    raster.rows.resize(raster.at(0, raster.height));
    const auto* dots = cairo_image_surface_get_data(surface);
    const auto stride = cairo_image_surface_get_stride(surface);
    for (int y = 0; y < raster.height; ++y)
        for (int x = 0; x < raster.width; ++x)
            if (dots[y * stride + x] > 127)
                raster.rows[raster.at(x, y)] |= static_cast<std::uint8_t>(0x80 >> x % 8);
    return raster;
}

} // namespace kiosk::papers
