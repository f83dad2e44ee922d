#include "tests/power/recorded_disk.hpp"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <memory>
#include <mutex>
#include <random>
#include <set>
#include <string_view>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace kiosk::testing {
namespace {

constexpr std::size_t sector = 512;

enum class Kind { Create, Write, Truncate, Sync, Land, SyncFolder, Rename, Unlink };

struct Request {
    Kind kind;
    int file = 0; // a number for each file ever made
    std::string name, other;
    std::uint64_t offset = 0; // of Truncate: the new size
    std::vector<std::uint8_t> bytes;
};

struct Recorder {
    std::string prefix;
    bool pretends = false;
    int files = 0;
    std::map<std::string, int> names; // as the program sees them
    std::map<int, int> open;          // descriptor -> file; 0: the folder
    std::vector<Request> log;
};

std::recursive_mutex lock;
Recorder* recorder = nullptr; // guarded by lock

/// The name below the folder that is recorded; empty: elsewhere, or SQLite's shared memory.
std::string nameOf(const char* path) {
    if (recorder == nullptr || path == nullptr) return {};
    const std::string_view whole(path);
    if (!whole.starts_with(recorder->prefix + "/") || whole.ends_with("-shm")) return {};
    return std::string(whole.substr(recorder->prefix.size() + 1));
}

int fileOf(int fd) {
    if (recorder == nullptr) return -1;
    const auto known = recorder->open.find(fd);
    return known == recorder->open.end() ? -1 : known->second;
}

void note(Request request) { recorder->log.push_back(std::move(request)); }

int openFile(const char* path, int flags, unsigned mode) {
    const std::scoped_lock guard(lock);
    const int fd = static_cast<int>(::syscall(SYS_openat, AT_FDCWD, path, flags, mode));
    if (fd < 0 || recorder == nullptr || path == nullptr) return fd;
    recorder->open.erase(fd);
    struct stat info {};
    if (std::string_view(path).starts_with(recorder->prefix) && ::fstat(fd, &info) == 0 &&
        S_ISDIR(info.st_mode)) {
        recorder->open[fd] = 0;
        return fd;
    }
    const auto name = nameOf(path);
    if (name.empty()) return fd;
    if (!recorder->names.contains(name)) {
        recorder->names[name] = ++recorder->files;
        note({Kind::Create, recorder->files, name, {}, 0, {}});
    }
    recorder->open[fd] = recorder->names[name];
    if ((flags & O_TRUNC) != 0) note({Kind::Truncate, recorder->names[name], name, {}, 0, {}});
    return fd;
}

ssize_t writeAt(int fd, const void* data, std::size_t size, off64_t offset) {
    const std::scoped_lock guard(lock);
    const auto n = ::syscall(SYS_pwrite64, fd, data, size, offset);
    if (const int file = fileOf(fd); n > 0 && file > 0) {
        const auto* bytes = static_cast<const std::uint8_t*>(data);
        note({Kind::Write, file, {}, {}, static_cast<std::uint64_t>(offset), {bytes, bytes + n}});
    }
    return n;
}

int truncateTo(int fd, off64_t size) {
    const std::scoped_lock guard(lock);
    const int done = static_cast<int>(::syscall(SYS_ftruncate, fd, size));
    if (const int file = fileOf(fd); done == 0 && file > 0)
        note({Kind::Truncate, file, {}, {}, static_cast<std::uint64_t>(size), {}});
    return done;
}

int synced(int fd, long call) {
    const std::scoped_lock guard(lock);
    const int file = fileOf(fd);
    if (recorder != nullptr && recorder->pretends && file >= 0) return 0;
    const int done = static_cast<int>(::syscall(call, fd));
    if (done == 0 && file >= 0) note({file == 0 ? Kind::SyncFolder : Kind::Sync, file, {}, {}, 0, {}});
    return done;
}

int unlinkName(const char* path) {
    const std::scoped_lock guard(lock);
    const auto name = nameOf(path);
    const int done = static_cast<int>(::syscall(SYS_unlink, path));
    if (done == 0 && !name.empty() && recorder->names.erase(name) > 0)
        note({Kind::Unlink, 0, name, {}, 0, {}});
    return done;
}

/// A file's content as far as it is certain, and what may or may not have come to it since.
struct File {
    std::vector<std::uint8_t> certain;
    std::vector<const Request*> since;
    std::size_t landed = 0; // of `since`, from the start: written, but perhaps only in the disk's cache
};

void apply(std::vector<std::uint8_t>& content, const Request& r, std::mt19937_64* torn) {
    if (r.kind == Kind::Truncate) {
        content.resize(r.offset);
        return;
    }
    if (content.size() < r.offset + r.bytes.size()) content.resize(r.offset + r.bytes.size());
    for (std::size_t at = 0; at < r.bytes.size();) {
        const auto end = std::min(r.bytes.size(), at + sector - (r.offset + at) % sector);
        if (torn == nullptr || ((*torn)() & 1) != 0)
            std::copy(r.bytes.begin() + static_cast<std::ptrdiff_t>(at),
                      r.bytes.begin() + static_cast<std::ptrdiff_t>(end),
                      content.begin() + static_cast<std::ptrdiff_t>(r.offset + at));
        at = end;
    }
}

void settle(File& file, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) apply(file.certain, *file.since[i], nullptr);
    file.since.erase(file.since.begin(), file.since.begin() + static_cast<std::ptrdiff_t>(count));
    file.landed = 0;
}

