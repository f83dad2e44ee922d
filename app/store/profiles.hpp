// What returning customers declared before: sealed so that only the card in front of the camera opens it.
#pragma once

#include "app/base/result.hpp"
#include "app/base/secret.hpp"
#include "app/base/time.hpp"
#include "app/store/db.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::store {

/// What is on the card and opens the profile; never a typed identity (callers must not build one from it).
struct CardKey {
    Secret<std::string> personalNumber; // 12 digits
    Secret<std::string> birthDate;      // yyyy-mm-dd
    Secret<std::string> name;           // folded to upper-case ASCII: NGUYEN VAN MAU

    /// Folds the name as it is printed.
    static CardKey of(std::string_view personalNumber, Date birthDate, std::string_view name);
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
    bool disputed = false; // the person said "this record about me is wrong"
};

/// On the disk thread only. XChaCha20-Poly1305; key = Argon2id(device key, card; 64 MiB, about 0.1 s); row
/// name = keyed hash of the number. Staff's records are sealed in the same way: the imported file holds
/// number, birth date and name, from which the same key comes.
class Profiles {
public:
    Profiles(Db& db, Secret<Bytes> deviceKey);

    /// nullopt: nothing kept about this person. ProfileWrongCard: a row exists but this card does not open it
    /// (name changed): it is left alone and staff may help.
    Result<std::optional<Profile>> open(const CardKey& card, Date today);
    /// Creates or replaces the answers (records stay); ends after `keepDays`. ProfileWrongCard as open().
    Result<void> save(const CardKey& card, const Profile& profile, Date today, int keepDays);
    /// Removes everything kept about the person; noted for replay after a restore.
    Result<void> erase(const CardKey& card, Date today);
    /// Removes what has ended.
    Result<int> expire(Date today);

    struct ImportReport {
        int rows = 0, people = 0; // rows read; people whose records were stored
        std::vector<std::string>
            problems; // "line 7: column birth_date: not a date (yyyy-mm-dd or dd/mm/yyyy)"; no personal data
    };
    /// CSV (UTF-8, header row): personal_number, birth_date, name, then any profile keys (phone, email,
    /// current_address, …). A later row of the same number wins; every bad row is named, the good ones are
    /// stored. ImportInvalid: the file or its header cannot be used.
    Result<ImportReport> import(const std::string& csvPath, Date today, int keepDays);

private:
    struct Row;
    std::string rowName(const CardKey& card) const;
    Result<Secret<Bytes>> keyOf(const CardKey& card, const Bytes& salt) const;
    Result<std::optional<Row>> find(const std::string& name) const;
    Result<Profile> unseal(const Row& row, const Secret<Bytes>& key) const;
    Result<void> write(const Row& row, const Profile& profile, const Secret<Bytes>& key);
    Result<void> storeRecords(const CardKey& card, std::map<std::string, ProfileAnswer> records, Date today,
                              int keepDays);

    Db& db_;
    Secret<Bytes> deviceKey_;
};

} // namespace kiosk::store
