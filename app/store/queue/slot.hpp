// One sealed file of the outbox: zeros while free; else a first line (what the parcel is, its length and
// hash) and the parcel's bytes.
#pragma once

#include "app/base/files.hpp"
#include "app/store/queue/outbox.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kiosk::store::slot {

/// A parcel of up to this size fits into a free slot without growing it.
inline constexpr std::size_t readyBytes = 15U << 10;

/// Names of all slots in the folder, ascending: "0001.parcel".
Result<std::vector<std::string>> list(const std::string& folder);
int number(const std::string& name);

/// Makes a free slot, written and fsynced; the caller fsyncs the folder.
Result<std::string> make(const std::string& folder, int number);
/// Zeros, or empty: its making was cut off.
bool isFree(const std::string& folder, const std::string& name);

/// A slot on its way to the disk.
struct Writing {
    files::Descriptor fd;
    bool inPlace =
        false; // overwrites plain blocks only: nothing but the bytes themselves has to reach the disk
};
/// Writes and starts the way to the disk without waiting for it; durable only after finish(), or after land()
/// and a flush of the disk. `settled`: every block of the slot was written and fsynced by this process.
Result<Writing> begin(const std::string& folder, const std::string& name, const QueuedParcel& parcel,
                      bool settled);
/// Waits until the disk has the bytes, perhaps only in its volatile cache. Only for a Writing that is
/// `inPlace`, and only where flushCovers() said so.
Result<void> land(const Writing& writing);
/// Waits until the slot is durable, by a flush of its own.
Result<void> finish(const Writing& writing);
/// begin() and finish().
Result<void> write(const std::string& folder, const std::string& name, const QueuedParcel& parcel);
/// Waits until what clear() wrote is durable.
Result<void> settle(const std::string& folder, const std::string& name);

/// Does the flush in an fdatasync of `database`'s log make slots durable that have landed before? True only
/// on ext2/3/4 (no copy on write, no shared extents, one device) and when both are on the same one.
bool flushCovers(const std::string& folder, const std::string& database);
/// nullopt: free, or torn by a crash before its parcel was acknowledged to anybody.
Result<std::optional<QueuedParcel>> read(const std::string& folder, const std::string& name);
/// Overwrites with zeros. A settled parcel's need not be waited for (a stale one is recognised by its row);
/// one whose put failed must. False: it could not be written.
bool clear(const std::string& folder, const std::string& name, bool durable);
/// Keeps an unreadable file as `<name>.torn`, out of the way.
Result<void> setAside(const std::string& folder, const std::string& name);

} // namespace kiosk::store::slot
