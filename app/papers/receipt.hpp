// The office's own papers about a dossier it has taken: Giấy tiếp nhận hồ sơ và hẹn trả kết quả (mẫu 01) and
// Văn bản xin lỗi và đề nghị gia hạn (mẫu 04) of Thông tư 03/2025/TT-VPCP. The text of its annex was not to
// be had: the layout follows running one-stop systems (unverified). Hold personal data. Vietnamese, like the
// paper forms.
#pragma once

#include "app/papers/sheet.hpp"

#include <optional>

namespace kiosk::papers {

/// A dossier as its papers name it.
struct Taken {
    std::string office, place; // who took it; where ("Phường Sài Gòn")
    std::string dossierCode;
    bool builtInNumbering = false;            // not a code of the one-stop system
    std::string name, address, phone, number; // empty name: addressed by the dossier's code
    std::string procedureName, procedureCode;
    SheetItem papers; // a table: what is handed over, originals, copies
    Date received;
    std::string receivedTime; // "10:04"; empty on what only names the day
    std::optional<Date> due;
};

/// A5 portrait. Errors: PaperFailed; also without a due date, which the receipt promises.
Result<std::string> receiptPdf(const Taken& taken, Date today);

struct Apology {
    Taken dossier;
    Date promised;      // before; the new date is dossier.due, or a line to write on
    std::string reason; // may be empty: a line to write on
};

/// A4 portrait. Errors: PaperFailed; also when the new date is no later one.
Result<std::string> apologyPdf(const Apology& apology, Date today);

} // namespace kiosk::papers
