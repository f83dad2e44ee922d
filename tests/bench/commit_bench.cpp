// What it costs from "confirmed" to "committed" beside SQLite alone: Packer::pack (keys, signing, sealing)
// and Outbox::put against one bare synchronous=FULL insert of the same bytes, alternating, on fresh files of
// one disk. Usage: commit_bench [folder] [rounds].
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

/// Long enough for what the outbox does between two persons (slots made ahead and freed), which would
/// otherwise be counted against whichever comes next.
void pause() { std::this_thread::sleep_for(std::chrono::milliseconds(4)); }

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

Figures measure(const std::string& folder, int rounds) {
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
        pause();
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
        pause();
        start = Clock::now();
        reference.insert(parcel->key, parcel->bytes);
        f.bare.add(start);
    }
    return f;
}

} // namespace

int main(int argc, char** argv) {
    crypto::init();
    std::string folder = argc > 1 ? argv[1] : ".";
    folder += "/commit-bench-XXXXXX";
    must(::mkdtemp(folder.data()) != nullptr, "mkdtemp");
    const int rounds = argc > 2 ? std::atoi(argv[2]) : 1000;
    std::printf("load %.1f\n", load());
    auto [ours, packing, bare] = measure(folder, rounds);
    std::filesystem::remove_all(folder);
    std::printf("pack + put: median %.0f us (packing %.0f us of it), p95 %.0f us, mean %.0f us\n",
                ours.median(), packing.median(), ours.share(0.95), ours.mean());
    std::printf("bare insert: median %.0f us, p95 %.0f us, mean %.0f us\n", bare.median(), bare.share(0.95),
                bare.mean());
    std::printf("ratio of throughput, ours / bare: median %.2f, mean %.2f (target >= 0.80) over %d rounds\n",
                bare.median() / ours.median(), bare.mean() / ours.mean(), rounds);
    // On a busy machine a flush waits for a processor and is the same for both; the fastest show the rest.
    std::printf("fastest twentieth: pack + put %.0f us, bare insert %.0f us, ratio %.2f\n", ours.share(0.05),
                bare.share(0.05), bare.share(0.05) / ours.share(0.05));
    std::printf("load %.1f\n", load());
}
