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

DeliveryWorker::DeliveryWorker(std::unique_ptr<Gateway> delivering, std::unique_ptr<Gateway> asking,
                               DiskWorker& disk)
    : delivering_(std::move(delivering)), asking_(std::move(asking)), disk_(disk) {}

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
    asker_.post([this, question = std::move(question), answered = std::move(answered)] {
        answered(heard(asking_->lookUp(question)));
    });
}

void DeliveryWorker::board(Instant since, std::function<void(Result<std::vector<board::Entry>>)> answered) {
    asker_.post([this, since, answered = std::move(answered)] { answered(heard(asking_->board(since))); });
}

void DeliveryWorker::bundle(int newerThan, std::function<void(Result<std::string>)> answered) {
    asker_.post(
        [this, newerThan, answered = std::move(answered)] { answered(heard(asking_->bundle(newerThan))); });
}

void DeliveryWorker::tell(kiosk_state::State state, std::function<void(Result<void>)> told) {
    asker_.post(
        [this, state = std::move(state), told = std::move(told)] { told(heard(asking_->tell(state))); });
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
            deliverer_.post([this, parcel = std::move(parcel)] {
                const double random = random01();
                auto verdict = attempt(*delivering_, parcel, now(), random);
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
        deliverer_.post([this, next, request = std::move(request)] {
            disk_.keepWitness(heard(delivering_->witness(request)), [this, next] { askForKeys(next); });
        });
    });
}

/// Once an hour, and when an answer was not the office's: has it other keys? Then whatever waits is due.
void DeliveryWorker::askForKeys(Instant due) {
    if (stopping_ || (now() < keysDue_ && !distrusted_)) return askForProgress(due);
    distrusted_ = false;
    keysDue_ = Instant{now().ms + keysEvery.count()};
    disk_.officeKeys([this, due](OfficeKeys known) {
        deliverer_.post([this, due, known = std::move(known)] {
            disk_.keepOfficeKeys(delivering_->officeKeys(known), [this, due](std::optional<OfficeKeys> keys) {
                if (!keys) return now() < rest_.until() ? end(due) : askForProgress(due);
                asker_.post([this, signing = keys->signing] { asking_->trust(signing); });
                deliverer_.post([this, signing = std::move(keys->signing)] {
                    delivering_->trust(signing);
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
        deliverer_.post([this, due, after] {
            disk_.keepProgress(heard(delivering_->progress(after)), [this, due](bool more) {
                if (more) return askForProgress(due);
                progressDue_ = Instant{now().ms + progressEvery.count()};
                end(due);
            });
        });
    });
}

} // namespace kiosk
