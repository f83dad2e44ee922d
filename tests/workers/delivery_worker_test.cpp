// What somebody at the screen waits for does not stand behind a parcel that hangs.
#include "app/workers/delivery_worker.hpp"
#include "tests/intake/hostile_proxy.hpp"
#include "tests/intake/served_office.hpp"

#include <future>

namespace kiosk {
namespace {

using namespace std::chrono_literals;

class DeliveryWorkerTest : public intake::IntakeTest {};

TEST_F(DeliveryWorkerTest, StaffAreCalledWhileAParcelHangs) {
    const auto key = queue(1);
    outbox_.reset();
    db_.reset();
    testing::HostileProxy proxy(server_->port());
    proxy.behave(testing::HostileProxy::Hold);
    const auto through = link(proxy.port()), straight = link(server_->port());
    Inbox<Event> inbox;
    DiskSettings settings;
    settings.dataFolder = folder_.path();
    settings.link = through;
    const auto disk = DiskWorker::open(std::move(settings), inbox).value();
    DeliveryWorker worker(httpsGateway(through), httpsGateway(straight), *disk);
    worker.kick();
    while (exported().empty()) std::this_thread::sleep_for(5ms); // the office has it, its answer hangs

    std::promise<Result<void>> told;
    worker.tell({"test", {}, {}}, [&told](Result<void> done) { told.set_value(std::move(done)); });
    auto answer = told.get_future();
    ASSERT_EQ(answer.wait_for(10s), std::future_status::ready) << "the gateway's patience is 30 s";
    EXPECT_TRUE(answer.get());
    const auto delivered = [&inbox] {
        while (auto event = inbox.tryPop())
            if (std::holds_alternative<event::Acknowledged>(*event)) return true;
        return false;
    };
    EXPECT_FALSE(delivered()) << "the parcel still hangs";
    proxy.behave(testing::HostileProxy::Honest);
    while (!delivered()) {
        worker.kick();
        std::this_thread::sleep_for(5ms);
    }
    EXPECT_EQ(exported().size(), 1U);
}

} // namespace
} // namespace kiosk
