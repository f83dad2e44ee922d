// A journal in a database of its own, with a kiosk's and an office's keys.
#pragma once

#include "app/base/crypto.hpp"
#include "app/store/journal/verify.hpp"
#include "tests/store/folder.hpp"

#include <optional>
#include <sodium.h>
#include <stdexcept>
#include <string>

namespace kiosk::testing {

class JournalStage {
public:
    JournalStage() {
        crypto::init();
        kioskKey = makeKey();
        officeKey = makeKey();
        db.emplace(store::Db::open(path()).value());
    }

    std::string path() const { return folder / "kiosk.db"; }
    store::Journal journal() { return store::Journal(*db); }
    /// Entry n is from here, one a second.
    static Instant time(std::int64_t n) { return Instant{1'790'000'000'000 + n * 1000}; }

    void append(int count) {
        using namespace store::journal;
        auto j = journal();
        for (int i = 0; i < count; ++i) {
            const auto n = j.head().value().sequence + 1;
            const auto key = "SPECIMEN " + std::to_string(n);
            const Event event =
                n % 3 == 0   ? Event(DossierDelivered{{Reference::of(key)}})
                : n % 3 == 1 ? Event(DossierConfirmed{{Reference::of(key), ProcedureCode::of("1.001193")}})
                             : Event(BackupMade{});
            check(j.append(event, time(n), AccountId(static_cast<std::uint16_t>(n % 5))).has_value());
        }
    }

    /// The office witnesses up to entry n, and the kiosk keeps it.
    store::journal::Attestation witness(std::int64_t n) {
        using namespace store::journal;
        auto j = journal();
        const auto head = j.headAt(n).value();
        check(head.has_value());
        auto word = attest(Purpose::Witness, "K7", *head, Instant{time(n).ms + ++witnessed}, officeKey);
        check(j.keepWitness(word).has_value());
        return word;
    }

    store::journal::Trust trust(const std::string& fromOffice = {}) const {
        return {"K7", store::journal::verifyKeyOf(kioskKey), store::journal::verifyKeyOf(officeKey),
                fromOffice};
    }
    store::journal::Finding verify(const std::string& fromOffice = {}) const {
        return store::journal::verify(*db, store::readWitnessFile(path()).value(), trust(fromOffice)).value();
    }

    Folder folder;
    Secret<Bytes> kioskKey, officeKey;
    std::optional<store::Db> db;

private:
    static Secret<Bytes> makeKey() {
        Secret<Bytes> secret(Bytes(crypto_sign_SECRETKEYBYTES));
        std::array<std::uint8_t, crypto_sign_PUBLICKEYBYTES> ignored{};
        crypto_sign_keypair(ignored.data(), secret.reveal().data());
        return secret;
    }
    static void check(bool good) {
        if (!good) throw std::runtime_error("the stage could not be set");
    }
    int witnessed = 0;
};

} // namespace kiosk::testing
