#include "tests/specimen/specimen.hpp"

#include <memory>
#include <opencv2/imgproc.hpp>
#include <pango/pangocairo.h>

namespace kiosk::specimen {
namespace {

constexpr double pxPerMm = 16;

struct Ink {
    double red, green, blue, alpha = 1;
};
constexpr Ink dark{0.13, 0.16, 0.2}, label{0.38, 0.43, 0.48}, accent{0.72, 0.16, 0.14};

/// Draws in millimetres.
class Canvas {
public:
    Canvas()
        : surface_(cairo_image_surface_create(CAIRO_FORMAT_RGB24, int(cardWidth * pxPerMm),
                                              int(cardHeight * pxPerMm)),
                   &cairo_surface_destroy),
          cairo_(cairo_create(surface_.get()), &cairo_destroy) {
        cairo_scale(cairo_.get(), pxPerMm, pxPerMm);
    }
    cairo_t* get() { return cairo_.get(); }
    void ink(const Ink& c) { cairo_set_source_rgba(get(), c.red, c.green, c.blue, c.alpha); }
    void box(double x, double y, double w, double h) { cairo_rectangle(get(), x, y, w, h); }

    /// `size`: height of the letters' line in mm; wraps at `width`.
    void text(double x, double y, double size, const std::string& words, const Ink& color, double width = -1,
              bool bold = false) {
        ink(color);
        const std::unique_ptr<PangoLayout, decltype(&g_object_unref)> layout(pango_cairo_create_layout(get()),
                                                                             &g_object_unref);
        const std::unique_ptr<PangoFontDescription, decltype(&pango_font_description_free)> font(
            pango_font_description_from_string(bold ? "Inter Bold" : "Inter"), &pango_font_description_free);
        pango_font_description_set_absolute_size(font.get(), size * PANGO_SCALE * pxPerMm);
        pango_layout_set_font_description(layout.get(), font.get());
        if (width > 0) pango_layout_set_width(layout.get(), int(width * pxPerMm * PANGO_SCALE));
        pango_layout_set_text(layout.get(), words.c_str(), -1);
        cairo_save(get());
        cairo_translate(get(), x, y);
        cairo_scale(get(), 1 / pxPerMm, 1 / pxPerMm); // pango hints badly at sizes of a few units
        pango_cairo_update_layout(get(), layout.get());
        pango_cairo_show_layout(get(), layout.get());
        cairo_restore(get());
    }

    cv::Mat picture() {
        cairo_surface_flush(surface_.get());
        const cv::Mat bgrx(cairo_image_surface_get_height(surface_.get()),
                           cairo_image_surface_get_width(surface_.get()), CV_8UC4,
                           cairo_image_surface_get_data(surface_.get()),
                           static_cast<std::size_t>(cairo_image_surface_get_stride(surface_.get())));
        cv::Mat rgb;
        cv::cvtColor(bgrx, rgb, cv::COLOR_BGRA2RGB);
        return rgb;
    }

private:
    std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)> surface_;
    std::unique_ptr<cairo_t, decltype(&cairo_destroy)> cairo_;
};

void drawBackground(Canvas& canvas, bool older) {
    canvas.ink(older ? Ink{0.86, 0.94, 0.92} : Ink{0.93, 0.94, 0.87});
    cairo_paint(canvas.get());
    canvas.ink({1, 1, 1, 0.45});
    for (int i = 0; i < 3; ++i) { // quiet rings, nothing like a guilloche
        cairo_set_line_width(canvas.get(), 5);
        cairo_arc(canvas.get(), 62, 44, 12 + 14 * i, 0, 6.2832);
        cairo_stroke(canvas.get());
    }
}

void drawWatermark(Canvas& canvas) {
    cairo_save(canvas.get());
    cairo_translate(canvas.get(), 3, 45);
    cairo_rotate(canvas.get(), -0.42);
    canvas.text(0, -3, 11, "MẪU  SPECIMEN", {0.72, 0.16, 0.14, 0.16}, -1, true);
    cairo_restore(canvas.get());
}

void drawSilhouette(Canvas& canvas, double x, double y) {
    auto* c = canvas.get();
    canvas.ink({1, 1, 1, 0.7});
    canvas.box(x, y, 19, 25);
    cairo_fill(c);
    cairo_save(c);
    canvas.box(x, y, 19, 25);
    cairo_clip(c);
    canvas.ink({0.72, 0.75, 0.77});
    cairo_arc(c, x + 9.5, y + 9.5, 4.6, 0, 6.2832);
    cairo_fill(c);
    cairo_arc(c, x + 9.5, y + 25, 8.6, 0, 6.2832);
    cairo_fill(c);
    cairo_restore(c);
}

/// White ground for the code and its quiet zone of four modules.
void leaveRoom(Canvas& canvas, const Card& card) {
    const auto& code = card.code;
    const double margin = 4 * code.width / card.modules.cols;
    canvas.ink({1, 1, 1});
    canvas.box(code.x - margin, code.y - margin, code.width + 2 * margin, code.height + 2 * margin);
    cairo_fill(canvas.get());
}

void drawField(Canvas& canvas, double x, double& y, const std::string& title, const std::string& value,
               double width, bool strong = false) {
    canvas.text(x, y, 1.75, title, label);
    canvas.text(x, y + 2.1, strong ? 3.1 : 2.4, value, dark, width, strong);
    y += strong ? 7.2 : 6.2;
}

void takePicture(Canvas& canvas, Card& card) {
    card.face = canvas.picture();
    cv::cvtColor(card.face, card.grey, cv::COLOR_RGB2GRAY);
    cv::resize(card.grey, card.smaller[0], {}, 0.5, 0.5, cv::INTER_AREA);
    cv::resize(card.grey, card.smaller[1], {}, 0.25, 0.25, cv::INTER_AREA);
}

} // namespace

