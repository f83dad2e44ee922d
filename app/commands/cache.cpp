#include "app/commands/cache.hpp"

#include "app/base/crypto.hpp"
#include "app/base/files.hpp"
#include "app/store/profiles.hpp"

#include <ostream>

namespace kiosk {

int runCacheImport(const std::string& dataFolder, const std::string& csv, std::ostream& out,
                   std::ostream& err, int keepDays) {
    crypto::init();
    const auto failed = [&](const Error& error) {
        err << "kiosk cache import: " << name(error.code) << ": " << error.detail << "\n";
        return 1;
    };
    if (auto made = files::makeFolder(dataFolder); !made) return failed(made.error());
    auto key = files::deviceKey(store::deviceKeyFile(dataFolder));
    if (!key) return failed(key.error());
    // Not openOrSalvage: setting a damaged file aside is for the kiosk itself, which may be running.
    auto db = store::Db::open(store::databaseFile(dataFolder));
    if (!db) return failed(db.error());
    store::Profiles profiles(*db, std::move(*key));
    const auto report = profiles.import(csv, now().dateInVietnam(), keepDays);
    if (!report) return failed(report.error());
    for (const auto& problem : report->problems) err << problem << "\n";
    out << report->rows << " rows read, records of " << report->people << " people stored, "
        << report->problems.size() << " problems\n";
    return report->problems.empty() ? 0 : 2;
}

} // namespace kiosk
