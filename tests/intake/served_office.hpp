// An office with one kiosk and its queue, served over real TLS on loopback; judged by what the office
// exported.
#pragma once

#include "app/base/crypto.hpp"
#include "app/base/files.hpp"
#include "app/base/json/json.hpp"
#include "app/delivery/sender.hpp"
#include "app/intake/ledger.hpp"
#include "app/intake/office/office.hpp"
#include "app/intake/server.hpp"
#include "tests/store/folder.hpp"

#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

namespace kiosk::intake {

/// A specimen, sealed and signed as by the kiosk `own`; with `n` in it if no dossier is given.
inline store::QueuedParcel pack(const OfficeLink& own, int n, const std::string& dossier = {},
                                const std::string& procedure = "1.001193") {
    parcel::Header header;
    header.kiosk = own.kioskId;
    header.office = own.officeCode;
    header.key = crypto::newIdempotencyKey();
    header.reference = crypto::reference(header.key);
    header.procedure = procedure;
    header.createdAt = Instant{1'790'000'000'000 + n};
    const nlohmann::json content = {{"schema", 1},
                                    {"reference", header.reference},
                                    {"specimen", n},
                                    {"pad", std::string(20'000, 'm')},
                                    {"customer", {{"name", "Nguyễn Văn Mẫu"}}}};
    auto sealed =
        parcel::seal(header, dossier.empty() ? content.dump() : dossier, own.kioskSigning, own.officeSealing);
    return {header.key, header.reference, header.procedure, sealed.value(), "", header.createdAt, 0};
}

class IntakeTest : public ::testing::Test {
protected:
    void SetUp() override {
        crypto::init();
        ASSERT_TRUE(initOffice(office_, {"H29.5", "Phường Mẫu", "", 8443, {}, {}}));
        start();
        enrol("K7", "keys");
        db_.emplace(store::Db::open(folder_ / "kiosk.db").value());
        outbox_.emplace(*db_, folder_ / "outbox");
    }
    void TearDown() override { stop(); }

    void start(int port = 0) {
        auto server = Server::open(office_, "127.0.0.1", port, [this](const std::string& line) {
            const std::scoped_lock lock(logLock_);
            log_ += line + "\n";
        });
        ASSERT_TRUE(server) << server.error().detail;
        server_ = std::move(*server);
        thread_ = std::jthread([this] { server_->run(); });
    }
    void stop() {
        if (!server_) return;
        server_->stop();
        thread_.join();
        server_.reset();
    }
    void enrol(const std::string& id, const std::string& name) {
        auto ledger = openSqliteLedger(ledgerFile(office_), "H29.5").value();
        const auto done = enrolKiosk(office_, *ledger.ledger, id, folder_ / name, url(server_->port()));
        ASSERT_TRUE(done) << done.error().detail;
    }
    static std::string url(int port) { return "https://127.0.0.1:" + std::to_string(port); }

    OfficeLink link(int port = 0, const std::string& name = "keys") const {
        auto loaded = loadOfficeLink(folder_ / name).value();
        if (port > 0) loaded.url = url(port);
        return loaded;
    }
    std::string queue(int n, const std::string& keys = "keys", const std::string& dossier = {},
                      const std::string& procedure = "1.001193") {
        const auto parcel = pack(link(0, keys), n, dossier, procedure);
        EXPECT_TRUE(outbox_->put(parcel));
        return parcel.key;
    }
    /// Tries whatever is queued until nothing is or `tries` are used up; the clock does not matter.
    void send(Gateway& gateway, int tries) {
        while (tries-- > 0) {
            const auto parcel = outbox_->next(Instant{1LL << 60}).value();
            if (!parcel) return;
            last_ = attempt(gateway, *parcel, now(), 0.5);
            ASSERT_TRUE(apply(*outbox_, last_, now()));
        }
    }
    /// What the office exported, by key; fails on a double.
    std::map<std::string, nlohmann::json> exported() const {
        std::map<std::string, nlohmann::json> out;
        for (const auto& entry : std::filesystem::directory_iterator(dossiersFolder(office_))) {
            if (entry.path().extension() != ".json") continue;
            const auto bytes = files::read(entry.path()).value();
            auto json = nlohmann::json::parse(files::asText(bytes));
            EXPECT_TRUE(
                std::filesystem::exists(std::filesystem::path(entry.path()).replace_extension(".html")));
            const auto key = json.at("key").get<std::string>();
            EXPECT_TRUE(out.emplace(key, std::move(json)).second) << "exported twice";
        }
        return out;
    }

    testing::Folder folder_;
    std::string office_ = folder_ / "office";
    std::unique_ptr<Server> server_;
    std::jthread thread_;
    std::optional<store::Db> db_;
    std::optional<store::Outbox> outbox_;
    Verdict last_;
    std::mutex logLock_;
    std::string log_;
};

} // namespace kiosk::intake
