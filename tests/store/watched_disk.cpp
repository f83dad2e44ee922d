#include "tests/store/watched_disk.hpp"

#include <atomic>
#include <cerrno>
#include <climits>
#include <fcntl.h>
#include <memory>
#include <mutex>
#include <string_view>
#include <sys/syscall.h>
#include <thread>
#include <unistd.h>

namespace kiosk::testing {
namespace {

struct Watch {
    std::string prefix;
    WatchedDisk::Refuse refuse = WatchedDisk::Refuse::Nothing;
    std::atomic<int> syncs = 0, landings = 0, ownSyncs = 0;
    std::thread::id own = std::this_thread::get_id();
};

std::mutex watchMutex;
std::shared_ptr<Watch> watch;

/// Held by each call under way: a thread of the outbox may outlive the watch.
std::shared_ptr<Watch> current() {
    const std::lock_guard lock(watchMutex);
    return watch;
}
void replace(std::shared_ptr<Watch> by) {
    const std::lock_guard lock(watchMutex);
    watch = std::move(by);
}

bool isWatched(const Watch& w, int fd) {
    char path[PATH_MAX];
    const auto n = ::readlink(("/proc/self/fd/" + std::to_string(fd)).c_str(), path, sizeof path);
    return n > 0 && std::string_view(path, static_cast<std::size_t>(n)).starts_with(w.prefix);
}

/// Counts; true: to be refused.
bool meets(int fd, std::atomic<int> Watch::*count, WatchedDisk::Refuse refused) {
    const auto w = current();
    if (w == nullptr || !isWatched(*w, fd)) return false;
    ++((*w).*count);
    if (count == &Watch::syncs && std::this_thread::get_id() == w->own) ++w->ownSyncs;
    return w->refuse == refused || w->refuse == WatchedDisk::Refuse::Both;
}

int refuse() {
    errno = EIO;
    return -1;
}

} // namespace

WatchedDisk::WatchedDisk(const std::string& prefix, Refuse refuse) {
    auto w = std::make_shared<Watch>();
    w->prefix = prefix;
    w->refuse = refuse;
    replace(std::move(w));
}
WatchedDisk::~WatchedDisk() { replace(nullptr); }
int WatchedDisk::syncs() const { return current()->syncs; }
int WatchedDisk::ownSyncs() const { return current()->ownSyncs; }
int WatchedDisk::landings() const { return current()->landings; }

} // namespace kiosk::testing

// The program's own definitions come before the C library's for every caller, SQLite too.
extern "C" int fdatasync(int fd) {
    using namespace kiosk::testing;
    if (meets(fd, &Watch::syncs, WatchedDisk::Refuse::Syncs)) return refuse();
    return static_cast<int>(::syscall(SYS_fdatasync, fd));
}

extern "C" int sync_file_range(int fd, off64_t from, off64_t size, unsigned flags) {
    using namespace kiosk::testing;
    const bool waits = (flags & SYNC_FILE_RANGE_WAIT_AFTER) != 0;
    if (waits && meets(fd, &Watch::landings, WatchedDisk::Refuse::Landings)) return refuse();
    return static_cast<int>(::syscall(SYS_sync_file_range, fd, from, size, flags));
}
