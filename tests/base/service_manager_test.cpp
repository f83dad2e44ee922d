// What systemd hears, through the socket that it names.
#include "app/base/process/service_manager.hpp"

#include <array>
#include <cstdlib>
#include <filesystem>
#include <gmock/gmock.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace kiosk {
namespace {

/// systemd's end of NOTIFY_SOCKET.
class ServiceManager : public testing::Test {
protected:
    void SetUp() override {
        std::string folder = (std::filesystem::temp_directory_path() / "notify-XXXXXX").string();
        ASSERT_NE(::mkdtemp(folder.data()), nullptr);
        folder_ = folder;
        socket_ = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        const auto path = (folder_ / "socket").string();
        sockaddr_un name{};
        name.sun_family = AF_UNIX;
        path.copy(name.sun_path, sizeof name.sun_path - 1);
        ASSERT_EQ(::bind(socket_, reinterpret_cast<const sockaddr*>(&name), sizeof name), 0);
        ::setenv("NOTIFY_SOCKET", path.c_str(), 1);
    }
    void TearDown() override {
        ::unsetenv("NOTIFY_SOCKET");
        ::close(socket_);
        std::filesystem::remove_all(folder_);
    }
    std::string heard() const {
        std::array<char, 256> buffer{};
        const auto n = ::recv(socket_, buffer.data(), buffer.size(), 0);
        return n > 0 ? std::string(buffer.data(), static_cast<std::size_t>(n)) : std::string();
    }

private:
    std::filesystem::path folder_;
    int socket_ = -1;
};

TEST_F(ServiceManager, HearsThatTheProgramIsReadyAndStillAlive) {
    service_manager::ready();
    EXPECT_EQ(heard(), "READY=1");
    service_manager::alive();
    EXPECT_EQ(heard(), "WATCHDOG=1");
    service_manager::alive();
    EXPECT_EQ(heard(), "") << "once a second is enough";
}

} // namespace
} // namespace kiosk
