#include "app/papers/receipt.hpp"

namespace kiosk::papers {
namespace {

constexpr std::string_view toFill = "……………………………";

std::string orToFill(const std::string& s) { return s.empty() ? std::string(toFill) : s; }

/// "10 giờ 04 phút, ngày 05 tháng 01 năm 2026"
std::string momentInWords(const Taken& t) {
    const auto& time = t.receivedTime;
    const auto hours =
        time.size() == 5 ? time.substr(0, 2) + " giờ " + time.substr(3) + " phút, " : std::string();
    return hours + dayInWords(t.received);
}

std::string codeLine(const Taken& t) {
    return "Mã hồ sơ: " + t.dossierCode + (t.builtInNumbering ? "\n(mã tạm của đơn vị)" : "");
}

Result<void> check(const Taken& t) {
    std::vector<std::string_view> all{t.office,  t.place, t.dossierCode, t.name,
                                      t.address, t.phone, t.number,      t.procedureName};
    for (const auto& row : t.papers.rows) all.insert(all.end(), row.begin(), row.end());
    if (t.dossierCode.empty()) return fail(Code::PaperFailed, "no dossier code");
    return checkWords(all);
}

int layReceipt(const Taken& t, Date today, Page& page, int total) {
    Sheet sheet(page, a5, "Khi đến nhận kết quả, mang theo giấy này và giấy tờ tùy thân.", total);
    sheet.letterHead(t.office, codeLine(t), t.place, today);
    sheet.title("Giấy tiếp nhận hồ sơ và hẹn trả kết quả");
    sheet.items({{"Tiếp nhận hồ sơ của ông (bà)", t.name, {}, {}},
                 {"Địa chỉ", orToFill(t.address), {}, {}},
                 {"Số điện thoại", orToFill(t.phone), {}, {}},
                 {"Số định danh cá nhân", orToFill(t.number), {}, {}},
                 {"Nội dung yêu cầu giải quyết", t.procedureName + " (" + t.procedureCode + ")", {}, {}}});
    sheet.gap(1);
    auto papers = t.papers;
    papers.label = "Thành phần hồ sơ, yêu cầu và số lượng mỗi loại giấy tờ";
    if (papers.rows.empty())
        sheet.item(papers.label, std::string(toFill));
    else
        sheet.items({papers});
    sheet.items({{"Số lượng hồ sơ", "01 (bộ)", {}, {}},
                 {"Thời gian nhận hồ sơ", momentInWords(t), {}, {}},
                 {"Thời gian trả kết quả giải quyết hồ sơ", dayInWords(*t.due), {}, {}},
                 {"Đăng ký nhận kết quả tại", t.office, {}, {}}});
    sheet.signatures({{"NGƯỜI NỘP HỒ SƠ (ký, ghi rõ họ tên)", t.name, {}},
                      {"NGƯỜI TIẾP NHẬN HỒ SƠ (ký, ghi rõ họ tên)", "", {}}},
                     "", today);
    return sheet.finish();
}

int layApology(const Apology& a, Date today, Page& page, int total) {
    const auto& t = a.dossier;
    Sheet sheet(page, a4, "Mã hồ sơ: " + t.dossierCode, total);
    sheet.letterHead(t.office, "Số: ………/……………", t.place, today);
    sheet.title("Văn bản xin lỗi và đề nghị gia hạn", "về thời gian giải quyết hồ sơ");
    sheet.addressee("Kính gửi: ", t.name.empty() ? "Chủ hồ sơ mã " + t.dossierCode : "Ông (bà) " + t.name);
    const auto until = t.due ? dayInWords(*t.due) : std::string("ngày …… tháng …… năm ……");
    sheet.gap(2);
    sheet.paragraph("Ngày " + t.received.vietnamese() + ", " + t.office +
                    " đã tiếp nhận hồ sơ của ông (bà) về việc “" + t.procedureName + "”, mã hồ sơ " +
                    t.dossierCode + ", hẹn trả kết quả vào " + dayInWords(a.promised) + ".");
    sheet.gap(1);
    sheet.paragraph("Đến nay hồ sơ chưa được giải quyết xong, chậm so với thời gian đã hẹn.");
    sheet.gap(1);
    sheet.item("Lý do", a.reason.empty() ? std::string(toFill) : a.reason);
    sheet.gap(1);
    sheet.paragraph(t.office +
                    " chân thành xin lỗi ông (bà) về sự chậm trễ này và đề nghị được gia hạn thời gian trả "
                    "kết quả đến " +
                    until + ". Đến ngày đó, mời ông (bà) đến nhận kết quả tại " + t.office + ".");
    sheet.gap(1);
    sheet.paragraph("Rất mong ông (bà) thông cảm.");
    sheet.signatures({{"THỦ TRƯỞNG ĐƠN VỊ (ký, ghi rõ họ tên, đóng dấu)", "", {}}}, "", today);
    return sheet.finish();
}

} // namespace

Result<std::string> receiptPdf(const Taken& taken, Date today) {
    if (auto good = check(taken); !good) return fail(good.error());
    if (!taken.due) return fail(Code::PaperFailed, "no date is promised");
    return pdfOf(a5, "Giấy tiếp nhận " + taken.dossierCode,
                 [&](Page& page, int total) { return layReceipt(taken, today, page, total); });
}

Result<std::string> apologyPdf(const Apology& apology, Date today) {
    if (auto good = check(apology.dossier); !good) return fail(good.error());
    if (auto good = checkWords({apology.reason}); !good) return fail(good.error());
    if (apology.dossier.due && *apology.dossier.due <= apology.promised)
        return fail(Code::PaperFailed, "no later date is promised: enter it first");
    return pdfOf(a4, "Xin lỗi " + apology.dossier.dossierCode,
                 [&](Page& page, int total) { return layApology(apology, today, page, total); });
}

} // namespace kiosk::papers
