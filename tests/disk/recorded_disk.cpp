#include "tests/disk/recorded_disk.hpp"

#include "tests/disk/disk_calls.hpp"

#include <algorithm>
#include <cstdlib>
#include <deque>
#include <fcntl.h>
#include <mutex>
#include <random>
#include <set>
#include <span>
#include <string_view>
#include <sys/stat.h>

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

/// Does each call and notes it.
class Recorder : public DiskCalls {
public:
    explicit Recorder(std::string folder) : prefix_(std::move(folder)) {}

    bool pretends = false;
    std::deque<Request> log; // Moment points into it

    int open(const char* path, int flags, unsigned mode) override {
        const int fd = DiskCalls::open(path, flags, mode);
        if (fd < 0 || path == nullptr) return fd;
        open_.erase(fd);
        struct stat info {};
        if (std::string_view(path).starts_with(prefix_) && ::fstat(fd, &info) == 0 && S_ISDIR(info.st_mode)) {
            open_[fd] = 0;
            return fd;
        }
        const auto name = nameOf(path);
        if (name.empty()) return fd;
        if (!names_.contains(name)) {
            names_[name] = ++files_;
            note({Kind::Create, files_, name, {}, 0, {}});
        }
        open_[fd] = names_[name];
        if ((flags & O_TRUNC) != 0) note({Kind::Truncate, names_[name], name, {}, 0, {}});
        return fd;
    }
    int close(int fd) override {
        open_.erase(fd);
        return DiskCalls::close(fd);
    }
    ssize_t write(int fd, const void* data, std::size_t size, off64_t offset) override {
        const auto n = DiskCalls::write(fd, data, size, offset);
        if (const int file = fileOf(fd); n > 0 && file > 0) {
            const auto* bytes = static_cast<const std::uint8_t*>(data);
            note({Kind::Write, file, {}, {}, static_cast<std::uint64_t>(offset), {bytes, bytes + n}});
        }
        return n;
    }
    int truncate(int fd, off64_t size) override {
        const int done = DiskCalls::truncate(fd, size);
        if (const int file = fileOf(fd); done == 0 && file > 0)
            note({Kind::Truncate, file, {}, {}, static_cast<std::uint64_t>(size), {}});
        return done;
    }
    int sync(int fd, Sync what) override {
        const int file = fileOf(fd);
        if (pretends && file >= 0) return 0;
        const int done = DiskCalls::sync(fd, what);
        if (done == 0 && file >= 0) note({file == 0 ? Kind::SyncFolder : Kind::Sync, file, {}, {}, 0, {}});
        return done;
    }
    int syncRange(int fd, off64_t from, off64_t size, unsigned flags) override {
        const int done = DiskCalls::syncRange(fd, from, size, flags);
        if (const int file = fileOf(fd); done == 0 && file > 0 && (flags & SYNC_FILE_RANGE_WAIT_AFTER) != 0)
            note({Kind::Land, file, {}, {}, 0, {}});
        return done;
    }
    int rename(const char* from, const char* to) override {
        const auto name = nameOf(from), other = nameOf(to);
        const int done = DiskCalls::rename(from, to);
        if (done != 0 || name.empty() || other.empty()) return done;
        names_[other] = names_[name];
        names_.erase(name);
        note({Kind::Rename, 0, name, other, 0, {}});
        return done;
    }
    int unlink(const char* path) override {
        const auto name = nameOf(path);
        const int done = DiskCalls::unlink(path);
        if (done == 0 && !name.empty() && names_.erase(name) > 0) note({Kind::Unlink, 0, name, {}, 0, {}});
        return done;
    }

private:
    /// The name below the folder that is recorded; empty: elsewhere, or SQLite's shared memory.
    std::string nameOf(const char* path) const {
        if (path == nullptr) return {};
        const std::string_view whole(path);
        if (!whole.starts_with(prefix_ + "/") || whole.ends_with("-shm")) return {};
        return std::string(whole.substr(prefix_.size() + 1));
    }
    /// -1: none of ours.
    int fileOf(int fd) const {
        const auto known = open_.find(fd);
        return known == open_.end() ? -1 : known->second;
    }
    void note(Request request) { log.push_back(std::move(request)); }

