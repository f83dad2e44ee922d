// A thread for one hand scanner: its scans and its coming and going as events.
#pragma once

#include "app/base/worker.hpp"
#include "app/flow/flow.hpp"
#include "drivers/scanner.hpp"

#include <memory>
#include <thread>

namespace kiosk {

/// Starts at once; opening, losing and finding the scanner again happen on its own thread.
class ScannerWorker {
public:
    ScannerWorker(std::unique_ptr<Scanner> scanner, Inbox<Event>& inbox);

private:
    void run(const std::stop_token& stop);
    void tell(bool ready);

    std::unique_ptr<Scanner> scanner_;
    Inbox<Event>& inbox_;
    bool ready_ = false;
    std::jthread thread_; // last: uses all of the above
};

} // namespace kiosk
