#include "app/commands/bundle.hpp"

#include "app/base/assets.hpp"
#include "app/base/crypto.hpp"
#include "app/base/files.hpp"
#include "app/delivery/bundle/difference.hpp"
#include "app/delivery/bundle/shelf.hpp"
#include "app/delivery/gateway.hpp"
#include "app/procedures/usable.hpp"
#include "app/store/db.hpp"

#include <algorithm>
#include <filesystem>
#include <ostream>
#include <sodium.h>

namespace kiosk {
namespace {

namespace fs = std::filesystem;
using bundle::Bundle;

constexpr std::int64_t dayMs = 86'400'000, vietnamMs = 7LL * 3'600'000;

int failed(std::ostream& err, const Error& error) {
    err << "kiosk bundle: " << name(error.code) << ": " << error.detail << "\n";
    return 1;
}

/// 00:00 of that day in Viet Nam.
Result<Instant> startOf(const std::string& day) {
    const auto date = Date::fromIso(day);
    if (!date) return fail(Code::ConfigInvalid, "\"" + day + "\": a date like 2026-12-31");
    const std::chrono::sys_days days =
        std::chrono::year(date->year) / static_cast<int>(date->month) / static_cast<int>(date->day);
    return Instant{days.time_since_epoch().count() * dayMs - vietnamMs};
}

/// As the kiosk would load them.
Result<void> isUsable(const std::string& assets) { return checkUsable(assets, assetsFolder()); }

Result<std::string> contentOf(const std::string& path) {
    const auto bytes = files::read(path, bundle::mostBytes);
    if (!bytes) return fail(bytes.error());
    return std::string(files::asText(*bytes));
}

struct Kiosk {
    OfficeLink link;
    bundle::Shelf shelf;
};

Result<Kiosk> kioskOf(const std::string& dataFolder) {
    auto link = loadOfficeLink(store::keysFolder(dataFolder));
    if (!link) return fail(link.error());
    bundle::Shelf shelf(dataFolder, link->officeSigning, link->officeCode);
    return Kiosk{std::move(*link), std::move(shelf)};
}

std::string dayOf(Instant at) { return at.dateInVietnam().iso(); }

/// A line a file: new, changed or the same; of the words and procedures what changes in them.
void tellDifference(const Bundle& b, const std::optional<Bundle>& inForce, std::ostream& out) {
    using Kind = bundle::Change::Kind;
    for (const auto& change : bundle::differences(b, inForce, assetsFolder())) {
        out << (change.kind == Kind::New    ? "new      "
                : change.kind == Kind::Same ? "the same "
                                            : "changed  ")
            << " " << change.path;
        const auto* before = ": ";
        for (const auto& member : change.members) {
            out << before << member.key;
            before = ", ";
            if (!member.before.empty() || !member.after.empty())
                out << " \"" << member.before << "\" -> \"" << member.after << "\"";
        }
        out << "\n";
    }
}

void tell(const Bundle& b, std::ostream& out) {
    out << "bundle " << b.version << " of office " << b.office << ", " << b.files.size()
        << " files, in force from " << dayOf(b.from) << " until " << dayOf({b.until.ms - 1}) << "\n";
}

} // namespace

int runBundleBuild(const BundleOptions& o, std::ostream& out, std::ostream& err) {
    crypto::init();
    const auto from = startOf(o.from), last = startOf(o.until);
    if (!from) return failed(err, from.error());
    if (!last) return failed(err, last.error());
    Bundle b{o.office, o.version, *from, Instant{last->ms + dayMs}, {}};
    std::error_code error;
    for (auto it = fs::recursive_directory_iterator(o.folder, error);
         !error && it != fs::recursive_directory_iterator(); it.increment(error)) {
        if (!it->is_regular_file()) continue;
        auto content = contentOf(it->path().string());
        if (!content) return failed(err, content.error());
        b.files.push_back({it->path().lexically_relative(o.folder).generic_string(), std::move(*content)});
    }
    if (error) return failed(err, {Code::ConfigInvalid, o.folder + ": " + error.message()});
    std::sort(b.files.begin(), b.files.end(), [](const auto& x, const auto& y) { return x.path < y.path; });
    const auto bytes = bundle::build(b);
    if (!bytes) return failed(err, bytes.error());
    if (auto done = files::writeDurably(o.file, *bytes, 0644); !done) return failed(err, done.error());
    tell(b, out);
    out << "not signed yet: kiosk bundle sign " << o.file << " --key FILE\n";
    return 0;
}

int runBundleSign(const BundleOptions& o, std::ostream& out, std::ostream& err) {
    crypto::init();
    const auto key = files::readKey(o.key, crypto_sign_SECRETKEYBYTES);
    if (!key) return failed(err, key.error());
    const auto bytes = contentOf(o.file);
    if (!bytes) return failed(err, bytes.error());
    const auto signedBytes = bundle::sign(*bytes, *key);
    if (!signedBytes) return failed(err, signedBytes.error());
    if (auto done = files::writeDurably(o.file, *signedBytes, 0644); !done) return failed(err, done.error());
    out << o.file << " is signed\n";
    return 0;
}

int runBundleVerify(const BundleOptions& o, std::ostream& out, std::ostream& err) {
    crypto::init();
    const auto kiosk = kioskOf(o.dataFolder);
    if (!kiosk) return failed(err, kiosk.error());
    const auto bytes = contentOf(o.file);
    if (!bytes) return failed(err, bytes.error());
    const auto b = bundle::open(*bytes, kiosk->link.officeSigning, kiosk->link.officeCode);
    if (!b) return failed(err, b.error());
    tell(*b, out);
    const auto inForce = kiosk->shelf.inForce(now());
    if (!inForce) return failed(err, inForce.error());
    tellDifference(*b, *inForce, out);
    return 0;
}

int runBundleInstall(const BundleOptions& o, std::ostream& out, std::ostream& err) {
    crypto::init();
    auto kiosk = kioskOf(o.dataFolder);
    if (!kiosk) return failed(err, kiosk.error());
    const auto bytes = contentOf(o.file);
    if (!bytes) return failed(err, bytes.error());
    const auto b = kiosk->shelf.install(*bytes, assetsFolder(), now(), isUsable);
    if (!b) return failed(err, b.error());
    tell(*b, out);
    out << "a running kiosk takes it over when it is restarted, or while nobody is there\n";
    return 0;
}

int runBundleTakeBack(const BundleOptions& o, std::ostream& out, std::ostream& err) {
    crypto::init();
    auto kiosk = kioskOf(o.dataFolder);
    if (!kiosk) return failed(err, kiosk.error());
    const auto version = kiosk->shelf.takeBack(now());
    if (!version) return failed(err, version.error());
    out << "bundle " << *version << " is not used any more; restart the kiosk\n";
    return 0;
}

int runBundleList(const BundleOptions& o, std::ostream& out, std::ostream& err) {
    crypto::init();
    auto kiosk = kioskOf(o.dataFolder);
    if (!kiosk) return failed(err, kiosk.error());
    const auto all = kiosk->shelf.list();
    if (!all) return failed(err, all.error());
    const auto inForce = kiosk->shelf.inForce(now());
    if (!inForce) return failed(err, inForce.error());
    const int used = *inForce ? (*inForce)->version : 0;
    for (const auto& one : *all)
        out << one.version << "  " << dayOf(one.from) << " to " << dayOf({one.until.ms - 1})
            << (one.takenBack         ? "  taken back"
                : one.version == used ? "  in use"
                                      : "")
            << "\n";
    if (all->empty()) out << "none\n";
    return 0;
}

} // namespace kiosk
