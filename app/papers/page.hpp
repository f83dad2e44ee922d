// Sheets of paper drawn with Cairo and Pango into a PDF held in memory, into dots for a roll or into pictures
// for the screen; sizes in millimetres, type in points.
#pragma once

#include "app/base/result.hpp"
#include "app/papers/slip/slip.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

// NOLINTBEGIN(bugprone-reserved-identifier): the libraries' own names, so that their headers stay out of this
// one
typedef struct _cairo cairo_t;
typedef struct _cairo_surface cairo_surface_t;
typedef struct _PangoFontMap PangoFontMap;
typedef struct _PangoContext PangoContext;
// NOLINTEND(bugprone-reserved-identifier)

namespace kiosk::papers {

struct Type {
    double points = 10;
    bool bold = false, italic = false;
    bool serif = false; // as official papers have it; else as the screen
    bool centred = false;
    double grey = 0;                               // 0 black .. 1 white
    std::size_t boldFrom = std::string_view::npos; // byte of the text from which it is bold
};

/// Where text stands: left edge, top and width, all in millimetres from the sheet's upper left corner.
struct Place {
    double x = 0, y = 0, width = 0;
};

/// Not for sharing between threads; any number of sheets may be drawn at the same time.
class Page {
public:
    /// A PDF.
    Page(double widthMm, double heightMm, const std::string& title);
    enum class Medium { Dots, Screen };
    /// Dots for a thermal printer, one sheet as long as need be; or pictures for the screen, one a sheet.
    Page(double widthMm, double heightMm, double perMm, Medium medium);
    Page(const Page&) = delete;
    Page& operator=(const Page&) = delete;
    ~Page();

    /// Height in millimetres the text takes, lines broken at `place.width`.
    double measure(std::string_view text, const Place& place, const Type& type) const;
    /// Draws the text and returns its height in millimetres.
    double draw(std::string_view text, const Place& place, const Type& type);
    void rule(double x1, double x2, double y, double grey);
    void fill(double x, double y, double width, double height, double grey);
    void frame(double x, double y, double width, double height);
    /// A line of dots to write on.
    void dots(double x1, double x2, double y);
    void draw(const QrModules& code, double x, double y, double side);
    /// Ends the sheet; what follows is drawn on the next one.
    void next();
    /// The whole PDF. Errors: PaperFailed with Cairo's reason. Nothing may be drawn afterwards.
    Result<std::string> finish();
    /// The dots down to `heightMm`, black where it is darker than half grey.
    Result<Raster> finishRaster(double heightMm);
    /// The sheets as pictures.
    Result<std::vector<RgbPicture>> finishPictures();

private:
    struct Free {
        void operator()(cairo_t* p) const;
        void operator()(cairo_surface_t* p) const;
        void operator()(PangoFontMap* p) const;
        void operator()(PangoContext* p) const;
    };
    void setUp();
    RgbPicture picture() const;

    std::string pdf_;
    double perMm_ = 0; // 0: a PDF
    std::vector<RgbPicture> sheets_;
    std::unique_ptr<cairo_surface_t, Free> surface_;
    std::unique_ptr<cairo_t, Free> cairo_;
    std::unique_ptr<PangoFontMap, Free> fonts_;
    std::unique_ptr<PangoContext, Free> context_;
};

} // namespace kiosk::papers