void change(std::map<std::string, int>& names, const Request& r) {
    if (r.kind == Kind::Create) {
        names[r.name] = r.file;
    } else if (const auto old = names.find(r.name); old != names.end()) {
        if (r.kind == Kind::Rename) names[r.other] = old->second;
        names.erase(r.name);
    }
}

} // namespace

RecordedDisk::RecordedDisk(const std::string& folder) {
    const std::scoped_lock guard(lock);
    if (recorder != nullptr) std::abort();
    recorder = new Recorder{folder, false, 0, {}, {}, {}};
}

RecordedDisk::~RecordedDisk() {
    const std::scoped_lock guard(lock);
    delete recorder;
    recorder = nullptr;
}

void RecordedDisk::pretendToSync(bool pretend) {
    const std::scoped_lock guard(lock);
    recorder->pretends = pretend;
}

std::size_t RecordedDisk::size() const {
    const std::scoped_lock guard(lock);
    return recorder->log.size();
}

std::map<std::string, std::vector<std::uint8_t>> RecordedDisk::after(std::size_t requests,
                                                                     std::uint64_t seed) const {
    const std::scoped_lock guard(lock);
    std::map<int, File> files;
    std::map<std::string, int> names;
    std::vector<const Request*> changes; // of names, not certain yet
    for (std::size_t i = 0; i < requests; ++i) {
        const auto& r = recorder->log[i];
        switch (r.kind) {
        case Kind::Write:
        case Kind::Truncate:
            files[r.file].since.push_back(&r);
            break;
        case Kind::Land:
            files[r.file].landed = files[r.file].since.size();
            break;
        case Kind::Sync:
            for (auto& [number, file] : files)
                settle(file, number == r.file ? file.since.size() : file.landed);
            break;
        case Kind::SyncFolder:
            for (const auto* change_ : changes) change(names, *change_);
            changes.clear();
            break;
        default:
            changes.push_back(&r);
        }
    }
    std::mt19937_64 random(seed * 1'000'003 + requests);
    const auto kept = seed == 0 ? 0 : seed == 1 ? changes.size() : random() % (changes.size() + 1);
    for (std::size_t i = 0; i < kept; ++i) change(names, *changes[i]);
    std::map<std::string, std::vector<std::uint8_t>> out;
    for (const auto& [name, number] : names) {
        auto content = files[number].certain;
        for (const auto* r : files[number].since) {
            const auto fate = seed == 0 ? 0 : seed == 1 ? 1 : random() % 3;
            if (fate != 0) apply(content, *r, fate == 2 ? &random : nullptr);
        }
        out.emplace(name, std::move(content));
    }
    return out;
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
    if (recorder != nullptr) recorder->open.erase(fd);
    return static_cast<int>(::syscall(SYS_close, fd));
}
ssize_t pwrite(int fd, const void* data, size_t size, off_t offset) {
    return writeAt(fd, data, size, offset);
}
ssize_t pwrite64(int fd, const void* data, size_t size, off64_t offset) {
    return writeAt(fd, data, size, offset);
}
int ftruncate(int fd, off_t size) noexcept { return truncateTo(fd, size); }
int ftruncate64(int fd, off64_t size) noexcept { return truncateTo(fd, size); }
int fsync(int fd) { return synced(fd, SYS_fsync); }
int fdatasync(int fd) { return synced(fd, SYS_fdatasync); }
int sync_file_range(int fd, off64_t from, off64_t size, unsigned flags) {
    const std::scoped_lock guard(lock);
    const int done = static_cast<int>(::syscall(SYS_sync_file_range, fd, from, size, flags));
    if (const int file = fileOf(fd); done == 0 && file > 0 && (flags & SYNC_FILE_RANGE_WAIT_AFTER) != 0)
        note({Kind::Land, file, {}, {}, 0, {}});
    return done;
}
int rename(const char* from, const char* to) noexcept {
    const std::scoped_lock guard(lock);
    const auto name = nameOf(from), other = nameOf(to);
    const int done = static_cast<int>(::syscall(SYS_rename, from, to));
    if (done != 0 || name.empty() || other.empty()) return done;
    recorder->names[other] = recorder->names[name];
    recorder->names.erase(name);
    note({Kind::Rename, 0, name, other, 0, {}});
    return done;
}
int unlink(const char* path) noexcept { return unlinkName(path); }
int remove(const char* path) noexcept {
    return unlinkName(path) == 0 ? 0 : errno == EISDIR ? ::rmdir(path) : -1;
}
}
