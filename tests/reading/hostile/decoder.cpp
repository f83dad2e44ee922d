// A decoder program as a stranger would have it after taking kiosk-decode over: locked in by the same
// function, it does what the picture's first pixel says (acts.hpp), and reads honestly otherwise.
#include "tests/reading/hostile/acts.hpp"

#include "app/reading/child/serve.hpp"

#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <limits>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

using namespace kiosk::reading;
using hostile::Act;

std::uint32_t sequence = 0; // of the request at hand: they are counted from 1 for each program

[[noreturn]] void sleepForever() {
    while (true) { // futex is allowed, nanosleep is not: wait for an answer that nobody sends
        std::uint8_t nothing = 0;
        ::recv(child::channelFd, &nothing, 1, MSG_PEEK);
    }
}

void say(const void* message, std::size_t size) {
    if (::send(child::channelFd, message, size, MSG_NOSIGNAL) < 0) _exit(3);
}

/// One thing wrong, everything else as it should be.
void speakNonsense(Act act) {
    struct {
        child::Answer answer;
        std::uint8_t more[64];
    } message{};
    auto& answer = message.answer;
    answer.sequence = act == Act::OldSequence ? sequence - 1 : sequence;
    answer.kind = act == Act::UnknownKind ? static_cast<child::Kind>(77) : child::Kind::Code;
    answer.length = 4;
    auto size = child::answerHead + 4;
    if (act == Act::ShortMessage) size = 7;
    if (act == Act::LongMessage)
        answer.length = child::maxCodeBytes + 60, size = child::answerHead + answer.length;
    if (act == Act::LengthBeyondMessage) answer.length = std::numeric_limits<std::uint32_t>::max();
    if (act == Act::CornersNotNumbers) answer.corners[3] = std::numeric_limits<float>::quiet_NaN();
    if (act == Act::CornersFarAway) answer.corners[5] = -1e30F;
    say(&message, size);
    while (act == Act::EndlessCodes) say(&message, size);
}

void tryToGetOut(Act act) {
    switch (act) {
    case Act::OpenFile:
        static_cast<void>(::open("/etc/hostname", O_RDONLY));
        break;
    case Act::MakeSocket:
        static_cast<void>(::socket(AF_INET, SOCK_STREAM, 0));
        break;
    case Act::WriteElsewhere:
        static_cast<void>(!::write(STDOUT_FILENO, "out", 3));
        break;
    case Act::StartProgram:
        static_cast<void>(::fork());
        break;
    case Act::SignalParent:
        static_cast<void>(::kill(::getppid(), 0));
        break;
    case Act::MakeCode:
        static_cast<void>(
            ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
        break;
    default:
        break;
    }
}

/// What should fail quietly; the answer's bytes say whether it did.
std::vector<CodeFound> tryQuietly(Act act) {
    CodeFound told;
    if (act == Act::ChangePicture) {
        void* memory = ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, child::pictureFd, 0);
        told.bytes = {static_cast<std::uint8_t>(memory == MAP_FAILED ? 'n' : 'y')};
    } else {
        const std::vector<std::uint8_t> much(std::size_t{1} << 30U); // throws under its limit
        told.bytes = {static_cast<std::uint8_t>('y' + much[much.size() / 2])};
    }
    return {told};
}

std::vector<CodeFound> decode(const GreyView& picture, const zxing::Options& options) {
    const auto act = static_cast<Act>(picture.pixels[0]);
    if (act != Act::None && act < Act::Count) switch (act) {
        case Act::Sleep:
            sleepForever();
        case Act::Spin:
            while (true) asm volatile("");
        case Act::Crash:
            __builtin_trap();
        case Act::Leave:
            _exit(7);
        case Act::ChangePicture:
        case Act::TakeMemory:
            return tryQuietly(act);
        default:
            if (act < Act::OpenFile)
                speakNonsense(act);
            else
                tryToGetOut(act);
            sleepForever();
        }
    return zxing::read(picture, options);
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 2) return 2;
    bool warm = false;
    _exit(child::serve(std::atoi(argv[1]), [&](const GreyView& picture, const zxing::Options& options) {
        if (warm) ++sequence; // the first picture is the program's own
        warm = true;
        return decode(picture, options);
    }));
}
