#include "app/store/profiles.hpp"

#include "app/base/crypto.hpp"
#include "app/base/files.hpp"
#include "app/base/json/json.hpp"
#include "app/base/text.hpp"
#include "app/store/csv.hpp"
#include "app/store/journal/journal.hpp"
#include "app/store/sql.hpp"

#include <algorithm>
#include <chrono>
#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

namespace kiosk::store {
namespace {

using Json = nlohmann::json;

Date plusDays(Date date, int days) {
    const std::chrono::year_month_day start(std::chrono::year(date.year), std::chrono::month(date.month),
                                            std::chrono::day(date.day));
    const std::chrono::year_month_day end(std::chrono::sys_days(start) + std::chrono::days(days));
    return {static_cast<int>(end.year()), static_cast<unsigned>(end.month()),
            static_cast<unsigned>(end.day())};
}

Json write(const std::map<std::string, ProfileAnswer>& answers) {
    Json out = Json::object();
    for (const auto& [key, answer] : answers) out[key] = {answer.value, answer.givenOn.iso()};
    return out;
}

std::map<std::string, ProfileAnswer> readAnswers(const Json& json) {
    std::map<std::string, ProfileAnswer> out;
    for (const auto& [key, value] : json.items())
        if (const auto date = Date::fromIso(value.at(1).get<std::string>()))
            out[key] = {value.at(0).get<std::string>(), *date};
    return out;
}

journal::Count count(int n) { return journal::Count(static_cast<std::uint64_t>(n)); }

/// An erasure is in this file before it is in the database, so that no restore can undo it.
Result<void> appendErasure(const std::string& path, const std::string& name, Instant at) {
    const files::Descriptor fd(::open(path.c_str(), O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600));
    if (!fd) return fail(files::systemError("open erasures"));
    const std::string line = name + " " + std::to_string(at.ms) + "\n";
    if (::write(fd.get(), line.data(), line.size()) != static_cast<ssize_t>(line.size()) ||
        ::fsync(fd.get()) != 0)
        return fail(files::systemError("write erasures"));
    return {};
}

} // namespace

struct Profiles::Row {
    std::string name;
    Bytes salt, sealed;
    bool hasAnswers = false;
    std::string endsOn;
    /// Bound to the sealed text: a row cannot be moved to another person or made to last longer.
    std::string context() const {
        return "kiosk-profile-1\n" + name + "\n" + endsOn + (hasAnswers ? "\n1" : "\n0");
    }
};

CardKey CardKey::of(std::string_view personalNumber, Date birthDate, std::string_view name) {
    std::string folded = text::fold(name);
    for (char& c : folded)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return {Secret<std::string>(std::string(personalNumber)), Secret<std::string>(birthDate.iso()),
            Secret<std::string>(std::move(folded))};
}

Profiles::Profiles(Db& db, Secret<Bytes> deviceKey) : db_(db), deviceKey_(std::move(deviceKey)) {}

std::string Profiles::rowName(const CardKey& card) const {
    const Secret<std::string> text("kiosk-profile-name\n" + card.personalNumber.reveal());
    return crypto::hex(crypto::hash(text.reveal(), deviceKey_.reveal()));
}

Result<Secret<Bytes>> Profiles::keyOf(const CardKey& card, const Bytes& salt) const {
    const Secret<std::string> text("kiosk-profile-key\n" + card.personalNumber.reveal() + "\n" +
                                   card.birthDate.reveal() + "\n" + card.name.reveal());
    const Secret<std::array<std::uint8_t, 32>> password(crypto::hash(text.reveal(), deviceKey_.reveal()));
    Secret<Bytes> key(Bytes(crypto_aead_xchacha20poly1305_ietf_KEYBYTES));
    if (salt.size() != crypto_pwhash_SALTBYTES) return fail(Code::StoreDamaged, "profile salt");
    if (crypto_pwhash(key.reveal().data(), key.reveal().size(),
                      reinterpret_cast<const char*>(password.reveal().data()), password.reveal().size(),
                      salt.data(), crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE,
                      crypto_pwhash_ALG_ARGON2ID13) != 0)
        return fail(Code::SystemFailed, "not enough memory to derive a profile key");
    return key;
}

Result<std::optional<Profiles::Row>> Profiles::find(const std::string& name) const {
    Statement query(db_, "SELECT salt, sealed, has_answers, ends_on FROM profile WHERE name = ?");
    const auto row = query.add(name).step();
    if (!row) return fail(row.error());
    if (!*row) return std::nullopt;
    return Row{name, query.blob(0), query.blob(1), query.integer(2) != 0, query.text(3)};
}

Result<Profile> Profiles::unseal(const Row& row, const Secret<Bytes>& key) const {
    const auto plain = crypto::unseal(row.sealed, key, row.context());
    if (!plain) return fail(Code::ProfileWrongCard, "the card does not open the profile of its number");
    try {
        const auto json = Json::parse(plain->reveal());
        Profile profile;
        profile.answers = readAnswers(json.at("answers"));
        profile.records = readAnswers(json.at("records"));
        profile.cardName = json.at("card_name").get<std::string>();
        profile.cardAddress = json.at("card_address").get<std::string>();
        profile.keptSince = Date::fromIso(json.at("kept_since").get<std::string>());
        profile.endsOn = Date::fromIso(row.endsOn);
        profile.disputed = json.at("disputed").get<bool>();
        return profile;
    } catch (const Json::exception&) {
        return fail(Code::StoreDamaged, "profile content");
    }
}

Result<void> Profiles::write(const Row& row, const Profile& profile, const Secret<Bytes>& key) {
    const Json json = {{"answers", kiosk::store::write(profile.answers)},
                       {"records", kiosk::store::write(profile.records)},
                       {"card_name", profile.cardName},
                       {"card_address", profile.cardAddress},
                       {"kept_since", profile.keptSince ? profile.keptSince->iso() : ""},
                       {"disputed", profile.disputed}};
    const Secret<std::string> plain(json.dump(-1, ' ', false, Json::error_handler_t::replace));
    const auto sealed = crypto::seal(plain.reveal(), key, row.context());
    Statement upsert(
        db_,
        "INSERT INTO profile(name, salt, sealed, has_answers, ends_on, saved_ms) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT(name) DO UPDATE SET salt = excluded.salt, sealed = excluded.sealed, "
        "has_answers = excluded.has_answers, ends_on = excluded.ends_on, saved_ms = excluded.saved_ms");
    return upsert.add(row.name)
        .add(row.salt)
        .add(sealed)
        .add(row.hasAnswers ? 1 : 0)
        .add(row.endsOn)
        .add(now().ms)
        .run();
}

Result<std::optional<Profile>> Profiles::open(const CardKey& card, Date today) {
    const auto row = find(rowName(card));
    if (!row) return fail(row.error());
    if (!*row || (*row)->endsOn < today.iso())
        return std::nullopt; // ended: as good as gone until expire() removes it
    const auto key = keyOf(card, (*row)->salt);
    if (!key) return fail(key.error());
    auto profile = unseal(**row, *key);
    if (!profile) return fail(profile.error());
    return std::optional(std::move(*profile));
}

Result<void> Profiles::save(const CardKey& card, const Profile& profile, Date today, int keepDays) {
    const auto name = rowName(card);
    const auto found = find(name);
    if (!found) return fail(found.error());
    Row row = *found ? **found : Row{name, crypto::random(crypto_pwhash_SALTBYTES), {}, false, {}};
    const auto key = keyOf(card, row.salt);
    if (!key) return fail(key.error());
    Profile kept = profile;
    kept.records.clear();
    if (*found) {
        auto before = unseal(row, *key);
        if (!before) return fail(before.error());
        if (row.endsOn >= today.iso()) {
            kept.records = std::move(before->records);
            kept.keptSince = before->keptSince;
        }
    }
    if (!kept.keptSince) kept.keptSince = today;
    row.hasAnswers = true;
    row.endsOn = plusDays(today, keepDays).iso();
    return write(row, kept, *key);
}

Result<void> Profiles::erase(const CardKey& card, Date) {
    const auto name = rowName(card);
    const auto at = now();
    if (auto noted = appendErasure(erasuresPath(db_.path()), name, at); !noted) return noted;
    Transaction transaction(db_);
    if (!transaction.begun()) return transaction.begun();
    Statement note(db_, "INSERT INTO erasure(name, erased_ms) VALUES (?, ?) ON CONFLICT(name) DO UPDATE SET "
                        "erased_ms = excluded.erased_ms");
    if (auto done = note.add(name).add(at.ms).run(); !done) return done;
    Statement remove(db_, "DELETE FROM profile WHERE name = ?");
    if (auto done = remove.add(name).run(); !done) return done;
    if (auto done = Journal(db_).append(journal::ProfileErased{}, at); !done) return done;
    return transaction.commit();
}

Result<int> Profiles::expire(Date today) {
    Statement remove(db_, "DELETE FROM profile WHERE ends_on < ?");
    Transaction transaction(db_);
    auto done = transaction.begun();
    if (done) done = remove.add(today.iso()).run();
    const int gone = done ? changes(db_) : 0;
    if (done && gone > 0) done = Journal(db_).append(journal::ProfilesExpired{{count(gone)}}, now());
    if (done) done = transaction.commit();
    if (!done) return fail(done.error());
    return gone;
}

Result<void> Profiles::storeRecords(const CardKey& card, std::map<std::string, ProfileAnswer> records,
                                    Date today, int keepDays) {
    const auto name = rowName(card);
    const auto found = find(name);
    if (!found) return fail(found.error());
    Row row = *found ? **found : Row{name, crypto::random(crypto_pwhash_SALTBYTES), {}, false, {}};
    const auto key = keyOf(card, row.salt);
    if (!key) return fail(key.error());
    Profile profile;
    if (*found) {
        auto before = unseal(row, *key);
        // Records alone give way to newer records; what the person gave is not overwritten by a row that
        // cannot open it.
        if (!before && (before.error().code != Code::ProfileWrongCard || row.hasAnswers))
            return fail(before.error());
        if (before)
            profile = std::move(*before);
        else
            row.salt = crypto::random(crypto_pwhash_SALTBYTES);
    }
    const auto writeKey = keyOf(card, row.salt);
    if (!writeKey) return fail(writeKey.error());
    profile.records = std::move(records);
    if (!profile.keptSince) profile.keptSince = today;
    row.endsOn = std::max(row.endsOn, plusDays(today, keepDays).iso());
    return write(row, profile, *writeKey);
}

Result<Profiles::ImportReport> Profiles::import(const std::string& csvPath, Date today, int keepDays) {
    auto table = csv::readRecords(csvPath);
    if (!table) return fail(table.error());
    ImportReport report{table->rows, 0, std::move(table->problems)};
    for (auto& [number, record] : table->byNumber) {
        std::map<std::string, ProfileAnswer> answers;
        for (auto& [key, value] : record.values) answers[key] = {value, today};
        const auto card = CardKey::of(number, record.birthDate, record.name);
        const auto stored = storeRecords(card, std::move(answers), today, keepDays);
        if (stored)
            ++report.people;
        else if (stored.error().code == Code::ProfileWrongCard)
            report.problems.push_back(
                "line " + std::to_string(record.line) +
                ": this person keeps a profile here under another name or birth date; left as it is");
        else
            return fail(stored.error());
    }
    const journal::RecordsImported imported{{count(report.rows), count(report.people)}};
    if (auto told = Journal(db_).append(imported, now()); !told) return fail(told.error());
    return report;
}

} // namespace kiosk::store
