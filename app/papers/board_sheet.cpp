#include "app/papers/board_sheet.hpp"

#include <algorithm>
#include <array>

namespace kiosk::papers {
namespace {

/// As on the screen (assets/lang/vi.json, progress.1 to 10).
constexpr std::array<std::string_view, 10> statuses{
    "Mới đăng ký",         "Được tiếp nhận",      "Không được tiếp nhận", "Đang xử lý",
    "Cần bổ sung giấy tờ", "Cần nộp phí, lệ phí", "Đã rút theo yêu cầu",  "Đã dừng xử lý",
    "Đã xử lý xong",       "Đã trả kết quả"};

std::string standing(const BoardSheet::Dossier& d) {
    const auto at = static_cast<std::size_t>(std::clamp(d.status, 1, static_cast<int>(statuses.size())) - 1);
    std::string words(statuses[at]);
    if (d.promised) words += " · hẹn trả " + d.promised->vietnamese();
    if (d.due && d.promised && *d.due > *d.promised) words += " · hẹn lại " + d.due->vietnamese();
    return words;
}

} // namespace

Result<std::string> boardPdf(const BoardSheet& board) {
    std::vector<std::string_view> all{board.office, board.period};
    for (const auto& d : board.dossiers) all.insert(all.end(), {d.code, d.procedure});
    if (auto checked = checkWords(all); !checked) return fail(checked.error());
    const std::string name = "Theo dõi hồ sơ gửi từ máy " + board.day.vietnamese();
    return pdfOf(a4, name, [&](Page& page, int total) {
        Sheet sheet(page, a4, name, total);
        sheet.letterHead(board.office, "", "", board.day);
        sheet.title("Theo dõi hồ sơ gửi từ máy", board.period);
        sheet.gap(2);
        sheet.items(board.figures);
        sheet.gap(2);
        sheet.heading("Hồ sơ");
        sheet.paragraph(board.dossiers.empty()
                            ? "Chưa có hồ sơ nào."
                            : "Biểu đồ từ " + board.first.vietnamese() + " đến " + board.last.vietnamese() +
                                  ": vạch xám là hôm nay, vạch đen là ngày hẹn trả, thanh "
                                  "đậm là hồ sơ trễ hạn.",
                        true);
        for (const auto& d : board.dossiers)
            sheet.span(d.code + " · " + d.procedure + (d.late ? " · TRỄ HẠN" : ""), standing(d), d.span,
                       board.today);
        return sheet.finish();
    });
}

} // namespace kiosk::papers
