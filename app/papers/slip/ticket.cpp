#include "app/papers/slip/ticket.hpp"

#include "app/papers/page.hpp"
#include "app/papers/sheet.hpp"

namespace kiosk::papers {
namespace {

constexpr double rollWidth = 72, longest = 120, dotsPerMm = 8, margin = 2, bodyWidth = rollWidth - 2 * margin;

std::string waitWords(const Ticket& t) {
    const bool vi = t.language == "vi";
    const auto minutes = std::to_string(t.waitMinutes);
    if (t.waitMinutes == 0) return vi ? "Sắp đến lượt bạn" : "It is almost your turn";
    return vi ? "Chờ khoảng " + minutes + " phút (ước tính)"
              : "Wait: about " + minutes + " minutes (estimate)";
}

} // namespace

Result<Raster> ticketRaster(const Ticket& t) {
    if (t.number.empty()) return fail(Code::PaperFailed, "a ticket without number");
    if (auto good = checkWords({t.officeName, t.number}); !good) return fail(good.error());
    const bool vi = t.language == "vi";
    Page page(rollWidth, longest, dotsPerMm, Page::Medium::Dots);
    double y = margin;
    const auto put = [&](std::string_view words, double points, bool bold, double after) {
        y += page.draw(words, {margin, y, bodyWidth}, {.points = points, .bold = bold, .centred = true}) +
             after;
    };
    put(t.officeName, 10, true, 1.5);
    page.rule(margin, rollWidth - margin, y + 1, 0);
    y += 3;
    put(vi ? "Số thứ tự" : "Your number", 12, false, 0);
    put(t.number, 48, true, 1);
    put(waitWords(t), 11, true, 1);
    put(t.at.timeInVietnam() + ", " + t.at.dateInVietnam().vietnamese(), 9.5, false, 1.5);
    put(vi ? "Mời bạn ngồi chờ đến khi số được gọi." : "Please take a seat until your number is called.", 9.5,
        false, 0);
    return page.finishRaster(y + 2);
}

} // namespace kiosk::papers
