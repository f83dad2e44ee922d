#include "app/delivery/bundle/shelf.hpp"

#include "app/base/files.hpp"
#include "app/base/json/json.hpp"
#include "app/base/log.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <set>

namespace kiosk::bundle {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr std::string_view suffix = ".kbundle";

bool contains(const std::vector<int>& all, int one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

} // namespace

Shelf::Shelf(const std::string& dataFolder, const crypto::VerifyKeys& office, std::string officeCode)
    : folder_(dataFolder + "/bundles"), office_(office), officeCode_(std::move(officeCode)) {}

std::string Shelf::fileOf(int version) const {
    return folder_ + "/" + std::to_string(version) + std::string(suffix);
}

Result<Shelf::State> Shelf::state() const {
    const auto path = folder_ + "/state.json";
    if (!fs::exists(path)) return State{};
    const auto bytes = files::read(path, 1U << 20);
    if (!bytes) return fail(bytes.error());
    const auto json = Json::parse(files::asText(*bytes), nullptr, false);
    try {
        return State{json.at("highest").get<int>(), json.at("taken_back").get<std::vector<int>>()};
    } catch (const Json::exception&) {
        return fail(Code::StoreDamaged,
                    path + ": not readable; remove it together with the bundles beside it");
    }
}

Result<void> Shelf::keep(const State& state) const {
    return files::writeDurably(folder_ + "/state.json",
                               Json{{"highest", state.highest}, {"taken_back", state.takenBack}}.dump() +
                                   "\n");
}

Result<Bundle> Shelf::read(int version) const {
    const auto bytes = files::read(fileOf(version), mostBytes);
    if (!bytes) return fail(bytes.error());
    auto bundle = open(files::asText(*bytes), office_, officeCode_);
    if (bundle && bundle->version != version)
        return fail(Code::BundleUntrusted, "another version than its name says");
    return bundle;
}

Result<std::vector<OnShelf>> Shelf::list() const {
    const auto known = state();
    if (!known) return fail(known.error());
    std::vector<OnShelf> all;
    std::error_code none; // no folder: nothing was ever installed
    for (const auto& entry : fs::directory_iterator(folder_, none)) {
        if (entry.path().extension() != suffix) continue;
        const int version = std::atoi(entry.path().stem().c_str());
        const auto bundle = read(version);
        if (bundle)
            all.push_back({version, bundle->from, bundle->until, contains(known->takenBack, version)});
        else
            log::warn("bundle " + entry.path().filename().string() + " is not used", bundle.error());
    }
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.version > b.version; });
    return all;
}

/// Links to what the program brought, but for what the bundle has; a fresh folder each time, put in place at
/// once.
Result<std::string> Shelf::layOver(const Bundle& bundle, const std::string& baseAssets,
                                   const std::string& name) const {
    const auto target = folder_ + "/" + name, fresh = target + ".new";
    std::set<std::string> brought;
    for (const auto& file : bundle.files) brought.insert(file.path);
    try {
        fs::remove_all(fresh);
        fs::create_directories(fresh);
        for (const auto& entry : fs::recursive_directory_iterator(baseAssets)) {
            const auto path = entry.path().lexically_relative(baseAssets);
            if (entry.is_directory())
                fs::create_directories(fresh / path);
            else if (!brought.contains(path.string()))
                fs::create_symlink(fs::absolute(entry.path()), fresh / path);
        }
        for (const auto& file : bundle.files) {
            fs::create_directories(fs::path(fresh + "/" + file.path).parent_path());
            if (auto done = files::writeDurably(fresh + "/" + file.path, file.content); !done)
                return fail(done.error());
        }
        fs::remove_all(target);
        fs::rename(fresh, target);
    } catch (const fs::filesystem_error& error) {
        return fail(Code::StoreUnavailable, error.what());
    }
    return target;
}

Result<Bundle> Shelf::install(std::string_view bytes, const std::string& baseAssets, Instant now,
                              const Usable& isUsable) {
    auto bundle = open(bytes, office_, officeCode_);
    if (!bundle) return bundle;
    if (auto made = files::makeFolder(folder_); !made) return fail(made.error());
    auto known = state();
    if (!known) return fail(known.error());
    const auto there = list();
    if (!there) return fail(there.error());
    if (!there->empty()) known->highest = std::max(known->highest, there->front().version);
    if (bundle->version <= known->highest)
        return fail(Code::BundleNotNewer, "version " + std::to_string(bundle->version) +
                                              " is no newer than " + std::to_string(known->highest) +
                                              ", which was here already");
    if (bundle->until <= now) return fail(Code::BundleEnded);
    const auto assets = layOver(*bundle, baseAssets, "trial");
    auto usable = assets ? isUsable(*assets) : Result<void>(fail(assets.error()));
    std::error_code ignored;
    fs::remove_all(folder_ + "/trial", ignored);
    if (!usable) return fail(usable.error());
    if (auto written = files::writeDurably(fileOf(bundle->version), bytes); !written)
        return fail(written.error());
    known->highest = bundle->version;
    if (auto kept = keep(*known); !kept) return fail(kept.error());
    return bundle;
}

Result<int> Shelf::takeBack(Instant now) {
    auto known = state();
    if (!known) return fail(known.error());
    const auto all = list();
    if (!all) return fail(all.error());
    for (const auto& one : *all) {
        if (one.takenBack || one.from > now || one.until <= now) continue;
        known->takenBack.push_back(one.version);
        if (auto kept = keep(*known); !kept) return fail(kept.error());
        return one.version;
    }
    return fail(Code::BundleNone, "no bundle is in force");
}

Result<Shelf::Now> Shelf::at(Instant now) const {
    const auto all = list();
    if (!all) return fail(all.error());
    Now found;
    const auto lookAgain = [&found](Instant then) {
        if (!found.until || then < *found.until) found.until = then;
    };
    for (const auto& one : *all) {
        if (one.takenBack || one.until <= now) continue;
        if (one.from > now) {
            lookAgain(one.from);
            continue;
        }
        auto bundle = read(one.version);
        if (!bundle) return fail(bundle.error()); // list() has read it a moment ago
        lookAgain(one.until);
        found.inForce = std::move(*bundle);
        return found;
    }
    return found;
}

Result<std::optional<Bundle>> Shelf::inForce(Instant now) const {
    auto found = at(now);
    if (!found) return fail(found.error());
    return std::move(found->inForce);
}

Shelf::InUse Shelf::choose(const std::string& baseAssets, Instant now) const {
    InUse use{baseAssets, 0, std::nullopt};
    const auto found = at(now);
    if (!found) {
        log::warn("bundles are not used", found.error());
        return use;
    }
    use.until = found->until;
    if (!found->inForce) return use;
    const auto assets = layOver(*found->inForce, baseAssets, "in-use");
    if (!assets) {
        log::warn("bundle " + std::to_string(found->inForce->version) + " is not used", assets.error());
        return use;
    }
    use.assetsFolder = *assets;
    use.version = found->inForce->version;
    return use;
}

} // namespace kiosk::bundle
