#include "app/store/staff/accounts.hpp"

#include "app/base/crypto.hpp"
#include "app/base/files.hpp"
#include "app/base/log.hpp"
#include "app/base/text.hpp"
#include "app/store/sql.hpp"
#include "app/store/staff/phone_code.hpp"

#include <algorithm>
#include <filesystem>
#include <sstream>

namespace kiosk::store {
namespace {

constexpr std::size_t longestName = 40; // characters
constexpr int recovery = 0;             // its account in staff_tries

journal::AccountId who(int id) { return journal::AccountId(static_cast<std::uint16_t>(id)); }
journal::Count number(int n) { return journal::Count(static_cast<std::uint64_t>(n)); }

/// 6 to 12 digits, not all the same and not counted up or down.
bool isWeak(const std::string& pin) {
    if (pin.size() < StaffAccounts::pinLeast || pin.size() > StaffAccounts::pinMost) return true;
    if (!std::all_of(pin.begin(), pin.end(), [](char c) { return c >= '0' && c <= '9'; })) return true;
    const auto steps = [&pin](int by) {
        for (std::size_t i = 1; i < pin.size(); ++i)
            if (pin[i] - pin[i - 1] != by) return false;
        return true;
    };
    return steps(0) || steps(1) || steps(-1);
}

/// Five groups of four letters and digits that are not mistaken for each other: 100 bits.
std::string newRecoveryCode() {
    constexpr std::string_view alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZZ"; // 32, Z twice
    std::string code;
    for (const auto byte : crypto::random(20)) {
        if (code.size() % 5 == 4) code += '-';
        code += alphabet[byte % alphabet.size()];
    }
    return code;
}

/// As people type it.
std::string bareCode(const std::string& typed) {
    std::string bare;
    for (const char c : text::upper(typed))
        if (c != '-' && c != ' ') bare += c;
    return bare;
}

/// So that a PIN is never taken for a card.
const std::string cardPrefix = "card|";

std::string phoneContext(int id) { return "staff-phone|" + std::to_string(id); }

StaffAccount accountOf(const Statement& row) {
    return {static_cast<int>(row.integer(0)),
            row.text(1),
            static_cast<StaffRole>(row.integer(2)),
            row.integer(3) >= StaffAccounts::triesMost,
            row.integer(4) != 0,
            row.integer(5) != 0};
}

constexpr std::string_view accounts =
    "SELECT id, name, role, coalesce(wrong, 0), code_key <> x'', card <> '' "
    "FROM staff LEFT JOIN staff_tries ON account = id "
    "WHERE active = 1 ";

} // namespace

std::string triesPath(const std::string& databasePath) { return databasePath + ".tries"; }

StaffAccounts::StaffAccounts(Db& db, Secret<Bytes> deviceKey)
    : db_(db), deviceKey_(std::move(deviceKey)), journal_(db) {}

Result<std::vector<StaffAccount>> StaffAccounts::list() const {
    Statement query(db_, std::string(accounts) + "ORDER BY name");
    std::vector<StaffAccount> all;
    for (;;) {
        const auto row = query.step();
        if (!row) return fail(row.error());
        if (!*row) return all;
        all.push_back(accountOf(query));
    }
}

Result<std::optional<StaffAccount>> StaffAccounts::find(int id) const {
    Statement query(db_, std::string(accounts) + "AND id = ?");
    const auto row = query.add(id).step();
    if (!row) return fail(row.error());
    return *row ? std::optional(accountOf(query)) : std::nullopt;
}

std::string StaffAccounts::keyed(int id, std::string_view secret) const {
    auto text = "staff|" + std::to_string(id) + "|" + std::string(secret);
    const auto digest = crypto::hash(text, deviceKey_.reveal());
    wipe(text.data(), text.size());
    return crypto::hex(digest);
}

Result<void> StaffAccounts::checkName(const std::string& name) const {
    if (text::trim(name) != name || name.empty() || text::length(name) > longestName)
        return fail(Code::StaffNameTaken, "1 to 40 characters");
    Statement query(db_, "SELECT 1 FROM staff WHERE active = 1 AND name = ?");
    const auto row = query.add(name).step();
    if (!row) return fail(row.error());
    return *row ? Result<void>(fail(Code::StaffNameTaken)) : Result<void>();
}

Result<int> StaffAccounts::insert(const std::string& name, StaffRole role, const Secret<std::string>& pin,
                                  Instant at) {
    if (auto good = checkName(name); !good) return fail(good.error());
    if (isWeak(pin.reveal())) return fail(Code::StaffPinWeak);
    Statement next(db_, "SELECT coalesce(max(id), 0) + 1 FROM staff");
    const auto row = next.step();
    if (!row) return fail(row.error());
    const auto id = static_cast<int>(next.integer(0));
    Statement insert(db_, "INSERT INTO staff(id, name, role, pin, added_ms) VALUES (?, ?, ?, ?, ?)");
    const auto kept = crypto::passwordHash(keyed(id, pin.reveal()));
    const auto done = insert.add(id).add(name).add(static_cast<int>(role)).add(kept).add(at.ms).run();
    if (!done) return fail(done.error());
    return id;
}

Result<std::string> StaffAccounts::createFirst(const std::string& name, const Secret<std::string>& pin,
                                               Instant at) {
    Transaction transaction(db_);
    if (!transaction.begun()) return fail(transaction.begun().error());
    const auto there = list();
    if (!there) return fail(there.error());
    if (!there->empty()) return fail(Code::StaffNotAllowed, "there are accounts already");
    const auto id = insert(name, StaffRole::Administrator, pin, at);
    if (!id) return fail(id.error());
    const auto code = newRecoveryCode();
    Statement keep(db_, "INSERT OR REPLACE INTO staff_recovery(only, code) VALUES (1, ?)");
    const auto kept = crypto::passwordHash(keyed(recovery, bareCode(code)));
    auto done = keep.add(kept).run();
    if (done)
        done = journal_.append(
            journal::StaffAdded{{number(*id), number(static_cast<int>(StaffRole::Administrator))}}, at,
            who(*id));
    if (done) done = transaction.commit();
    if (!done) return fail(done.error());
    return code;
}

Result<StaffAccounts::Tries> StaffAccounts::triesOf(int id) const {
    Statement query(db_, "SELECT wrong, tried_ms FROM staff_tries WHERE account = ?");
    const auto row = query.add(id).step();
    if (!row) return fail(row.error());
    return *row ? Tries{static_cast<int>(query.integer(0)), Instant{query.integer(1)}} : Tries{};
}

Result<void> StaffAccounts::keepTries(int id, const Tries& tries) {
    Statement keep(db_, "INSERT OR REPLACE INTO staff_tries(account, wrong, tried_ms) VALUES (?, ?, ?)");
    return keep.add(id).add(tries.wrong).add(tries.at.ms).run();
}

/// Commits, and brings the file beside the database up to it.
Result<void> StaffAccounts::commitTries(Transaction& transaction) {
    if (auto done = transaction.commit(); !done) return done;
    Statement all(db_, "SELECT account, wrong, tried_ms FROM staff_tries ORDER BY account");
    std::string lines;
    for (;;) {
        const auto row = all.step();
        if (!row) return fail(row.error());
        if (!*row) break;
        lines += std::to_string(all.integer(0)) + " " + std::to_string(all.integer(1)) + " " +
                 std::to_string(all.integer(2)) + "\n";
    }
    return files::writeDurably(triesPath(db_.path()), lines);
}

Result<void> StaffAccounts::replayTries(const Db& db) {
    const auto path = triesPath(db.path());
    if (!std::filesystem::exists(path)) return {};
    const auto content = files::read(path, 1U << 20);
    if (!content) return fail(content.error());
    std::istringstream lines{std::string(files::asText(*content))};
    std::int64_t account = 0, wrong = 0, at = 0;
    while (lines >> account >> wrong >> at) {
        // The database's own count is the newer one after a crash between the two.
        Statement keep(db, "INSERT INTO staff_tries(account, wrong, tried_ms) VALUES (?, ?, ?) "
                           "ON CONFLICT(account) DO UPDATE SET wrong = excluded.wrong, "
                           "tried_ms = excluded.tried_ms WHERE excluded.tried_ms > tried_ms OR "
                           "(excluded.tried_ms = tried_ms AND excluded.wrong > wrong)");
        if (auto done = keep.add(account).add(wrong).add(at).run(); !done) return done;
    }
    return {};
}

SignInVerdict StaffAccounts::verdictAfter(int wrong, Instant at) const {
    SignInVerdict verdict;
    verdict.locked = wrong >= triesMost;
    if (!verdict.locked) verdict.waitUntil = patience.end(wrong, at);
    verdict.triesLeft = std::max(patience.free - wrong, 1);
    return verdict;
}

Result<std::optional<SignInVerdict>> StaffAccounts::count(int id, Instant at) {
    Transaction transaction(db_);
    if (!transaction.begun()) return fail(transaction.begun().error());
    auto tries = triesOf(id);
    if (!tries) return fail(tries.error());
    auto verdict = verdictAfter(tries->wrong, tries->at);
    if (verdict.locked) return verdict;
    if (verdict.waitUntil && at < tries->at) {
        // The clock was put back: the wait begins anew, instead of lasting until the old time comes again.
        tries->at = at;
        auto kept = keepTries(id, *tries);
        if (kept) kept = commitTries(transaction);
        if (!kept) return fail(kept.error());
        return verdictAfter(tries->wrong, at);
    }
    if (verdict.waitUntil && at < *verdict.waitUntil) return verdict;
    auto done = keepTries(id, {tries->wrong + 1, at});
    if (done) done = commitTries(transaction);
    if (!done) return fail(done.error());
    return std::nullopt;
}

Result<StaffAccounts::Proof> StaffAccounts::prove(int id, const Secret<std::string>& pin,
                                                  const std::string& code, Instant at) const {
    Statement query(db_, "SELECT pin, code_key, code_step, card FROM staff WHERE id = ? AND active = 1");
    const auto row = query.add(id).step();
    if (!row) return fail(row.error());
    if (!*row) return Proof{};
    Proof proof{crypto::passwordMatches(query.text(0), keyed(id, pin.reveal())), query.integer(2)};
    if (const auto card = query.text(3); !card.empty())
        proof.right = crypto::passwordMatches(card, keyed(id, cardPrefix + code)) && proof.right;
    const auto sealed = query.blob(1);
    if (sealed.empty()) return proof;
    const auto text = crypto::unseal(sealed, deviceKey_, phoneContext(id));
    const auto key = text ? phone_code::fromText(*text) : std::nullopt;
    if (!key) return fail(Code::KeyInvalid, "the key of the account's telephone was sealed by another kiosk");
    const auto step = phone_code::stepOf(code, *key, at, proof.step);
    proof.right = proof.right && step.has_value();
    proof.step = step.value_or(proof.step);
    return proof;
}

Result<SignInVerdict> StaffAccounts::signIn(int id, const Secret<std::string>& pin, const std::string& code,
                                            Instant at) {
    const auto account = find(id);
    if (!account) return fail(account.error());
    if (!*account) return fail(Code::StaffNotAllowed, "no such account");
    const auto stopped = count(id, at);
    if (!stopped) return fail(stopped.error());
    if (*stopped) return **stopped;
    const auto tries = triesOf(id);
    if (!tries) return fail(tries.error());
    const auto proof = prove(id, pin, code, at);
    if (!proof) return fail(proof.error());
    const bool right = proof->right;
    Transaction transaction(db_);
    auto done = transaction.begun();
    if (done && right) done = keepTries(id, {0, at});
    if (done && right)
        done = Statement(db_, "UPDATE staff SET code_step = ? WHERE id = ?").add(proof->step).add(id).run();
    if (done)
        done = right ? journal_.append(journal::StaffSignedIn{}, at, who(id))
                     : journal_.append(journal::StaffRefused{{number(tries->wrong)}}, at, who(id));
    if (done) done = commitTries(transaction);
    if (!done) return fail(done.error());
    auto verdict = verdictAfter(right ? 0 : tries->wrong, at);
    if (right) verdict.account = **account;
    return verdict;
}

void StaffAccounts::signedOut(int id, Instant at) {
    if (auto told = journal_.append(journal::StaffSignedOut{}, at, who(id)); !told)
        log::warn("journal", told.error());
}

Result<void> StaffAccounts::add(int by, const std::string& name, StaffRole role,
                                const Secret<std::string>& pin, Instant at) {
    Transaction transaction(db_);
    if (!transaction.begun()) return transaction.begun();
    const auto id = insert(name, role, pin, at);
    if (!id) return fail(id.error());
    auto done =
        journal_.append(journal::StaffAdded{{number(*id), number(static_cast<int>(role))}}, at, who(by));
    if (done) done = transaction.commit();
    return done;
}

Result<void> StaffAccounts::writePin(int id, const Secret<std::string>& pin) {
    if (isWeak(pin.reveal())) return fail(Code::StaffPinWeak);
    Statement update(db_, "UPDATE staff SET pin = ? WHERE id = ? AND active = 1");
    const auto kept = crypto::passwordHash(keyed(id, pin.reveal()));
    if (auto done = update.add(kept).add(id).run(); !done) return done;
    return changes(db_) == 1 ? Result<void>() : fail(Code::StaffNotAllowed, "no such account");
}

Result<void> StaffAccounts::writeSecondFactor(int id, const Secret<Bytes>& key, std::int64_t step,
                                              const std::string& card) {
    const auto sealed = key.reveal().empty()
                            ? Bytes()
                            : crypto::seal(phone_code::asText(key).reveal(), deviceKey_, phoneContext(id));
    Statement update(db_,
                     "UPDATE staff SET code_key = ?, code_step = ?, card = ? WHERE id = ? AND active = 1");
    if (auto done = update.add(sealed).add(step).add(card).add(id).run(); !done) return done;
    return changes(db_) == 1 ? Result<void>() : fail(Code::StaffNotAllowed, "no such account");
}

Result<void> StaffAccounts::addPhone(int id, const Secret<Bytes>& key, const std::string& code, Instant at) {
    const auto step = phone_code::stepOf(code, key, at, 0);
    if (!step) return fail(Code::StaffCodeWrong);
    Transaction transaction(db_);
    auto done = transaction.begun();
    if (done) done = writeSecondFactor(id, key, *step, {});
    if (done) done = journal_.append(journal::StaffPhoneAdded{}, at, who(id));
    if (done) done = transaction.commit();
    return done;
}

Result<void> StaffAccounts::addCard(int id, const std::string& code, Instant at) {
    const auto kept = crypto::passwordHash(keyed(id, cardPrefix + code));
    Transaction transaction(db_);
    auto done = transaction.begun();
    if (done) done = writeSecondFactor(id, {}, 0, kept);
    if (done) done = journal_.append(journal::StaffCardAdded{}, at, who(id));
    if (done) done = transaction.commit();
    return done;
}

Result<void> StaffAccounts::removeSecondFactor(int by, int id, Instant at) {
    const auto account = find(id);
    if (!account) return fail(account.error());
    Transaction transaction(db_);
    auto done = transaction.begun();
    if (done) done = writeSecondFactor(id, {}, 0, {});
    if (done && *account && (*account)->card)
        done = journal_.append(journal::StaffCardRemoved{{number(id)}}, at, who(by));
    else if (done)
        done = journal_.append(journal::StaffPhoneRemoved{{number(id)}}, at, who(by));
    if (done) done = transaction.commit();
    return done;
}

Result<void> StaffAccounts::setPin(int by, int id, const Secret<std::string>& pin, Instant at) {
    Transaction transaction(db_);
    auto done = transaction.begun();
    if (done) done = writePin(id, pin);
    if (done) done = keepTries(id, {0, at});
    if (done) done = journal_.append(journal::StaffPinSet{{number(id)}}, at, who(by));
    if (done) done = commitTries(transaction);
    return done;
}

Result<void> StaffAccounts::remove(int by, int id, Instant at) {
    Transaction transaction(db_);
    if (!transaction.begun()) return transaction.begun();
    const auto there = list();
    if (!there) return fail(there.error());
    const auto others = std::count_if(there->begin(), there->end(), [id](const StaffAccount& a) {
        return a.id != id && a.role == StaffRole::Administrator;
    });
    if (others == 0) return fail(Code::StaffLastAdministrator);
    Statement update(db_, "UPDATE staff SET active = 0, pin = '', code_key = x'', card = '' "
                          "WHERE id = ? AND active = 1");
    auto done = update.add(id).run();
    if (done) done = journal_.append(journal::StaffRemoved{{number(id)}}, at, who(by));
    if (done) done = transaction.commit();
    return done;
}

Result<SignInVerdict> StaffAccounts::recover(const Secret<std::string>& code, int id,
                                             const Secret<std::string>& pin, Instant at) {
    const auto account = find(id);
    if (!account) return fail(account.error());
    if (!*account || (*account)->role != StaffRole::Administrator)
        return fail(Code::StaffNotAllowed, "not an administrator");
    if (isWeak(pin.reveal())) return fail(Code::StaffPinWeak);
    // A code of 100 bits is not guessed, so the wait is enough: it is never locked.
    const auto stopped = count(recovery, at);
    if (!stopped) return fail(stopped.error());
    if (*stopped && !(*stopped)->locked) return **stopped;
    Statement query(db_, "SELECT code FROM staff_recovery");
    const auto row = query.step();
    if (!row) return fail(row.error());
    const bool right =
        *row && crypto::passwordMatches(query.text(0), keyed(recovery, bareCode(code.reveal())));
    const auto tries = triesOf(recovery);
    if (!tries) return fail(tries.error());
    Transaction transaction(db_);
    auto done = transaction.begun();
    if (done && right) done = writePin(id, pin);
    if (done && right) done = writeSecondFactor(id, {}, 0, {});
    if (done && right) done = keepTries(id, {0, at});
    if (done && right) done = keepTries(recovery, {0, at});
    if (done)
        done = right ? journal_.append(journal::StaffRecovered{}, at, who(id))
                     : journal_.append(journal::StaffRefused{{number(tries->wrong)}}, at);
    if (done) done = commitTries(transaction);
    if (!done) return fail(done.error());
    auto verdict = verdictAfter(right ? 0 : tries->wrong, at);
    if (right) verdict.account = StaffAccount{id, (*account)->name, (*account)->role, false, false};
    return verdict;
}

} // namespace kiosk::store
