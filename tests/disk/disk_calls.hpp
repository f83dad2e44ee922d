// What a program asks of the disk, on its way to the kernel.
//
// The program's own open, pread, pwrite, fsync … come before the C library's for every caller, SQLite too
// (disk_calls.cpp), and go through whatever stands in their way here.
#pragma once

#include <cstddef>
#include <fcntl.h>
#include <mutex>
#include <sys/types.h>

namespace kiosk::testing {

/// Each does what the system call of its name does; by default the kernel's. Called under diskLock().
class DiskCalls {
public:
    DiskCalls() = default;
    DiskCalls(const DiskCalls&) = delete;
    DiskCalls& operator=(const DiskCalls&) = delete;
    virtual ~DiskCalls() = default;

    virtual int open(const char* path, int flags, unsigned mode);
    virtual int close(int fd);
    virtual ssize_t read(int fd, void* data, std::size_t size, off64_t offset);
    virtual ssize_t write(int fd, const void* data, std::size_t size, off64_t offset);
    virtual int truncate(int fd, off64_t size);
    enum class Sync { All, Data };
    virtual int sync(int fd, Sync what);
    virtual int syncRange(int fd, off64_t from, off64_t size, unsigned flags);
    virtual int rename(const char* from, const char* to);
    virtual int unlink(const char* path);
};

/// Guards all of it; a thread that has it may make calls.
std::recursive_mutex& diskLock();

/// Sends every call through `calls`, which must outlive it; one at a time.
class InTheWay {
public:
    explicit InTheWay(DiskCalls& calls);
    InTheWay(const InTheWay&) = delete;
    InTheWay& operator=(const InTheWay&) = delete;
    ~InTheWay();
};

} // namespace kiosk::testing
