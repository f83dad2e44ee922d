#include "tests/faults/faulty_disk.hpp"

#include <cerrno>
#include <cstdarg>
#include <cstdlib>
#include <fcntl.h>
#include <mutex>
#include <set>
#include <sqlite3.h>
#include <string_view>
#include <sys/syscall.h>
#include <unistd.h>

namespace kiosk::testing {
namespace {

struct State {
    std::string folder;
    bool watching = false, armed = false, lasting = false, fired = false;
    Fault fault = Fault::InputOutput;
    int left = 0;
    std::set<int> files; // open descriptors below the folder
};

std::recursive_mutex lock;
State& state() {
    static State s;
    return s;
}

/// Does this request, of one of these kinds, fail now?
bool fails(Fault fault) {
    auto& s = state();
    if (!s.armed || s.fault != fault) return false;
    if (s.left-- > 0) return false;
    if (!s.lasting) s.armed = false;
    s.fired = true;
    return true;
}

bool isBelow(const char* path) {
    return state().watching && path != nullptr && std::string_view(path).starts_with(state().folder);
}
bool isWatched(int fd) { return state().watching && state().files.contains(fd); }

/// What needs no room can only meet EIO.
int errorOf(bool needsRoom) {
    if (fails(Fault::InputOutput)) return EIO;
    return needsRoom && fails(Fault::NoSpace) ? ENOSPC : 0;
}

int openFile(const char* path, int flags, unsigned mode) {
    const std::scoped_lock guard(lock);
    if (isBelow(path))
        if (const int error = errorOf((flags & O_CREAT) != 0); error != 0) return errno = error, -1;
    const int fd = static_cast<int>(::syscall(SYS_openat, AT_FDCWD, path, flags, mode));
    if (fd >= 0 && isBelow(path)) state().files.insert(fd);
    return fd;
}

ssize_t writeAt(int fd, const void* data, std::size_t size, off64_t offset) {
    const std::scoped_lock guard(lock);
    if (isWatched(fd)) {
        if (const int error = errorOf(true); error != 0) return errno = error, -1;
        if (size > 1 && fails(Fault::ShortWrite)) size /= 2;
    }
    return ::syscall(SYS_pwrite64, fd, data, size, offset);
}

ssize_t readAt(int fd, void* data, std::size_t size, off64_t offset) {
    const std::scoped_lock guard(lock);
    if (isWatched(fd) && fails(Fault::InputOutput)) return errno = EIO, -1;
    return ::syscall(SYS_pread64, fd, data, size, offset);
}

int onFile(int fd, long call, bool needsRoom, long argument = 0) {
    const std::scoped_lock guard(lock);
    if (isWatched(fd))
        if (const int error = errorOf(needsRoom); error != 0) return errno = error, -1;
    return static_cast<int>(::syscall(call, fd, argument));
}

sqlite3_mem_methods real;

bool memoryFails() {
    const std::scoped_lock guard(lock);
    return fails(Fault::NoMemory);
}
void* allocate(int size) { return memoryFails() ? nullptr : real.xMalloc(size); }
void* reallocate(void* old, int size) { return memoryFails() ? nullptr : real.xRealloc(old, size); }

} // namespace

FaultyDisk::FaultyDisk(std::string folder) {
    const std::scoped_lock guard(lock);
    state() = State{std::move(folder), true, false, false, false, Fault::InputOutput, 0, {}};
}

FaultyDisk::~FaultyDisk() {
    const std::scoped_lock guard(lock);
    state() = State{};
}

void FaultyDisk::arm(Fault fault, int index, bool lasting) {
    const std::scoped_lock guard(lock);
    auto& s = state();
    s.fault = fault;
    s.left = index;
    s.lasting = lasting;
    s.fired = false;
    s.armed = true;
}

bool FaultyDisk::disarm() {
    const std::scoped_lock guard(lock);
    state().armed = false;
    return state().fired;
}

void FaultyDisk::wrapAllocator() {
    if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &real) != SQLITE_OK) std::abort();
    auto ours = real;
    ours.xMalloc = allocate;
    ours.xRealloc = reallocate;
    if (sqlite3_config(SQLITE_CONFIG_MALLOC, &ours) != SQLITE_OK) std::abort();
}

} // namespace kiosk::testing

using namespace kiosk::testing;

extern "C" {

int open(const char* path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    const unsigned mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(rest, unsigned) : 0;
    va_end(rest);
    return openFile(path, flags, mode);
}
int open64(const char* path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    const unsigned mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(rest, unsigned) : 0;
    va_end(rest);
    return openFile(path, flags, mode);
}
int close(int fd) {
    const std::scoped_lock guard(lock);
    state().files.erase(fd);
    return static_cast<int>(::syscall(SYS_close, fd));
}
ssize_t pread(int fd, void* data, size_t size, off_t offset) { return readAt(fd, data, size, offset); }
ssize_t pread64(int fd, void* data, size_t size, off64_t offset) { return readAt(fd, data, size, offset); }
ssize_t pwrite(int fd, const void* data, size_t size, off_t offset) {
    return writeAt(fd, data, size, offset);
}
ssize_t pwrite64(int fd, const void* data, size_t size, off64_t offset) {
    return writeAt(fd, data, size, offset);
}
int ftruncate(int fd, off_t size) noexcept { return onFile(fd, SYS_ftruncate, true, size); }
int ftruncate64(int fd, off64_t size) noexcept { return onFile(fd, SYS_ftruncate, true, size); }
int fsync(int fd) { return onFile(fd, SYS_fsync, true); }
int fdatasync(int fd) { return onFile(fd, SYS_fdatasync, true); }
int rename(const char* from, const char* to) noexcept {
    const std::scoped_lock guard(lock);
    if (isBelow(to))
        if (const int error = errorOf(true); error != 0) return errno = error, -1;
    return static_cast<int>(::syscall(SYS_rename, from, to));
}
}
