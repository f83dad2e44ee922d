#include "app/papers/test_sheet.hpp"

#include "app/papers/sheet.hpp"

namespace kiosk::papers {

Result<std::string> testSheetPdf(const std::string& office, Instant at) {
    if (auto checked = checkWords({office}); !checked) return fail(checked.error());
    return pdfOf(a4, "Trang in thử (MẪU)", [&](Page& page, int total) {
        Sheet sheet(page, a4, "Trang in thử (MẪU) — SPECIMEN", total);
        const auto day = at.dateInVietnam();
        sheet.letterHead(office, "", "", day);
        sheet.title("Trang in thử", "MẪU — SPECIMEN");
        sheet.gap(2);
        sheet.items({{"Thời điểm in", at.timeInVietnam() + ", " + day.vietnamese(), {}, {}},
                     {"Chữ tiếng Việt",
                      "Ắ Ặ Ẫ Ậ Ế Ệ Ễ Ố Ộ Ỗ Ớ Ợ Ỡ Ứ Ự Ữ Ỷ Ỵ Đ — ắ ặ ẫ ậ ế ệ ễ ố ộ ỗ ớ ợ ỡ ứ ự ữ ỷ ỵ đ",
                      {},
                      {}},
                     {"Chữ số", "0123456789 — 001099000001 (MẪU)", {}, {}}});
        sheet.gap(2);
        sheet.paragraph("Nếu đọc rõ mọi chữ, bốn lề trống đều nhau và không có vệt đen thì máy in chạy tốt.");
        return sheet.finish();
    });
}

} // namespace kiosk::papers
