// Hundreds of kiosks against one kiosk-intake process over real TLS on loopback: parcels arrive at a steady
// rate whatever the office's pace, and the time of each counts from when it was due; then one kiosk drains a
// week offline. Beside it what the same bytes cost bare SQLite. Usage: load_bench [folder] [parcels a second]
// [seconds] [kiosks].
#include "app/base/crypto.hpp"
#include "app/delivery/packer.hpp"
#include "app/delivery/sender.hpp"
#include "app/intake/office/office.hpp"
#include "tests/bench/bare_sqlite.hpp"
#include "tests/journey/office.hpp"

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <thread>

namespace {

using namespace kiosk;
using Clock = std::chrono::steady_clock;

constexpr int weekOffline = 840; // reliability.md R6

struct Setting {
    std::string folder;
    double rate = 100;
    int seconds = 30, kiosks = 300;
};

/// One kiosk's side: its own keys, its own connection.
struct Caller {
    OfficeLink link;
    std::unique_ptr<Gateway> gateway;
    store::QueuedParcel pack(int number) const {
        const std::string dossier = "{\"schema\":1,\"specimen\":\"" + std::string(3000, 'm') + "\"}";
        auto packed =
            Packer(link, Secret<Bytes>(Bytes(32)))
                .pack({dossier, "1.001193", {}, Instant{1'790'000'000'000 + number}, true, {1999, 2, 1}});
        if (!packed) throw std::runtime_error("pack");
        return std::move(packed->parcel);
    }
};

std::vector<Caller> enrol(const journey::Office& office, const Setting& setting) {
    const auto data = office.dataFolder().string();
    const auto first = loadOfficeLink(office.kioskKeys().string());
    const auto settings = intake::loadOffice(data);
    if (!first || !settings) throw std::runtime_error("the office's keys");
    auto ledger = intake::openSqliteLedger(intake::ledgerFile(data), settings->settings.unitCode);
    if (!ledger) throw std::runtime_error("the office's ledger");
    std::vector<Caller> callers;
    for (int i = 0; i < setting.kiosks; ++i) {
        const auto id = "load-" + std::to_string(i);
        const auto keys = setting.folder + "/" + id;
        if (!intake::enrolKiosk(data, *ledger->ledger, id, keys, first->url))
            throw std::runtime_error("enrol");
        auto link = loadOfficeLink(keys);
        if (!link) throw std::runtime_error("link");
        callers.push_back({std::move(*link), nullptr});
        callers.back().gateway = httpsGateway(callers.back().link);
    }
    return callers;
}

double share(std::vector<double>& sorted, double part) {
    return sorted[static_cast<std::size_t>(part * static_cast<double>(sorted.size() - 1))];
}

void print(const char* what, std::vector<double>& ms) {
    std::sort(ms.begin(), ms.end());
    std::printf("%s: p50 %.1f ms, p95 %.1f ms, p99 %.1f ms, longest %.1f ms\n", what, share(ms, 0.5),
                share(ms, 0.95), share(ms, 0.99), ms.back());
}

/// Parcel i is due at i / rate and belongs to kiosk i mod kiosks; as many threads as wait at a time.
void steady(std::vector<Caller>& callers, const Setting& setting) {
    const int total = static_cast<int>(setting.rate * setting.seconds);
    std::vector<store::QueuedParcel> parcels;
    for (int i = 0; i < total; ++i)
        parcels.push_back(callers[static_cast<std::size_t>(i) % callers.size()].pack(i));
    std::vector<double> ms(parcels.size());
    std::atomic<int> next{0}, refused{0};
    const auto start = Clock::now() + std::chrono::milliseconds(100);
    const auto call = [&] {
        for (int i = next++; i < total; i = next++) {
            const auto due = start + std::chrono::duration_cast<Clock::duration>(
                                         std::chrono::duration<double>(i / setting.rate));
            std::this_thread::sleep_until(due);
            const auto at = static_cast<std::size_t>(i);
            const auto answer =
                callers[at % callers.size()].gateway->deliver(parcels[at].bytes, parcels[at].key);
            if (!answer) ++refused;
            ms[at] = std::chrono::duration<double, std::milli>(Clock::now() - due).count();
        }
    };
    {
        std::vector<std::jthread> threads;
        // Fewer than kiosks, so that no kiosk is called twice at a time.
        for (int i = 0; i < std::min(setting.kiosks, 100); ++i) threads.emplace_back(call);
    }
    const double took = std::chrono::duration<double>(Clock::now() - start).count();
    std::printf("%d parcels of %d kiosks at %.0f a second: %.1f a second acknowledged, %d not\n", total,
                setting.kiosks, setting.rate, (total - refused) / took, refused.load());
    print("from due to acknowledged (target p99 < 300 ms)", ms);
}

void drain(Caller& caller) {
    std::vector<store::QueuedParcel> parcels;
    for (int i = 0; i < weekOffline; ++i) parcels.push_back(caller.pack(i));
    std::vector<double> ms;
    const auto start = Clock::now();
    for (const auto& parcel : parcels) {
        const auto before = Clock::now();
        if (!caller.gateway->deliver(parcel.bytes, parcel.key)) throw std::runtime_error("drain");
        ms.push_back(std::chrono::duration<double, std::milli>(Clock::now() - before).count());
    }
    std::printf("a week offline, %d parcels of one kiosk: drained in %.1f s (target < 600 s)\n", weekOffline,
                std::chrono::duration<double>(Clock::now() - start).count());
    print("each", ms);
}

void beside(const Setting& setting, const store::QueuedParcel& parcel) {
    const bench::BareSqlite bare(setting.folder + "/bare.db");
    std::vector<double> ms;
    for (int i = 0; i < 500; ++i) {
        const auto before = Clock::now();
        bare.insert(parcel.key + std::to_string(i), parcel.bytes);
        ms.push_back(std::chrono::duration<double, std::milli>(Clock::now() - before).count());
    }
    print("bare SQLite insert of the same bytes, synchronous=FULL", ms);
}

} // namespace

int main(int argc, char** argv) try {
    crypto::init();
    Setting setting;
    setting.folder = std::string(argc > 1 ? argv[1] : ".") + "/load-bench-XXXXXX";
    if (::mkdtemp(setting.folder.data()) == nullptr) throw std::runtime_error("mkdtemp");
    if (argc > 2) setting.rate = std::atof(argv[2]);
    if (argc > 3) setting.seconds = std::atoi(argv[3]);
    if (argc > 4) setting.kiosks = std::atoi(argv[4]);
    {
        journey::Office office(KIOSK_INTAKE, setting.folder + "/house");
        auto callers = enrol(office, setting);
        office.start();
        steady(callers, setting);
        drain(callers.front());
        beside(setting, callers.front().pack(0));
        std::printf("%zu dossiers exported\n", office.dossiers().size());
    }
    std::filesystem::remove_all(setting.folder);
    return 0;
} catch (const std::exception& e) {
    std::fprintf(stderr, "load_bench: %s\n", e.what());
    return 1;
}
