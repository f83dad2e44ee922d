// A scanner on a serial line: a pseudo-terminal, which is a real tty to the driver.
#include "drivers/scanner/serial_scanner.hpp"

#include <atomic>
#include <cstdlib>
#include <fcntl.h>
#include <gmock/gmock.h>
#include <pty.h>
#include <termios.h>
#include <thread>
#include <unistd.h>

namespace kiosk::scanner {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

const std::string card =
    "001099000001|012345678|Nguyễn Văn Mẫu|01021999|Nam|Phúc Xá, Ba Đình, Hà Nội|05062021";

/// The scanner's end of the line.
class Line {
public:
    Line() { plug(); }
    ~Line() { unplug(); }
    Line(const Line&) = delete;
    Line& operator=(const Line&) = delete;

    void plug() {
        char name[128] = "";
        if (::openpty(&master_, &slave_, name, nullptr, nullptr) != 0) std::abort();
        path = name;
        ::close(std::exchange(slave_, -1)); // only the driver holds it
    }
    void unplug() {
        if (master_ >= 0) ::close(std::exchange(master_, -1));
    }
    void send(const std::string& bytes) const {
        for (std::size_t at = 0; at < bytes.size();) {
            const auto n = ::write(master_, bytes.data() + at, bytes.size() - at);
            if (n <= 0) std::abort();
            at += static_cast<std::size_t>(n);
        }
    }
    int master() const { return master_; }

    std::string path;

private:
    int master_ = -1, slave_ = -1;
};

class SerialLine : public testing::Test {
protected:
    SerialLine() { EXPECT_TRUE(scanner->reopen()); }

    /// The next scan; "-" when none came in time.
    std::string next(std::chrono::milliseconds timeout = 2s) const {
        auto scan = scanner->next(timeout);
        if (!scan) return std::string(name(scan.error().code));
        if (!*scan) return "-";
        const auto& bytes = (*scan)->reveal();
        return {bytes.begin(), bytes.end()};
    }

    Line line;
    std::unique_ptr<Scanner> scanner = makeSerialScanner({.path = line.path, .baud = 115200});
};

TEST_F(SerialLine, DeliversScansAtEveryKindOfEnd) {
    for (const char* end : {"\r", "\n", "\r\n", ""}) {
        line.send(card + end);
        EXPECT_EQ(next(), card) << "end " << int(end[0]);
    }
    line.send("one\r\ntwo\r\n\r\n");
    EXPECT_EQ(next(), "one");
    EXPECT_EQ(next(), "two");
    EXPECT_EQ(next(250ms), "-") << "an empty line is no scan";
}

TEST_F(SerialLine, WaitsForTheRestOfASlowScan) {
    std::thread slow([this] { // 1200 baud: 8 ms a byte
        for (const char c : card) {
            line.send(std::string(1, c));
            std::this_thread::sleep_for(2ms);
        }
    });
    EXPECT_EQ(next(5s), card) << "silence of 100 ms ends it, not a pause between two reads";
    slow.join();
}

TEST_F(SerialLine, PassesBytesAsTheyAre) {
    std::string all; // what a terminal would interpret: interrupts, flow control, erasing, high bytes
    for (int c = 1; c < 256; ++c)
        if (c != '\r' && c != '\n') all += static_cast<char>(c);
    line.send(all + "\r");
    EXPECT_EQ(next(), all);
    termios mode{};
    ASSERT_EQ(::tcgetattr(line.master(), &mode), 0);
    EXPECT_EQ(mode.c_lflag & (ICANON | ECHO | ISIG), 0U);
    EXPECT_EQ(::cfgetispeed(&mode), static_cast<speed_t>(B115200));
    char echo = 0;
    ::fcntl(line.master(), F_SETFL, O_NONBLOCK);
    EXPECT_LE(::read(line.master(), &echo, 1), 0) << "nothing goes back to the scanner";
}

TEST_F(SerialLine, DiscardsEndlessDataWithoutHangingOrGrowing) {
    const std::string tooLong(scanMost, 'x'); // one byte too long for a card, whatever came
    std::atomic<bool> stop = false;
    std::thread flood([&] {
        const std::string block(256, 'x');
        ::fcntl(line.master(), F_SETFL, O_NONBLOCK);
        while (!stop) // as fast as the driver takes it
            if (::write(line.master(), block.data(), block.size()) < 0) std::this_thread::sleep_for(1ms);
    });
    for (int i = 0; i < 5; ++i) {
        const auto before = Clock::now();
        const auto none = next(100ms);
        EXPECT_TRUE(none == "-" || none == tooLong) << none.size(); // cut where this machine paused
        EXPECT_LT(Clock::now() - before, 1s);
    }
    stop = true;
    flood.join();
    EXPECT_EQ(next(), tooLong);
}

TEST_F(SerialLine, IsLostWhenUnpluggedAndComesBack) {
    line.send("half a sc");
    EXPECT_EQ(next(20ms), "-");
    line.unplug();
    EXPECT_EQ(next(), "ScannerLost") << "half a scan is none";
    EXPECT_FALSE(scanner->isReady());
    EXPECT_EQ(next(), "ScannerLost");
    EXPECT_EQ(scanner->reopen().error().code, Code::ScannerNone);
    line.plug();
    scanner = makeSerialScanner({.path = line.path, .baud = 9600});
    ASSERT_TRUE(scanner->reopen());
    line.send(card + "\r");
    EXPECT_EQ(next(), card);
}

TEST(SerialScanner, SaysWhyAPortCannotBeOpened) {
    const auto codeOf = [](const char* path) {
        const auto scanner = makeSerialScanner({.path = path});
        const auto opened = scanner->reopen();
        return opened ? Code::SystemFailed : opened.error().code;
    };
    EXPECT_EQ(codeOf("/dev/ttyMAU"), Code::ScannerNone);
    EXPECT_EQ(codeOf("/dev/null"), Code::ScannerUnsupported);
    EXPECT_EQ(codeOf("/tmp"), Code::ScannerUnsupported);
}

TEST(SerialScanner, NeverBlocksLongerThanAsked) {
    const Line line;
    const auto scanner = makeSerialScanner({.path = line.path});
    ASSERT_TRUE(scanner->reopen());
    const auto before = Clock::now();
    const auto none = scanner->next(50ms);
    ASSERT_TRUE(none);
    EXPECT_FALSE(*none);
    EXPECT_LT(Clock::now() - before, 500ms);
}

} // namespace
} // namespace kiosk::scanner
