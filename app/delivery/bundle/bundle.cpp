#include "app/delivery/bundle/bundle.hpp"

#include "app/base/json/json.hpp"
#include "app/delivery/parcel.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace kiosk::bundle {
namespace {

using Json = nlohmann::json;

constexpr int schema = 1, lastVersion = 999'999'999;
constexpr std::size_t longestManifest = 1U << 20, longestPath = 120;
constexpr std::string_view unsignedMark = "unsigned";

/// What is signed: no other signed text of the office begins like this.
std::string signedText(std::string_view manifest) { return "kiosk bundle 1\n" + std::string(manifest); }

/// A bundle's three parts; views into it.
struct Parts {
    std::string_view manifest, signature, content;
};

Result<Parts> partsOf(std::string_view bytes) {
    if (bytes.size() > mostBytes) return fail(Code::BundleInvalid, "larger than a bundle may be");
    const auto first = bytes.substr(0, longestManifest).find('\n');
    if (first == std::string_view::npos) return fail(Code::BundleInvalid, "not a bundle");
    const auto rest = bytes.substr(first + 1);
    const auto second = rest.substr(0, 200).find('\n');
    if (second == std::string_view::npos) return fail(Code::BundleInvalid, "not a bundle");
    return Parts{bytes.substr(0, first), rest.substr(0, second), rest.substr(second + 1)};
}

Result<void> check(const Bundle& b) {
    if (!parcel::isIdentifier(b.office))
        return fail(Code::BundleInvalid, "office: letters, digits and . - _");
    if (b.version < 1 || b.version > lastVersion) return fail(Code::BundleInvalid, "version: 1 to 999999999");
    if (b.until <= b.from) return fail(Code::BundleInvalid, "it would end before it begins");
    if (b.files.empty() || b.files.size() > mostFiles) return fail(Code::BundleInvalid, "1 to 2000 files");
    std::set<std::string> seen;
    for (const auto& file : b.files) {
        if (!isAllowedPath(file.path))
            return fail(Code::BundleInvalid, file.path + ": no file that a bundle may bring");
        if (!seen.insert(file.path).second) return fail(Code::BundleInvalid, file.path + ": twice");
    }
    return {};
}

/// Throws Json::exception. The files are cut from `content`, whose whole length must be used up.
Result<Bundle> read(const Parts& parts) {
    const auto json = Json::parse(parts.manifest);
    if (json.at("schema").get<int>() != schema)
        return fail(Code::BundleInvalid, "a bundle of schema " + json.at("schema").dump().substr(0, 12));
    Bundle bundle{json.at("office").get<std::string>(),
                  json.at("version").get<int>(),
                  Instant{json.at("from_ms").get<std::int64_t>()},
                  Instant{json.at("until_ms").get<std::int64_t>()},
                  {}};
    auto content = parts.content;
    for (const auto& one : json.at("files")) {
        const auto size = one.at("size").get<std::size_t>();
        const auto path = one.at("path").get<std::string>();
        if (size > content.size()) return fail(Code::BundleInvalid, "cut off");
        bundle.files.push_back({path, std::string(content.substr(0, size))});
        if (one.at("hash").get<std::string>() != crypto::hex(crypto::hash(bundle.files.back().content)))
            return fail(Code::BundleUntrusted, path.substr(0, longestPath) + ": changed since it was signed");
        content.remove_prefix(size);
    }
    if (!content.empty()) return fail(Code::BundleInvalid, "more than its files");
    if (auto good = check(bundle); !good) return fail(good.error());
    return bundle;
}

Result<Bundle> readChecked(const Parts& parts) {
    try {
        return read(parts);
    } catch (const Json::exception&) {
        return fail(Code::BundleInvalid, "not a bundle");
    }
}

} // namespace

bool isAllowedPath(std::string_view path) {
    if (path == "choices.json") return true;
    constexpr std::array<std::string_view, 4> folders = {"catalogue", "lang", "procedures", "units"};
    const auto slash = path.find('/');
    if (slash == std::string_view::npos || path.size() > longestPath) return false;
    const auto name = path.substr(slash + 1);
    const auto dot = name.rfind('.');
    const auto end = dot == std::string_view::npos ? std::string_view() : name.substr(dot);
    return std::find(folders.begin(), folders.end(), path.substr(0, slash)) != folders.end() &&
           parcel::isIdentifier(name) && (end == ".json" || end == ".csv");
}

Result<std::string> build(const Bundle& bundle) {
    if (auto good = check(bundle); !good) return fail(good.error());
    Json json = {{"schema", schema},          {"office", bundle.office},     {"version", bundle.version},
                 {"from_ms", bundle.from.ms}, {"until_ms", bundle.until.ms}, {"files", Json::array()}};
    std::string content;
    for (const auto& file : bundle.files) {
        json["files"].push_back({{"path", file.path},
                                 {"size", file.content.size()},
                                 {"hash", crypto::hex(crypto::hash(file.content))}});
        content += file.content;
    }
    auto bytes = json.dump() + "\n" + std::string(unsignedMark) + "\n" + content;
    if (bytes.size() > mostBytes) return fail(Code::BundleInvalid, "more than 32 MiB");
    return bytes;
}

Result<std::string> sign(std::string_view bytes, const Secret<Bytes>& key) {
    const auto parts = partsOf(bytes);
    if (!parts) return fail(parts.error());
    if (auto whole = readChecked(*parts); !whole) return fail(whole.error());
    return std::string(parts->manifest) + "\n" + crypto::sign(signedText(parts->manifest), key) + "\n" +
           std::string(parts->content);
}

Result<Bundle> open(std::string_view bytes, const crypto::VerifyKeys& office, std::string_view officeCode) {
    const auto parts = partsOf(bytes);
    if (!parts) return fail(parts.error());
    if (parts->signature == unsignedMark) return fail(Code::BundleUntrusted, "not signed: kiosk bundle sign");
    // Before a byte of it is believed.
    if (!crypto::isSignedBy(office, signedText(parts->manifest), parts->signature))
        return fail(Code::BundleUntrusted, "not signed by this kiosk's office");
    auto bundle = readChecked(*parts);
    if (bundle && bundle->office != officeCode)
        return fail(Code::BundleInvalid, "made for another office: " + bundle->office);
    return bundle;
}

} // namespace kiosk::bundle
