// Lays the slip out on A5: who, the reference large with its QR, what became of it, what to bring, what
// happens next.
#include "app/papers/slip/slip.hpp"

#include "app/base/files.hpp"
#include "app/base/text.hpp"
#include "app/papers/page.hpp"
#include "app/papers/slip/slip_words.hpp"

#include <algorithm>

namespace kiosk::papers {
namespace {

constexpr double paperWidth = 148;
constexpr double paperHeight = 210;
constexpr double margin = 12;
constexpr double bodyWidth = paperWidth - 2 * margin;
constexpr double footerTop = paperHeight - margin - 13;
constexpr double qrSide = 30; // 1.4 mm a module: any telephone reads it
constexpr Type label{.points = 8.5, .grey = 0.35};
constexpr Type body{.points = 10};
constexpr Type strong{.points = 10.5, .bold = true};

bool isPrintable(const Slip& slip) {
    const auto good = [](const std::string& s) {
        return text::isUtf8(s) && s.find('\0') == std::string::npos;
    };
    return std::all_of(slip.bring.begin(), slip.bring.end(), good) && good(slip.officeName) &&
           good(slip.officePhone) && good(slip.reference) && good(slip.code) && good(slip.dossierCode) &&
           good(slip.procedureName) && good(slip.procedureCode);
}

class SlipPage {
public:
    SlipPage(const Slip& slip, const QrModules& code)
        : slip_(slip), code_(code), words_(slipWords(slip.language)),
          page_(paperWidth, paperHeight, std::string(words_.title) + " " + slip.reference) {}

    Result<std::string> lay() {
        heading();
        status();
        procedure();
        bring();
        nextSteps();
        footer();
        return page_.finish();
    }

private:
    void heading() {
        y_ += page_.draw(slip_.officeName, {margin, y_, bodyWidth},
                         {.points = 10, .bold = true, .centred = true});
        y_ += 1.5;
        page_.rule(paperWidth / 2 - 18, paperWidth / 2 + 18, y_, 0);
        y_ += 4;
        y_ +=
            page_.draw(words_.title, {margin, y_, bodyWidth}, {.points = 16, .bold = true, .centred = true});
        if (slip_.rehearsal)
            y_ += page_.draw(words_.rehearsal, {margin, y_ + 1, bodyWidth},
                             {.points = 12, .bold = true, .centred = true});
        y_ += 4;
    }

    std::string when() const {
        return std::string(words_.at) + slip_.at.timeInVietnam() + ", " +
               slip_.at.dateInVietnam().vietnamese();
    }

    void status() {
        constexpr double inset = 5;
        constexpr double height = qrSide + 2 * inset;
        page_.fill(margin, y_, bodyWidth, height, 0.95);
        const double qrX = margin + bodyWidth - inset - qrSide;
        page_.fill(qrX - 4, y_ + 1, qrSide + 8, height - 2, 1); // the quiet zone: four modules of white
        page_.draw(code_, qrX, y_ + inset, qrSide);
        const double x = margin + inset;
        const double width = qrX - 6 - x;
        double y = y_ + inset - 1;
        y += page_.draw(words_.reference, {x, y, width}, label) + 0.5;
        y += page_.draw(slip_.reference, {x, y, width}, {.points = 24, .bold = true}) + 2;
        const bool sent = !slip_.dossierCode.empty();
        y += page_.draw(sent ? words_.sentToOffice : words_.receivedAtKiosk, {x, y, width}, strong);
        page_.draw(when(), {x, y, width}, body);
        y_ += height + 2.5;
        if (sent) {
            y_ += page_.draw(std::string(words_.dossierCode) + slip_.dossierCode, {margin, y_, bodyWidth},
                             strong);
            if (slip_.builtInNumbering)
                y_ += page_.draw(words_.provisionalCode, {margin, y_, bodyWidth}, label);
        } else {
            y_ += page_.draw(words_.waitingToSend, {margin, y_, bodyWidth}, label);
        }
        if (!slip_.clockTrusted) y_ += page_.draw(words_.clockNotTrusted, {margin, y_, bodyWidth}, label);
        y_ += 3;
    }

    void procedure() {
        section(words_.procedure, 12);
        paragraph(slip_.procedureName, 0, strong);
        paragraph(slip_.procedureCode, 0, label);
        y_ += 3;
    }

    void bring() {
        section(words_.bring, 12);
        if (slip_.bring.empty()) paragraph(words_.bringNothing, 0, body);
        for (const auto& paper : slip_.bring) item("•", paper);
        y_ += 3;
    }

    void nextSteps() {
        section(words_.nextSteps, 20);
        item("1.", words_.keep);
        item("2.", words_.visit);
        item("3.", words_.receipt);
        if (!slip_.officePhone.empty()) {
            y_ += 1;
            paragraph(std::string(words_.call) + slip_.officePhone, 0, strong);
        }
    }

    /// A heading that never stands alone at the foot of a sheet.
    void section(std::string_view title, double withAtLeast) {
        room(withAtLeast);
        y_ += page_.draw(title, {margin, y_, bodyWidth}, label) + 0.3;
    }

    void paragraph(std::string_view words, double indent, const Type& type) {
        const Place at{margin + indent, y_, bodyWidth - indent};
        room(page_.measure(words, at, type));
        y_ += page_.draw(words, {at.x, y_, at.width}, type);
    }

    void item(std::string_view mark, std::string_view words) {
        constexpr double indent = 5;
        room(page_.measure(words, {margin + indent, y_, bodyWidth - indent}, body));
        page_.draw(mark, {margin, y_, indent}, body);
        paragraph(words, indent, body);
        y_ += 0.6;
    }

    /// Goes on to the next sheet when less than `height` is left; the reference is on every sheet.
    void room(double height) {
        constexpr double continuedTop = margin + 10;
        if (y_ + height <= footerTop - 5 || y_ <= continuedTop) return;
        page_.draw(words_.continued, {margin, footerTop - 4.5, bodyWidth}, label);
        footer();
        page_.next();
        page_.draw(std::string(words_.title) + " · " + slip_.reference, {margin, margin, bodyWidth}, strong);
        y_ = continuedTop;
    }

    void footer() {
        page_.frame(margin, footerTop, bodyWidth, 13);
        const Place at{margin + 3, 0, bodyWidth - 6};
        const Type type{.points = 9, .bold = true, .centred = true};
        const double height = page_.measure(words_.notAReceipt, at, type);
        page_.draw(words_.notAReceipt, {at.x, footerTop + (13 - height) / 2, at.width}, type);
    }

    const Slip& slip_;
    const QrModules& code_;
    const SlipWords& words_;
    Page page_;
    double y_ = margin;
};

} // namespace

Result<void> checkSlip(const Slip& slip) {
    if (slip.reference.empty()) return fail(Code::PaperFailed, "a slip without reference");
    if (!isPrintable(slip)) return fail(Code::PaperFailed, "text that is not UTF-8");
    return {};
}

Result<void> writeSlipPdf(const Slip& slip, const std::string& path) {
    if (auto good = checkSlip(slip); !good) return good;
    const auto code = qrModules(slip.code);
    if (!code) return fail(code.error());
    const auto pdf = SlipPage(slip, *code).lay();
    if (!pdf) return fail(pdf.error());
    if (const auto written = files::writeDurably(path, *pdf); !written)
        return fail(Code::PaperFailed, written.error().detail);
    return {};
}

} // namespace kiosk::papers
