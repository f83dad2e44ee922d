// Network cameras that are slow, dying, wrong or hostile, over a real loopback socket.
#include "drivers/http_camera.hpp"

#include "tests/specimen/picture_files.hpp"

#include <arpa/inet.h>
#include <atomic>
#include <cstdio>
#include <functional>
#include <gmock/gmock.h>
#include <poll.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace kiosk {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

std::string jpegOf(std::uint8_t shade) {
    Frame frame;
    frame.width = frame.height = 16;
    frame.grey.assign(256, shade);
    return specimen::jpeg(frame);
}

/// A connection as the server sees it.
class Peer {
public:
    Peer(int fd, const std::atomic<bool>& stop) : fd_(fd), stop_(stop) {}
    bool send(std::string_view bytes) const {
        while (!bytes.empty() && !stop_) {
            const auto n = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
            if (n < 0 && errno != EAGAIN) return false;
            if (n < 0) std::this_thread::sleep_for(1ms);
            if (n > 0) bytes.remove_prefix(static_cast<std::size_t>(n));
        }
        return !stop_;
    }
    void wait(std::chrono::milliseconds time) const {
        for (const auto end = Clock::now() + time; Clock::now() < end && !stop_;)
            std::this_thread::sleep_for(5ms);
    }
    bool head(const std::string& type = "multipart/x-mixed-replace; boundary=frame") const {
        return send("HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\n\r\n");
    }
    bool part(const std::string& body, bool length = true) const {
        return send("--frame\r\nContent-Type: image/jpeg\r\n" +
                    (length ? "Content-Length: " + std::to_string(body.size()) + "\r\n" : "") + "\r\n" +
                    body + "\r\n");
    }
    bool stopped() const { return stop_; }

private:
    int fd_;
    const std::atomic<bool>& stop_;
};

