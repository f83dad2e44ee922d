// One thread that owns one thing that can block; the only place with a mutex.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <utility>

namespace kiosk {

/// A queue of moved values from any thread to one thread; `wake` is called (outside the lock) after each
/// push.
template <typename T>
class Inbox {
public:
    explicit Inbox(std::function<void()> wake = {}) : wake_(std::move(wake)) {}
    void push(T value) {
        {
            const std::scoped_lock lock(mutex_);
            items_.push_back(std::move(value));
        }
        ready_.notify_one();
        if (wake_) wake_();
    }
    std::optional<T> tryPop() {
        const std::scoped_lock lock(mutex_);
        return take();
    }
    /// Waits until an item comes, the stop is requested or `timeout` is over (then nullopt).
    template <typename Duration>
    std::optional<T> pop(std::stop_token stop, Duration timeout) {
        std::unique_lock lock(mutex_);
        ready_.wait_for(lock, stop, timeout, [this] { return !items_.empty(); });
        return take();
    }

private:
    std::optional<T> take() {
        if (items_.empty()) return std::nullopt;
        std::optional<T> item(std::move(items_.front()));
        items_.pop_front();
        return item;
    }
    std::mutex mutex_;
    std::condition_variable_any ready_;
    std::deque<T> items_;
    std::function<void()> wake_;
};

/// Holds the newest value only (camera frames): writing replaces what was not yet taken.
template <typename T>
class Latest {
public:
    void put(T value) {
        const std::scoped_lock lock(mutex_);
        value_ = std::move(value);
    }
    std::optional<T> take() {
        const std::scoped_lock lock(mutex_);
        return std::exchange(value_, std::nullopt);
    }

private:
    std::mutex mutex_;
    std::optional<T> value_;
};

/// A thread that runs jobs in order. Destruction lets the job at hand finish and then runs what is still
/// queued, so that nothing handed over is lost.
class Worker {
public:
    Worker() : thread_([this](const std::stop_token& stop) { run(stop); }) {}
    void post(std::function<void()> job) { jobs_.push(std::move(job)); }

private:
    void run(const std::stop_token& stop) {
        while (!stop.stop_requested())
            if (auto job = jobs_.pop(stop, std::chrono::hours(1))) (*job)();
        while (auto job = jobs_.tryPop()) (*job)();
    }
    Inbox<std::function<void()>> jobs_;
    std::jthread thread_;
};

} // namespace kiosk
