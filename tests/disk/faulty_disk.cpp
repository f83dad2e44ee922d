#include "tests/disk/faulty_disk.hpp"

#include "tests/disk/disk_calls.hpp"

#include <cerrno>
#include <cstdlib>
#include <set>
#include <sqlite3.h>
#include <string_view>

namespace kiosk::testing {
namespace {

/// Does each call unless it is to fail.
class Failing : public DiskCalls {
public:
    explicit Failing(std::string folder) : folder_(std::move(folder)) {}

    void arm(Fault fault, int index, bool lasting) {
        fault_ = fault;
        left_ = index;
        lasting_ = lasting;
        fired_ = false;
        armed_ = true;
    }
    bool disarm() {
        armed_ = false;
        return fired_;
    }
    /// Does a request that `fault` can befall fail now?
    bool fails(Fault fault) {
        if (!armed_ || fault_ != fault || left_-- > 0) return false;
        armed_ = lasting_;
        return fired_ = true;
    }

    int open(const char* path, int flags, unsigned mode) override {
        if (isBelow(path) && refused((flags & O_CREAT) != 0)) return -1;
        const int fd = DiskCalls::open(path, flags, mode);
        if (fd >= 0 && isBelow(path)) files_.insert(fd);
        return fd;
    }
    int close(int fd) override {
        files_.erase(fd);
        return DiskCalls::close(fd);
    }
    ssize_t read(int fd, void* data, std::size_t size, off64_t offset) override {
        return isOurs(fd) && refused(false) ? -1 : DiskCalls::read(fd, data, size, offset);
    }
    ssize_t write(int fd, const void* data, std::size_t size, off64_t offset) override {
        if (isOurs(fd) && refused(true)) return -1;
        if (isOurs(fd) && size > 1 && fails(Fault::ShortWrite)) size /= 2;
        return DiskCalls::write(fd, data, size, offset);
    }
    int truncate(int fd, off64_t size) override {
        return isOurs(fd) && refused(true) ? -1 : DiskCalls::truncate(fd, size);
    }
    int sync(int fd, Sync what) override {
        return isOurs(fd) && refused(true) ? -1 : DiskCalls::sync(fd, what);
    }
    int syncRange(int fd, off64_t from, off64_t size, unsigned flags) override {
        return isOurs(fd) && refused(true) ? -1 : DiskCalls::syncRange(fd, from, size, flags);
    }
    int rename(const char* from, const char* to) override {
        return isBelow(to) && refused(true) ? -1 : DiskCalls::rename(from, to);
    }
    int unlink(const char* path) override {
        return isBelow(path) && refused(false) ? -1 : DiskCalls::unlink(path);
    }

private:
    bool isBelow(const char* path) const {
        return path != nullptr && std::string_view(path).starts_with(folder_);
    }
    bool isOurs(int fd) const { return files_.contains(fd); }
    /// Sets errno. What needs no room can only meet EIO.
    bool refused(bool needsRoom) {
        if (fails(Fault::InputOutput)) return errno = EIO, true;
        return needsRoom && fails(Fault::NoSpace) ? (errno = ENOSPC, true) : false;
    }

    std::string folder_;
    bool armed_ = false, lasting_ = false, fired_ = false;
    Fault fault_ = Fault::InputOutput;
    int left_ = 0;
    std::set<int> files_; // open ones below the folder
};

Failing* failing = nullptr; // for SQLite's allocator; guarded by diskLock()
sqlite3_mem_methods real;

bool memoryFails() {
    const std::scoped_lock guard(diskLock());
    return failing != nullptr && failing->fails(Fault::NoMemory);
}
void* allocate(int size) { return memoryFails() ? nullptr : real.xMalloc(size); }
void* reallocate(void* old, int size) { return memoryFails() ? nullptr : real.xRealloc(old, size); }

} // namespace

struct FaultyDisk::Inside {
    explicit Inside(std::string folder) : calls(std::move(folder)) {}
    Failing calls;
    InTheWay inTheWay{calls};
};

FaultyDisk::FaultyDisk(std::string folder) : inside_(std::make_unique<Inside>(std::move(folder))) {
    const std::scoped_lock guard(diskLock());
    failing = &inside_->calls;
}

FaultyDisk::~FaultyDisk() {
    const std::scoped_lock guard(diskLock());
    failing = nullptr;
}

void FaultyDisk::arm(Fault fault, int index, bool lasting) {
    const std::scoped_lock guard(diskLock());
    inside_->calls.arm(fault, index, lasting);
}

bool FaultyDisk::disarm() {
    const std::scoped_lock guard(diskLock());
    return inside_->calls.disarm();
}

void FaultyDisk::wrapAllocator() {
    if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &real) != SQLITE_OK) std::abort();
    auto ours = real;
    ours.xMalloc = allocate;
    ours.xRealloc = reallocate;
    if (sqlite3_config(SQLITE_CONFIG_MALLOC, &ours) != SQLITE_OK) std::abort();
}

} // namespace kiosk::testing
