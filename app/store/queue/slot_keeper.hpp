// Makes free slots ahead, and used ones free again, on a thread of its own, so that no put has to wait for
// it.
#pragma once

#include "app/base/worker.hpp"

#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <vector>

namespace kiosk::store {

/// Used by the disk thread only. The thread starts with the first work, so that an Outbox which only reads
/// has none.
class SlotKeeper {
public:
    explicit SlotKeeper(std::string folder) : folder_(std::move(folder)) {}

    /// Makes `count` free slots from number `first` on. Does not wait.
    /// What cannot be made is made, or reported, by the put that needs it.
    void makeAhead(int first, int count);
    /// Waits, on its thread, until a slot that was overwritten with zeros is durable; then it is free again.
    void settleLater(const std::string& name);
    /// The slots that became free since the last call; each is settled (see slot::begin).
    std::vector<std::string> freed();
    /// Waits until nothing is under way; afterwards the folder stands still.
    void settle();
    bool isBusy() const { return !jobs_.empty(); }

private:
    void start(std::function<std::vector<std::string>()> job);

    std::string folder_;
    std::deque<std::future<std::vector<std::string>>> jobs_; // in the order they end
    std::unique_ptr<Worker> worker_;                         // last: its jobs use the above
};

} // namespace kiosk::store