    std::string prefix_;
    int files_ = 0;
    std::map<std::string, int> names_; // as the program sees them
    std::map<int, int> open_;          // descriptor -> file; 0: the folder
};

/// A file's content as far as it is certain, and what may or may not have come to it since.
struct File {
    Content certain;
    std::vector<const Request*> since;
    std::size_t landed = 0; // of `since`, from the start: written, but perhaps only in the disk's cache
};

/// `part` from `offset` on; zeros after the last byte need no room.
void put(Content& content, std::uint64_t offset, std::span<const std::uint8_t> part) {
    const bool beyond = offset >= content.bytes.size();
    if (beyond && std::ranges::all_of(part, [](auto byte) { return byte == 0; })) return;
    if (content.bytes.size() < offset + part.size()) content.bytes.resize(offset + part.size());
    std::ranges::copy(part, content.bytes.begin() + static_cast<std::ptrdiff_t>(offset));
}

void apply(Content& content, const Request& r, std::mt19937_64* torn) {
    if (r.kind == Kind::Truncate) {
        content.size = r.offset;
        if (content.bytes.size() > r.offset) content.bytes.resize(r.offset);
        return;
    }
    content.size = std::max(content.size, r.offset + r.bytes.size());
    for (std::size_t at = 0; at < r.bytes.size();) {
        const auto end = std::min(r.bytes.size(), at + sector - (r.offset + at) % sector);
        if (torn == nullptr || ((*torn)() & 1) != 0)
            put(content, r.offset + at, std::span(r.bytes).subspan(at, end - at));
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

/// The disk after so many requests: what is certain, and what may have come to it since.
struct Moment {
    std::size_t requests = 0;
    std::map<int, File> files;
    std::map<std::string, int> names;
    std::vector<const Request*> changes; // of names, not certain yet

    void pass(const Request& r) {
        ++requests;
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
            for (const auto* one : changes) change(names, *one);
            changes.clear();
            break;
        default:
            changes.push_back(&r);
        }
    }
};

} // namespace

struct RecordedDisk::Inside {
    explicit Inside(const std::string& folder) : recorder(folder) {}
    Recorder recorder;
    InTheWay inTheWay{recorder};
    Moment last; // asked about; the next is mostly the same or later
};

RecordedDisk::RecordedDisk(const std::string& folder) : inside_(std::make_unique<Inside>(folder)) {}
RecordedDisk::~RecordedDisk() = default;

void RecordedDisk::pretendToSync(bool pretend) {
    const std::scoped_lock guard(diskLock());
    inside_->recorder.pretends = pretend;
}

std::size_t RecordedDisk::size() const {
    const std::scoped_lock guard(diskLock());
    return inside_->recorder.log.size();
}

std::map<std::string, Content> RecordedDisk::after(std::size_t requests, std::uint64_t seed) const {
    const std::scoped_lock guard(diskLock());
    auto& moment = inside_->last;
    if (requests < moment.requests) moment = {};
    while (moment.requests < requests) moment.pass(inside_->recorder.log[moment.requests]);
    std::mt19937_64 random(seed * 1'000'003 + requests);
    const auto& changes = moment.changes;
    const auto kept = seed == 0 ? 0 : seed == 1 ? changes.size() : random() % (changes.size() + 1);
    auto names = moment.names;
    for (std::size_t i = 0; i < kept; ++i) change(names, *changes[i]);
    std::map<std::string, Content> out;
    for (const auto& [name, number] : names) {
        const auto& file = moment.files[number];
        auto content = file.certain;
        for (const auto* r : file.since) {
            const auto fate = seed == 0 ? 0 : seed == 1 ? 1 : random() % 3;
            if (fate != 0) apply(content, *r, fate == 2 ? &random : nullptr);
        }
        out.emplace(name, std::move(content));
    }
    return out;
}

} // namespace kiosk::testing
