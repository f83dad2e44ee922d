// Makes free slots ahead on a thread of its own, so that no put has to wait for new files.
#pragma once

#include "app/base/worker.hpp"

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
    /// The free slots made since the last call.
    std::vector<std::string> made();
    /// Waits until nothing is under way; afterwards the folder stands still.
    void settle();
    bool isMaking() const { return making_.valid() && !isReady(making_); }

private:
    template <typename T>
    static bool isReady(const std::future<T>& f) {
        return f.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
    }
    Worker& worker();

    std::string folder_;
    std::future<std::vector<std::string>> making_;
    std::unique_ptr<Worker> worker_; // last: its jobs use the above
};

} // namespace kiosk::store
