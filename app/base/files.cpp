#include "app/base/files.hpp"

#include "app/base/crypto.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

namespace kiosk::files {
namespace {

std::string folderOf(const std::string& path) {
    const auto parent = std::filesystem::path(path).parent_path();
    return parent.empty() ? "." : parent.string();
}

} // namespace

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
}

Descriptor::~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
}

std::string_view asText(std::span<const std::uint8_t> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::span<const std::uint8_t> asBytes(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

Error systemError(std::string_view what) {
    const int error = errno;
    const bool full = error == ENOSPC || error == EDQUOT || error == EFBIG;
    return {full ? Code::StoreFull : Code::StoreUnavailable, std::string(what) + ": " + std::strerror(error)};
}

Result<void> writeAll(int fd, std::span<const std::uint8_t> bytes, std::int64_t offset) {
    while (!bytes.empty()) {
        const auto n = ::pwrite(fd, bytes.data(), bytes.size(), offset);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) {
            if (n == 0) errno = ENOSPC;
            return fail(systemError("write"));
        }
        bytes = bytes.subspan(static_cast<std::size_t>(n));
        offset += n;
    }
    return {};
}

Result<void> writeDurably(const std::string& path, std::string_view content, unsigned mode) {
    const std::string temporary = path + ".tmp";
    ::unlink(temporary.c_str()); // a rest of an earlier crash
    const Descriptor fd(::open(temporary.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, mode));
    if (!fd) return fail(systemError("create " + std::filesystem::path(path).filename().string()));
    auto written = writeAll(fd.get(), asBytes(content), 0);
    if (written && ::fsync(fd.get()) != 0) written = fail(systemError("fsync"));
    if (written && ::rename(temporary.c_str(), path.c_str()) != 0) written = fail(systemError("rename"));
    if (!written) {
        ::unlink(temporary.c_str());
        return written;
    }
    return syncFolder(folderOf(path));
}

Result<Bytes> read(const std::string& path, std::size_t limit) {
    const Descriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!fd) return fail(systemError("open " + std::filesystem::path(path).filename().string()));
    Bytes out;
    Bytes chunk(64U << 10);
    for (;;) {
        const auto n = ::read(fd.get(), chunk.data(), chunk.size());
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return fail(systemError("read"));
        if (n == 0) return out;
        if (out.size() + static_cast<std::size_t>(n) > limit)
            return fail(Code::StoreUnavailable, "file too large");
        out.insert(out.end(), chunk.begin(), chunk.begin() + n);
    }
}

Result<void> makeFolder(const std::string& path) {
    if (std::filesystem::is_directory(path)) return {};
    const std::string parent = folderOf(path);
    if (parent != path && !std::filesystem::exists(parent))
        if (auto made = makeFolder(parent); !made) return made;
    if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) return fail(systemError("create folder"));
    return syncFolder(parent);
}

Result<void> syncFolder(const std::string& path) {
    const Descriptor fd(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!fd) return fail(systemError("open folder"));
    if (::fsync(fd.get()) != 0) return fail(systemError("fsync folder"));
    return {};
}

Result<void> checkPrivate(const std::string& path) {
    const std::string file = std::filesystem::path(path).filename().string();
    struct stat info {};
    if (::stat(path.c_str(), &info) != 0) return fail(Code::KeyMissing, file + ": not found");
    if ((info.st_mode & 077) != 0)
        return fail(
            Code::KeyInvalid,
            file +
                ": others may read it; make it private (chmod 600) and enrol again if strangers had access");
    if (info.st_uid != ::geteuid() && ::geteuid() != 0)
        return fail(Code::KeyInvalid, file + ": belongs to another user (chown it to the kiosk's user)");
    return {};
}

Result<Secret<Bytes>> readKey(const std::string& path, std::size_t size) {
    if (auto checked = checkPrivate(path); !checked) return fail(checked.error());
    auto content = read(path, 4096);
    if (!content) return fail(Code::KeyMissing, content.error().detail);
    const Secret<Bytes> text(std::move(*content));
    std::string_view hex = asText(text.reveal());
    while (!hex.empty() && (hex.back() == '\n' || hex.back() == '\r')) hex.remove_suffix(1);
    auto key = crypto::fromHex(hex);
    if (!key || key->size() != size)
        return fail(Code::KeyInvalid, std::filesystem::path(path).filename().string() + ": not a key of " +
                                          std::to_string(size) + " bytes in hexadecimal");
    return Secret<Bytes>(std::move(*key));
}

Result<void> writeKey(const std::string& path, std::span<const std::uint8_t> key) {
    const Secret<std::string> text(crypto::hex(key) + "\n");
    return writeDurably(path, text.reveal(), 0600);
}

Result<Secret<Bytes>> deviceKey(const std::string& path) {
    if (std::filesystem::exists(path)) return readKey(path, 32);
    if (auto made = makeFolder(folderOf(path)); !made) return fail(made.error());
    Secret<Bytes> key(crypto::random(32));
    if (auto written = writeKey(path, key.reveal()); !written) return fail(written.error());
    return key;
}

} // namespace kiosk::files
