#include "app/delivery/bundle/difference.hpp"

#include "app/base/files.hpp"
#include "app/base/json/json.hpp"

#include <algorithm>

namespace kiosk::bundle {
namespace {

using Json = nlohmann::json;

constexpr std::size_t longestText = 200; // bytes

/// A text, a number, or what stands in Vietnamese in it.
std::string readable(const Json& value) {
    if (value.is_string()) {
        auto text = value.get<std::string>();
        return text.size() <= longestText ? text : std::string();
    }
    if (value.is_number() || value.is_boolean()) return value.dump();
    for (const auto* inner : {"vi", "text"})
        if (value.is_object() && value.contains(inner)) return readable(value.at(inner));
    return {};
}

std::vector<Member> membersOf(const Json& before, const Json& after) {
    std::vector<Member> members;
    if (!before.is_object() || !after.is_object()) return members;
    for (const auto& [key, value] : after.items()) {
        const auto was = before.find(key);
        if (was == before.end())
            members.push_back({key, {}, readable(value)});
        else if (*was != value)
            members.push_back({key, readable(*was), readable(value)});
    }
    for (const auto& [key, value] : before.items())
        if (!after.contains(key)) members.push_back({key, readable(value), {}});
    return members;
}

std::optional<std::string> earlier(const std::string& path, const std::optional<Bundle>& inForce,
                                   const std::string& baseAssets) {
    if (inForce) {
        const auto file = std::find_if(inForce->files.begin(), inForce->files.end(),
                                       [&path](const File& f) { return f.path == path; });
        if (file != inForce->files.end()) return file->content;
    }
    const auto bytes = files::read(baseAssets + "/" + path, mostBytes);
    if (!bytes) return std::nullopt; // the program brings none
    return std::string(files::asText(*bytes));
}

} // namespace

std::vector<Change> differences(const Bundle& bundle, const std::optional<Bundle>& inForce,
                                const std::string& baseAssets) {
    std::vector<Change> changes;
    for (const auto& file : bundle.files) {
        Change change{file.path, Change::Kind::New, {}};
        if (const auto before = earlier(file.path, inForce, baseAssets)) {
            change.kind = *before == file.content ? Change::Kind::Same : Change::Kind::Changed;
            if (change.kind == Change::Kind::Changed)
                change.members = membersOf(Json::parse(*before, nullptr, false),
                                           Json::parse(file.content, nullptr, false));
        }
        changes.push_back(std::move(change));
    }
    return changes;
}

} // namespace kiosk::bundle
