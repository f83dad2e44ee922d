#include "app/store/queue/slot.hpp"

#include "app/base/crypto.hpp"
#include "app/base/json/json.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

namespace kiosk::store::slot {
namespace {

using Json = nlohmann::json;

constexpr std::string_view magic = "kiosk-outbox-1 ";
constexpr std::size_t fileBytes = 16U << 10;
constexpr std::string_view suffix = ".parcel";

std::string pathOf(const std::string& folder, const std::string& name) { return folder + "/" + name; }

std::string hashOf(std::span<const std::uint8_t> bytes) {
    return crypto::hex(crypto::hash(files::asText(bytes)));
}

/// Everything a row needs but the bytes; the line hashes itself too, through the hash over description and
/// bytes.
Json describe(const QueuedParcel& parcel) {
    return {
        {"key", parcel.key},           {"reference", parcel.reference},     {"procedure", parcel.procedure},
        {"subject", parcel.subject},   {"created_ms", parcel.createdAt.ms}, {"size", parcel.bytes.size()},
        {"hash", hashOf(parcel.bytes)}};
}

std::optional<QueuedParcel> parse(std::span<const std::uint8_t> content) {
    const auto text = files::asText(content);
    const auto end = text.substr(0, 4096).find('\n');
    if (!text.starts_with(magic) || end == std::string_view::npos) return std::nullopt;
    const auto json = Json::parse(text.substr(magic.size(), end - magic.size()), nullptr, false);
    try {
        const auto size = json.at("size").get<std::size_t>();
        if (size > content.size() - end - 1) return std::nullopt;
        const auto bytes = content.subspan(end + 1, size);
        if (json.at("hash").get<std::string>() != hashOf(bytes)) return std::nullopt;
        return QueuedParcel{json.at("key").get<std::string>(),
                            json.at("reference").get<std::string>(),
                            json.at("procedure").get<std::string>(),
                            Bytes(bytes.begin(), bytes.end()),
                            json.at("subject").get<std::string>(),
                            Instant{json.at("created_ms").get<std::int64_t>()},
                            0};
    } catch (const Json::exception&) {
        return std::nullopt; // a torn first line
    }
}

/// Will writing `size` bytes from the start change bytes only? Not when the file grows, and not where the
/// kernel says that its data take another way than straight to their blocks (ext4 with data=journal, inline
/// or encrypted): then it offers no direct I/O for the file (statx(2), STATX_DIOALIGN, since Linux 6.1).
bool overwritesInPlace(int fd, std::size_t size) {
#ifdef STATX_DIOALIGN
    struct statx info {};
    if (::statx(fd, "", AT_EMPTY_PATH, STATX_SIZE | STATX_DIOALIGN, &info) != 0) return false;
    return (info.stx_mask & STATX_DIOALIGN) != 0 && info.stx_dio_mem_align != 0 && info.stx_size >= size;
#else
    static_cast<void>(fd), static_cast<void>(size);
    return false;
#endif
}

} // namespace

Result<std::vector<std::string>> list(const std::string& folder) {
    std::vector<std::string> names;
    std::error_code error;
    for (auto it = std::filesystem::directory_iterator(folder, error);
         !error && it != std::filesystem::directory_iterator(); it.increment(error)) {
        const auto name = it->path().filename().string();
        if (name.ends_with(suffix)) names.push_back(name);
    }
    if (error) return fail(Code::StoreUnavailable, "list outbox folder: " + error.message());
    std::sort(names.begin(), names.end());
    return names;
}

int number(const std::string& name) { return std::atoi(name.c_str()); }

Result<std::string> make(const std::string& folder, int number) {
    char name[32];
    std::snprintf(name, sizeof name, "%06d.parcel", number);
    const files::Descriptor fd(
        ::open(pathOf(folder, name).c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600));
    if (!fd) return fail(files::systemError("create slot"));
    const Bytes zeros(fileBytes);
    auto done = files::writeAll(fd.get(), zeros, 0);
    if (done && ::fsync(fd.get()) != 0) done = fail(files::systemError("fsync slot"));
    if (!done) {
        ::unlink(pathOf(folder, name).c_str());
        return fail(done.error());
    }
    return std::string(name);
}

bool isFree(const std::string& folder, const std::string& name) {
    const files::Descriptor fd(::open(pathOf(folder, name).c_str(), O_RDONLY | O_CLOEXEC));
    char first = 1;
    const auto n = fd ? ::pread(fd.get(), &first, 1, 0) : -1;
    return n == 0 || (n == 1 && first == 0);
}

Result<Writing> begin(const std::string& folder, const std::string& name, const QueuedParcel& parcel,
                      bool settled) {
    files::Descriptor fd(::open(pathOf(folder, name).c_str(), O_WRONLY | O_CLOEXEC));
    if (!fd) return fail(files::systemError("open slot"));
    std::string content(magic);
    content += describe(parcel).dump(-1, ' ', true, Json::error_handler_t::replace);
    content += '\n';
    content += files::asText(parcel.bytes);
    const bool inPlace = settled && overwritesInPlace(fd.get(), content.size());
    if (auto done = files::writeAll(fd.get(), files::asBytes(content), 0); !done) return fail(done.error());
    // Only speed: an error of the disk is reported by land() and finish() too.
    static_cast<void>(::sync_file_range(fd.get(), 0, 0, SYNC_FILE_RANGE_WRITE));
    return Writing{std::move(fd), inPlace};
}

Result<void> land(const Writing& writing) {
    // "Strictly performing overwrites of already-instantiated disk blocks" is the one use for which
    // sync_file_range(2) allows these flags as a way to the disk; its cache is flushed by the caller's
    // commit.
    constexpr unsigned all = SYNC_FILE_RANGE_WAIT_BEFORE | SYNC_FILE_RANGE_WRITE | SYNC_FILE_RANGE_WAIT_AFTER;
    if (!writing.inPlace) std::abort(); // a bug: the way to the blocks would be lost
    if (::sync_file_range(writing.fd.get(), 0, 0, all) != 0)
        return fail(files::systemError("sync_file_range slot"));
    return {};
}

Result<void> finish(const Writing& writing) {
    if (::fdatasync(writing.fd.get()) != 0) return fail(files::systemError("fdatasync slot"));
    return {};
}

Result<void> write(const std::string& folder, const std::string& name, const QueuedParcel& parcel) {
    const auto writing = begin(folder, name, parcel, false);
    if (!writing) return fail(writing.error());
    return finish(*writing);
}

Result<void> settle(const std::string& folder, const std::string& name) {
    return finish({files::Descriptor(::open(pathOf(folder, name).c_str(), O_WRONLY | O_CLOEXEC))});
}

bool flushCovers(const std::string& folder, const std::string& database) {
    struct statfs system {};
    struct stat slots {
    }, log{};
    return ::statfs(folder.c_str(), &system) == 0 && system.f_type == EXT4_SUPER_MAGIC &&
           ::stat(folder.c_str(), &slots) == 0 && ::stat(database.c_str(), &log) == 0 &&
           slots.st_dev == log.st_dev;
}

Result<std::optional<QueuedParcel>> read(const std::string& folder, const std::string& name) {
    const auto content = files::read(pathOf(folder, name));
    if (!content) return fail(content.error());
    return parse(*content);
}

bool clear(const std::string& folder, const std::string& name, bool durable) {
    const files::Descriptor fd(::open(pathOf(folder, name).c_str(), O_WRONLY | O_CLOEXEC));
    struct stat info {};
    if (!fd || ::fstat(fd.get(), &info) != 0) return false;
    const auto size = static_cast<std::size_t>(info.st_size);
    if (size > fileBytes && ::ftruncate(fd.get(), static_cast<off_t>(fileBytes)) != 0) return false;
    const Bytes zeros(fileBytes);
    return files::writeAll(fd.get(), zeros, 0).has_value() && (!durable || ::fdatasync(fd.get()) == 0);
}

Result<void> setAside(const std::string& folder, const std::string& name) {
    const auto from = pathOf(folder, name);
    if (::rename(from.c_str(), (from + ".torn").c_str()) != 0)
        return fail(files::systemError("set torn slot aside"));
    return {};
}

} // namespace kiosk::store::slot
