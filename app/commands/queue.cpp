#include "app/commands/queue.hpp"

#include "app/base/json/json.hpp"
#include "app/base/time.hpp"
#include "app/delivery/carry.hpp"
#include "app/store/queue/outbox.hpp"

#include <iomanip>
#include <ostream>

namespace kiosk {
namespace {

constexpr std::size_t shownRows = 50;

std::int64_t secondsSince(Instant then, Instant at) { return then.ms > at.ms ? 0 : (at.ms - then.ms) / 1000; }

std::string age(std::int64_t seconds) {
    if (seconds < 120) return std::to_string(seconds) + " s";
    if (seconds < 2LL * 3600) return std::to_string(seconds / 60) + " min";
    if (seconds < 48LL * 3600) return std::to_string(seconds / 3600) + " h";
    return std::to_string(seconds / 86400) + " days";
}

void printJson(const store::QueueCounts& counts, const std::vector<store::QueueRow>& rows, Instant at,
               std::ostream& out) {
    nlohmann::ordered_json json = {{"queued", counts.queued},
                                   {"refused", counts.refused},
                                   {"acknowledged", counts.acknowledged},
                                   {"oldest_queued_seconds", nullptr},
                                   {"parcels", nlohmann::ordered_json::array()}};
    if (counts.oldestQueued) json["oldest_queued_seconds"] = secondsSince(*counts.oldestQueued, at);
    for (const auto& row : rows) {
        nlohmann::ordered_json entry = {
            {"reference", row.reference},        {"procedure", row.procedure}, {"state", row.state},
            {"created_at", row.createdAt.iso()}, {"attempts", row.attempts},   {"reason", row.reason},
            {"dossier_code", row.dossierCode},   {"next_try", nullptr}};
        if (row.nextTry) entry["next_try"] = row.nextTry->iso();
        json["parcels"].push_back(std::move(entry));
    }
    out << json.dump(2) << "\n";
}

void printText(const store::QueueCounts& counts, const std::vector<store::QueueRow>& rows, Instant at,
               std::ostream& out) {
    out << "queued " << counts.queued << ", refused " << counts.refused << ", acknowledged "
        << counts.acknowledged;
    if (counts.oldestQueued)
        out << "; oldest queued " << age(secondsSince(*counts.oldestQueued, at)) << " ago";
    out << "\n";
    for (const auto& row : rows) {
        out << row.reference << "  " << row.procedure << "  " << std::left << std::setw(12) << row.state
            << "  " << age(secondsSince(row.createdAt, at)) << " ago";
        if (row.attempts > 0) out << ", tried " << row.attempts << "x";
        if (!row.reason.empty()) out << ", " << row.reason;
        if (!row.dossierCode.empty()) out << ", " << row.dossierCode;
        out << "\n";
    }
}

int failed(std::ostream& err, const Error& error) {
    err << "kiosk queue: " << name(error.code) << ": " << error.detail << "\n";
    return 1;
}

} // namespace

int runQueue(const std::string& dataFolder, bool json, std::ostream& out, std::ostream& err) {
    auto db = store::Db::open(store::databaseFile(dataFolder), store::Db::Mode::ReadOnly);
    if (!db) return failed(err, db.error());
    const store::Outbox outbox(*db, store::outboxFolder(dataFolder));
    const auto counts = outbox.counts();
    if (!counts) return failed(err, counts.error());
    const auto rows = outbox.rows(shownRows);
    if (!rows) return failed(err, rows.error());
    if (json)
        printJson(*counts, *rows, now(), out);
    else
        printText(*counts, *rows, now(), out);
    return 0;
}

int runQueueExport(const std::string& dataFolder, const std::string& folder, std::ostream& out,
                   std::ostream& err) {
    const auto link = loadOfficeLink(store::keysFolder(dataFolder));
    if (!link) return failed(err, link.error());
    auto db = store::Db::open(store::databaseFile(dataFolder), store::Db::Mode::ReadOnly);
    if (!db) return failed(err, db.error());
    const store::Outbox outbox(*db, store::outboxFolder(dataFolder));
    const auto count = carry::exportParcels(outbox, folder);
    if (!count) return failed(err, count.error());
    out << *count << " sealed parcels lie in " << folder << " for office " << link->officeCode
        << ": kiosk-intake import " << folder << "\n";
    return 0;
}

int runQueueSettle(const std::string& dataFolder, const std::string& folder, std::ostream& out,
                   std::ostream& err) {
    const auto link = loadOfficeLink(store::keysFolder(dataFolder));
    if (!link) return failed(err, link.error());
    auto db = store::Db::open(store::databaseFile(dataFolder));
    if (!db) return failed(err, db.error());
    store::Outbox outbox(*db, store::outboxFolder(dataFolder));
    const auto done = carry::settle(outbox, folder, link->officeSigning, now());
    if (!done) return failed(err, done.error());
    out << done->settled << " settled, " << done->known << " known before, " << done->problems.size()
        << " not taken\n";
    for (const auto& problem : done->problems) err << problem << "\n";
    return done->problems.empty() ? 0 : 1;
}

} // namespace kiosk
