#include "app/workers/scanner_worker.hpp"

#include "app/base/log.hpp"

#include <chrono>
#include <optional>

namespace kiosk {
namespace {

using namespace std::chrono_literals;

constexpr auto patience = 200ms;       // how soon the thread notices that the program ends
constexpr auto reopenInterval = 500ms; // a scanner plugged in again works within a second

} // namespace

ScannerWorker::ScannerWorker(std::unique_ptr<Scanner> scanner, Inbox<Event>& inbox)
    : scanner_(std::move(scanner)), inbox_(inbox),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

void ScannerWorker::tell(bool ready) {
    if (ready == ready_) return;
    ready_ = ready;
    log::info("scanner: " + scanner_->description());
    inbox_.push(event::ScannerChanged{ready});
}

void ScannerWorker::run(const std::stop_token& stop) {
    bool open = false;
    std::optional<Code> trouble; // told once, not twice a second
    const auto report = [&](const Error& error) {
        if (trouble == error.code) return;
        trouble = error.code;
        if (error.code == Code::ScannerNone)
            log::info("scanner: " + error.detail); // most kiosks have none
        else
            log::warn("scanner", error);
    };
    while (!stop.stop_requested()) {
        if (!open) {
            const auto opened = scanner_->reopen();
            open = opened.has_value();
            if (!open) {
                report(opened.error());
                for (auto rest = reopenInterval; rest > 0ms && !stop.stop_requested(); rest -= 50ms)
                    std::this_thread::sleep_for(50ms);
                continue;
            }
            trouble.reset();
        }
        auto scan = scanner_->next(patience);
        if (!scan) {
            open = false;
            report(scan.error());
        } else if (*scan) {
            inbox_.push(event::CodeRead{std::move(**scan), ReadBy::Scanner});
        }
        tell(scanner_->isReady());
    }
}

} // namespace kiosk
