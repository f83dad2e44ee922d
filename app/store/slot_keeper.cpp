#include "app/store/slot_keeper.hpp"

#include "app/store/slot.hpp"

namespace kiosk::store {
namespace {

/// Runs `job` on the worker; what it throws is thrown by the future.
template <typename F>
auto start(Worker& worker, F job) {
    auto task = std::make_shared<std::packaged_task<decltype(job())()>>(std::move(job));
    auto done = task->get_future();
    worker.post([task] { (*task)(); });
    return done;
}

} // namespace

Worker& SlotKeeper::worker() {
    if (!worker_) worker_ = std::make_unique<Worker>();
    return *worker_;
}

void SlotKeeper::makeAhead(int first, int count) {
    making_ = start(worker(), [folder = folder_, first, count] {
        std::vector<std::string> names;
        for (int i = 0; i < count; ++i) {
            auto name = slot::make(folder, first + i);
            if (!name) break;
            names.push_back(std::move(*name));
        }
        // A slot whose name may not be durable is none.
        if (!files::syncFolder(folder)) names.clear();
        return names;
    });
}

std::vector<std::string> SlotKeeper::made() {
    if (!making_.valid() || !isReady(making_)) return {};
    return making_.get();
}

void SlotKeeper::settle() {
    if (worker_) start(*worker_, [] {}).wait();
}

} // namespace kiosk::store
