// The net threads: one takes parcels one at a time from the disk thread to the office and brings the verdicts
// back; what somebody at the screen waits for goes by the other, so that it never stands behind a parcel.
#pragma once

#include "app/base/worker.hpp"
#include "app/delivery/gateway.hpp"
#include "app/workers/disk/disk_worker.hpp"

#include <atomic>
#include <functional>
#include <memory>

namespace kiosk {

/// Goes on until nothing is due or the office needs a rest. Any thread.
class DeliveryWorker {
public:
    /// Two gateways to one office, a thread each.
    DeliveryWorker(std::unique_ptr<Gateway> delivering, std::unique_ptr<Gateway> asking, DiskWorker& disk);
    /// Waits for the tries at hand (at most the gateways' time limit); `disk` must outlive it.
    ~DeliveryWorker();
    DeliveryWorker(const DeliveryWorker&) = delete;
    DeliveryWorker& operator=(const DeliveryWorker&) = delete;

    /// A dossier was just committed: tries without waiting for the back-off.
    void kick();
    /// Call now and then (every frame is fine): looks for a due parcel when one is due.
    void tick(Instant now);
    /// Asks at once; `answered` is called on the asking thread.
    void lookUp(look_up::Question question, std::function<void(Result<look_up::Answer>)> answered);
    /// The same for how this kiosk's dossiers stand.
    void board(Instant since, std::function<void(Result<std::vector<board::Entry>>)> answered);
    /// The same for a bundle newer than this version.
    void bundle(int newerThan, std::function<void(Result<std::string>)> answered);
    /// How this kiosk is doing, to the office; `told` is called on the asking thread.
    void tell(kiosk_state::State state, std::function<void(Result<void>)> told);

private:
    void cycle();
    void witness(Instant due);
    void askForKeys(Instant due);
    /// Passes an answer on; one that was not the office's has the office asked for its keys.
    template <typename Answer>
    Answer heard(Answer answer) {
        if (!answer && answer.error().code == Code::OfficeUntrusted) distrusted_ = true;
        return answer;
    }
    void askForProgress(Instant due);
    void end(Instant due);

    std::unique_ptr<Gateway> delivering_, asking_;
    DiskWorker& disk_;
    std::atomic<bool> stopping_ = false;
    std::atomic<bool> busy_ = false;      // a cycle is under way; its callbacks use this object
    OfficeRest rest_;                     // used only by the cycle under way, and so is
    Instant witnessDue_;                  // before which the journal is not shown again
    Instant keysDue_;                     // … the office is not asked for its keys
    Instant progressDue_;                 // … nor for how the dossiers stand
    std::atomic<std::int64_t> dueMs_ = 0; // 0: look at once
    std::atomic<bool> wasDown_ = false;
    std::atomic<bool> distrusted_ = false; // an answer was not the office's: its keys may have changed
    Worker deliverer_, asker_;             // last: stop first
};

} // namespace kiosk
