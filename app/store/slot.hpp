// One sealed file of the outbox: zeros while free; else a first line (what the parcel is, its length and
// hash) and the parcel's bytes.
#pragma once

#include "app/base/files.hpp"
#include "app/store/outbox.hpp"

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
bool isFree(const std::string& folder, const std::string& name);

/// A slot on its way to the disk.
struct Writing {
    files::Descriptor fd;
};
/// Writes and starts the way to the disk without waiting for it; durable only after finish().
Result<Writing> begin(const std::string& folder, const std::string& name, const QueuedParcel& parcel);
Result<void> finish(const Writing& writing);
/// Both: durable when it returns.
Result<void> write(const std::string& folder, const std::string& name, const QueuedParcel& parcel);
/// nullopt: free, or torn by a crash before its parcel was acknowledged to anybody.
Result<std::optional<QueuedParcel>> read(const std::string& folder, const std::string& name);
/// Overwrites with zeros. A settled parcel's need not be waited for (a stale one is recognised by its row);
/// one whose put failed must. False: it could not be written.
bool clear(const std::string& folder, const std::string& name, bool durable);
/// Keeps an unreadable file as `<name>.torn`, out of the way.
Result<void> setAside(const std::string& folder, const std::string& name);

} // namespace kiosk::store::slot
