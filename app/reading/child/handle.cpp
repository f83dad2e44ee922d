#include "app/reading/child/handle.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <memory>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#ifndef F_SEAL_FUTURE_WRITE // Linux 5.1; newer than some C headers
#define F_SEAL_FUTURE_WRITE 0x0010
#endif

namespace kiosk::reading::child {
namespace {

constexpr int clearOfFixed = 10; // descriptors from here on never collide with those the program is given

tl::unexpected<Error> unavailable(const std::string& what, int error = errno) {
    return fail(Code::DecoderUnavailable, what + ": " + std::strerror(error));
}

files::Descriptor movedUp(int fd) {
    const files::Descriptor low(fd);
    return files::Descriptor(fd < 0 ? -1 : fcntl(fd, F_DUPFD_CLOEXEC, clearOfFixed));
}

/// posix_spawn's two descriptions, destroyed with their owner.
struct Plan {
    posix_spawn_file_actions_t files{};
    posix_spawnattr_t attributes{};
    Plan() {
        posix_spawn_file_actions_init(&files);
        posix_spawnattr_init(&attributes);
    }
    Plan(const Plan&) = delete;
    Plan& operator=(const Plan&) = delete;
    ~Plan() {
        posix_spawn_file_actions_destroy(&files);
        posix_spawnattr_destroy(&attributes);
    }
    int fill(int picture, int channel) {
        int error = 0;
        for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
            if (fd != STDERR_FILENO || !sanitized)
                error |= posix_spawn_file_actions_addopen(&files, fd, "/dev/null", O_RDWR, 0);
        error |= posix_spawn_file_actions_adddup2(&files, picture, pictureFd);
        error |= posix_spawn_file_actions_adddup2(&files, channel, channelFd);
        error |= posix_spawn_file_actions_addclosefrom_np(&files, channelFd + 1);
        sigset_t none, all;
        sigemptyset(&none);
        sigfillset(&all);
        error |= posix_spawnattr_setsigmask(&attributes, &none);
        error |= posix_spawnattr_setsigdefault(&attributes, &all);
        error |= posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
        return error;
    }
};

} // namespace

Result<SharedPicture> SharedPicture::make() {
    auto fd = movedUp(memfd_create("kiosk-picture", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    if (!fd || ftruncate(fd.get(), static_cast<off_t>(pictureCapacity)) != 0)
        return unavailable("shared memory");
    void* memory = mmap(nullptr, pictureCapacity, PROT_READ | PROT_WRITE, MAP_SHARED, fd.get(), 0);
    if (memory == MAP_FAILED) return unavailable("shared memory");
    SharedPicture made(std::move(fd), static_cast<std::uint8_t*>(memory));
    // From here on its size is fixed and nobody else can write to it.
    if (fcntl(made.fd(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_FUTURE_WRITE | F_SEAL_SEAL) != 0)
        return unavailable("sealing shared memory");
    return made;
}

SharedPicture::SharedPicture(SharedPicture&& other) noexcept
    : fd_(std::move(other.fd_)), memory_(std::exchange(other.memory_, nullptr)) {}

SharedPicture::~SharedPicture() {
    if (memory_ != nullptr) munmap(memory_, pictureCapacity);
}

bool SharedPicture::put(const GreyView& picture) {
    const auto width = static_cast<std::size_t>(picture.width),
               height = static_cast<std::size_t>(picture.height);
    if (width == 0 || width > pictureCapacity / std::max<std::size_t>(height, 1)) return false;
    const auto stride = static_cast<std::size_t>(picture.stride);
    for (std::size_t y = 0; y < height; ++y)
        std::memcpy(memory_ + y * width, picture.pixels + y * stride, width);
    return true;
}

Result<Handle> Handle::start(const std::filesystem::path& program, const SharedPicture& picture) {
    std::array<int, 2> ends{-1, -1};
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) != 0) return unavailable("socket");
    auto ours = movedUp(ends[0]), theirs = movedUp(ends[1]);
    if (!ours || !theirs) return unavailable("socket");
    Plan plan;
    if (plan.fill(picture.fd(), theirs.get()) != 0)
        return unavailable("preparing the decoder program", ENOMEM);
    auto name = program.string(), parent = std::to_string(getpid());
    const std::array<char*, 3> arguments{name.data(), parent.data(), nullptr};
    const std::array<char*, 1> environment{nullptr};
    pid_t pid = -1;
    if (const int error = posix_spawn(&pid, name.c_str(), &plan.files, &plan.attributes, arguments.data(),
                                      environment.data());
        error != 0)
        return unavailable(name, error);
    return Handle(pid, std::move(ours));
}

Handle::Handle(Handle&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)), channel_(std::move(other.channel_)) {}

Handle& Handle::operator=(Handle&& other) noexcept {
    std::swap(pid_, other.pid_);
    std::swap(channel_, other.channel_);
    return *this;
}

Handle::~Handle() { end(std::chrono::milliseconds(0)); }

bool Handle::send(const Request& request) const {
    return ::send(channel_.get(), &request, sizeof request, MSG_NOSIGNAL | MSG_DONTWAIT) ==
           static_cast<ssize_t>(sizeof request);
}

Handle::Heard Handle::listen(Answer& answer, Clock::time_point until) const {
    while (true) {
        const auto left = std::max(until - Clock::now(), Clock::duration::zero());
        const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(left);
        const timespec timeout{seconds.count(), std::chrono::nanoseconds(left - seconds).count()};
        pollfd waiting{channel_.get(), POLLIN, 0};
        const int ready = ppoll(&waiting, 1, &timeout, nullptr);
        if (ready < 0 && errno == EINTR) continue;
        if (ready <= 0) return ready == 0 ? Heard::Nothing : Heard::End;
        // MSG_TRUNC: the packet's real length, however much of it fits
        const auto size = ::recv(channel_.get(), &answer, sizeof answer, MSG_DONTWAIT | MSG_TRUNC);
        if (size < 0 && (errno == EINTR || errno == EAGAIN)) continue;
        if (size <= 0) return Heard::End;
        const bool fits = static_cast<std::size_t>(size) >= answerHead && answer.length <= maxCodeBytes &&
                          static_cast<std::size_t>(size) == answerHead + answer.length;
        return fits ? Heard::Answer : Heard::Garbage;
    }
}

std::string Handle::end(std::chrono::milliseconds patience) {
    if (pid_ < 0) return {};
    channel_ = files::Descriptor();
    const auto isOver = [this] {
        siginfo_t info{};
        return waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
               info.si_pid == pid_;
    };
    bool over = isOver();
    for (const auto until = Clock::now() + patience; !over && Clock::now() < until; over = isOver())
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    if (!over) ::kill(pid_, SIGKILL);
    int status = 0;
    while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    pid_ = -1;
    if (!over) return "killed";
    return WIFSIGNALED(status) ? "signal " + std::to_string(WTERMSIG(status))
                               : "exit code " + std::to_string(WEXITSTATUS(status));
}

} // namespace kiosk::reading::child
