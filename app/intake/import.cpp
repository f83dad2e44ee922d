#include "app/intake/import.hpp"

#include "app/base/files.hpp"
#include "app/delivery/carry.hpp"

#include <filesystem>

namespace kiosk::intake {
namespace {

/// Empty: taken, the answer is on the stick; else why not.
std::string importOne(Receiver& receiver, const carry::File& file, const std::string& folder, Instant now) {
    const auto bytes = files::read(file.path, parcel::maxBytes);
    if (!bytes) return bytes.error().detail;
    const auto header = parcel::peek(*bytes);
    // A name that is not the parcel's own would put the answer beside another parcel.
    if (header && header->key != file.key) return "the file was renamed";
    const auto reply = receiver.carried(*bytes, now);
    if (reply.status != 200) return reply.logLine;
    const auto written = files::writeDurably(carry::answerFile(folder, file.key), reply.body);
    return written ? std::string() : "taken, but the answer could not be written: " + written.error().detail;
}

} // namespace

Result<Imported> importFolder(Receiver& receiver, const std::string& folder, Instant now) {
    const auto parcels = carry::parcelsIn(folder);
    if (!parcels) return fail(parcels.error());
    Imported out;
    for (const auto& file : *parcels) {
        const auto problem = importOne(receiver, file, folder, now);
        if (problem.empty())
            ++out.answered;
        else
            out.problems.push_back(std::filesystem::path(file.path).filename().string() + ": " + problem);
    }
    return out;
}

} // namespace kiosk::intake
