#include "app/workers/printer_worker.hpp"

#include "app/base/log.hpp"

namespace kiosk {
namespace {
constexpr std::int64_t lookMs = 20'000;
} // namespace

PrinterWorker::PrinterWorker(std::unique_ptr<Printer> printer, Inbox<Event>& inbox)
    : printer_(std::move(printer)), inbox_(inbox) {}

void PrinterWorker::tell(const Result<void>& state) {
    const auto now = state ? std::nullopt : std::optional(state.error().code);
    if (known_ && told_ == now) return;
    known_ = true;
    told_ = now;
    if (!state) log::warn("printer " + printer_->description(), state.error());
    inbox_.push(event::PrinterChanged{now, printer_->description()});
}

void PrinterWorker::print(papers::Slip slip) {
    busy_ = true;
    worker_.post([this, slip = std::move(slip)] {
        const auto picture = papers::slipRaster(slip);
        const auto printed = picture ? printer_->print(*picture) : Result<void>(fail(picture.error()));
        if (picture) tell(printed);
        inbox_.push(
            event::SlipPrinted{slip.reference, printed ? std::nullopt : std::optional(printed.error().code)});
        busy_ = false;
    });
}

void PrinterWorker::tick(Instant now) {
    if (now.ms < dueMs_ || busy_) return;
    dueMs_ = now.ms + lookMs;
    worker_.post([this] { tell(printer_->check()); });
}

} // namespace kiosk
