// ESC/POS (Epson's command reference; Star, Xprinter, Bixolon and others follow it): a raster picture, a cut,
// and what the printer says about itself.
//
// What counts as printed: GS r is answered only when everything sent before it has been worked off. A printer
// without paper goes offline and stops there; then DLE EOT, which it answers at any time, says why.
#include "drivers/descriptor.hpp"
#include "drivers/printer.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <netdb.h>
#include <optional>
#include <poll.h>
#include <span>
#include <sys/socket.h>
#include <unistd.h>

namespace kiosk {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr auto connectTime = std::chrono::seconds(2);
constexpr auto answerTime = std::chrono::milliseconds(700); // to a question asked in real time
constexpr int bandRows = 128;                               // small: cheap printers have little memory

// Bits of the answers (Epson, "DLE EOT n" and "GS r n").
constexpr std::uint8_t realTimeMask = 0x93, realTimeMark = 0x12; // of every DLE EOT answer
constexpr std::uint8_t queuedMask = 0x90;                        // 0 in every GS r answer
constexpr std::uint8_t coverOpen = 0x04, paperStopped = 0x20;    // DLE EOT 2
constexpr std::uint8_t anyError = 0x40;                          // DLE EOT 2
constexpr std::uint8_t paperGone = 0x60;                         // DLE EOT 4

enum class Question : std::uint8_t { Offline = 2, Paper = 4 };

// DLE DC4 fn 8: forget what waits to be printed. Answered when that is done, at any time.
constexpr std::array<std::uint8_t, 10> clearBuffers{0x10, 0x14, 8, 1, 3, 20, 1, 6, 2, 8};
constexpr std::uint8_t cleared = 0x37; // first byte of the answer

Result<Descriptor> connectTo(const std::string& host, const std::string& port) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (::getaddrinfo(host.c_str(), port.c_str(), &hints, &found) != 0 || found == nullptr)
        return fail(Code::PrinterOffline, host + ": unknown name");
    const std::unique_ptr<addrinfo, void (*)(addrinfo*)> owner(found, ::freeaddrinfo);
    std::string why = "no address";
    for (const auto* a = found; a != nullptr; a = a->ai_next) {
        Descriptor fd(::socket(a->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, a->ai_protocol));
        if (!fd.isOpen()) continue;
        if (::connect(fd.get(), a->ai_addr, a->ai_addrlen) != 0 && errno != EINPROGRESS) {
            why = std::strerror(errno);
            continue;
        }
        pollfd ready{fd.get(), POLLOUT, 0};
        const auto wait = static_cast<int>(milliseconds(connectTime).count());
        int error = ETIMEDOUT;
        socklen_t size = sizeof error;
        if (::poll(&ready, 1, wait) == 1) ::getsockopt(fd.get(), SOL_SOCKET, SO_ERROR, &error, &size);
        if (error == 0) return fd;
        why = std::strerror(error);
    }
    return fail(Code::PrinterOffline, host + ":" + port + ": " + why);
}

class EscPosPrinter final : public Printer {
public:
    EscPosPrinter(std::string address, milliseconds patience)
        : address_(std::move(address)), patience_(patience) {}

    std::string description() const override {
        constexpr std::string_view tcp = "tcp://";
        return address_.starts_with(tcp) ? address_.substr(tcp.size()) : address_;
    }

    Result<void> check() override {
        auto opened = open();
        auto state = opened ? trouble(true) : opened;
        line_ = Descriptor();
        return state;
    }

    Result<void> print(const Raster& picture) override {
        auto done = open();
        until_ = Clock::now() + patience_;
        if (done) done = trouble(true);
        if (done) done = send(picture);
        if (done) done = confirmed();
        if (!done) forget();
        line_ = Descriptor();
        return done;
    }

private:
    Result<void> open() {
        constexpr std::string_view tcp = "tcp://";
        until_ = Clock::now() + connectTime;
        if (!address_.starts_with(tcp)) {
            line_ = Descriptor(::open(address_.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC));
            if (line_.isOpen()) return {};
            return fail(Code::PrinterOffline, address_ + ": " + std::strerror(errno));
        }
        const auto place = description();
        const auto colon = place.rfind(':');
        auto connected =
            connectTo(place.substr(0, colon), colon == std::string::npos ? "9100" : place.substr(colon + 1));
        if (!connected) return fail(connected.error());
        line_ = std::move(*connected);
        return {};
    }

