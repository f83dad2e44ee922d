// The printer's thread: prints one slip after the other and says what became of each; looks now and then
// whether the printer is all right.
#pragma once

#include "app/base/worker.hpp"
#include "app/flow/event.hpp"
#include "app/papers/slip/slip.hpp"
#include "app/papers/slip/ticket.hpp"
#include "drivers/printer.hpp"

#include <atomic>
#include <functional>
#include <memory>

namespace kiosk {

/// Any thread; every call returns at once.
class PrinterWorker {
public:
    PrinterWorker(std::unique_ptr<Printer> printer, Inbox<Event>& inbox);

    /// Ends with event::SlipPrinted.
    void print(papers::Slip slip);
    /// Ends with event::TicketPrinted.
    void print(papers::Ticket ticket);
    /// Every half minute or so, and after each slip: event::PrinterChanged when something has changed.
    void tick(Instant now);

private:
    void tell(const Result<void>& state);
    void post(std::function<Result<Raster>()> draw, std::function<Event(std::optional<Code>)> outcome);

    std::unique_ptr<Printer> printer_;
    Inbox<Event>& inbox_;
    bool known_ = false;       // worker's: its state has been told once
    std::optional<Code> told_; // worker's
    std::atomic<std::int64_t> dueMs_ = 0;
    std::atomic<bool> busy_ = false;
    Worker worker_; // last: uses all of the above
};

} // namespace kiosk
