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
    if (!busy_ && now.ms >= dueMs_ && !busy_.exchange(true)) cycle();
}

void DeliveryWorker::kick() {
    if (busy_.exchange(true)) return;
    if (now() < rest_.untilForNew())
        end(rest_.until());
    else
        cycle();
}

void DeliveryWorker::end(Instant due) {
    dueMs_ = due.ms;
    busy_ = false;
}

/// disk: next due parcel -> net: one try -> disk: verdict -> again, until nothing is due or a try failed. One
/// cycle at a time.
void DeliveryWorker::cycle() {
    if (stopping_) {
        busy_ = false;
        return;
    }
    disk_.nextParcel(
        [this](store::QueuedParcel parcel) {
            worker_.post([this, parcel = std::move(parcel)] {
                const double random = random01();
                auto verdict = attempt(*gateway_, parcel, now(), random);
                rest_.note(verdict, now(), random);
                const bool back = !verdict.failure && wasDown_.exchange(false);
                if (verdict.failure && !verdict.permanent) wasDown_ = true;
                disk_.apply(std::move(verdict), [this, back] {
                    if (back) // the office is reachable again: whatever waits for its turn may go now
                        disk_.dueNow([this] { cycle(); });
                    else if (now() < rest_.until())
                        end(rest_.until());
                    else
                        cycle();
                });
            });
        },
        [this](std::optional<Instant> due) {
            end(due.value_or(Instant{std::numeric_limits<std::int64_t>::max()}));
        });
}

} // namespace kiosk
