// The headphone sockets as input devices: ALSA's jacks report a switch for each.
#include "drivers/descriptor.hpp"
#include "drivers/speech.hpp"

#include <array>
#include <chrono>
#include <fcntl.h>
#include <filesystem>
#include <linux/input.h>
#include <sys/ioctl.h>
#include <vector>

namespace kiosk {
namespace {

using Clock = std::chrono::steady_clock;

constexpr auto lookInterval = std::chrono::seconds(2); // for sockets that come with a sound card plugged in
constexpr std::size_t bit = SW_HEADPHONE_INSERT;

using Switches = std::array<unsigned char, (SW_CNT + 7) / 8>;

bool isSet(const Switches& switches) { return (switches[bit / 8] >> (bit % 8) & 1) != 0; }

class JackHeadphones final : public Headphones {
public:
    bool plugged() override {
        if (Clock::now() >= lookAt_) look();
        for (const auto& socket : sockets_) {
            Switches now{};
            if (::ioctl(socket.get(), EVIOCGSW(now.size()), now.data()) >= 0 && isSet(now)) return true;
        }
        return false;
    }

private:
    void look() {
        lookAt_ = Clock::now() + lookInterval;
        sockets_.clear();
        std::error_code none; // no /dev/input: no socket that could tell
        for (const auto& entry : std::filesystem::directory_iterator("/dev/input", none)) {
            if (!entry.path().filename().string().starts_with("event")) continue;
            Descriptor fd(::open(entry.path().c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
            Switches offered{};
            if (!fd.isOpen() || ::ioctl(fd.get(), EVIOCGBIT(EV_SW, offered.size()), offered.data()) < 0)
                continue;
            if (isSet(offered)) sockets_.push_back(std::move(fd));
        }
    }

    std::vector<Descriptor> sockets_;
    Clock::time_point lookAt_{};
};

} // namespace

std::unique_ptr<Headphones> makeJackHeadphones() { return std::make_unique<JackHeadphones>(); }

} // namespace kiosk
