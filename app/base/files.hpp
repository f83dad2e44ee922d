// Files that survive a power cut, and key files that only their owner may read.
#pragma once

#include "app/base/result.hpp"
#include "app/base/secret.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace kiosk::files {

/// A descriptor closed on destruction; -1: none.
class Descriptor {
public:
    explicit Descriptor(int fd = -1) : fd_(fd) {}
    Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept;
    ~Descriptor();
    int get() const { return fd_; }
    explicit operator bool() const { return fd_ >= 0; }

private:
    int fd_;
};

std::string_view asText(std::span<const std::uint8_t> bytes);
std::span<const std::uint8_t> asBytes(std::string_view text);

/// The error of the last system call: StoreFull for no space, quota and file size limit, else
/// StoreUnavailable.
Error systemError(std::string_view what);

/// Writes everything at `offset`, through short writes and interruptions.
Result<void> writeAll(int fd, std::span<const std::uint8_t> bytes, std::int64_t offset);

/// Temporary file, fsync, rename, fsync of the folder: afterwards the old or the new content is there, whole.
Result<void> writeDurably(const std::string& path, std::string_view content, unsigned mode = 0600);

/// Errors: StoreUnavailable (also when larger than `limit`).
Result<Bytes> read(const std::string& path, std::size_t limit = 64U << 20);

Result<void> makeFolder(const std::string& path); // 0700, parents too
Result<void> syncFolder(const std::string& path);

/// A secret of `size` bytes as hexadecimal text in a file that nobody but its owner may open. Errors:
/// KeyMissing, KeyInvalid with advice.
Result<Secret<Bytes>> readKey(const std::string& path, std::size_t size);
Result<void> writeKey(const std::string& path, std::span<const std::uint8_t> key);
/// KeyMissing, or KeyInvalid when group or others may read the file or someone else owns it.
Result<void> checkPrivate(const std::string& path);

/// The kiosk's device key (32 bytes): read, or made on the first start.
Result<Secret<Bytes>> deviceKey(const std::string& path);

} // namespace kiosk::files
