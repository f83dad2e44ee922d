#include "app/papers/slip/slip_words.hpp"

namespace kiosk::papers {
namespace {

constexpr SlipWords vietnamese = {
    .title = "PHIẾU GỬI HỒ SƠ TẠI KIOSK",
    .reference = "Mã tra cứu",
    .receivedAtKiosk = "Đã nhận tại kiosk",
    .sentToOffice = "Đã gửi đến Bộ phận Một cửa",
    .dossierCode = "Mã hồ sơ: ",
    .provisionalCode = "Mã do hệ thống tiếp nhận cấp; mã chính thức ghi trên Giấy tiếp nhận hồ sơ.",
    .waitingToSend = "Hồ sơ sẽ tự động gửi đến Bộ phận Một cửa khi có kết nối. Quý khách không cần gửi lại.",
    .at = "lúc ",
    .clockNotTrusted = "Giờ ghi theo đồng hồ của kiosk, chưa được đối chiếu.",
    .procedure = "Thủ tục",
    .bring = "Giấy tờ cần mang đến quầy",
    .bringNothing = "Thẻ căn cước và phiếu này.",
    .nextSteps = "Việc tiếp theo",
    .keep = "Giữ phiếu này và dùng mã tra cứu khi cần hỏi về hồ sơ.",
    .visit = "Mang phiếu và giấy tờ nêu trên đến quầy để cán bộ đối chiếu, tiếp nhận.",
    .receipt = "Nhận Giấy tiếp nhận hồ sơ và hẹn trả kết quả; ngày trả kết quả ghi trên giấy đó.",
    .call = "Điện thoại hỗ trợ: ",
    .notAReceipt = "Phiếu này xác nhận việc gửi hồ sơ tại kiosk, không thay thế Giấy tiếp nhận hồ sơ và hẹn "
                   "trả kết quả.",
    .continued = "(xem tiếp trang sau)",
    .rehearsal = "BẢN LÀM THỬ (MẪU) — KHÔNG CÓ GIÁ TRỊ",
};

constexpr SlipWords english = {
    .title = "KIOSK SUBMISSION SLIP",
    .reference = "Reference",
    .receivedAtKiosk = "Received at the kiosk",
    .sentToOffice = "Sent to the one-stop office",
    .dossierCode = "Dossier code: ",
    .provisionalCode = "Given by the receiving system; the official code is on the office's receipt.",
    .waitingToSend =
        "It will be sent to the office by itself once the connection is there. You need not send it again.",
    .at = "at ",
    .clockNotTrusted = "Time by the kiosk's own clock, not verified.",
    .procedure = "Procedure",
    .bring = "Papers to bring to the counter",
    .bringNothing = "Your ID card and this slip.",
    .nextSteps = "What happens next",
    .keep = "Keep this slip and give the reference when you ask about your dossier.",
    .visit = "Bring this slip and the papers above to the counter, where an officer checks and accepts them.",
    .receipt =
        "You then get the official receipt (Giấy tiếp nhận hồ sơ và hẹn trả kết quả) with the due date.",
    .call = "Help by telephone: ",
    .notAReceipt = "This slip confirms that a dossier was sent at the kiosk. It is not the official receipt "
                   "(Giấy tiếp nhận hồ sơ và hẹn trả kết quả).",
    .continued = "(continued on the next page)",
    .rehearsal = "REHEARSAL (SPECIMEN) — WORTH NOTHING",
};

} // namespace

const SlipWords& slipWords(std::string_view language) { return language == "en" ? english : vietnamese; }

} // namespace kiosk::papers
