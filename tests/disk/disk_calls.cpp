#include "tests/disk/disk_calls.hpp"

#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <sys/syscall.h>
#include <unistd.h>

namespace kiosk::testing {
namespace {

DiskCalls* inTheWay = nullptr; // guarded by diskLock()

/// The calls that a request goes through, locked as long as this lives. Files are opened before main and
/// closed after it, hence nothing here is ever destroyed.
struct Way {
    const std::scoped_lock<std::recursive_mutex> guard{diskLock()};
    DiskCalls* operator->() const {
        static DiskCalls& kernel = *new DiskCalls;
        return inTheWay != nullptr ? inTheWay : &kernel;
    }
};

} // namespace

std::recursive_mutex& diskLock() {
    static std::recursive_mutex& lock = *new std::recursive_mutex;
    return lock;
}

InTheWay::InTheWay(DiskCalls& calls) {
    const std::scoped_lock guard(diskLock());
    if (inTheWay != nullptr) std::abort();
    inTheWay = &calls;
}
InTheWay::~InTheWay() {
    const std::scoped_lock guard(diskLock());
    inTheWay = nullptr;
}

int DiskCalls::open(const char* path, int flags, unsigned mode) {
    return static_cast<int>(::syscall(SYS_openat, AT_FDCWD, path, flags, mode));
}
int DiskCalls::close(int fd) { return static_cast<int>(::syscall(SYS_close, fd)); }
ssize_t DiskCalls::read(int fd, void* data, std::size_t size, off64_t offset) {
    return ::syscall(SYS_pread64, fd, data, size, offset);
}
ssize_t DiskCalls::write(int fd, const void* data, std::size_t size, off64_t offset) {
    return ::syscall(SYS_pwrite64, fd, data, size, offset);
}
int DiskCalls::truncate(int fd, off64_t size) { return static_cast<int>(::syscall(SYS_ftruncate, fd, size)); }
int DiskCalls::sync(int fd, Sync what) {
    return static_cast<int>(::syscall(what == Sync::All ? SYS_fsync : SYS_fdatasync, fd));
}
int DiskCalls::syncRange(int fd, off64_t from, off64_t size, unsigned flags) {
    return static_cast<int>(::syscall(SYS_sync_file_range, fd, from, size, flags));
}
int DiskCalls::rename(const char* from, const char* to) {
    return static_cast<int>(::syscall(SYS_rename, from, to));
}
int DiskCalls::unlink(const char* path) { return static_cast<int>(::syscall(SYS_unlink, path)); }

namespace {

int openThere(const char* path, int flags, va_list rest) {
    const unsigned mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(rest, unsigned) : 0;
    return Way()->open(path, flags, mode);
}

} // namespace
} // namespace kiosk::testing

using namespace kiosk::testing;

extern "C" {

int open(const char* path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    const int fd = openThere(path, flags, rest);
    va_end(rest);
    return fd;
}
int open64(const char* path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    const int fd = openThere(path, flags, rest);
    va_end(rest);
    return fd;
}
int close(int fd) { return Way()->close(fd); }
ssize_t pread(int fd, void* data, size_t size, off_t offset) { return Way()->read(fd, data, size, offset); }
ssize_t pread64(int fd, void* data, size_t size, off64_t offset) {
    return Way()->read(fd, data, size, offset);
}
ssize_t pwrite(int fd, const void* data, size_t size, off_t offset) {
    return Way()->write(fd, data, size, offset);
}
ssize_t pwrite64(int fd, const void* data, size_t size, off64_t offset) {
    return Way()->write(fd, data, size, offset);
}
int ftruncate(int fd, off_t size) noexcept { return Way()->truncate(fd, size); }
int ftruncate64(int fd, off64_t size) noexcept { return Way()->truncate(fd, size); }
int fsync(int fd) { return Way()->sync(fd, DiskCalls::Sync::All); }
int fdatasync(int fd) { return Way()->sync(fd, DiskCalls::Sync::Data); }
int sync_file_range(int fd, off64_t from, off64_t size, unsigned flags) {
    return Way()->syncRange(fd, from, size, flags);
}
int rename(const char* from, const char* to) noexcept { return Way()->rename(from, to); }
int unlink(const char* path) noexcept { return Way()->unlink(path); }
int remove(const char* path) noexcept {
    return Way()->unlink(path) == 0 ? 0 : errno == EISDIR ? ::rmdir(path) : -1;
}
}
