// The slip on a roll of 80 mm: 72 mm of 576 dots, one after the other what the A5 sheet has side by side.
#include "app/papers/page.hpp"
#include "app/papers/slip/slip_words.hpp"

#include <algorithm>

namespace kiosk::papers {
namespace {

constexpr double rollWidth = 72, longest = 400; // mm that are printed on; of a slip
constexpr double dotsPerMm = 8;
constexpr double margin = 2, bodyWidth = rollWidth - 2 * margin;
constexpr double qrSide = 34; // 25 modules of more than ten dots
constexpr Type label{.points = 8}, body{.points = 9.5}, strong{.points = 10, .bold = true};

class Roll {
public:
    Roll(const Slip& slip, const QrModules& code)
        : slip_(slip), code_(code), words_(slipWords(slip.language)),
          page_(rollWidth, longest, dotsPerMm, Page::Medium::Dots) {}

    Result<Raster> lay() {
        centred(slip_.officeName, strong, 1.5);
        rule();
        centred(words_.title, {.points = 13, .bold = true}, 2);
        if (slip_.rehearsal) centred(words_.rehearsal, strong, 2);
        centred(words_.reference, label, 0);
        centred(slip_.reference, {.points = 22, .bold = true}, 2);
        page_.draw(code_, (rollWidth - qrSide) / 2, y_, qrSide);
        y_ += qrSide + 3;
        const bool sent = !slip_.dossierCode.empty();
        centred(sent ? words_.sentToOffice : words_.receivedAtKiosk, strong, 0);
        centred(std::string(words_.at) + slip_.at.timeInVietnam() + ", " +
                    slip_.at.dateInVietnam().vietnamese(),
                body, 1);
        if (sent) centred(std::string(words_.dossierCode) + slip_.dossierCode, strong, 1);
        if (!sent) text(words_.waitingToSend, label, 1);
        if (!slip_.clockTrusted) text(words_.clockNotTrusted, label, 1);
        rule();
        text(words_.procedure, label, 0);
        text(slip_.procedureName, strong, 1.5);
        text(words_.bring, label, 0);
        if (slip_.bring.empty()) text(words_.bringNothing, body, 0);
        for (const auto& paper : slip_.bring) text("• " + paper, body, 0.5);
        rule();
        if (!slip_.officePhone.empty()) text(std::string(words_.call) + slip_.officePhone, strong, 1);
        text(words_.notAReceipt, label, 1);
        return page_.finishRaster(y_ + 1);
    }

private:
    void put(std::string_view words, Type type, double after) {
        // A thermal head knows no grey.
        type.grey = 0;
        y_ += page_.draw(words, {margin, y_, bodyWidth}, type) + after;
    }
    void centred(std::string_view words, Type type, double after) {
        type.centred = true;
        put(words, type, after);
    }
    void text(std::string_view words, const Type& type, double after) { put(words, type, after); }
    void rule() {
        page_.rule(margin, rollWidth - margin, y_ + 1, 0);
        y_ += 3;
    }

    const Slip& slip_;
    const QrModules& code_;
    const SlipWords& words_;
    Page page_;
    double y_ = margin;
};

} // namespace

Result<Raster> slipRaster(const Slip& slip) {
    if (auto good = checkSlip(slip); !good) return fail(good.error());
    const auto code = qrModules(slip.code);
    if (!code) return fail(code.error());
    return Roll(slip, *code).lay();
}

} // namespace kiosk::papers
