#include "drivers/scanner/evdev_scanner.hpp"

#include "drivers/descriptor.hpp"
#include "drivers/scanner/key_text.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <cstring>
#include <ctime>
#include <deque>
#include <fcntl.h>
#include <filesystem>
#include <linux/input.h>
#include <poll.h>
#include <sys/ioctl.h>

namespace kiosk::scanner {
namespace {

using Clock = std::chrono::steady_clock;

constexpr auto lookInterval = std::chrono::seconds(1); // for keyboards that were plugged in

/// CLOCK_MONOTONIC, which the events are asked to carry, in ms.
std::int64_t nowMs() {
    timespec t{};
    clock_gettime(CLOCK_MONOTONIC, &t);
    return static_cast<std::int64_t>(t.tv_sec) * 1000 + t.tv_nsec / 1000000;
}

template <std::size_t bits>
using BitField = std::array<unsigned char, (bits + 7) / 8>;

template <typename Field>
bool hasBit(const Field& field, std::size_t bit) {
    return (field[bit / 8] >> (bit % 8) & 1) != 0;
}

/// Types letters and digits: a mouse with keys or a power button does not.
bool isKeyboard(int fd) {
    BitField<KEY_CNT> offered{};
    if (::ioctl(fd, EVIOCGBIT(EV_KEY, offered.size()), offered.data()) < 0) return false;
    return std::ranges::all_of(std::array{KEY_1, KEY_0, KEY_A, KEY_Z, KEY_ENTER},
                               [&](int key) { return hasBit(offered, static_cast<std::size_t>(key)); });
}

/// One keyboard: watched for how it types, or taken and read.
class Keyboard {
public:
    Keyboard(std::string node, Descriptor fd, int gapMs)
        : path(std::move(node)), fd_(std::move(fd)), pace_(gapMs) {
        int clock = CLOCK_MONOTONIC;
        ::ioctl(fd_.get(), EVIOCSCLOCKID, &clock); // an old kernel's wall clock only makes a jump possible
        char title[128] = "";
        if (::ioctl(fd_.get(), EVIOCGNAME(sizeof title - 1), title) >= 0) name = title;
        input_id about{};
        if (::ioctl(fd_.get(), EVIOCGID, &about) >= 0) id = {about.vendor, about.product};
    }

    std::string path, name;
    UsbId id;

    int fd() const { return fd_.get(); }
    bool isTaken() const { return taken_; }

    /// Nobody else gets its keys from now on. False: another program has it.
    bool take() {
        taken_ = ::ioctl(fd_.get(), EVIOCGRAB, 1) == 0;
        midway_ = true;
        last_ = nowMs();
        text_.reset();
        return taken_;
    }

    /// Reads what waits. False: it is gone.
    bool read(std::deque<Secret<Bytes>>& scans) {
        std::array<input_event, 64> events;
        for (;;) {
            const auto size = ::read(fd_.get(), events.data(), sizeof events);
            if (size < 0 && errno == EINTR) continue;
            if (size < 0) return errno == EAGAIN;
            if (size == 0) return false;
            for (std::size_t i = 0; i < static_cast<std::size_t>(size) / sizeof(input_event); ++i)
                handle(events[i], scans);
            wipe(events.data(), sizeof events);
        }
    }

    /// Ends a scan by silence; takes a keyboard that turned out to be a scanner once its keys are up.
    void rest(std::int64_t now, std::deque<Secret<Bytes>>& scans) {
        if (now - last_ < scanSilence.count()) return;
        midway_ = false;
        if (taken_ && (!text_.empty() || text_.isDamaged())) scans.push_back(text_.take());
        if (taken_ || !pace_.isScanner() || isAnyKeyDown()) return;
        take();
        pace_.forget(); // when another program has it, its next scan tries again
    }

    bool isBusy() const {
        return midway_ || !text_.empty() || text_.isDamaged() || (!taken_ && pace_.isScanner());
    }

private:
    void handle(const input_event& event, std::deque<Secret<Bytes>>& scans) {
        last_ = static_cast<std::int64_t>(event.input_event_sec) * 1000 + event.input_event_usec / 1000;
        if (event.type == EV_SYN && event.code == SYN_DROPPED) { // the kernel's queue was full
            text_.reset();
            text_.damage();
        }
        if (event.type != EV_KEY) return;
        if (!taken_) {
            if (event.value == 1 && KeyText::isCharacter(event.code)) pace_.press(last_);
            return;
        }
        const bool ended = text_.key(event.code, event.value);
        if (midway_) return text_.forget();
        if (ended && (!text_.empty() || text_.isDamaged())) scans.push_back(text_.take());
    }

    bool isAnyKeyDown() const {
        BitField<KEY_CNT> down{};
        if (::ioctl(fd_.get(), EVIOCGKEY(down.size()), down.data()) < 0) return false;
        return std::ranges::any_of(down, [](unsigned char byte) { return byte != 0; });
    }