    /// As ::write(); a line that the printer has closed is an error and no signal.
    ssize_t put(std::span<const std::uint8_t> bytes) const {
        const auto sent = ::send(line_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
        return sent < 0 && errno == ENOTSOCK ? ::write(line_.get(), bytes.data(), bytes.size()) : sent;
    }

    /// What was not printed is not printed later either, under the next person's hand. A printer that does
    /// not know the command, or hears nothing, does as it likes when the line closes.
    void forget() {
        if (!line_.isOpen() || put(clearBuffers) < 0) return;
        const auto end = Clock::now() + answerTime;
        while (Clock::now() < end) {
            const auto byte = hear(std::chrono::duration_cast<milliseconds>(end - Clock::now()));
            if (!byte || (*byte && **byte == cleared)) return;
        }
    }

    Result<void> write(std::span<const std::uint8_t> bytes) {
        while (!bytes.empty()) {
            const auto count = put(bytes);
            if (count > 0) {
                bytes = bytes.subspan(static_cast<std::size_t>(count));
                continue;
            }
            if (count < 0 && errno != EAGAIN && errno != EINTR)
                return fail(Code::PrinterOffline, std::strerror(errno));
            const auto left = std::chrono::duration_cast<milliseconds>(until_ - Clock::now());
            if (left <= milliseconds(0)) { // it takes nothing more: what does it say?
                if (auto known = trouble(false); !known) return known;
                return fail(Code::PrinterOffline, "takes no more data");
            }
            pollfd ready{line_.get(), POLLOUT, 0};
            ::poll(&ready, 1, static_cast<int>(std::min(left, milliseconds(500)).count()));
            if ((ready.revents & (POLLERR | POLLHUP)) != 0) return fail(Code::PrinterOffline, "hung up");
        }
        return {};
    }

    /// The next byte the printer says within `time`; nullopt: none. Errors: it is gone.
    Result<std::optional<std::uint8_t>> hear(milliseconds time) {
        pollfd ready{line_.get(), POLLIN, 0};
        if (::poll(&ready, 1, static_cast<int>(time.count())) != 1) return std::optional<std::uint8_t>();
        std::uint8_t byte = 0;
        const auto count = ::read(line_.get(), &byte, 1);
        if (count == 1) return std::optional(byte);
        if (count < 0 && (errno == EAGAIN || errno == EINTR)) return std::optional<std::uint8_t>();
        return fail(Code::PrinterOffline, "hung up");
    }

    /// Asks in real time. An answer to GS r that comes meanwhile is kept.
    Result<std::optional<std::uint8_t>> ask(Question question) {
        const std::array<std::uint8_t, 3> words{0x10, 0x04, static_cast<std::uint8_t>(question)};
        if (put(words) < 0 && errno != EAGAIN) return fail(Code::PrinterOffline, std::strerror(errno));
        const auto end = Clock::now() + answerTime;
        while (Clock::now() < end) {
            auto byte = hear(std::chrono::duration_cast<milliseconds>(end - Clock::now()));
            if (!byte) return byte;
            if (!*byte) continue;
            if ((**byte & realTimeMask) == realTimeMark) return byte;
            if ((**byte & queuedMask) == 0) done_ = true;
        }
        return std::optional<std::uint8_t>();
    }

    /// What is wrong with it. A printer that answers nothing at all is offline if `mustAnswer`.
    Result<void> trouble(bool mustAnswer) {
        const auto paper = ask(Question::Paper);
        if (!paper) return fail(paper.error());
        if (*paper && (**paper & paperGone) == paperGone) return fail(Code::PrinterNoPaper);
        const auto offline = ask(Question::Offline);
        if (!offline) return fail(offline.error());
        if (!*paper && !*offline)
            return mustAnswer ? Result<void>(fail(Code::PrinterOffline, "does not answer")) : Result<void>();
        if (!*offline) return {};
        if ((**offline & coverOpen) != 0) return fail(Code::PrinterCoverOpen);
        if ((**offline & paperStopped) != 0) return fail(Code::PrinterNoPaper);
        if ((**offline & anyError) != 0) return fail(Code::PrinterJammed);
        return {};
    }

    /// ESC @; GS v 0 in bands; feed and cut (GS V B 0); GS r 1.
    Result<void> send(const Raster& picture) {
        done_ = false;
        Bytes data{0x1B, 0x40};
        const auto stride = static_cast<std::size_t>(picture.width / 8);
        for (int top = 0; top < picture.height; top += bandRows) {
            const int rows = std::min(bandRows, picture.height - top);
            const auto low = [](std::size_t n) { return static_cast<std::uint8_t>(n & 0xFF); };
            const auto high = [](std::size_t n) { return static_cast<std::uint8_t>(n >> 8 & 0xFF); };
            const auto height = static_cast<std::size_t>(rows);
            data.insert(data.end(),
                        {0x1D, 0x76, 0x30, 0, low(stride), high(stride), low(height), high(height)});
            const auto from = picture.rows.begin() + static_cast<std::ptrdiff_t>(stride) * top;
            data.insert(data.end(), from, from + static_cast<std::ptrdiff_t>(stride) * rows);
        }
        data.insert(data.end(), {0x1D, 0x56, 0x42, 0, 0x1D, 0x72, 1});
        return write(data);
    }

    /// Waits for the answer that everything has been worked off.
    Result<void> confirmed() {
        while (!done_) {
            if (Clock::now() > until_) return fail(Code::PrinterOffline, "does not say that it has printed");
            const auto byte = hear(milliseconds(500));
            if (!byte) return fail(byte.error());
            if (*byte && (**byte & queuedMask) == 0) return {};
            if (*byte) continue;
            if (auto known = trouble(false); !known) return known;
        }
        return {};
    }

    std::string address_;
    milliseconds patience_;
    Descriptor line_;
    Clock::time_point until_;
    bool done_ = false; // GS r was answered
};

} // namespace

std::unique_ptr<Printer> makeSlipPrinter(const std::string& address, milliseconds patience) {
    return std::make_unique<EscPosPrinter>(address, patience);
}

} // namespace kiosk
