// Lays the declaration out: to whom, what is declared part by part, the promise, places to sign.
#include "app/papers/declaration.hpp"

namespace kiosk::papers {
namespace {

/// A place to sign begins at each entry that speaks of signing; the entries after it are written by hand
/// below it. Under the words for the person who declares stands the name.
std::vector<SheetSignature> signaturesOf(const Declaration& d) {
    std::vector<SheetSignature> out;
    for (const auto& words : d.signatures) {
        const bool signs = words.find("ký") != std::string::npos || words.find("Ký") != std::string::npos;
        const bool own = words.starts_with("Người") || words.starts_with("Chữ ký người");
        if (signs || out.empty())
            out.push_back({words, own ? d.signer : std::string(), {}});
        else
            out.back().lines.push_back(words);
    }
    return out;
}

int lay(const Declaration& d, Page& page, int total) {
    std::string footer = "Lập tại kiosk";
    if (!d.verified) footer += " · Dữ liệu căn cước do người khai xuất trình, chưa xác thực";
    if (!d.reference.empty()) footer += " · Mã tra cứu: " + d.reference;
    Sheet sheet(page, a4, footer, total);
    sheet.prescribedBy(d.legal);
    sheet.state();
    sheet.title(d.name);
    if (d.rehearsal) sheet.centred("BẢN LÀM THỬ (MẪU) — KHÔNG CÓ GIÁ TRỊ", true);
    sheet.addressee("Kính gửi: ", d.office);
    sheet.centred("Thủ tục: " + d.procedureName + " (" + d.procedureCode + ")", true);
    for (const auto& part : d.parts) {
        sheet.heading(part.title);
        sheet.items(part.items);
    }
    sheet.gap(2);
    if (!d.promise.empty()) sheet.paragraph(d.promise);
    sheet.signatures(signaturesOf(d), d.place, d.date);
    return sheet.finish();
}

Result<void> check(const Declaration& d) {
    std::vector<std::string_view> all{d.name,          d.legal,     d.office,  d.place, d.procedureName,
                                      d.procedureCode, d.reference, d.promise, d.signer};
    all.insert(all.end(), d.signatures.begin(), d.signatures.end());
    for (const auto& part : d.parts) {
        all.emplace_back(part.title);
        for (const auto& item : part.items) {
            all.insert(all.end(), {item.label, item.value});
            all.insert(all.end(), item.columns.begin(), item.columns.end());
            for (const auto& row : item.rows) all.insert(all.end(), row.begin(), row.end());
        }
    }
    return checkWords(all);
}

} // namespace

Result<std::string> declarationPdf(const Declaration& declaration) {
    if (auto good = check(declaration); !good) return fail(good.error());
    return pdfOf(a4, declaration.name, [&](Page& page, int total) { return lay(declaration, page, total); });
}

Result<std::vector<RgbPicture>> declarationPictures(const Declaration& declaration, double pixelsPerMm) {
    if (auto good = check(declaration); !good) return fail(good.error());
    return picturesOf(a4, pixelsPerMm, [&](Page& page, int total) { return lay(declaration, page, total); });
}

} // namespace kiosk::papers
