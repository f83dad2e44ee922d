// What it costs from "confirmed" to "committed" beside SQLite alone: Packer::pack (keys, signing, sealing)
// and Outbox::put against one bare synchronous=FULL insert of the same bytes, alternating, on fresh files of
// one disk, with pauses of several lengths between them: processor and disk are the slower the longer both
// rested, and not by the same amount. Usage: commit_bench [folder] [percent of the usual rounds].
#include "app/base/crypto.hpp"
#include "app/delivery/packer.hpp"
#include "app/store/queue/outbox.hpp"
#include "tests/bench/bare_sqlite.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <sodium.h>
#include <thread>

namespace {

using namespace kiosk;
using Clock = std::chrono::steady_clock;

using bench::must;

struct Times {
    std::vector<double> us;
    void add(Clock::time_point start, Clock::time_point end = Clock::now()) {
        us.push_back(std::chrono::duration<double, std::micro>(end - start).count());
    }
    double share(double part) {
        std::sort(us.begin(), us.end());
        return us[static_cast<std::size_t>(part * static_cast<double>(us.size() - 1))];
    }
    double median() { return share(0.5); }
    double mean() const {
        double sum = 0;
        for (const double t : us) sum += t;
        return sum / static_cast<double>(us.size());
    }
};

double load() {
    double now = 0;
    return ::getloadavg(&now, 1) == 1 ? now : -1;
}

OfficeLink office() {
    OfficeLink link;
    link.kioskId = "K7";
    link.officeCode = "H29";
    link.kioskSigning = Secret<Bytes>(Bytes(crypto_sign_SECRETKEYBYTES));
    parcel::PublicKey ignored{};
    crypto_sign_keypair(ignored.data(), link.kioskSigning.reveal().data());
    Bytes secret(crypto_box_SECRETKEYBYTES);
    crypto_box_keypair(link.officeSealing.data(), secret.data());
    return link;
}

struct Figures {
    Times ours, packing, bare;
};

/// Before each commit both wait for `pause`: at least as long as the outbox is busy between two persons
/// (slots made ahead and freed), which would otherwise be counted against whichever comes next.
Figures measure(const std::string& folder, std::chrono::milliseconds pause, int rounds) {
    Figures f;
    const std::string dossier = "{\"specimen\":\"" + std::string(3000, 'm') + "\"}";
    auto db = store::Db::open(folder + "/kiosk.db");
    must(db.has_value(), "open store");
    store::Outbox outbox(*db, folder + "/outbox");
    Packer packer(office(), Secret<Bytes>(crypto::random(32)));
    const bench::BareSqlite reference(folder + "/bare.db");
    for (int i = 0; i < rounds; ++i) {
        packer.prepare();
        const ConfirmedDossier confirmed{
            dossier, "1.001193",  crypto::hex(crypto::random(32)), Instant{1'790'000'000'000 + i},
            true,    {1999, 2, 1}};
        std::this_thread::sleep_for(pause);
        auto start = Clock::now();
        const auto packedDossier = packer.pack(confirmed);
        must(packedDossier.has_value(), "pack");
        const auto* parcel = &packedDossier->parcel;
        const auto packed = Clock::now();
        must(outbox.put(*parcel).has_value(), "put");
        f.ours.add(start);
        f.packing.add(start, packed);
        // The office answers before the next person sends, as it does at a counter: the slot is used again.
        must(outbox.acknowledged(parcel->key, "H29-261124-0001", "{}", confirmed.at).has_value(),
             "acknowledge");
        std::this_thread::sleep_for(pause);
        start = Clock::now();
        reference.insert(parcel->key, parcel->bytes);
        f.bare.add(start);
    }
    return f;
}

} // namespace

int main(int argc, char** argv) {
    crypto::init();
    const std::string parent = argc > 1 ? argv[1] : ".";
    const int percent = argc > 2 ? std::atoi(argv[2]) : 100;
    struct Row {
        int pauseMs, rounds;
    };
    // A kiosk's dossiers are minutes apart, the last row comes nearest; the first is the least favourable.
    constexpr Row rows[] = {{4, 1000}, {20, 500}, {100, 200}, {1000, 40}};
    std::printf("load %.1f; us: median / p95 / mean; ratio of throughput, ours / bare (target >= 0.80): of "
                "medians, of means,\nof the fastest twentieths\n",
                load());
    std::printf("%8s %7s %25s %9s %25s %7s %6s %8s\n", "pause ms", "rounds", "pack + put", "packing",
                "bare insert", "medians", "means", "fastest");
    for (const auto& row : rows) {
        std::string folder = parent + "/commit-bench-XXXXXX";
        must(::mkdtemp(folder.data()) != nullptr, "mkdtemp");
        const int rounds = std::max(1, row.rounds * percent / 100);
        auto [ours, packing, bare] = measure(folder, std::chrono::milliseconds(row.pauseMs), rounds);
        std::filesystem::remove_all(folder);
        std::printf("%8d %7d %8.0f /%6.0f /%6.0f  %9.0f %8.0f /%6.0f /%6.0f  %7.2f %6.2f %8.2f\n",
                    row.pauseMs, rounds, ours.median(), ours.share(0.95), ours.mean(), packing.median(),
                    bare.median(), bare.share(0.95), bare.mean(), bare.median() / ours.median(),
                    bare.mean() / ours.mean(), bare.share(0.05) / ours.share(0.05));
    }
    std::printf("load %.1f\n", load());
}
