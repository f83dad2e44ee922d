// Hand-overs between threads: nothing lost, nothing doubled, in order. Also run under ThreadSanitizer.
#include "app/base/worker.hpp"

#include <atomic>
#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <vector>

namespace kiosk {
namespace {

using namespace std::chrono_literals;

TEST(Worker, runsJobsInOrderOnOneOtherThread) {
    std::vector<int> order;
    std::vector<std::thread::id> threads;
    {
        Worker worker;
        for (int i = 0; i < 1000; ++i)
            worker.post([&, i] {
                order.push_back(i);
                threads.push_back(std::this_thread::get_id());
            });
    }
    ASSERT_EQ(order.size(), 1000U);
    for (int i = 0; i < 1000; ++i) ASSERT_EQ(order[static_cast<std::size_t>(i)], i);
    for (const auto id : threads) ASSERT_EQ(id, threads.front());
    EXPECT_NE(threads.front(), std::this_thread::get_id());
}

TEST(Worker, destructionRunsWhatIsStillQueued) {
    for (int round = 0; round < 50; ++round) {
        std::atomic<int> done = 0;
        {
            Worker worker;
            worker.post([&] {
                std::this_thread::sleep_for(2ms);
                ++done;
            });
            for (int i = 0; i < 20; ++i) worker.post([&] { ++done; });
        }
        ASSERT_EQ(done, 21);
    }
}

TEST(Worker, jobsPostedByJobsAreRunToo) {
    std::atomic<int> done = 0;
    {
        Worker worker;
        worker.post([&] {
            std::this_thread::sleep_for(2ms); // the destructor is waiting by now
            worker.post([&] {
                ++done;
                worker.post([&] { ++done; });
            });
        });
    }
    EXPECT_EQ(done, 2);
}

TEST(Worker, anIdleWorkerEndsAtOnce) {
    const auto start = std::chrono::steady_clock::now();
    { const Worker worker; }
    EXPECT_LT(std::chrono::steady_clock::now() - start, 5s);
}

TEST(Inbox, nothingIsLostOrDoubledBetweenManyThreads) {
    constexpr int producers = 4;
    constexpr int each = 2000;
    Inbox<int> inbox;
    std::vector<int> seen(producers * each, 0);
    {
        std::vector<std::jthread> threads;
        for (int p = 0; p < producers; ++p)
            threads.emplace_back([&inbox, p] {
                for (int i = 0; i < each; ++i) inbox.push(p * each + i);
            });
        std::vector<int> last(producers, -1);
        for (int n = 0; n < producers * each; ++n) {
            const auto item = inbox.pop({}, 60s);
            ASSERT_TRUE(item);
            ++seen[static_cast<std::size_t>(*item)];
            ASSERT_GT(*item % each,
                      last[static_cast<std::size_t>(*item / each)]); // each producer's order is kept
            last[static_cast<std::size_t>(*item / each)] = *item % each;
        }
    }
    for (const int count : seen) ASSERT_EQ(count, 1);
    EXPECT_FALSE(inbox.tryPop());
}

TEST(Inbox, waitingEndsWithTheTimeout) {
    Inbox<int> inbox;
    const auto start = std::chrono::steady_clock::now();
    EXPECT_FALSE(inbox.pop({}, 20ms));
    EXPECT_GE(std::chrono::steady_clock::now() - start, 20ms);
}

TEST(Inbox, waitingEndsWhenTheStopIsRequested) {
    Inbox<int> inbox;
    std::stop_source stop;
    std::jthread waiter([&] { EXPECT_FALSE(inbox.pop(stop.get_token(), 1h)); });
    stop.request_stop();
    waiter.join();
}

TEST(Inbox, wakesOncePerPushAndAllowsTakingInsideTheWake) {
    std::atomic<int> woken = 0;
    Inbox<int>* self = nullptr;
    Inbox<int> inbox([&] {
        ++woken;
        EXPECT_TRUE(self->tryPop()); // would deadlock if the lock were held
    });
    self = &inbox;
    for (int i = 0; i < 10; ++i) inbox.push(i);
    EXPECT_EQ(woken, 10);
}

TEST(Inbox, carriesValuesThatCannotBeCopied) {
    Inbox<std::unique_ptr<std::string>> inbox;
    inbox.push(std::make_unique<std::string>("MẪU"));
    const auto item = inbox.tryPop();
    ASSERT_TRUE(item);
    EXPECT_EQ(**item, "MẪU");
}

TEST(Latest, keepsOnlyTheNewestAndGivesItOnce) {
    Latest<int> latest;
    EXPECT_FALSE(latest.take());
    latest.put(1);
    latest.put(2);
    EXPECT_EQ(latest.take(), 2);
    EXPECT_FALSE(latest.take());
}

TEST(Latest, aReaderNeverSeesAnOlderValueAfterANewerOne) {
    Latest<int> latest;
    std::jthread writer([&] {
        for (int i = 1; i <= 20000; ++i) latest.put(i);
    });
    int last = 0;
    const auto end = std::chrono::steady_clock::now() + 60s;
    while (last < 20000 && std::chrono::steady_clock::now() < end)
        if (const auto value = latest.take()) {
            ASSERT_GT(*value, last);
            last = *value;
        }
    EXPECT_EQ(last, 20000);
}

} // namespace
} // namespace kiosk
