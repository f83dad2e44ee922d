#include "app/workers/paper_worker.hpp"

#include "app/base/log.hpp"
#include "app/papers/declaration.hpp"
#include "app/papers/test_sheet.hpp"

namespace kiosk {
namespace {

template <typename T>
std::optional<Code> codeOf(const Result<T>& result) {
    return result ? std::nullopt : std::optional(result.error().code);
}

} // namespace

PaperWorker::PaperWorker(std::unique_ptr<PaperPrinter> printer, Inbox<Event>& inbox)
    : printer_(std::move(printer)), inbox_(inbox) {}

PaperWorker::~PaperWorker() { *cancelled_ = true; }

void PaperWorker::write(papers::Slip slip, std::string path) {
    drawing_.post([this, slip = std::move(slip), path = std::move(path)] {
        const auto written = papers::writeSlipPdf(slip, path);
        if (!written) log::warn("slip", written.error());
        inbox_.push(event::PaperWritten{codeOf(written)});
    });
}

void PaperWorker::draw(effect::DrawPaper what, double pixelsPerMm) {
    drawing_.post([this, cancelled = cancelled_, what = std::move(what), pixelsPerMm] {
        const auto declaration = papers::declarationOf(what.dossier.reveal());
        auto sheets = declaration ? papers::declarationPictures(*declaration, pixelsPerMm)
                                  : Result<std::vector<RgbPicture>>(fail(declaration.error()));
        if (!sheets) log::warn("declaration", sheets.error());
        if (*cancelled) return;
        const auto trouble = codeOf(sheets);
        inbox_.push(
            event::PaperDrawn{what.asked, sheets ? std::move(*sheets) : std::vector<RgbPicture>(), trouble});
    });
}

void PaperWorker::print(Secret<std::string> dossier) {
    post([dossier = std::move(dossier)]() -> Result<std::string> {
        const auto declaration = papers::declarationOf(dossier.reveal());
        return declaration ? papers::declarationPdf(*declaration) : fail(declaration.error());
    });
}

void PaperWorker::print(papers::Apology apology) {
    post([apology = std::move(apology)] { return papers::apologyPdf(apology, now().dateInVietnam()); });
}

void PaperWorker::printTestSheet(std::string office) {
    post([office = std::move(office)] { return papers::testSheetPdf(office, now()); });
}

void PaperWorker::post(std::function<Result<std::string>()> makePdf) {
    if (!printer_) return inbox_.push(event::PaperPrinted{Code::PrinterOffline});
    printing_.post([this, cancelled = cancelled_, makePdf = std::move(makePdf)] {
        const auto pdf = makePdf();
        const auto printed = pdf ? printer_->print(*pdf, *cancelled) : Result<bool>(fail(pdf.error()));
        if (!printed) log::warn("printer " + printer_->description(), printed.error());
        if (!*cancelled) inbox_.push(event::PaperPrinted{codeOf(printed)});
    });
}

void PaperWorker::forget() {
    *cancelled_ = true;
    cancelled_ = std::make_shared<std::atomic<bool>>(false);
}

} // namespace kiosk