Card drawCard(const Specimen& s, Ecc ecc, bool eci) {
    const auto& p = s.truth;
    const bool older = p.source == IdentitySource::CardQr2021;
    Card card;
    card.modules = qrModules(s.payload, ecc, eci);
    const double side = older ? 15 : 18; // mm, as printed
    card.code = {cardWidth - side - 5, older ? 4.6 : 13.5, side, side};
    Canvas canvas;
    drawBackground(canvas, older);
    drawWatermark(canvas);
    canvas.text(5, 3.6, 3.6, older ? "CĂN CƯỚC CÔNG DÂN – MẪU" : "CĂN CƯỚC – MẪU", accent, -1, true);
    canvas.text(5, 8.2, 2.1, "SPECIMEN · thẻ mẫu để thử máy, không có giá trị sử dụng", label);
    drawSilhouette(canvas, 5, 14);
    leaveRoom(canvas, card);

    double y = 14;
    drawField(canvas, 28, y, "Số định danh / No.", p.personalNumber, 33, true);
    drawField(canvas, 28, y, "Họ và tên / Full name", p.name, 33);
    drawField(canvas, 28, y, "Ngày sinh / Date of birth", p.birthDate.vietnamese(), 33);
    drawField(canvas, 28, y, "Giới tính / Sex", p.sex == Sex::Male ? "Nam" : "Nữ", 33);
    y = 41.5;
    drawField(canvas, 5, y, older ? "Nơi thường trú / Residence" : "Nơi cư trú / Residence", p.address, 72);
    canvas.text(5, 49.6, 2.1, "Ngày cấp: " + p.issuedOn->vietnamese(), label);
    canvas.text(54, 48.8, 3.2, "MẪU · SPECIMEN", {0.72, 0.16, 0.14, 0.75}, -1, true);
    takePicture(canvas, card);
    return card;
}

Card drawOtherSide(const Specimen& s) {
    const auto& p = s.truth;
    const bool older = p.source == IdentitySource::CardQr2021;
    Canvas canvas;
    drawBackground(canvas, older);
    drawWatermark(canvas);
    canvas.text(5, 3.2, 2.1, "Đặc điểm nhân dạng / Personal identification", label);
    canvas.text(5, 6.2, 2.4, "SPECIMEN · thẻ mẫu, không có giá trị sử dụng", dark, 40);
    canvas.ink({0.83, 0.7, 0.38}); // the chip's contacts
    canvas.box(5, 14, 12, 11);
    cairo_fill(canvas.get());
    canvas.ink({0.5, 0.42, 0.2});
    cairo_set_line_width(canvas.get(), 0.3);
    for (int i = 1; i < 4; ++i) {
        canvas.box(5, 14 + i * 2.75, 12, 0.01);
        canvas.box(5 + i * 3.0, 14, 0.01, 11);
    }
    cairo_stroke(canvas.get());
    drawSilhouette(canvas, 46, 5);
    drawSilhouette(canvas, 66, 5);
    const auto& n = p.personalNumber;
    for (int line = 0; line < 3; ++line) { // dense letters, as of the machine-readable lines; not valid ones
        const std::string words = line == 0   ? "IDVNMSPECIMEN" + n + "<<0"
                                  : line == 1 ? "MAU" + n.substr(4) + "VNM<<<<<<<<<<<<0"
                                              : "MAU<<SPECIMEN<<<<<<<<<<<<<<<<<";
        canvas.text(4, 35 + 5.5 * line, 3.6, words, dark);
    }
    Card card;
    takePicture(canvas, card);
    return card;
}

} // namespace kiosk::specimen
