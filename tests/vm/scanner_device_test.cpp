// Keyboard scanners on kernel devices: keyboards made with uinput, whose keys another program sees or not.
// Built with all tests, run by tests/vm/run.sh only: it needs uinput and would type into a desktop.
#include "drivers/descriptor.hpp"
#include "drivers/scanner/evdev_scanner.hpp"
#include "tests/drivers/keys_of.hpp"

#include <atomic>
#include <fcntl.h>
#include <filesystem>
#include <gmock/gmock.h>
#include <linux/uinput.h>
#include <sys/ioctl.h>
#include <thread>

namespace kiosk::scanner {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

const std::string card =
    "001099000001|012345678|Nguyen Van Mau|01021999|Nam|So 1, To 2, Phuc Xa, Ba Dinh, Ha Noi|05062021";

/// A keyboard plugged in for as long as it lives.
class VirtualKeyboard {
public:
    explicit VirtualKeyboard(const std::string& name, UsbId id = {0x1234, 0x5678})
        : fd_(::open("/dev/uinput", O_WRONLY | O_CLOEXEC)) {
        ::ioctl(fd_.get(), UI_SET_EVBIT, EV_KEY);
        for (int key = 1; key < 128; ++key) ::ioctl(fd_.get(), UI_SET_KEYBIT, key);
        uinput_setup setup{};
        setup.id = {BUS_USB, id.vendor, id.product, 1};
        name.copy(setup.name, sizeof setup.name - 1);
        ::ioctl(fd_.get(), UI_DEV_SETUP, &setup);
        ::ioctl(fd_.get(), UI_DEV_CREATE);
        char folder[64] = "";
        ::ioctl(fd_.get(), UI_GET_SYSNAME(sizeof folder), folder);
        for (int i = 0; i < 50 && node.empty(); ++i) {
            for (const auto& entry :
                 std::filesystem::directory_iterator("/sys/devices/virtual/input/" + std::string(folder)))
                if (entry.path().filename().string().starts_with("event"))
                    node = "/dev/input/" + entry.path().filename().string();
            std::this_thread::sleep_for(20ms);
        }
        witness_ = Descriptor(::open(node.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
        thread_ = std::jthread([this](const std::stop_token& stop) {
            for (input_event event{}; !stop.stop_requested(); std::this_thread::sleep_for(1ms))
                while (::read(witness_.get(), &event, sizeof event) == sizeof event)
                    seen_ += event.type == EV_KEY && event.value == 1 ? 1 : 0;
        });
    }

    void press(const KeyStroke& stroke) const {
        for (const auto& [type, code, value] :
             {std::tuple{EV_KEY, stroke.first, stroke.second}, {EV_SYN, SYN_REPORT, 0}}) {
            input_event event{};
            event.type = static_cast<std::uint16_t>(type);
            event.code = static_cast<std::uint16_t>(code);
            event.value = value;
            if (::write(fd_.get(), &event, sizeof event) != sizeof event) ADD_FAILURE() << "uinput";
        }
    }
    void type(const std::vector<KeyStroke>& strokes, std::chrono::milliseconds gap = 1ms) const {
        for (const auto& stroke : strokes) {
            press(stroke);
            if (gap > 0ms) std::this_thread::sleep_for(gap);
        }
    }
    /// Types on, while the driver reads, until what is returned ends.
    std::jthread typing(std::vector<KeyStroke> strokes, std::chrono::milliseconds gap = 1ms) const {
        return std::jthread([this, strokes = std::move(strokes), gap] { type(strokes, gap); });
    }
    std::jthread scan(const std::string& text) const {
        auto strokes = keysOf(text);
        pressKey(strokes, KEY_ENTER);
        return typing(std::move(strokes));
    }
    /// Keys that another program, such as the window system, got since the last call.
    int seenByOthers() {
        std::this_thread::sleep_for(50ms);
        return seen_.exchange(0);
    }

    std::string node;

private:
    Descriptor fd_, witness_;
    std::atomic<int> seen_ = 0;
    std::jthread thread_;
};

/// A scanner taken is believed once it was silent for 100 ms.
void settle(Scanner& scanner) { EXPECT_EQ(scanner.next(200ms).has_value(), true); }

std::string next(Scanner& scanner, std::chrono::milliseconds timeout = 3s) {
    const auto scan = scanner.next(timeout);
    if (!scan) return std::string(name(scan.error().code));
    if (!*scan) return "-";
    return {(*scan)->reveal().begin(), (*scan)->reveal().end()};
}

TEST(Keyboard, AScannerByNameIsTakenAtOnceAndNobodyElseSeesItsKeys) {
    VirtualKeyboard device("MAU Bar Code Scanner");
    const auto scanner = makeKeyboardScanner({});
    ASSERT_TRUE(scanner->reopen());
    settle(*scanner);
    EXPECT_TRUE(scanner->isReady());
    EXPECT_THAT(scanner->description(), testing::HasSubstr("MAU Bar Code Scanner"));
    const auto scan1 = device.scan(card);
    EXPECT_EQ(next(*scanner), card);
    const auto open = device.typing(keysOf("without an end"));
    EXPECT_EQ(next(*scanner), "without an end") << "silence ends it";
    auto letters = altKeys({U'N', 7877, U'n'});
    pressKey(letters, KEY_TAB);
    const auto accented = device.typing(letters);
    EXPECT_EQ(next(*scanner), "Nễn");
    EXPECT_EQ(device.seenByOthers(), 0);
    EXPECT_EQ(next(*scanner, 300ms), "-");
}

TEST(Keyboard, CommandsOfAHostileCodeReachNobody) {
    VirtualKeyboard device("MAU barcode reader");
    const auto scanner = makeKeyboardScanner({});
    ASSERT_TRUE(scanner->reopen());
    settle(*scanner);
    std::vector<KeyStroke> keys;
    for (const int modifier : {KEY_LEFTCTRL, KEY_LEFTALT, KEY_LEFTMETA, KEY_LEFTSHIFT}) {
        keys.emplace_back(modifier, 1);
        for (const int key : {KEY_F1, KEY_F2, KEY_F4, KEY_DELETE, KEY_TAB, KEY_ESC, KEY_C, KEY_Q, KEY_SYSRQ})
            pressKey(keys, key);
        keys.emplace_back(modifier, 0);
    }
    device.type(keys);
    while (next(*scanner, 300ms) != "-") {
    }
    EXPECT_EQ(device.seenByOthers(), 0);
    const auto scan2 = device.scan(card);
    EXPECT_EQ(next(*scanner), card) << "no modifier is stuck";
}

TEST(Keyboard, OneThatTypesLikeAScannerIsTakenAfterItsFirstScan) {
    VirtualKeyboard device("MAU Keyboard");
    const auto scanner = makeKeyboardScanner({});
    ASSERT_TRUE(scanner->reopen());
    EXPECT_FALSE(scanner->isReady());
    auto first = device.scan(card);
    const auto until = Clock::now() + 10s;
    while (!scanner->isReady() && Clock::now() < until)
        EXPECT_EQ(next(*scanner, 50ms), "-") << "the window has had this one";
    first.join();
    EXPECT_GT(device.seenByOthers(), 90);
    EXPECT_TRUE(scanner->isReady());
    EXPECT_EQ(next(*scanner, 200ms), "-");
    const auto second = device.scan(card);
    EXPECT_EQ(next(*scanner), card);
    EXPECT_EQ(device.seenByOthers(), 0);
}

TEST(Keyboard, APersonsStaysAPersons) {
    VirtualKeyboard device("MAU Keyboard");
    const auto scanner = makeKeyboardScanner({});
    ASSERT_TRUE(scanner->reopen());
    auto person = device.typing(keysOf("nguyen van mau o phuong sai gon nam nay"), 45ms);
    for (int i = 0; i < 12; ++i) EXPECT_EQ(next(*scanner, 300ms), "-");
    person.join();
    EXPECT_FALSE(scanner->isReady());
    EXPECT_EQ(device.seenByOthers(), 39);
}

TEST(Keyboard, IsFoundByItsUsbIdAndByItsPath) {
    VirtualKeyboard other("MAU Bar Code Scanner", {1, 2}), device("MAU", {0x05e0, 0x1200});
    const auto byId = makeKeyboardScanner({.id = UsbId{0x05e0, 0x1200}});
    ASSERT_TRUE(byId->reopen());
    settle(*byId);
    const auto scan5 = device.scan(card);
    EXPECT_EQ(next(*byId), card);
    const auto second = makeKeyboardScanner({.path = device.node});
    EXPECT_FALSE(second->reopen()) << "taken already";
    EXPECT_EQ(other.seenByOthers(), 0);
    other.scan(card).join();
    EXPECT_EQ(next(*byId, 200ms), "-") << "another device";
    EXPECT_GT(other.seenByOthers(), 90) << "left alone";
}

TEST(Keyboard, UnpluggedInTheMiddleOfAScanAndPluggedInAgain) {
    auto device = std::make_unique<VirtualKeyboard>("MAU", UsbId{0x05e0, 0x1200});
    const auto scanner = makeKeyboardScanner({.id = UsbId{0x05e0, 0x1200}});
    ASSERT_TRUE(scanner->reopen());
    settle(*scanner);
    device->type(keysOf("001099"));
    device.reset();
    EXPECT_EQ(next(*scanner), "ScannerLost") << "half a scan is none";
    EXPECT_EQ(scanner->reopen().error().code, Code::ScannerNone);
    device = std::make_unique<VirtualKeyboard>("MAU", UsbId{0x05e0, 0x1200});
    ASSERT_TRUE(scanner->reopen());
    settle(*scanner);
    const auto scan7 = device->scan(card);
    EXPECT_EQ(next(*scanner), card);
}

TEST(Keyboard, ScannersMayComeAndGoWhileWatched) {
    const auto scanner = makeKeyboardScanner({});
    ASSERT_TRUE(scanner->reopen());
    const auto waitFor = [&](bool ready) {
        const auto until = Clock::now() + 5s;
        while (scanner->isReady() != ready && Clock::now() < until) EXPECT_EQ(next(*scanner, 50ms), "-");
        EXPECT_EQ(scanner->isReady(), ready);
    };
    for (int i = 0; i < 2; ++i) {
        {
            VirtualKeyboard device("MAU Bar Code Scanner");
            waitFor(true);
            EXPECT_EQ(next(*scanner, 200ms), "-");
            const auto typing = device.scan(card);
            EXPECT_EQ(next(*scanner), card);
        }
        waitFor(false);
    }
}

TEST(Keyboard, OneThatIsPluggedInWhileItScansDeliversNoHalfScan) {
    VirtualKeyboard device("MAU Bar Code Scanner");
    auto typing = device.scan(card);
    std::this_thread::sleep_for(100ms);
    const auto scanner = makeKeyboardScanner({});
    ASSERT_TRUE(scanner->reopen());
    while (device.seenByOthers() > 0) EXPECT_EQ(next(*scanner, 50ms), "-");
    EXPECT_EQ(next(*scanner, 2s), "-");
    typing.join();
    EXPECT_EQ(next(*scanner, 200ms), "-");
    const auto again = device.scan(card);
    EXPECT_EQ(next(*scanner), card);
}

TEST(Keyboard, AScanThatTheKernelCouldNotKeepIsNoText) {
    VirtualKeyboard device("MAU Bar Code Scanner");
    const auto scanner = makeKeyboardScanner({});
    ASSERT_TRUE(scanner->reopen());
    settle(*scanner);
    device.type(keysOf(std::string(2000, 'x')), 0ms); // nobody reads meanwhile
    EXPECT_EQ(next(*scanner), "\xFF");
    EXPECT_EQ(next(*scanner, 300ms), "-");
    const auto scan9 = device.scan(card);
    EXPECT_EQ(next(*scanner), card);
}

} // namespace
} // namespace kiosk::scanner
