#include "app/store/journal/journal.hpp"

#include "app/base/files.hpp"
#include "app/store/sql.hpp"

#include <algorithm>
#include <filesystem>
#include <sqlite3.h>

namespace kiosk::store {

using journal::Attestation;
using journal::Hash;
using journal::Head;
using journal::Row;

namespace {

constexpr std::string_view columns = "SELECT sequence, at_ms, account, kind, body, hash FROM journal ";

Hash hashOf(const Bytes& bytes) {
    Hash hash{}; // another length than 32 stays zeros and matches nothing
    if (bytes.size() == hash.size()) std::copy(bytes.begin(), bytes.end(), hash.begin());
    return hash;
}

Row rowOf(const Statement& q) {
    return {q.integer(0), Instant{q.integer(1)}, q.integer(2), q.integer(3), q.text(4), hashOf(q.blob(5))};
}

} // namespace

Result<void> Journal::append(const journal::Event& event, Instant at, journal::AccountId by) {
    if (sqlite3_get_autocommit(db_.handle()) == 0) return appendHere(event, at, by);
    Transaction transaction(db_);
    auto done = transaction.begun();
    if (done) done = appendHere(event, at, by);
    if (done) done = transaction.commit();
    return done;
}

Result<void> Journal::appendHere(const journal::Event& event, Instant at, journal::AccountId by) {
    const auto before = head();
    if (!before) return fail(before.error());
    const Row row{before->sequence + 1,   at, by.value(), static_cast<std::int64_t>(journal::kindOf(event)),
                  journal::bodyOf(event), {}};
    const auto after = journal::follow(*before, journal::linkOf(row));
    Statement insert(
        db_, "INSERT INTO journal(sequence, at_ms, account, kind, body, hash) VALUES (?, ?, ?, ?, ?, ?)");
    return insert.add(row.sequence)
        .add(row.at.ms)
        .add(row.account)
        .add(row.kind)
        .add(row.body)
        .add(after.hash)
        .run();
}

Result<void> Journal::appendIfNew(const journal::Event& event, Instant at) {
    const auto body = journal::bodyOf(event);
    {
        Statement query(db_, "SELECT body FROM journal WHERE kind = ? ORDER BY sequence DESC LIMIT 1");
        const auto row = query.add(static_cast<std::int64_t>(journal::kindOf(event))).step();
        if (!row) return fail(row.error());
        if (*row && query.text(0) == body) return {};
    }
    return append(event, at);
}

Result<Head> Journal::head() {
    {
        Statement last(db_, "SELECT sequence, hash FROM journal ORDER BY sequence DESC LIMIT 1");
        const auto row = last.step();
        if (!row) return fail(row.error());
        if (*row) return Head{last.integer(0), hashOf(last.blob(1))};
    }
    const auto root = rootHead();
    if (!root) return fail(root.error());
    return root->value_or(journal::genesis());
}

Result<std::optional<Head>> Journal::rootHead() {
    const auto text = rootText();
    if (!text) return fail(text.error());
    return journal::peekHead(*text);
}

Result<std::optional<Head>> Journal::headAt(std::int64_t sequence) {
    Statement query(db_, "SELECT hash FROM journal WHERE sequence = ?");
    const auto row = query.add(sequence).step();
    if (!row) return fail(row.error());
    if (*row) return Head{sequence, hashOf(query.blob(0))};
    const auto root = rootHead();
    if (!root) return fail(root.error());
    const auto start = root->value_or(journal::genesis());
    return start.sequence == sequence ? std::optional(start) : std::nullopt;
}

Result<std::vector<Hash>> Journal::linksAfter(std::int64_t sequence, std::size_t limit) {
    std::vector<Hash> links;
    const auto done = walk(sequence, [&](const Row& row) {
        if (links.size() == limit) return false;
        links.push_back(journal::linkOf(row));
        return true;
    });
    if (!done) return fail(done.error());
    return links;
}

Result<void> Journal::walk(std::int64_t after, const std::function<bool(const Row&)>& see) {
    Statement query(db_, std::string(columns) + "WHERE sequence > ? ORDER BY sequence");
    query.add(after);
    for (;;) {
        const auto row = query.step();
        if (!row) return fail(row.error());
        if (!*row || !see(rowOf(query))) return {};
    }
}

Result<std::string> Journal::attestation(std::string_view purpose) const {
    Statement query(db_, "SELECT text FROM journal_attestation WHERE purpose = ?");
    const auto row = query.add(purpose).step();
    if (!row) return fail(row.error());
    return *row ? query.text(0) : std::string();
}

Result<void> Journal::keep(std::string_view purpose, const std::string& text) {
    Statement upsert(db_, "INSERT INTO journal_attestation(purpose, text) VALUES (?, ?) "
                          "ON CONFLICT(purpose) DO UPDATE SET text = excluded.text");
    return upsert.add(purpose).add(text).run();
}

Result<std::string> Journal::witnessText() { return attestation("witness"); }
Result<std::string> Journal::rootText() { return attestation("root"); }
Result<void> Journal::keepRoot(const Attestation& root) { return keep("root", root.text); }

Result<void> Journal::keepWitness(const Attestation& witness) {
    if (auto done = keep("witness", witness.text); !done) return done;
    return files::writeDurably(witnessPath(db_.path()), witness.text);
}

Result<int> Journal::trim(Instant before, const Attestation& witnessed, const Secret<Bytes>& kioskKey,
                          Instant at) {
    Transaction transaction(db_);
    if (!transaction.begun()) return fail(transaction.begun().error());
    // Up to the first that is young: a clock that jumped leaves old times behind young ones.
    std::int64_t upTo = witnessed.head.sequence;
    {
        Statement young(db_, "SELECT min(sequence) FROM journal WHERE at_ms >= ?");
        const auto row = young.add(before.ms).step();
        if (!row) return fail(row.error());
        if (*row && !young.isNull(0)) upTo = std::min(upTo, young.integer(0) - 1);
    }
    const auto root = headAt(upTo);
    if (!root) return fail(root.error());
    if (!*root) return 0; // nothing that old
    Statement remove(db_, "DELETE FROM journal WHERE sequence <= ?");
    if (auto done = remove.add(upTo).run(); !done) return fail(done.error());
    const int gone = changes(db_);
    if (gone == 0) return 0;
    auto done = keepRoot(attest(journal::Purpose::Root, witnessed.kiosk, **root, at, kioskKey));
    if (done) done = append(journal::JournalTrimmed{{journal::Count(static_cast<std::uint64_t>(upTo))}}, at);
    if (done) done = transaction.commit();
    if (!done) return fail(done.error());
    return gone;
}

std::string witnessPath(const std::string& databasePath) { return databasePath + ".witness"; }

Result<std::string> readWitnessFile(const std::string& databasePath) {
    const auto path = witnessPath(databasePath);
    if (!std::filesystem::exists(path)) return std::string();
    const auto bytes = files::read(path, 4096);
    if (!bytes) return fail(bytes.error());
    return std::string(files::asText(*bytes));
}

} // namespace kiosk::store
