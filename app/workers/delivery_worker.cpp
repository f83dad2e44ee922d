#include "app/workers/delivery_worker.hpp"

#include "app/base/crypto.hpp"

#include <algorithm>
#include <limits>

namespace kiosk {
namespace {

double random01() {
    const auto bytes = crypto::random(4);
    std::uint32_t n = 0;
    for (const auto b : bytes) n = n << 8U | b;
    return n / 4294967296.0;
}

constexpr std::chrono::milliseconds witnessEvery = std::chrono::minutes(1);
constexpr std::chrono::milliseconds keysEvery = std::chrono::hours(1);
constexpr std::chrono::milliseconds progressEvery = std::chrono::minutes(5);

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

void DeliveryWorker::lookUp(look_up::Question question,
                            std::function<void(Result<look_up::Answer>)> answered) {
    worker_.post([this, question = std::move(question), answered = std::move(answered)] {
        answered(heard(gateway_->lookUp(question)));
    });
}

void DeliveryWorker::board(Instant since, std::function<void(Result<std::vector<board::Entry>>)> answered) {
    worker_.post([this, since, answered = std::move(answered)] { answered(heard(gateway_->board(since))); });
}

void DeliveryWorker::bundle(int newerThan, std::function<void(Result<std::string>)> answered) {
    worker_.post(
        [this, newerThan, answered = std::move(answered)] { answered(heard(gateway_->bundle(newerThan))); });
}

void DeliveryWorker::tell(kiosk_state::State state, std::function<void(Result<void>)> told) {
    worker_.post(
        [this, state = std::move(state), told = std::move(told)] { told(heard(gateway_->tell(state))); });
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
                if (verdict.failure == Code::OfficeUntrusted) distrusted_ = true;
                disk_.apply(std::move(verdict), [this, back] {
                    if (back) // the office is reachable again: whatever waits for its turn may go now
                        disk_.dueNow([this] { cycle(); });
                    else if (distrusted_)
                        askForKeys(rest_.until());
                    else if (now() < rest_.until())
                        end(rest_.until());
                    else
                        cycle();
                });
            });
        },
        [this](std::optional<Instant> due) {
            witness(due.value_or(Instant{std::numeric_limits<std::int64_t>::max()}));
        });
}

/// Nothing is left to deliver: the office is shown how the journal goes on, at most once a minute.
void DeliveryWorker::witness(Instant due) {
    if (now() < witnessDue_) return askForKeys(std::min(due, witnessDue_));
    witnessDue_ = Instant{now().ms + witnessEvery.count()};
    disk_.nextCheckpoint([this, due](std::string request) {
        const auto next = std::min(due, witnessDue_);
        if (request.empty() || stopping_) return askForKeys(next);
        worker_.post([this, next, request = std::move(request)] {
            disk_.keepWitness(heard(gateway_->witness(request)), [this, next] { askForKeys(next); });
        });
    });
}

/// Once an hour, and when an answer was not the office's: has it other keys? Then whatever waits is due.
void DeliveryWorker::askForKeys(Instant due) {
    if (stopping_ || (now() < keysDue_ && !distrusted_)) return askForProgress(due);
    distrusted_ = false;
    keysDue_ = Instant{now().ms + keysEvery.count()};
    disk_.officeKeys([this, due](OfficeKeys known) {
        worker_.post([this, due, known = std::move(known)] {
            disk_.keepOfficeKeys(gateway_->officeKeys(known), [this, due](std::optional<OfficeKeys> keys) {
                if (!keys) return now() < rest_.until() ? end(due) : askForProgress(due);
                worker_.post([this, signing = std::move(keys->signing)] {
                    gateway_->trust(signing);
                    rest_ = {};
                    disk_.dueNow([this] { cycle(); });
                });
            });
        });
    });
}

/// Every five minutes: what was entered about the dossiers sent from here?
void DeliveryWorker::askForProgress(Instant due) {
    if (stopping_ || now() < progressDue_) return end(due);
    disk_.progressAskedUpTo([this, due](std::int64_t after) {
        worker_.post([this, due, after] {
            disk_.keepProgress(heard(gateway_->progress(after)), [this, due](bool more) {
                if (more) return askForProgress(due);
                progressDue_ = Instant{now().ms + progressEvery.count()};
                end(due);
            });
        });
    });
}

} // namespace kiosk
