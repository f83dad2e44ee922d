#include "tests/journey/stage_camera.hpp"

#include <arpa/inet.h>
#include <chrono>
#include <netinet/in.h>
#include <poll.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>

namespace kiosk::journey {
namespace {

bool sendAll(int fd, const std::string& bytes) {
    for (std::size_t at = 0; at < bytes.size();) {
        const auto n = ::send(fd, bytes.data() + at, bytes.size() - at, MSG_NOSIGNAL);
        if (n <= 0) return false;
        at += static_cast<std::size_t>(n);
    }
    return true;
}

} // namespace

StageCamera::StageCamera() {
    listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    const bool ok = listener_ >= 0 && bind(listener_, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
                    listen(listener_, 4) == 0 &&
                    getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) == 0;
    if (!ok) throw std::runtime_error("no loopback port for the camera");
    port_ = ntohs(address.sin_port);
    showNothing();
    thread_ = std::jthread([this](const std::stop_token& stop) { serve(stop); });
}

StageCamera::~StageCamera() {
    thread_.request_stop();
    thread_.join();
    close(listener_);
}

void StageCamera::put(const Frame& frame) {
    Frame grey{.width = frame.width,
               .height = frame.height,
               .grey = frame.grey}; // what is read; a third of the work
    auto jpeg = specimen::jpeg(grey);
    const std::scoped_lock lock(mutex_);
    jpeg_ = std::move(jpeg);
}

void StageCamera::show(const specimen::Specimen& card) { put(specimen::render(card, {})); }
void StageCamera::showNothing() {
    put(specimen::render(specimen::specimen(1, specimen::Layout::Card2024), {.card = false}));
}
void StageCamera::unplug() { plugged_ = false; }
void StageCamera::plug() { plugged_ = true; }

void StageCamera::serve(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        pollfd waiting{listener_, POLLIN, 0};
        if (poll(&waiting, 1, 50) <= 0) continue;
        const int connection = accept(listener_, nullptr, nullptr);
        if (connection < 0) continue;
        if (plugged_) stream(connection, stop);
        close(connection);
    }
}

void StageCamera::stream(int connection, const std::stop_token& stop) {
    if (!sendAll(connection,
                 "HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=frame\r\n\r\n"))
        return;
    while (plugged_ && !stop.stop_requested()) {
        std::string part;
        {
            const std::scoped_lock lock(mutex_);
            part = "--frame\r\nContent-Type: image/jpeg\r\nContent-Length: " + std::to_string(jpeg_.size()) +
                   "\r\n\r\n" + jpeg_ + "\r\n";
        }
        if (!sendAll(connection, part)) return;
        std::this_thread::sleep_for(std::chrono::milliseconds(66));
    }
}

} // namespace kiosk::journey
