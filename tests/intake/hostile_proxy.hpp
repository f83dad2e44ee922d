// A TCP stretch between kiosk and office that can drop, cut, garble and delay what passes; TLS runs through
// it untouched.
#pragma once

#include <arpa/inet.h>
#include <atomic>
#include <chrono>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace kiosk::testing {

class HostileProxy {
public:
    /// What happens to a connection once a request of more than `requestBytes` has passed to the office (so
    /// after the handshake).
    enum Trouble { Honest, DropAnswer, Garbage, Truncate, Slow, CutRequest, Hold };

    explicit HostileProxy(int officePort)
        : officePort_(officePort), listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        auto address = loopback(0);
        ::bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address);
        ::listen(listener_, 16);
        socklen_t size = sizeof address;
        ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
        port_ = ntohs(address.sin_port);
        thread_ = std::jthread([this](std::stop_token stop) { serve(stop); });
    }
    HostileProxy(const HostileProxy&) = delete;
    HostileProxy& operator=(const HostileProxy&) = delete;
    ~HostileProxy() {
        thread_.request_stop();
        thread_.join();
        ::close(listener_);
    }
    int port() const { return port_; }
    void behave(Trouble trouble) { trouble_ = trouble; }

private:
    static constexpr std::size_t handshakeBytes =
        3500; // the kiosk's hello and certificate take less, with a small parcel it is more

    static sockaddr_in loopback(int port) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        address.sin_port = htons(static_cast<std::uint16_t>(port));
        return address;
    }

    void serve(std::stop_token stop) {
        while (!stop.stop_requested()) {
            pollfd ready{listener_, POLLIN, 0};
            if (::poll(&ready, 1, 50) <= 0) continue;
            const int kiosk = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
            if (kiosk < 0) continue;
            const int office = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
            const int now = 1; // what waits to be sent together would be most of the time
            for (const int end : {kiosk, office})
                ::setsockopt(end, IPPROTO_TCP, TCP_NODELAY, &now, sizeof now);
            auto address = loopback(officePort_);
            if (::connect(office, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0)
                relay(kiosk, office, stop);
            ::close(kiosk);
            ::close(office);
        }
    }

    /// One connection at a time: the kiosk sends one parcel at a time.
    void relay(int kiosk, int office, std::stop_token stop) {
        std::string buffer(4096, '\0');
        const Trouble trouble = trouble_;
        bool requested = false; // application data has gone to the office
        std::size_t fromKiosk = 0;
        while (!stop.stop_requested() && trouble == trouble_) {
            pollfd ends[] = {{kiosk, POLLIN, 0}, {office, POLLIN, 0}};
            if (::poll(ends, 2, 50) <= 0) continue;
            if (ends[0].revents != 0) {
                const auto n = ::recv(kiosk, buffer.data(), buffer.size(), 0);
                if (n <= 0) return;
                fromKiosk += static_cast<std::size_t>(n);
                requested = fromKiosk > handshakeBytes;
                if (requested && trouble == CutRequest) {
                    ::send(office, buffer.data(), static_cast<std::size_t>(n) / 2, MSG_NOSIGNAL);
                    return;
                }
                ::send(office, buffer.data(), static_cast<std::size_t>(n), MSG_NOSIGNAL);
            }
            if (ends[1].revents != 0 && !answer(kiosk, office, requested ? trouble : Honest, buffer)) return;
        }
    }

    bool answer(int kiosk, int office, Trouble trouble, std::string& buffer) {
        const auto n = ::recv(office, buffer.data(), buffer.size(), 0);
        if (n <= 0) return false;
        auto size = static_cast<std::size_t>(n);
        if (trouble == DropAnswer) return false; // the office has accepted; nobody hears of it
        if (trouble == Garbage)
            for (std::size_t i = 5; i < size; ++i) buffer[i] = static_cast<char>(buffer[i] ^ 0x5a);
        while (trouble == Hold && trouble_ == Hold) // until it behaves otherwise
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        if (trouble == Slow) std::this_thread::sleep_for(std::chrono::milliseconds(700));
        if (trouble == Truncate) size /= 2;
        ::send(kiosk, buffer.data(), size, MSG_NOSIGNAL);
        return trouble == Honest;
    }

    int officePort_, listener_, port_ = 0;
    std::atomic<Trouble> trouble_{Honest};
    std::jthread thread_;
};

} // namespace kiosk::testing