    Descriptor fd_;
    bool taken_ = false;
    bool midway_ = false; // taken while it may have been typing: the rest of that scan is none
    KeyText text_;
    TypingPace pace_;
    std::int64_t last_ = 0;
};

class KeyboardScanner final : public Scanner {
public:
    explicit KeyboardScanner(KeyboardChoice choice) : choice_(std::move(choice)) {}

    Result<std::optional<Secret<Bytes>>> next(std::chrono::milliseconds timeout) override {
        const auto deadline = Clock::now() + timeout;
        for (;;) {
            if (Clock::now() >= lookAt_) look();
            readAll();
            if (!scans_.empty()) {
                auto scan = std::move(scans_.front());
                scans_.pop_front();
                return std::optional(std::move(scan));
            }
            if (isOne() && !isReady()) return fail(Code::ScannerLost, "unplugged");
            const auto now = Clock::now();
            if (now >= deadline) return std::optional<Secret<Bytes>>();
            wait(std::min({deadline, lookAt_, now + std::chrono::milliseconds(isBusy() ? 20 : 1000)}) - now);
        }
    }

    Result<void> reopen() override {
        keyboards_.clear();
        scans_.clear();
        denied_ = false;
        look();
        if (!isOne() || isReady()) return {};
        return denied_ ? fail(Code::ScannerDenied, problem_) : fail(Code::ScannerNone, problem_);
    }

    bool isReady() const override { return std::ranges::any_of(keyboards_, &Keyboard::isTaken); }

    std::string description() const override {
        std::string words;
        for (const auto& keyboard : keyboards_)
            if (keyboard.isTaken())
                words += (words.empty() ? "" : ", ") + keyboard.name + " (" + keyboard.path + ")";
        if (!words.empty()) return words;
        if (isOne()) return "keyboard scanner " + choice_.path + ", not connected";
        return std::to_string(keyboards_.size()) + " keyboards watched for scanners" +
               (denied_ ? "; some may not be read" : "");
    }

private:
    /// The settings name one: it is there or lost.
    bool isOne() const { return !choice_.path.empty() || choice_.id; }

    std::vector<std::string> nodes() const {
        if (!choice_.path.empty()) return {choice_.path};
        std::vector<std::string> found;
        std::error_code ignored; // no such folder: no keyboards
        for (const auto& entry : std::filesystem::directory_iterator(choice_.folder, ignored))
            if (entry.path().filename().string().starts_with("event")) found.push_back(entry.path().string());
        std::ranges::sort(found);
        return found;
    }

    void look() {
        lookAt_ = Clock::now() + lookInterval;
        for (const auto& node : nodes())
            if (std::ranges::none_of(keyboards_, [&](const auto& k) { return k.path == node; })) add(node);
    }

    void add(const std::string& node) {
        Descriptor fd(::open(node.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
        if (!fd.isOpen()) {
            denied_ = denied_ || errno == EACCES || errno == EPERM;
            problem_ = node + ": " + std::strerror(errno);
            return;
        }
        if (!isKeyboard(fd.get())) {
            problem_ = node + ": not a keyboard";
            return;
        }
        Keyboard keyboard(node, std::move(fd), choice_.keyGapMs);
        if (choice_.id && keyboard.id != *choice_.id) return;
        const bool meant = isOne() || isScannerName(keyboard.name);
        if (meant && !keyboard.take()) {
            problem_ = node + ": taken by another program";
            return;
        }
        keyboards_.push_back(std::move(keyboard));
    }

    void readAll() {
        for (auto it = keyboards_.begin(); it != keyboards_.end();)
            it = it->read(scans_) ? it + 1 : keyboards_.erase(it);
        const auto now = nowMs();
        for (auto& keyboard : keyboards_) keyboard.rest(now, scans_);
    }

    bool isBusy() const { return std::ranges::any_of(keyboards_, &Keyboard::isBusy); }

    void wait(Clock::duration most) const {
        std::vector<pollfd> waits;
        for (const auto& keyboard : keyboards_) waits.push_back({keyboard.fd(), POLLIN, 0});
        const auto ms = std::chrono::ceil<std::chrono::milliseconds>(most).count();
        ::poll(waits.data(), waits.size(), static_cast<int>(std::clamp<std::int64_t>(ms, 0, INT_MAX)));
    }

    KeyboardChoice choice_;
    std::vector<Keyboard> keyboards_;
    std::deque<Secret<Bytes>> scans_;
    Clock::time_point lookAt_;
    bool denied_ = false;
    std::string problem_ = "no such keyboard";
};

} // namespace

void TypingPace::press(std::int64_t atMs) {
    run_ = atMs - last_ <= gap_ ? run_ + 1 : 1;
    last_ = atMs;
    best_ = std::max(best_, run_);
}

std::unique_ptr<Scanner> makeKeyboardScanner(KeyboardChoice choice) {
    return std::make_unique<KeyboardScanner>(std::move(choice));
}

} // namespace kiosk::scanner
