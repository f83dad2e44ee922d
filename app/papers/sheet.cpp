#include "app/papers/sheet.hpp"

#include "app/base/text.hpp"

#include <algorithm>

namespace kiosk::papers {
namespace {

constexpr double bodyPoints = 12, smallPoints = 9.5, cellPoints = 10.5;
constexpr double signingRoom = 20; // mm on A4
constexpr double between = 6;      // mm between two items side by side

std::string twoDigits(unsigned n) { return (n < 10 ? "0" : "") + std::to_string(n); }

/// "Người yêu cầu (ký, ghi rõ họ tên)" -> its two lines.
std::pair<std::string, std::string> signatureWords(const std::string& words) {
    const auto open = words.find('(');
    if (open == std::string::npos) return {words, "(Ký, ghi rõ họ tên)"};
    auto second = words.substr(open);
    if (second.size() > 1 && second[1] == 'k') second[1] = 'K';
    return {std::string(text::trim(std::string_view(words).substr(0, open))), second};
}

/// A question needs no colon.
std::string labelOf(const SheetItem& item) { return item.label + (item.label.ends_with('?') ? " " : ": "); }
std::string wordsOf(const SheetItem& item) { return labelOf(item) + item.value; }

/// Wide enough for its words, in proportion.
std::vector<double> columnWidths(const SheetItem& item, double width) {
    std::vector<double> weights;
    double sum = 0;
    for (std::size_t c = 0; c < item.columns.size(); ++c) {
        std::size_t longest = text::length(item.columns[c]) * 2 / 3;
        for (const auto& row : item.rows)
            if (c < row.size()) longest = std::max(longest, text::length(row[c]));
        weights.push_back(static_cast<double>(std::clamp<std::size_t>(longest, 7, 26)));
        sum += weights.back();
    }
    for (auto& w : weights) w = w / sum * width;
    return weights;
}

} // namespace

std::string dayInWords(Date day) {
    return "ngày " + twoDigits(day.day) + " tháng " + twoDigits(day.month) + " năm " +
           std::to_string(day.year);
}

Sheet::Sheet(Page& page, const SheetSize& size, std::string footer, int total)
    : page_(page), size_(size), width_(size.bodyWidth()), footer_(std::move(footer)), total_(total),
      y_(size.top) {}

Type Sheet::type(double points, bool bold, bool italic) const {
    return {.points = points * size_.scale, .bold = bold, .italic = italic, .serif = true};
}

namespace {
Type middle(Type type) {
    type.centred = true;
    return type;
}
} // namespace

void Sheet::prescribedBy(const std::string& words) {
    if (words.empty()) return;
    const Place at{size_.left + width_ / 2, size_.top - 8 * size_.scale, width_ / 2};
    const auto small = middle(type(smallPoints, false, true));
    y_ = std::max(y_, at.y + page_.draw("(" + words + ")", at, small) + 2 * size_.scale);
}

void Sheet::state() {
    const auto strong = middle(type(bodyPoints, true));
    y_ += page_.draw("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", {size_.left, y_, width_}, strong);
    y_ += page_.draw("Độc lập - Tự do - Hạnh phúc", {size_.left, y_, width_}, strong) + size_.scale;
    const double centre = size_.left + width_ / 2;
    page_.rule(centre - 26 * size_.scale, centre + 26 * size_.scale, y_, 0);
    gap(7);
}

void Sheet::letterHead(const std::string& office, const std::string& below, const std::string& place,
                       Date day) {
    const double leftWidth = width_ * 0.42, rightWidth = width_ - leftWidth;
    const double rightX = size_.left + leftWidth, centre = rightX + rightWidth / 2;
    const auto strong = middle(type(10.5, true));
    double left = y_, right = y_;
    left += page_.draw(text::upper(office), {size_.left, left, leftWidth - 3}, strong) + size_.scale;
    page_.rule(size_.left + leftWidth / 2 - 14, size_.left + leftWidth / 2 + 11, left, 0);
    left += page_.draw(below, {size_.left, left + 2 * size_.scale, leftWidth - 3}, middle(type(10))) +
            2 * size_.scale;
    right += page_.draw("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", {rightX, right, rightWidth}, strong);
    right += page_.draw("Độc lập - Tự do - Hạnh phúc", {rightX, right, rightWidth}, strong) + size_.scale;
    page_.rule(centre - 22 * size_.scale, centre + 22 * size_.scale, right, 0);
    right += page_.draw((place.empty() ? place : place + ", ") + dayInWords(day),
                        {rightX, right + 2 * size_.scale, rightWidth}, middle(type(10, false, true))) +
             2 * size_.scale;
    y_ = std::max(left, right) + 5 * size_.scale;
}

void Sheet::title(std::string_view words, std::string_view below) {
    y_ += page_.draw(text::upper(words), {size_.left, y_, width_}, middle(type(15, true)));
    if (!below.empty()) y_ += page_.draw(below, {size_.left, y_, width_}, middle(type(10.5, false, true)));
    gap(3);
}

void Sheet::centred(std::string_view words, bool small) {
    y_ += page_.draw(words, {size_.left, y_, width_},
                     middle(small ? type(smallPoints, false, true) : type(bodyPoints)));
    gap(3);
}

void Sheet::addressee(const std::string& label, const std::string& whom) {
    auto look = middle(type(bodyPoints));
    look.boldFrom = label.size();
    y_ += page_.draw(label + whom, {size_.left, y_, width_}, look);
    gap(3);
}

void Sheet::heading(std::string_view words) {
    room(16 * size_.scale);
    gap(2);
    y_ += page_.draw(words, {size_.left, y_, width_}, type(bodyPoints, true));
    gap(1);
}

void Sheet::paragraph(std::string_view words, bool small) {
    const auto look = small ? type(smallPoints, false, true) : type(bodyPoints);
    room(page_.measure(words, {size_.left, y_, width_}, look));
    y_ += page_.draw(words, {size_.left, y_, width_}, look);
    gap(1);
}

double Sheet::itemHeight(const SheetItem& item, double width) const {
    return page_.measure(wordsOf(item), {0, 0, width}, type(bodyPoints, false)) + 1.2 * size_.scale;
}

/// Fits into one line of half the width, also in bold.
bool Sheet::isShort(const SheetItem& item) const {
    auto bold = type(bodyPoints);
    bold.boldFrom = labelOf(item).size();
    const double half = (width_ - between * size_.scale) / 2;
    return page_.measure(wordsOf(item), {0, 0, half}, bold) < 1.5 * page_.measure("X", {0, 0, half}, bold);
}

double Sheet::drawItem(const SheetItem& item, double x, double width) {
    auto look = type(bodyPoints);
    look.boldFrom = labelOf(item).size();
    const double height = page_.draw(wordsOf(item), {x, y_, width}, look);
    page_.dots(x, x + width, y_ + height + 0.1);
    return height + 1.2 * size_.scale;
}

void Sheet::items(const std::vector<SheetItem>& items) {
    const double space = between * size_.scale, half = (width_ - space) / 2;
    for (std::size_t i = 0; i < items.size(); ++i) {
        const auto& item = items[i];
        const auto* next = i + 1 < items.size() && items[i + 1].columns.empty() ? &items[i + 1] : nullptr;
        if (!item.columns.empty()) {
            table(item);
        } else if (next != nullptr && isShort(item) && isShort(*next)) {
            room(itemHeight(item, half));
            const double height = drawItem(item, size_.left, half);
            drawItem(*next, size_.left + half + space, half);
            y_ += height;
            ++i;
        } else {
            room(itemHeight(item, width_));
            y_ += drawItem(item, size_.left, width_);
        }
    }
}

void Sheet::table(const SheetItem& item) {
    const auto widths = columnWidths(item, width_ - 10);
    room(24 * size_.scale);
    if (!item.label.empty()) y_ += page_.draw(item.label + ":", {size_.left, y_, width_}, type(bodyPoints));
    gap(1);
    row("TT", item.columns, widths, true);
    for (std::size_t r = 0; r < item.rows.size(); ++r)
        row(std::to_string(r + 1), item.rows[r], widths, false);
    gap(2);
}

void Sheet::row(const std::string& first, const std::vector<std::string>& cells,
                const std::vector<double>& widths, bool isHead) {
    auto look = type(cellPoints, isHead);
    look.centred = isHead;
    double height = page_.measure(first, {0, 0, 8}, look);
    for (std::size_t c = 0; c < widths.size() && c < cells.size(); ++c)
        height = std::max(height, page_.measure(cells[c], {0, 0, widths[c] - 2}, look));
    height += 1.6 * size_.scale;
    room(height);
    double x = size_.left;
    const auto one = [&](const std::string& words, double width) {
        page_.frame(x, y_, width, height);
        page_.draw(words, {x + 1, y_ + 0.6 * size_.scale, width - 2}, look);
        x += width;
    };
    one(first, 10);
    for (std::size_t c = 0; c < widths.size(); ++c)
        one(c < cells.size() ? cells[c] : std::string(), widths[c]);
    y_ += height;
}

void Sheet::span(const std::string& words, const std::string& below, const SheetSpan& span, double today) {
    const double chart = width_ * 0.4, textWidth = width_ - chart - 4;
    const auto look = type(cellPoints, span.strong), small = type(smallPoints);
    const double textHeight = page_.measure(words, {0, 0, textWidth}, look);
    const double height = textHeight + page_.measure(below, {0, 0, textWidth}, small) + 1.6 * size_.scale;
    room(height);
    page_.draw(words, {size_.left, y_, textWidth}, look);
    page_.draw(below, {size_.left, y_ + textHeight, textWidth}, small);
    const double x = size_.left + width_ - chart;
    const auto place = [&](double at) { return x + std::clamp(at, 0.0, 1.0) * chart; };
    page_.rule(x, x + chart, y_ + height - 0.8, 0.8);
    page_.fill(place(today) - 0.1, y_, 0.2, height - 0.8, 0.6);
    constexpr double shortest = 0.8; // mm, so that a day is seen
    page_.fill(place(span.from), y_ + 1, std::max(shortest, place(span.to) - place(span.from)), height - 3.6,
               span.strong ? 0.25 : 0.75);
    if (span.due) page_.fill(place(*span.due) - 0.25, y_ + 0.3, 0.5, height - 1.4, 0);
    y_ += height;
}

void Sheet::signatures(const std::vector<SheetSignature>& all, const std::string& place, Date day) {
    const double half = width_ / 2;
    for (std::size_t i = 0; i < all.size(); i += 2) {
        const bool last = i + 2 >= all.size(), alone = i + 1 == all.size();
        room((signingRoom + 26) * size_.scale);
        gap(4);
        if (last && !place.empty())
            y_ += page_.draw(place + ", " + dayInWords(day), {size_.left + half, y_, half},
                             middle(type(smallPoints, false, true))) +
                  size_.scale;
        const double left = alone ? 0 : sign(all[i], size_.left);
        y_ += std::max(left, sign(all[alone ? i : i + 1], size_.left + half));
    }
}

double Sheet::sign(const SheetSignature& signature, double x) {
    const double width = width_ / 2 - 3;
    const auto strong = middle(type(bodyPoints, true));
    const auto [head, below] = signatureWords(signature.words);
    double height = page_.draw(head, {x, y_, width}, strong);
    height += page_.draw(below, {x, y_ + height, width}, middle(type(smallPoints, false, true))) +
              signingRoom * size_.scale;
    if (!signature.name.empty()) height += page_.draw(signature.name, {x, y_ + height, width}, strong);
    for (const auto& line : signature.lines) {
        const double lineHeight = page_.draw(line + ":", {x + 2, y_ + height, width - 2}, type(cellPoints));
        page_.dots(x + width / 2, x + width, y_ + height + lineHeight - 0.8);
        height += lineHeight + 2 * size_.scale;
    }
    return height;
}

/// Goes on to the next sheet when less than `height` is left.
void Sheet::room(double height) {
    if (y_ + height <= size_.height - size_.bottom - 6 * size_.scale || y_ <= size_.top) return;
    footer();
    page_.next();
    ++number_;
    y_ = size_.top;
}

void Sheet::footer() {
    const double y = size_.height - size_.bottom;
    page_.rule(size_.left, size_.left + width_, y, 0.6);
    Type look{.points = 8 * size_.scale, .grey = 0.35};
    page_.draw(footer_, {size_.left, y + 1.2, width_ - 22}, look);
    look.centred = true;
    page_.draw("Trang " + std::to_string(number_) + (total_ == 0 ? "" : "/" + std::to_string(total_)),
               {size_.left + width_ - 20, y + 1.2, 20}, look);
}

int Sheet::finish() {
    footer();
    return number_;
}

namespace {
int count(const SheetSize& size, const Lay& lay) {
    Page page(size.width, size.height, "");
    return lay(page, 0);
}
} // namespace

Result<std::string> pdfOf(const SheetSize& size, const std::string& title, const Lay& lay) {
    Page page(size.width, size.height, title);
    lay(page, count(size, lay));
    return page.finish();
}

Result<std::vector<RgbPicture>> picturesOf(const SheetSize& size, double pixelsPerMm, const Lay& lay) {
    Page page(size.width, size.height, pixelsPerMm, Page::Medium::Screen);
    lay(page, count(size, lay));
    return page.finishPictures();
}

Result<void> checkWords(const std::vector<std::string_view>& all) {
    const auto bad = [](std::string_view s) {
        return !text::isUtf8(s) || s.find('\0') != std::string_view::npos;
    };
    if (std::any_of(all.begin(), all.end(), bad)) return fail(Code::PaperFailed, "text that is not UTF-8");
    return {};
}

} // namespace kiosk::papers
