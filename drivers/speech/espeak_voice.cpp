// Speech by the program espeak-ng: text into its standard input, a WAV file out of its standard output.
#include "drivers/descriptor.hpp"
#include "drivers/speech.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>

extern char** environ; // POSIX leaves its declaration to the program

namespace kiosk {
namespace {

using Clock = std::chrono::steady_clock;

constexpr auto patience = std::chrono::seconds(2);
constexpr std::size_t mostBytes = 20U << 20; // of sound: seven minutes
constexpr std::size_t wavHeader = 44;

struct Pipe {
    Descriptor read, write;
    static Result<Pipe> make() {
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0) return fail(Code::VoiceFailed, std::strerror(errno));
        return Pipe{Descriptor(ends[0]), Descriptor(ends[1])};
    }
};

/// Ends and collects the program, whatever it does.
class Child {
public:
    explicit Child(pid_t pid) : pid_(pid) {}
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    ~Child() {
        ::kill(pid_, SIGKILL);
        int status = 0;
        while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
        }
    }

private:
    pid_t pid_;
};

Result<pid_t> start(const VoiceStyle& style, int in, int out) {
    posix_spawn_file_actions_t actions{};
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    const auto speed = std::to_string(std::clamp(style.speed, 80, 400)),
               loudness = std::to_string(std::clamp(style.loudness, 0, 200));
    const std::array<const char*, 11> arguments = {
        "espeak-ng",      "-v",      style.voice.c_str(), "-s",  speed.c_str(), "-a",
        loudness.c_str(), "--stdin", "--stdout",          "-b1", nullptr};
    pid_t pid = 0;
    const int failed = ::posix_spawnp(&pid, "espeak-ng", &actions, nullptr,
                                      const_cast<char* const*>(arguments.data()), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (failed != 0) return fail(Code::VoiceFailed, std::string("espeak-ng: ") + std::strerror(failed));
    return pid;
}

/// Writes `text` and reads the answer at the same time, so that neither waits for the other.
Result<Bytes> exchange(Pipe& to, Pipe& from, std::string_view text) {
    Bytes answer;
    const auto until = Clock::now() + patience;
    std::array<std::uint8_t, 65536> block{};
    for (;;) {
        std::array<pollfd, 2> wait = {pollfd{from.read.get(), POLLIN, 0},
                                      pollfd{to.write.isOpen() ? to.write.get() : -1, POLLOUT, 0}};
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now()).count();
        if (left <= 0) return fail(Code::VoiceFailed, "espeak-ng takes too long");
        if (::poll(wait.data(), wait.size(), static_cast<int>(left)) < 0 && errno != EINTR)
            return fail(Code::VoiceFailed, std::strerror(errno));
        if ((wait[1].revents & (POLLOUT | POLLERR)) != 0) {
            const auto count = ::write(to.write.get(), text.data(), text.size());
            if (count < 0 && errno != EAGAIN && errno != EINTR)
                return fail(Code::VoiceFailed, std::strerror(errno));
            if (count > 0) text.remove_prefix(static_cast<std::size_t>(count));
            if (text.empty()) to.write = Descriptor();
        }
        if ((wait[0].revents & (POLLIN | POLLHUP)) != 0) {
            const auto count = ::read(from.read.get(), block.data(), block.size());
            if (count == 0) return answer;
            if (count < 0 && errno != EINTR) return fail(Code::VoiceFailed, std::strerror(errno));
            if (count > 0) answer.insert(answer.end(), block.begin(), block.begin() + count);
            if (answer.size() > mostBytes) return fail(Code::VoiceFailed, "espeak-ng does not end");
        }
    }
}

/// The samples behind a WAV header that was written to a pipe: its lengths are not known yet, and do not
/// count.
Result<Pcm> soundOf(const Bytes& wav) {
    const auto number = [&](std::size_t at, int bytes) {
        unsigned value = 0;
        for (int i = bytes - 1; i >= 0; --i) value = value << 8 | wav[at + static_cast<std::size_t>(i)];
        return value;
    };
    if (wav.size() <= wavHeader || std::memcmp(wav.data(), "RIFF", 4) != 0 ||
        std::memcmp(wav.data() + 8, "WAVEfmt ", 8) != 0 || number(22, 2) != 1 || number(34, 2) != 16)
        return fail(Code::VoiceFailed, "espeak-ng gave no sound");
    Pcm sound{static_cast<int>(number(24, 4)), {}};
    sound.samples.resize((wav.size() - wavHeader) / 2);
    for (std::size_t i = 0; i < sound.samples.size(); ++i)
        sound.samples[i] = static_cast<std::int16_t>(number(wavHeader + 2 * i, 2));
    return sound;
}

class EspeakVoice final : public Voice {
public:
    Result<Pcm> speak(const std::string& text, const VoiceStyle& style) override {
        auto to = Pipe::make(), from = Pipe::make();
        if (!to) return fail(to.error());
        if (!from) return fail(from.error());
        const auto pid = start(style, to->read.get(), from->write.get());
        if (!pid) return fail(pid.error());
        const Child child(*pid);
        to->read = Descriptor();
        from->write = Descriptor();
        ::fcntl(to->write.get(), F_SETFL, O_NONBLOCK);
        auto wav = exchange(*to, *from, text);
        if (!wav) return fail(wav.error());
        auto sound = soundOf(*wav);
        wipe(wav->data(), wav->size());
        return sound;
    }
};

} // namespace

std::unique_ptr<Voice> makeEspeakVoice() { return std::make_unique<EspeakVoice>(); }

} // namespace kiosk
