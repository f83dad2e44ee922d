// HTTPS for kiosks: mutual TLS in which only enrolled certificates get through, POST /v1/parcels, POST
// /v1/journal, POST /v1/lookup and GET /v1/health.
#pragma once

#include "app/base/result.hpp"

#include <functional>
#include <memory>
#include <string>

namespace kiosk::intake {

/// One running intake over its data folder. Its ledger and files belong to one worker thread; connections
/// have a pool of their own.
class Server {
public:
    using Log = std::function<void(const std::string& line)>; // any thread; lines hold no personal data

    /// Loads keys, opens the ledger, writes files a crash left out and binds; port 0: any free one. Errors:
    /// as loadOffice, Store…, SystemFailed.
    static Result<std::unique_ptr<Server>> open(const std::string& dataFolder, const std::string& host,
                                                int port, Log log);
    ~Server();

    int port() const;
    /// Serves until stop() (any thread, also before); requests at hand are finished. Once.
    void run();
    void stop();

private:
    struct Impl;
    explicit Server(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

} // namespace kiosk::intake
