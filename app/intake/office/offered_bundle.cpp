#include "app/intake/office/offered_bundle.hpp"

#include "app/base/files.hpp"
#include "app/base/json/json.hpp"

#include <filesystem>

namespace kiosk::intake {
namespace {

using Json = nlohmann::json;

std::string offeredFile(const std::string& dataFolder) { return dataFolder + "/offered.kbundle"; }

struct Offered {
    std::string bytes;
    int version = 0; // 0: none
};

Result<Offered> offered(const Office& office, const std::string& dataFolder) {
    const auto path = offeredFile(dataFolder);
    if (!std::filesystem::exists(path)) return Offered{};
    const auto bytes = files::read(path, bundle::mostBytes);
    if (!bytes) return fail(bytes.error());
    std::string text(files::asText(*bytes));
    const auto b = bundle::open(text, office.keys.signing, office.settings.code);
    if (!b) return fail(b.error());
    return Offered{std::move(text), b->version};
}

} // namespace

Result<bundle::Bundle> offerBundle(const Office& office, const std::string& dataFolder,
                                   std::string_view bytes) {
    auto b = bundle::open(bytes, office.keys.signing, office.settings.code);
    if (!b) return b;
    const auto before = offered(office, dataFolder);
    if (!before) return fail(before.error());
    if (b->version <= before->version)
        return fail(Code::BundleNotNewer,
                    "version " + std::to_string(before->version) + " is offered already");
    if (auto done = files::writeDurably(offeredFile(dataFolder), bytes); !done) return fail(done.error());
    return b;
}

Reply giveBundle(const Office& office, const std::string& dataFolder, std::string_view json) {
    const auto asked = Json::parse(json, nullptr, false);
    const auto newerThan = asked.is_object() ? asked.find("newer_than") : asked.end();
    if (newerThan == asked.end() || !newerThan->is_number_integer())
        return refuse(400, "Invalid", "newer_than: a version", "bundle");
    auto found = offered(office, dataFolder);
    if (!found) return later(found.error(), "bundle");
    if (found->version <= newerThan->get<std::int64_t>())
        return refuse(404, name(Code::BundleNone), "none newer is offered", "bundle");
    Reply reply{200, std::move(found->bytes), "bundle " + std::to_string(found->version)};
    reply.type = "application/octet-stream";
    return reply;
}

} // namespace kiosk::intake
