#include "app/workers/disk/bundle_desk.hpp"

#include "app/base/assets.hpp"
#include "app/base/files.hpp"
#include "app/delivery/bundle/difference.hpp"
#include "app/procedures/usable.hpp"

#include <algorithm>
#include <filesystem>
#include <unistd.h>

namespace kiosk {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t mostOffered = 20;

bool isStick(const fs::path& folder) {
    std::error_code gone; // pulled out meanwhile
    return fs::is_directory(folder, gone) && ::access(folder.c_str(), W_OK) == 0;
}

} // namespace

std::vector<std::string> findSticks(const std::string& sticksFolder) {
    std::vector<std::string> folders;
    std::error_code none; // no such folder: no stick
    for (const auto& entry : fs::directory_iterator(sticksFolder, none)) {
        std::error_code unreadable; // another user's
        for (const auto& inner : fs::directory_iterator(entry.path(), unreadable))
            if (isStick(inner.path())) folders.push_back(inner.path().string());
        if (isStick(entry.path())) folders.push_back(entry.path().string());
    }
    std::sort(folders.begin(), folders.end());
    return folders;
}

BundleDesk::BundleDesk(std::string dataFolder, std::string sticksFolder, const OfficeLink& link)
    : dataFolder_(std::move(dataFolder)), sticksFolder_(std::move(sticksFolder)),
      officeCode_(link.officeCode), office_(link.officeSigning),
      shelf_(dataFolder_, link.officeSigning, link.officeCode) {}

void BundleDesk::trust(const crypto::VerifyKeys& office) {
    office_ = office;
    shelf_ = bundle::Shelf(dataFolder_, office, officeCode_);
}

std::string BundleDesk::fetched() const { return dataFolder_ + "/fetched.kbundle"; }

Result<staff::BundleState> BundleDesk::state(Instant now) const {
    const auto all = shelf_.list();
    if (!all) return fail(all.error());
    const auto inForce = shelf_.inForce(now);
    if (!inForce) return fail(inForce.error());
    staff::BundleState state;
    for (const auto& one : *all)
        state.installed.push_back({one.version, one.from, one.until, one.takenBack,
                                   *inForce && (*inForce)->version == one.version});
    const int newest = all->empty() ? 0 : all->front().version;
    const auto offer = [&](const std::string& path, bool fromOffice) {
        if (state.offered.size() < mostOffered && !isOld(path, newest))
            state.offered.push_back({path, fromOffice});
    };
    if (fs::exists(fetched())) offer(fetched(), true);
    for (const auto& stick : findSticks(sticksFolder_)) {
        std::error_code gone; // pulled out meanwhile
        for (const auto& entry : fs::directory_iterator(stick, gone))
            if (entry.path().extension() == ".kbundle") offer(entry.path().string(), false);
    }
    return state;
}

/// One of this office's that was here already. What is wrong with others is told when they are looked at.
bool BundleDesk::isOld(const std::string& path, int highest) const {
    const auto bytes = read(path);
    if (!bytes) return false;
    const auto b = bundle::open(*bytes, office_, officeCode_);
    return b && b->version <= highest;
}

Result<std::string> BundleDesk::read(const std::string& path) const {
    const auto bytes = files::read(path, bundle::mostBytes);
    if (!bytes) return fail(Code::BundleInvalid, bytes.error().detail);
    return std::string(files::asText(*bytes));
}

Result<int> BundleDesk::highest() const {
    const auto all = shelf_.list();
    if (!all) return fail(all.error());
    return all->empty() ? 0 : all->front().version;
}

Result<staff::BundlePreview> BundleDesk::preview(const std::string& path, Instant now) const {
    const auto bytes = read(path);
    if (!bytes) return fail(bytes.error());
    const auto b = bundle::open(*bytes, office_, officeCode_);
    if (!b) return fail(b.error());
    const auto last = highest();
    if (!last) return fail(last.error());
    if (b->version <= *last)
        return fail(Code::BundleNotNewer, "version " + std::to_string(*last) + " is here");
    if (b->until <= now) return fail(Code::BundleEnded);
    const auto inForce = shelf_.inForce(now);
    if (!inForce) return fail(inForce.error());
    staff::BundlePreview preview{path, b->version, b->from, b->until, {}};
    for (auto& change : bundle::differences(*b, *inForce, assetsFolder())) {
        if (change.kind == bundle::Change::Kind::Same) continue;
        staff::BundleChange shown{change.path, change.kind == bundle::Change::Kind::New, {}};
        for (auto& m : change.members)
            shown.members.push_back({std::move(m.key), std::move(m.before), std::move(m.after)});
        preview.changes.push_back(std::move(shown));
    }
    return preview;
}

Result<int> BundleDesk::install(const std::string& path, Instant now) {
    const auto bytes = read(path);
    if (!bytes) return fail(bytes.error());
    const auto installed = shelf_.install(*bytes, assetsFolder(), now, [](const std::string& assets) {
        return checkUsable(assets, assetsFolder());
    });
    if (!installed) return fail(installed.error());
    std::error_code none; // another one was installed
    if (path == fetched()) fs::remove(path, none);
    return installed->version;
}

Result<int> BundleDesk::takeBack(Instant now) { return shelf_.takeBack(now); }

Result<void> BundleDesk::keepFetched(std::string_view bytes) const {
    if (const auto b = bundle::open(bytes, office_, officeCode_); !b) return fail(b.error());
    return files::writeDurably(fetched(), bytes);
}

} // namespace kiosk
