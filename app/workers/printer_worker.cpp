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

void PrinterWorker::post(std::function<Result<Raster>()> draw,
                         std::function<Event(std::optional<Code>)> outcome) {
    busy_ = true;
    worker_.post([this, draw = std::move(draw), outcome = std::move(outcome)] {
        const auto picture = draw();
        const auto printed = picture ? printer_->print(*picture) : Result<void>(fail(picture.error()));
        if (picture) tell(printed);
        inbox_.push(outcome(printed ? std::nullopt : std::optional(printed.error().code)));
        busy_ = false;
    });
}

void PrinterWorker::print(papers::Slip slip) {
    const auto reference = slip.reference;
    post([slip = std::move(slip)] { return papers::slipRaster(slip); },
         [reference](std::optional<Code> trouble) {
             return event::SlipPrinted{reference, trouble};
         });
}

void PrinterWorker::print(papers::Ticket ticket) {
    post([ticket = std::move(ticket)] { return papers::ticketRaster(ticket); },
         [](std::optional<Code> trouble) { return event::TicketPrinted{trouble}; });
}

void PrinterWorker::tick(Instant now) {
    if (now.ms < dueMs_ || busy_) return;
    dueMs_ = now.ms + lookMs;
    worker_.post([this] { tell(printer_->check()); });
}

} // namespace kiosk
