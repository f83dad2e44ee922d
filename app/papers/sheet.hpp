// What official papers have in common (Nghị định 30/2020/NĐ-CP, Phụ lục I: margins, state's name and motto,
// places to sign): words one below the other, over as many sheets as it takes.
#pragma once

#include "app/base/time.hpp"
#include "app/papers/page.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kiosk::papers {

/// All lengths in mm; `scale` of type and gaps: 1 on A4.
struct SheetSize {
    double width = 210, height = 297, left = 30, right = 15, top = 20, bottom = 20, scale = 1;
    double bodyWidth() const { return width - left - right; }
};
inline constexpr SheetSize a4{};
inline constexpr SheetSize a5{148, 210, 15, 12, 14, 14, 0.8};

/// "label: value", or a table.
struct SheetItem {
    std::string label, value;
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> rows; // each as long as `columns`; then `value` is not shown
};

/// A place to sign: "Người khai (ký, ghi rõ họ tên)", the name below it, lines filled in by hand.
struct SheetSignature {
    std::string words, name;
    std::vector<std::string> lines;
};

/// A stretch of time on a chart, 0 its beginning .. 1 its end.
struct SheetSpan {
    double from = 0, to = 1;
    std::optional<double> due; // marked
    bool strong = false;
};

class Sheet {
public:
    /// `footer` stands on each sheet; `total`: how many there will be, 0: not known yet.
    Sheet(Page& page, const SheetSize& size, std::string footer, int total);

    /// The state's name and motto over the whole width.
    void state();
    /// The office at the left with what is `below` it, the state's name and motto at the right, then place
    /// and day.
    void letterHead(const std::string& office, const std::string& below, const std::string& place, Date day);
    /// In capitals.
    void title(std::string_view words, std::string_view below = {});
    /// A small line at the upper right, above everything.
    void prescribedBy(const std::string& words);
    void centred(std::string_view words, bool small = false);
    /// `label` and the rest in bold, in the middle.
    void addressee(const std::string& label, const std::string& whom);
    void heading(std::string_view words);
    void paragraph(std::string_view words, bool small = false);
    void item(const std::string& label, const std::string& value) { items({{label, value, {}, {}}}); }
    /// Two short ones stand side by side.
    void items(const std::vector<SheetItem>& items);
    /// One line of a chart: words at the left with smaller ones below, the span at the right.
    void span(const std::string& words, const std::string& below, const SheetSpan& span, double today);
    void gap(double mm) { y_ += mm * size_.scale; }
    /// Two side by side; the last at the right, under place and day unless `place` is empty.
    void signatures(const std::vector<SheetSignature>& all, const std::string& place, Date day);
    /// Closes the last sheet; how many there are.
    int finish();

private:
    Type type(double points, bool bold = false, bool italic = false) const;
    void room(double height);
    void footer();
    double itemHeight(const SheetItem& item, double width) const;
    bool isShort(const SheetItem& item) const;
    double drawItem(const SheetItem& item, double x, double width);
    void table(const SheetItem& item);
    void row(const std::string& first, const std::vector<std::string>& cells,
             const std::vector<double>& widths, bool isHead);
    double sign(const SheetSignature& signature, double x);

    Page& page_;
    const SheetSize size_;
    const double width_;
    std::string footer_;
    int total_, number_ = 1;
    double y_;
};

/// "ngày 05 tháng 01 năm 2026"
std::string dayInWords(Date day);

/// Lays twice: the first time only to count the sheets. `lay` gets the page and their number so far known,
/// and returns it.
using Lay = std::function<int(Page&, int total)>;
Result<std::string> pdfOf(const SheetSize& size, const std::string& title, const Lay& lay);
/// The same sheets for the screen.
Result<std::vector<RgbPicture>> picturesOf(const SheetSize& size, double pixelsPerMm, const Lay& lay);

/// PaperFailed when one of them cannot be set: anything else would silently lose words.
Result<void> checkWords(const std::vector<std::string_view>& all);

} // namespace kiosk::papers
