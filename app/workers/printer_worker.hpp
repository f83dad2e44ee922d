// The printer's thread: prints one slip after the other and says what became of each; looks now and then
// whether the printer is all right.
#pragma once

#include "app/base/worker.hpp"
#include "app/flow/event.hpp"
#include "app/papers/slip.hpp"
#include "drivers/printer.hpp"

#include <atomic>
#include <memory>

namespace kiosk {

/// Any thread; every call returns at once.
class PrinterWorker {
public:
    PrinterWorker(std::unique_ptr<Printer> printer, Inbox<Event>& inbox);

    /// Ends with event::SlipPrinted.
    void print(papers::Slip slip);
    /// Every half minute or so, and after each slip: event::PrinterChanged when something has changed.
    void tick(Instant now);

private:
    void tell(const Result<void>& state);

    std::unique_ptr<Printer> printer_;
    Inbox<Event>& inbox_;
    bool known_ = false;       // worker's: its state has been told once
    std::optional<Code> told_; // worker's
    std::atomic<std::int64_t> dueMs_ = 0;
    std::atomic<bool> busy_ = false;
    Worker worker_; // last: uses all of the above
};

} // namespace kiosk
