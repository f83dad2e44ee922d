// A disk below one folder, and SQLite's memory, that fail at a chosen request: once or from then on.
// Calls of the disk are disk_calls.hpp's; SQLite's allocator is wrapped by its own hook.
#pragma once

#include <memory>
#include <string>

namespace kiosk::testing {

enum class Fault {
    InputOutput, ///< EIO, of reads too
    NoSpace,     ///< ENOSPC, of whatever needs room
    ShortWrite,  ///< a write does half; once only
    NoMemory     ///< SQLite's allocator returns nothing
};

/// One at a time, for the whole process.
class FaultyDisk {
public:
    explicit FaultyDisk(std::string folder);
    FaultyDisk(const FaultyDisk&) = delete;
    FaultyDisk& operator=(const FaultyDisk&) = delete;
    ~FaultyDisk();

    /// The request number `index` (from 0) that `fault` can befall fails, and every later one if `lasting`.
    void arm(Fault fault, int index, bool lasting);
    /// All is well again. Did it fail?
    bool disarm();

    /// Before anything of SQLite is used.
    static void wrapAllocator();

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

} // namespace kiosk::testing
