// A thermal printer on a TCP port, as ESC/POS printers are: renders what it gets, says what is wrong with it,
// and stops where its paper ends.
#pragma once

#include "app/base/raster.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <atomic>
#include <cstdlib>
#include <mutex>
#include <netinet/in.h>
#include <poll.h>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace kiosk::test {

class ThermalPrinter {
public:
    enum class State { Ready, NoPaper, CoverOpen, Jammed, Silent, HangsUp };

    ThermalPrinter() {
        listener_ = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in any{};
        any.sin_family = AF_INET;
        any.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof any;
        if (::bind(listener_, reinterpret_cast<sockaddr*>(&any), size) != 0 || ::listen(listener_, 4) != 0 ||
            ::getsockname(listener_, reinterpret_cast<sockaddr*>(&any), &size) != 0)
            std::abort();
        port_ = ntohs(any.sin_port);
        thread_ = std::jthread([this](const std::stop_token& stop) { serve(stop); });
    }
    ~ThermalPrinter() {
        thread_.request_stop();
        thread_.join();
        ::close(listener_);
    }
    ThermalPrinter(const ThermalPrinter&) = delete;
    ThermalPrinter& operator=(const ThermalPrinter&) = delete;

    std::string address() const { return "tcp://127.0.0.1:" + std::to_string(port_); }
    void be(State state) { state_ = state; }
    /// The roll ends after so many rows.
    void paperFor(int rows) { rowsLeft_ = rows; }
    /// What was cut off.
    std::vector<Raster> slips() {
        const std::scoped_lock lock(mutex_);
        return slips_;
    }

private:
    void serve(const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            pollfd wait{listener_, POLLIN, 0};
            if (::poll(&wait, 1, 20) != 1) continue;
            const int line = ::accept(listener_, nullptr, nullptr);
            talk(line, stop);
            ::close(line);
        }
    }

    void talk(int line, const std::stop_token& stop) {
        Bytes queue;
        Raster slip;
        while (!stop.stop_requested()) {
            pollfd wait{line, POLLIN, 0};
            if (::poll(&wait, 1, 10) == 1) {
                std::uint8_t block[4096];
                const auto count = ::read(line, block, sizeof block);
                if (count <= 0) return; // what was not printed is forgotten with the line
                if (count == 3 && block[0] == 0x10 && block[1] == 0x04)
                    answer(line, block[2]);
                else
                    queue.insert(queue.end(), block, block + count);
                if (state_ != State::Silent && forgets(queue)) {
                    slip = {};
                    say(line, {0x37, 0x25, 0});
                }
            }
            if (state_ == State::HangsUp && queue.size() > 1000) return;
            if (state_ == State::Ready) work(line, queue, slip);
        }
    }

    /// DLE EOT, at any time.
    void answer(int line, std::uint8_t question) {
        if (state_ == State::Silent) return;
        std::uint8_t byte = 0x12;
        if (question == 4 && state_ == State::NoPaper) byte |= 0x60;
        if (question == 2 && state_ == State::CoverOpen) byte |= 0x04;
        if (question == 2 && state_ == State::NoPaper) byte |= 0x20;
        if (question == 2 && state_ == State::Jammed) byte |= 0x40;
        say(line, {byte});
    }

    static void say(int line, const Bytes& bytes) {
        if (::send(line, bytes.data(), bytes.size(), MSG_NOSIGNAL) < 0) return; // gone: nobody listens
    }

    /// DLE DC4 fn 8 has come: nothing that waits is printed.
    static bool forgets(Bytes& queue) {
        constexpr std::uint8_t words[] = {0x10, 0x14, 8, 1, 3, 20, 1, 6, 2, 8};
        if (queue.size() < sizeof words ||
            !std::equal(std::begin(words), std::end(words), queue.end() - sizeof words))
            return false;
        queue.clear();
        return true;
    }

    /// Whole commands from the queue, as long as there is paper.
    void work(int line, Bytes& queue, Raster& slip) {
        for (;;) {
            std::size_t used = 0;
            if (queue.size() >= 2 && queue[0] == 0x1B && queue[1] == 0x40)
                used = 2;
            else if (queue.size() >= 8 && queue[0] == 0x1D && queue[1] == 0x76)
                used = picture(queue, slip);
            else if (queue.size() >= 4 && queue[0] == 0x1D && queue[1] == 0x56) {
                const std::scoped_lock lock(mutex_);
                slips_.push_back(std::exchange(slip, {}));
                used = 4;
            } else if (queue.size() >= 3 && queue[0] == 0x1D && queue[1] == 0x72) {
                say(line, {0});
                used = 3;
            }
            if (used == 0) return;
            queue.erase(queue.begin(), queue.begin() + static_cast<std::ptrdiff_t>(used));
        }
    }

    std::size_t picture(const Bytes& queue, Raster& slip) {
        const auto stride = static_cast<std::size_t>(queue[4] + 256 * queue[5]);
        const auto rows = static_cast<std::size_t>(queue[6] + 256 * queue[7]), size = 8 + stride * rows;
        if (queue.size() < size) return 0;
        if (rowsLeft_ >= 0 && static_cast<int>(rows) > rowsLeft_) {
            state_ = State::NoPaper;
            return 0;
        }
        if (rowsLeft_ >= 0) rowsLeft_ -= static_cast<int>(rows);
        slip.width = static_cast<int>(stride) * 8;
        slip.height += static_cast<int>(rows);
        slip.rows.insert(slip.rows.end(), queue.begin() + 8,
                         queue.begin() + static_cast<std::ptrdiff_t>(size));
        return size;
    }

    int listener_ = -1, port_ = 0;
    std::atomic<State> state_ = State::Ready;
    std::atomic<int> rowsLeft_ = -1;
    std::mutex mutex_;
    std::vector<Raster> slips_;
    std::jthread thread_;
};

} // namespace kiosk::test
