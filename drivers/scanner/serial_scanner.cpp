#include "drivers/scanner/serial_scanner.hpp"

#include "drivers/descriptor.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <deque>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <poll.h>
#include <sys/ioctl.h>
#include <termios.h>

namespace kiosk::scanner {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

speed_t speedOf(int baud) {
    switch (baud) {
    case 1200:
        return B1200;
    case 2400:
        return B2400;
    case 4800:
        return B4800;
    case 19200:
        return B19200;
    case 38400:
        return B38400;
    case 57600:
        return B57600;
    case 115200:
        return B115200;
    default:
        return B9600;
    }
}

std::string firstLine(const fs::path& file) {
    std::ifstream in(file);
    std::string line;
    std::getline(in, line);
    return line;
}

/// The USB device above a port in /sys: what lsusb knows of it. Empty path: not a USB port.
fs::path usbDeviceOf(const std::string& port) {
    std::error_code error;
    auto folder = fs::canonical("/sys/class/tty/" + port + "/device", error);
    for (int i = 0; i < 4 && !error && folder.has_relative_path(); ++i, folder = folder.parent_path())
        if (fs::exists(folder / "idVendor", error)) return folder;
    return {};
}

bool isMeant(const SerialChoice& choice, const fs::path& usb) {
    if (usb.empty()) return false;
    if (choice.id)
        return parseUsbId("usb:" + firstLine(usb / "idVendor") + ":" + firstLine(usb / "idProduct")) ==
               choice.id;
    return isScannerName(firstLine(usb / "manufacturer") + " " + firstLine(usb / "product"));
}

std::vector<std::string> portsOf(const SerialChoice& choice) {
    if (!choice.path.empty()) return {choice.path};
    std::vector<std::string> ports;
    std::error_code ignored; // no /sys: no ports
    for (const auto& entry : fs::directory_iterator("/sys/class/tty", ignored)) {
        const auto name = entry.path().filename().string();
        if ((name.starts_with("ttyACM") || name.starts_with("ttyUSB")) && isMeant(choice, usbDeviceOf(name)))
            ports.push_back("/dev/" + name);
    }
    std::ranges::sort(ports);
    return ports;
}

Error errorFrom(const std::string& port, int number) {
    const auto detail = port + ": " + std::strerror(number);
    if (number == EACCES || number == EPERM) return {Code::ScannerDenied, detail};
    if (number == ENOENT || number == ENODEV || number == ENXIO) return {Code::ScannerNone, detail};
    return {Code::ScannerUnsupported, detail};
}

/// Raw, eight bits, no parity, one stop bit, no flow control; nothing typed ahead is kept.
Result<Descriptor> openPort(const std::string& port, int baud) {
    Descriptor fd(::open(port.c_str(), O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC));
    if (!fd.isOpen()) return fail(errorFrom(port, errno));
    termios mode{};
    if (::tcgetattr(fd.get(), &mode) != 0) return fail(errorFrom(port, errno));
    ::cfmakeraw(&mode);
    mode.c_cflag &= ~static_cast<tcflag_t>(CSTOPB | CRTSCTS | PARENB);
    mode.c_cflag |= CLOCAL | CREAD | CS8;
    mode.c_iflag |= IGNBRK; // a scanner being switched on
    ::cfsetispeed(&mode, speedOf(baud));
    ::cfsetospeed(&mode, speedOf(baud));
    if (::tcsetattr(fd.get(), TCSANOW, &mode) != 0) return fail(errorFrom(port, errno));
    ::ioctl(fd.get(), TIOCEXCL); // best effort: no other program is to share it
    ::tcflush(fd.get(), TCIOFLUSH);
    return fd;
}

class SerialScanner final : public Scanner {
public:
    explicit SerialScanner(SerialChoice choice) : choice_(std::move(choice)) {}

    Result<std::optional<Secret<Bytes>>> next(std::chrono::milliseconds timeout) override {
        if (!fd_.isOpen()) return fail(Code::ScannerLost, "not open");
        const auto deadline = Clock::now() + timeout;
        for (;;) {
            const bool alive = readSome();
            if (!text_.empty() && Clock::now() - heardAt_ >= scanSilence) scans_.push_back(text_.take());
            if (!scans_.empty()) {
                auto scan = std::move(scans_.front());
                scans_.pop_front();
                return std::optional(std::move(scan));
            }
            if (!alive) return lost();
            const auto now = Clock::now();
            if (now >= deadline) return std::optional<Secret<Bytes>>();
            const auto until = text_.empty() ? deadline : std::min(deadline, heardAt_ + scanSilence);
            pollfd wait{fd_.get(), POLLIN, 0};
            ::poll(&wait, 1,
                   static_cast<int>(std::chrono::ceil<std::chrono::milliseconds>(until - now).count()));
            if ((wait.revents & (POLLERR | POLLHUP | POLLNVAL)) != 0 && (wait.revents & POLLIN) == 0)
                return lost();
        }
    }

    Result<void> reopen() override {
        fd_ = Descriptor();
        text_.take();
        scans_.clear();
        Error last{Code::ScannerNone, "no serial scanner"};
        for (const auto& port : portsOf(choice_)) {
            auto fd = openPort(port, choice_.baud);
            if (fd) {
                fd_ = std::move(*fd);
                port_ = port;
                return {};
            }
            last = fd.error();
        }
        return fail(last);
    }

    bool isReady() const override { return fd_.isOpen(); }

    std::string description() const override {
        if (!fd_.isOpen())
            return "serial scanner " + choice_.path + (choice_.path.empty() ? "" : ", ") + "not connected";
        return "serial scanner (" + port_ + ", " + std::to_string(choice_.baud) + " baud)";
    }

private:
    /// One block at most, so that endless data cannot hold the caller. False: the port is gone.
    bool readSome() {
        std::array<std::uint8_t, 256> block;
        ssize_t size = 0;
        do size = ::read(fd_.get(), block.data(), block.size());
        while (size < 0 && errno == EINTR);
        if (size < 0) return errno == EAGAIN;
        if (size == 0) { // end of file where a line would wait
            pollfd now{fd_.get(), POLLIN, 0};
            return ::poll(&now, 1, 0) >= 0 && (now.revents & (POLLHUP | POLLERR)) == 0;
        }
        heardAt_ = Clock::now();
        for (ssize_t i = 0; i < size; ++i)
            if (text_.feed(block[static_cast<std::size_t>(i)])) scans_.push_back(text_.take());
        wipe(block.data(), block.size());
        return true;
    }

    Result<std::optional<Secret<Bytes>>> lost() {
        fd_ = Descriptor(); // the kernel can give the same name to it again
        text_.take();
        return fail(Code::ScannerLost, "unplugged");
    }

    SerialChoice choice_;
    Descriptor fd_;
    std::string port_;
    SerialText text_;
    std::deque<Secret<Bytes>> scans_;
    Clock::time_point heardAt_;
};

} // namespace

bool SerialText::feed(std::uint8_t byte) {
    if (byte == '\r' || byte == '\n') return !empty();
    auto& bytes = bytes_.reveal();
    if (bytes.capacity() == 0) bytes.reserve(scanMost); // grown by moving, it would leave copies behind
    if (bytes.size() < scanMost) bytes.push_back(byte);
    return false;
}

Secret<Bytes> SerialText::take() {
    auto taken = std::move(bytes_);
    bytes_ = Secret<Bytes>();
    return taken;
}

std::unique_ptr<Scanner> makeSerialScanner(SerialChoice choice) {
    return std::make_unique<SerialScanner>(std::move(choice));
}

} // namespace kiosk::scanner