/// Serves every connection with the given behaviour, one after the other.
class Server {
public:
    explicit Server(std::function<void(const Peer&)> behaviour) : behaviour_(std::move(behaviour)) {
        fd_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        if (::bind(fd_, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(fd_, 4) != 0)
            std::abort();
        ::getsockname(fd_, reinterpret_cast<sockaddr*>(&address), &size);
        port_ = ntohs(address.sin_port);
        thread_ = std::thread([this] { serve(); });
    }
    ~Server() {
        stop_ = true;
        thread_.join();
        ::close(fd_);
    }
    std::string address() const { return "http://127.0.0.1:" + std::to_string(port_) + "/stream"; }

private:
    void serve() {
        while (!stop_) {
            pollfd wait{fd_, POLLIN, 0};
            if (::poll(&wait, 1, 20) <= 0) continue;
            const int connection = ::accept(fd_, nullptr, nullptr);
            char request[4096];
            if (::recv(connection, request, sizeof request, 0) > 0) behaviour_(Peer(connection, stop_));
            ::close(connection);
        }
    }
    std::function<void(const Peer&)> behaviour_;
    int fd_ = -1, port_ = 0;
    std::atomic<bool> stop_{false};
    std::thread thread_;
};

Code openCode(const Server& server) {
    const auto start = Clock::now();
    const auto camera = openCamera(server.address());
    EXPECT_LT(Clock::now() - start, 2500ms) << "opening must not hang";
    return camera ? Code::SystemFailed : camera.error().code;
}

TEST(HttpCamera, DeliversPicturesWithAndWithoutLengths) {
    for (const bool length : {true, false}) {
        const Server server([length](const Peer& peer) {
            peer.head();
            for (std::uint8_t shade = 40; peer.part(jpegOf(shade), length); shade = shade == 40 ? 200 : 40)
                peer.wait(30ms);
        });
        auto camera = openCamera(server.address());
        ASSERT_TRUE(camera) << camera.error().detail;
        EXPECT_FALSE((*camera)->isPictures());
        bool dark = false, light = false;
        for (std::uint64_t i = 1; i <= 8; ++i) {
            const auto frame = (*camera)->next(2s);
            ASSERT_TRUE(frame) << frame.error().detail;
            EXPECT_EQ(frame->width, 16);
            EXPECT_EQ(frame->number, i);
            dark = dark || std::abs(frame->grey[0] - 40) < 6;
            light = light || std::abs(frame->grey[0] - 200) < 6;
        }
        EXPECT_TRUE(dark && light);
    }
}

TEST(HttpCamera, NeverBlocksLongerThanAsked) {
    const Server server([](const Peer& peer) {
        peer.head();
        peer.part(jpegOf(9));
        peer.wait(10s);
    });
    auto camera = openCamera(server.address());
    ASSERT_TRUE(camera) << camera.error().detail;
    EXPECT_TRUE((*camera)->next(2s));
    for (const auto timeout : {0ms, 50ms, 200ms}) {
        const auto start = Clock::now();
        const auto frame = (*camera)->next(timeout);
        ASSERT_FALSE(frame);
        EXPECT_EQ(frame.error().code, Code::PictureUnreadable);
        EXPECT_LT(Clock::now() - start, timeout + 150ms);
    }
}

TEST(HttpCamera, IsLostAfterSilenceAndComesBack) {
    std::atomic<int> connections{0};
    const Server server([&](const Peer& peer) {
        peer.head();
        peer.part(jpegOf(9));
        if (++connections == 1) peer.wait(2500ms); // wedged
        while (peer.part(jpegOf(9))) peer.wait(30ms);
    });
    auto camera = openCamera(server.address());
    ASSERT_TRUE(camera);
    ASSERT_TRUE((*camera)->next(2s));
    const auto start = Clock::now();
    Code code = Code::PictureUnreadable;
    while (code == Code::PictureUnreadable && Clock::now() - start < 5s) {
        const auto frame = (*camera)->next(100ms);
        if (!frame) code = frame.error().code;
    }
    EXPECT_EQ(code, Code::CameraLost);
    EXPECT_GE(Clock::now() - start, 1300ms);
    EXPECT_LE(Clock::now() - start, 1900ms);
    EXPECT_EQ((*camera)->next(10ms).error().code, Code::CameraLost) << "until it is reopened";
    for (int i = 0; i < 5 && !(*camera)->reopen(); ++i) std::this_thread::sleep_for(200ms);
    EXPECT_TRUE((*camera)->next(2s));
}

TEST(HttpCamera, IsLostWhenTheServerDiesInAPicture) {
    const Server server([](const Peer& peer) {
        peer.head();
        peer.part(jpegOf(9));
        peer.send("--frame\r\nContent-Length: 5000\r\n\r\n\xFF\xD8\xFF");
    });
    auto camera = openCamera(server.address());
    ASSERT_TRUE(camera);
    ASSERT_TRUE((*camera)->next(2s));
    const auto start = Clock::now();
    EXPECT_EQ((*camera)->next(3s).error().code, Code::CameraLost);
    EXPECT_LT(Clock::now() - start, 1s) << "a closed connection is noticed at once";
}

TEST(HttpCamera, SkipsADamagedPicture) {
    const Server server([](const Peer& peer) {
        peer.head();
        peer.part("no JPEG");
        peer.wait(300ms);
        while (peer.part(jpegOf(9))) peer.wait(30ms);
    });
    auto camera = openCamera(server.address());
    ASSERT_TRUE(camera);
    EXPECT_EQ((*camera)->next(2s).error().code, Code::PictureUnreadable);
    EXPECT_TRUE((*camera)->next(2s));
}

TEST(HttpCamera, SaysWhyAStreamCannotBeOpened) {
    const auto answering = [](const std::string& answer) {
        return openCode(Server([answer](const Peer& peer) { peer.send(answer); }));
    };
    EXPECT_EQ(answering("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n"), Code::CameraDenied);
    EXPECT_EQ(answering("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"), Code::CameraUnsupported);
    EXPECT_EQ(answering("HTTP/1.1 302 Found\r\nLocation: file:///etc/hostname\r\nContent-Length: 0\r\n\r\n"),
              Code::CameraNone);
    EXPECT_EQ(answering("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 4\r\n\r\nhtml"),
              Code::CameraUnsupported);
    EXPECT_EQ(answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"), Code::CameraNone);
    EXPECT_EQ(answering("SSH-2.0-specimen\r\n"), Code::CameraUnsupported);
    EXPECT_EQ(answering(""), Code::CameraNone);
    EXPECT_EQ(openCode(Server([](const Peer& peer) { peer.wait(5s); })), Code::CameraNone)
        << "connects, says nothing";
    EXPECT_EQ(openCamera("http://127.0.0.1:1/").error().code, Code::CameraNone) << "nobody listens";
    EXPECT_EQ(openCamera("http://[bad").error().code, Code::CameraUnsupported);
}

TEST(HttpCamera, IsLostToAServerThatSendsGarbageWithoutEnd) {
    const Server server([](const Peer& peer) {
        peer.head();
        peer.part(jpegOf(9));
        peer.send("--frame\r\n\r\n");
        const std::string garbage(65536, 'x');
        while (peer.send(garbage)) {
        }
    });
    auto camera = openCamera(server.address());
    ASSERT_TRUE(camera);
    const auto start = Clock::now();
    Code code = Code::PictureUnreadable;
    while (code != Code::CameraLost && Clock::now() - start < 5s) {
        const auto frame = (*camera)->next(100ms);
        code = frame ? Code::PictureUnreadable : frame.error().code;
    }
    EXPECT_EQ(code, Code::CameraLost);
    EXPECT_LT(Clock::now() - start, 3s);
}

TEST(HttpCamera, DescriptionHidesThePassword) {
    const Server server([](const Peer& peer) {
        peer.head();
        while (peer.part(jpegOf(9))) peer.wait(30ms);
    });
    auto address = server.address();
    address.insert(7, "specimen:secret@");
    const auto camera = openCamera(address);
    ASSERT_TRUE(camera) << camera.error().detail;
    EXPECT_EQ((*camera)->description(), "camera at " + server.address() + ", MJPEG");
}

TEST(MultipartStream, FindsTheBoundaryAsCamerasWriteIt) {
    const auto boundary = [](std::string_view type) {
        return MultipartStream::boundaryOf(type).value_or("none");
    };
    EXPECT_EQ(boundary("multipart/x-mixed-replace; boundary=frame"), "frame");
    EXPECT_EQ(boundary("Multipart/X-Mixed-Replace;boundary=\"--myboundary\"; charset=x"), "myboundary");
    EXPECT_EQ(boundary("multipart/x-mixed-replace"), "none");
    EXPECT_EQ(boundary("multipart/x-mixed-replace; boundary="), "none");
    EXPECT_EQ(boundary("image/jpeg; boundary=a"), "none");
}

TEST(MultipartStream, CutsPartsHoweverTheBytesArrive) {
    const std::string body =
        "--f\r\nA: b\r\n\r\nfirst\r\n--f\r\nContent-Length: 9\r\n\r\n1\r\n--f\r\n9\r\n--f\r\n\r\nlast\r\n--f";
    for (std::size_t size = 1; size <= body.size(); ++size) {
        MultipartStream stream("f");
        std::vector<std::string> parts;
        for (std::size_t at = 0; at < body.size(); at += size) {
            ASSERT_TRUE(stream.feed(std::string_view(body).substr(at, size)));
            if (auto part = stream.take()) parts.push_back(*part);
        }
        EXPECT_EQ(parts.back(), "last") << size;
        if (size > 1) continue;
        EXPECT_THAT(parts, testing::ElementsAre("first", "1\r\n--f\r\n9", "last"));
    }
}

TEST(MultipartStream, GivesUpOnWhatHasNoEnd) {
    MultipartStream noHeader("f");
    EXPECT_FALSE(noHeader.feed(std::string(MultipartStream::maxHeaderBytes + 1, 'x')));
    MultipartStream huge("f");
    EXPECT_FALSE(huge.feed("--f\r\nContent-Length: 99999999999\r\n\r\n"));
    MultipartStream overflow("f");
    EXPECT_TRUE(overflow.feed("--f\r\nContent-Length: 99999999999999999999999\r\n\r\n"))
        << "no number: found by its end";
}

} // namespace
} // namespace kiosk
