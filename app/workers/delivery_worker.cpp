#include "app/workers/delivery_worker.hpp"

#include "app/base/crypto.hpp"

#include <limits>

namespace kiosk {
namespace {

double random01() {
    const auto bytes = crypto::random(4);
    std::uint32_t n = 0;
    for (const auto b : bytes) n = n << 8U | b;
    return n / 4294967296.0;
}

} // namespace

DeliveryWorker::DeliveryWorker(std::unique_ptr<Gateway> gateway, DiskWorker& disk)
    : gateway_(std::move(gateway)), disk_(disk) {}

DeliveryWorker::~DeliveryWorker() {
    stopping_ = true;
    while (busy_.exchange(true)) { // once it is ours no callback is left
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
}

void DeliveryWorker::tick(Instant now) {
    if (!busy_ && now.ms >= dueMs_) kick();
}

void DeliveryWorker::kick() {
    if (busy_.exchange(true)) return;
    cycle();
}

/// disk: next due parcel -> net: one try -> disk: verdict -> again, until nothing is due. One cycle at a
/// time.
void DeliveryWorker::cycle() {
    if (stopping_) {
        busy_ = false;
        return;
    }
    disk_.nextParcel(
        [this](store::QueuedParcel parcel) {
            worker_.post([this, parcel = std::move(parcel)] {
                auto verdict = attempt(*gateway_, parcel, now(), random01());
                const bool back = !verdict.failure && wasDown_.exchange(false);
                if (verdict.failure && !verdict.permanent) wasDown_ = true;
                disk_.apply(std::move(verdict), [this, back] {
                    if (back) // the office is reachable again: whatever waits for its turn may go now
                        disk_.dueNow([this] { cycle(); });
                    else
                        cycle();
                });
            });
        },
        [this](std::optional<Instant> due) {
            dueMs_ = due ? due->ms : std::numeric_limits<std::int64_t>::max();
            busy_ = false;
        });
}

} // namespace kiosk
