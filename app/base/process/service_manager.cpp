#include "app/base/process/service_manager.hpp"

#include <chrono>
#include <systemd/sd-daemon.h>

namespace kiosk::service_manager {

// Errors are left alone: whoever waits for these words and does not get them starts the program again.
void ready() { static_cast<void>(sd_notify(0, "READY=1")); }

void alive() {
    using Clock = std::chrono::steady_clock;
    static Clock::time_point next;
    if (Clock::now() < next) return;
    next = Clock::now() + std::chrono::seconds(1);
    static_cast<void>(sd_notify(0, "WATCHDOG=1"));
}

} // namespace kiosk::service_manager
