#include "app/store/queue/slot_keeper.hpp"

#include "app/base/log.hpp"
#include "app/store/queue/slot.hpp"

namespace kiosk::store {

/// What `job` throws is thrown by the future.
void SlotKeeper::start(std::function<std::vector<std::string>()> job) {
    if (!worker_) worker_ = std::make_unique<Worker>();
    auto task = std::make_shared<std::packaged_task<std::vector<std::string>()>>(std::move(job));
    jobs_.push_back(task->get_future());
    worker_->post([task] { (*task)(); });
}

void SlotKeeper::makeAhead(int first, int count) {
    start([folder = folder_, first, count] {
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

void SlotKeeper::settleLater(const std::string& name) {
    start([folder = folder_, name]() -> std::vector<std::string> {
        const auto done = slot::settle(folder, name);
        if (done) return {name};
        log::warn("a slot of the outbox stays unused", done.error());
        return {};
    });
}

std::vector<std::string> SlotKeeper::freed() {
    std::vector<std::string> names;
    while (!jobs_.empty() && jobs_.front().wait_for(std::chrono::seconds(0)) == std::future_status::ready) {
        for (auto& name : jobs_.front().get()) names.push_back(std::move(name));
        jobs_.pop_front();
    }
    return names;
}

void SlotKeeper::settle() {
    if (!jobs_.empty()) jobs_.back().wait();
}

} // namespace kiosk::store
