// What returning customers declared before: sealed so that only the card in front of the camera opens it.
#pragma once

#include "app/base/result.hpp"
#include "app/base/secret.hpp"
#include "app/base/time.hpp"
#include "app/store/db.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace kiosk::store {

/// What is on the card and opens the profile; never a typed identity (callers must not build one from it).
struct CardKey {
    Secret<std::string> personalNumber; // 12 digits
    Secret<std::string> birthDate;      // yyyy-mm-dd
    Secret<std::string> name;           // folded to upper-case ASCII: NGUYEN VAN MAU
};

struct ProfileAnswer {
    std::string value;
    Date givenOn;
};

struct Profile {
    std::map<std::string, ProfileAnswer> answers; // by the form's profile key; given by the person
    std::map<std::string, ProfileAnswer> records; // imported by staff from the office's records
    std::string cardName, cardAddress;            // as on the card last time, to show what differs
    std::optional<Date> keptSince, endsOn;
    bool disputed = false;                        // the person said "this record about me is wrong"
};

/// On the disk thread only. XChaCha20-Poly1305; key = Argon2id(device key, card); row name = keyed hash of the number.
class Profiles {
public:
    Profiles(Db& db, Secret<Bytes> deviceKey);

    /// nullopt: nothing kept about this person. ProfileWrongCard: a row exists but this card does not open it (name changed):
    /// it is left alone and staff may help.
    Result<std::optional<Profile>> open(const CardKey& card, Date today);
    /// Creates or replaces the answers (records stay); ends after `keepDays`.
    Result<void> save(const CardKey& card, const Profile& profile, Date today, int keepDays);
    /// Removes everything kept about the person; noted for replay after a restore.
    Result<void> erase(const CardKey& card, Date today);
    /// Removes what has ended.
    Result<int> expire(Date today);

    struct ImportReport {
        int rows = 0, people = 0;
        std::vector<std::string> problems; // "line 7: column birth_date: not a date (yyyy-mm-dd)"; no personal data
    };
    /// CSV (UTF-8, header row, columns documented in the README); a later row of the same number wins; every bad row named.
    Result<ImportReport> import(const std::string& csvPath, Date today, int keepDays);

private:
    Db& db_;
    Secret<Bytes> deviceKey_;
};

} // namespace kiosk::store
