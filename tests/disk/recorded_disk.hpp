// Everything a program asks of the disk below one folder, as a log that can be cut at any place and replayed
// as what a disk may hold after the power was lost there.
//
// Each call (disk_calls.hpp) is made and noted. The model of the disk:
// - what fsync or fdatasync of a file has returned for is there: content, size and, in its folder's case,
// names;
// - a flush has no range (FLUSH of virtio, SATA, NVMe): it also holds for writes to other files that
//   sync_file_range has waited for before it (see Outbox::commit);
// - of all else any part may be there: each write wholly, not at all or by any of its sectors of 512 bytes,
// in
//   any order; of a folder's changes the first few (a file system's journal keeps their order);
// - SQLite's -shm is memory and is gone.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace kiosk::testing {

/// What a file holds: `bytes`, then zeros up to `size`; a log is made long in advance.
struct Content {
    std::vector<std::uint8_t> bytes;
    std::uint64_t size = 0;
};

class RecordedDisk {
public:
    /// Records from here on, until destroyed; one at a time. `folder` must be empty.
    explicit RecordedDisk(const std::string& folder);
    RecordedDisk(const RecordedDisk&) = delete;
    RecordedDisk& operator=(const RecordedDisk&) = delete;
    ~RecordedDisk();

    /// A disk that says "done" to fsync and fdatasync and has done nothing.
    void pretendToSync(bool pretend);
    /// How many requests so far: a cut lies before request 0 .. size().
    std::size_t size() const;

    /// What the disk may hold when the power is lost after `requests`: by `seed` 0 only what is certain, by 1
    /// all, by others a random part of what is not.
    std::map<std::string, Content> after(std::size_t requests, std::uint64_t seed) const;

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

} // namespace kiosk::testing
