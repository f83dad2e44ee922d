// Counts, and on request refuses, the calls that carry a file's bytes to the disk: the C library's fdatasync
// and sync_file_range as the whole test program sees them.
#pragma once

#include <string>

namespace kiosk::testing {

/// One at a time. Only files whose path starts with `prefix` are counted and refused.
class WatchedDisk {
public:
    enum class Refuse { Nothing, Syncs, Landings, Both };
    explicit WatchedDisk(const std::string& prefix, Refuse refuse = Refuse::Nothing);
    WatchedDisk(const WatchedDisk&) = delete;
    WatchedDisk& operator=(const WatchedDisk&) = delete;
    ~WatchedDisk();

    int syncs() const;    // fdatasync
    int ownSyncs() const; // … by the thread that watches
    int landings() const; // sync_file_range that waits
};

} // namespace kiosk::testing
