#include "app/intake/ledger.hpp"

#include "app/store/sql.hpp"

#include <algorithm>
#include <cstdio>

namespace kiosk::intake {
namespace {

using store::Db;
using store::Statement;

constexpr store::Migration schema[] = {{1, R"sql(
CREATE TABLE kiosk (
    id TEXT PRIMARY KEY,
    fingerprint TEXT NOT NULL UNIQUE,
    signing BLOB NOT NULL CHECK (length(signing) = 32),
    revoked INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE entry (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    content_hash TEXT NOT NULL,
    kiosk TEXT NOT NULL,
    procedure TEXT NOT NULL,
    reference TEXT NOT NULL,
    dossier_code TEXT NOT NULL UNIQUE,
    received_ms INTEGER NOT NULL,
    exported INTEGER NOT NULL DEFAULT 0,
    acknowledgement TEXT NOT NULL,
    document TEXT NOT NULL
) STRICT;
CREATE INDEX entry_not_exported ON entry (id) WHERE exported = 0;
-- Built-in numbering: one row a key, so that a repeated key gets its number back.
CREATE TABLE numbered (
    key TEXT PRIMARY KEY,
    unit TEXT NOT NULL,
    day TEXT NOT NULL,
    serial INTEGER NOT NULL,
    UNIQUE (unit, day, serial)
) STRICT;
)sql"},
                                       {2, R"sql(
-- The office's newest signed word about each kiosk's journal, and the last contradiction.
CREATE TABLE journal_witness (
    kiosk TEXT PRIMARY KEY,
    text TEXT NOT NULL DEFAULT '',
    dispute TEXT NOT NULL DEFAULT '',
    disputed_ms INTEGER
) STRICT, WITHOUT ROWID;
)sql"},
                                       {3, R"sql(
-- What staff entered about a dossier, for the applicant to look up. due: yyyy-mm-dd or empty.
CREATE TABLE status (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL REFERENCES entry(key),
    status INTEGER NOT NULL CHECK (status BETWEEN 1 AND 10),
    at_ms INTEGER NOT NULL,
    due TEXT NOT NULL,
    note TEXT NOT NULL
) STRICT;
CREATE INDEX status_by_key ON status (key, id);
CREATE INDEX entry_by_reference ON entry (reference);
-- Wrong tries at looking up; the subject is a kiosk or the hash of a code.
CREATE TABLE look_up_tries (
    subject TEXT PRIMARY KEY,
    wrong INTEGER NOT NULL,
    last_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- Signing keys of a kiosk before it was enrolled again.
CREATE TABLE kiosk_former_key (
    kiosk TEXT NOT NULL,
    signing BLOB NOT NULL CHECK (length(signing) = 32),
    PRIMARY KEY (kiosk, signing)
) STRICT, WITHOUT ROWID;
)sql"},
                                       {4, R"sql(
-- 1: no kiosk but the office's own one-stop system, which enters steps and sends no parcels.
ALTER TABLE kiosk ADD COLUMN system INTEGER NOT NULL DEFAULT 0;
CREATE INDEX entry_by_kiosk ON entry (kiosk, received_ms);
)sql"},
                                       {5, R"sql(
-- What each kiosk last told of itself (app/delivery/kiosk_state.hpp).
CREATE TABLE kiosk_state (
    kiosk TEXT PRIMARY KEY,
    heard_ms INTEGER NOT NULL,
    state TEXT NOT NULL
) STRICT, WITHOUT ROWID;
)sql"},
                                       {6, R"sql(
-- 1: brought on a memory stick, not by the network. Of earlier entries it is not known; nearly all came by
-- the network.
ALTER TABLE entry ADD COLUMN carried INTEGER NOT NULL DEFAULT 0 CHECK (carried IN (0, 1));
)sql"}};

constexpr std::string_view columns = "SELECT key, content_hash, kiosk, procedure, reference, dossier_code, "
                                     "received_ms, acknowledgement, document, carried FROM entry ";

Entry entryOf(const Statement& q, bool withDocument) {
    return {q.text(0),
            q.text(1),
            q.text(2),
            q.text(3),
            q.text(4),
            q.text(5),
            Instant{q.integer(6)},
            q.text(7),
            withDocument ? q.text(8) : std::string(),
            q.integer(9) != 0 ? Route::Carried : Route::Network};
}

Result<std::vector<Entry>> entries(Statement& query, bool withDocument) {
    std::vector<Entry> out;
    for (;;) {
        const auto row = query.step();
        if (!row) return fail(row.error());
        if (!*row) return out;
        out.push_back(entryOf(query, withDocument));
    }
}

bool readKey(const Bytes& bytes, parcel::PublicKey& key) {
    if (bytes.size() != key.size()) return false;
    std::copy(bytes.begin(), bytes.end(), key.begin());
    return true;
}

class InSqlite : public Ledger {
public:
    explicit InSqlite(std::shared_ptr<Db> db) : db_(std::move(db)) {}

    Result<void> enrol(const KioskRow& kiosk) override {
        store::Transaction transaction(*db_);
        if (!transaction.begun()) return transaction.begun();
        Statement forget(*db_, "DELETE FROM journal_witness WHERE kiosk = ?");
        if (auto done = forget.add(kiosk.id).run(); !done) return done;
        // A revoked kiosk's keys may be in strange hands.
        for (const char* sql : {"DELETE FROM kiosk_former_key WHERE kiosk IN (SELECT id FROM kiosk WHERE id "
                                "= ? AND revoked = 1)",
                                "INSERT OR IGNORE INTO kiosk_former_key SELECT id, signing FROM kiosk WHERE "
                                "id = ? AND revoked = 0"}) {
            Statement move(*db_, sql);
            if (auto done = move.add(kiosk.id).run(); !done) return done;
        }
        Statement insert(*db_, "INSERT INTO kiosk(id, fingerprint, signing, system) VALUES (?, ?, ?, ?) ON "
                               "CONFLICT(id) DO UPDATE SET "
                               "fingerprint = excluded.fingerprint, signing = excluded.signing, system = "
                               "excluded.system, revoked = 0");
        insert.add(kiosk.id)
            .add(kiosk.fingerprint)
            .add(kiosk.signing)
            .add(std::int64_t{kiosk.isSystem ? 1 : 0});
        if (auto done = insert.run(); !done) return done;
        return transaction.commit();
    }

    Result<bool> revoke(const std::string& kioskId) override {
        Statement update(*db_, "UPDATE kiosk SET revoked = 1 WHERE id = ?");
        if (auto done = update.add(kioskId).run(); !done) return fail(done.error());
        return store::changes(*db_) > 0;
    }

    Result<std::optional<KioskRow>> kioskOf(const std::string& fingerprintOrId) override {
        Statement query(
            *db_,
            "SELECT id, fingerprint, signing, revoked, system FROM kiosk WHERE fingerprint = ?1 OR id = ?1");
        const auto row = query.add(fingerprintOrId).step();
        if (!row) return fail(row.error());
        if (!*row) return std::nullopt;
        KioskRow kiosk{query.text(0), query.text(1), {}, query.integer(3) != 0, query.integer(4) != 0, {}};
        if (!readKey(query.blob(2), kiosk.signing)) return fail(Code::StoreDamaged, "kiosk key");
        Statement formers(*db_, "SELECT signing FROM kiosk_former_key WHERE kiosk = ?");
        formers.add(kiosk.id);
        for (;;) {
            const auto former = formers.step();
            if (!former) return fail(former.error());
            if (!*former) return kiosk;
            kiosk.former.emplace_back();
            if (!readKey(formers.blob(0), kiosk.former.back())) return fail(Code::StoreDamaged, "kiosk key");
        }
    }

    Result<void> add(const Entry& e) override {
        Statement insert(*db_, "INSERT INTO entry(key, content_hash, kiosk, procedure, reference, "
                               "dossier_code, received_ms, acknowledgement, "
                               "document, carried) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(key) DO "
                               "NOTHING");
        return insert.add(e.key)
            .add(e.contentHash)
            .add(e.kiosk)
            .add(e.procedure)
            .add(e.reference)
            .add(e.dossierCode)
            .add(e.receivedAt.ms)
            .add(e.acknowledgement)
            .add(e.document)
            .add(std::int64_t{e.route == Route::Carried ? 1 : 0})
            .run();
    }

    Result<std::optional<Entry>> find(const std::string& keyOrCode) override {
        Statement query(*db_, std::string(columns) + "WHERE key = ?1 OR dossier_code = ?1");
        const auto row = query.add(keyOrCode).step();
        if (!row) return fail(row.error());
        if (!*row) return std::nullopt;
        return entryOf(query, true);
    }

    Result<std::vector<Entry>> named(const std::string& codeOrReference) override {
        Statement query(*db_, std::string(columns) + "WHERE dossier_code = ?1 OR reference = ?1 ORDER BY id");
        return entries(query.add(codeOrReference), true);
    }

    Result<std::vector<Entry>> of(const std::string& kioskId, Instant since, std::size_t limit) override {
        Statement query(*db_, std::string(columns) +
                                  "WHERE kiosk = ? AND received_ms >= ? ORDER BY id DESC LIMIT ?");
        query.add(kioskId).add(since.ms).add(static_cast<std::int64_t>(limit));
        return entries(query, false);
    }

    Result<std::vector<Entry>> notExported() override {
        Statement query(*db_, std::string(columns) + "WHERE exported = 0 ORDER BY id");
        return entries(query, true);
    }

    Result<void> markExported(const std::string& key) override {
        return Statement(*db_, "UPDATE entry SET exported = 1 WHERE key = ?").add(key).run();
    }

    Result<std::vector<Entry>> list(std::size_t limit) override {
        Statement query(*db_, std::string(columns) + "ORDER BY id DESC LIMIT ?");
        query.add(static_cast<std::int64_t>(limit));
        return entries(query, false);
    }

    Result<void> addStatus(const std::string& key, const StatusRow& row) override {
        const auto due = row.due ? row.due->iso() : std::string();
        Statement insert(*db_, "INSERT INTO status(key, status, at_ms, due, note) VALUES (?, ?, ?, ?, ?)");
        return insert.add(key).add(std::int64_t{row.status}).add(row.at.ms).add(due).add(row.note).run();
    }

    Result<std::vector<StatusRow>> statuses(const std::string& key) override {
        Statement query(*db_, "SELECT status, at_ms, due, note FROM status WHERE key = ? ORDER BY id");
        query.add(key);
        std::vector<StatusRow> out;
        for (;;) {
            const auto row = query.step();
            if (!row) return fail(row.error());
            if (!*row) return out;
            out.push_back({static_cast<int>(query.integer(0)), Instant{query.integer(1)},
                           Date::fromIso(query.text(2)), query.text(3)});
        }
    }

    Result<std::vector<std::pair<std::string, std::int64_t>>>
    statusesAfter(const std::string& kioskId, std::int64_t after, std::size_t limit) override {
        Statement query(*db_,
                        "SELECT status.key, max(status.id) AS newest FROM status JOIN entry ON entry.key = "
                        "status.key WHERE entry.kiosk = ? AND status.id > ? GROUP BY status.key "
                        "ORDER BY newest LIMIT ?");
        query.add(kioskId).add(after).add(static_cast<std::int64_t>(limit));
        std::vector<std::pair<std::string, std::int64_t>> out;
        for (;;) {
            const auto row = query.step();
            if (!row) return fail(row.error());
            if (!*row) return out;
            out.emplace_back(query.text(0), query.integer(1));
        }
    }

    Result<Tries> tries(const std::string& subject) override {
        Statement query(*db_, "SELECT wrong, last_ms FROM look_up_tries WHERE subject = ?");
        const auto row = query.add(subject).step();
        if (!row) return fail(row.error());
        if (!*row) return Tries{};
        return Tries{static_cast<int>(query.integer(0)), Instant{query.integer(1)}};
    }

    Result<void> noteTries(const std::string& subject, const Tries& tries) override {
        constexpr std::int64_t month = 31LL * 86'400'000;
        store::Transaction transaction(*db_);
        if (!transaction.begun()) return transaction.begun();
        Statement forget(*db_, "DELETE FROM look_up_tries WHERE last_ms < ?");
        if (auto done = forget.add(tries.last.ms - month).run(); !done) return done;
        Statement upsert(*db_, "INSERT INTO look_up_tries(subject, wrong, last_ms) VALUES (?, ?, ?) "
                               "ON CONFLICT(subject) DO UPDATE SET wrong = excluded.wrong, "
                               "last_ms = excluded.last_ms");
        if (auto done = upsert.add(subject).add(std::int64_t{tries.wrong}).add(tries.last.ms).run(); !done)
            return done;
        return transaction.commit();
    }

    Result<void> noteState(const std::string& kioskId, const std::string& state, Instant at) override {
        Statement upsert(*db_, "INSERT INTO kiosk_state(kiosk, heard_ms, state) VALUES (?, ?, ?) "
                               "ON CONFLICT(kiosk) DO UPDATE SET heard_ms = excluded.heard_ms, "
                               "state = excluded.state");
        return upsert.add(kioskId).add(at.ms).add(state).run();
    }

    Result<std::vector<KioskHeard>> kiosks() override {
        Statement query(*db_, "SELECT id, revoked, heard_ms, state FROM kiosk LEFT JOIN kiosk_state ON "
                              "kiosk_state.kiosk = kiosk.id WHERE system = 0 ORDER BY id");
        std::vector<KioskHeard> out;
        for (;;) {
            const auto row = query.step();
            if (!row) return fail(row.error());
            if (!*row) return out;
            out.push_back({query.text(0), query.integer(1) != 0,
                           query.isNull(2) ? std::nullopt : std::optional(Instant{query.integer(2)}),
                           query.text(3)});
        }
    }

    Result<Witnessed> witnessed(const std::string& kioskId) override {
        Statement query(*db_, std::string(witnessColumns) + "WHERE kiosk = ?");
        const auto row = query.add(kioskId).step();
        if (!row) return fail(row.error());
        if (!*row) return Witnessed{kioskId, {}, {}, std::nullopt};
        return witnessedOf(query);
    }

    Result<void> witness(const std::string& kioskId, const std::string& text) override {
        Statement upsert(*db_, "INSERT INTO journal_witness(kiosk, text) VALUES (?, ?) "
                               "ON CONFLICT(kiosk) DO UPDATE SET text = excluded.text");
        return upsert.add(kioskId).add(text).run();
    }

    Result<void> dispute(const std::string& kioskId, const std::string& what, Instant at) override {
        Statement upsert(*db_, "INSERT INTO journal_witness(kiosk, dispute, disputed_ms) VALUES (?, ?, ?) "
                               "ON CONFLICT(kiosk) DO UPDATE SET dispute = excluded.dispute, "
                               "disputed_ms = excluded.disputed_ms");
        return upsert.add(kioskId).add(what).add(at.ms).run();
    }

    Result<std::vector<Witnessed>> witnessedKiosks() override {
        Statement query(*db_, std::string(witnessColumns) + "ORDER BY kiosk");
        std::vector<Witnessed> out;
        for (;;) {
            const auto row = query.step();
            if (!row) return fail(row.error());
            if (!*row) return out;
            out.push_back(witnessedOf(query));
        }
    }

private:
    static constexpr std::string_view witnessColumns =
        "SELECT kiosk, text, dispute, disputed_ms FROM journal_witness ";
    static Witnessed witnessedOf(const Statement& q) {
        return {q.text(0), q.text(1), q.text(2),
                q.isNull(3) ? std::nullopt : std::optional(Instant{q.integer(3)})};
    }

    std::shared_ptr<Db> db_;
};

class BuiltInNumbering : public CodeAllocator {
public:
    BuiltInNumbering(std::shared_ptr<Db> db, std::string unit, SerialRange serials)
        : db_(std::move(db)), unit_(std::move(unit)), serials_(serials) {}

    Result<Allocated> allocate(const std::string& key, Instant at) override {
        const Date date = at.dateInVietnam();
        char day[16];
        std::snprintf(day, sizeof day, "%02d%02u%02u", date.year % 100, date.month % 100, date.day % 100);
        {
            Statement insert(
                *db_, "INSERT INTO numbered(key, unit, day, serial) SELECT ?1, ?2, ?3, n FROM "
                      "(SELECT coalesce((SELECT max(serial) FROM numbered WHERE unit = ?2 AND day = ?3 "
                      "AND serial BETWEEN ?4 AND ?5), ?4 - 1) + 1 AS n) WHERE n <= ?5 "
                      "ON CONFLICT(key) DO NOTHING");
            insert.add(key).add(unit_).add(day);
            insert.add(std::int64_t{serials_.first}).add(std::int64_t{serials_.last});
            if (auto done = insert.run(); !done) return fail(done.error());
        }
        Statement query(*db_, "SELECT unit, day, serial FROM numbered WHERE key = ?");
        const auto row = query.add(key).step();
        if (!row) return fail(row.error());
        if (!*row)
            return fail(Code::StoreFull, "no dossier number is left today between " +
                                             std::to_string(serials_.first) + " and " +
                                             std::to_string(serials_.last) + "; see office.json, serials");
        char serial[24];
        std::snprintf(serial, sizeof serial, "%04lld", static_cast<long long>(query.integer(2)));
        return Allocated{query.text(0) + "-" + query.text(1) + "-" + serial, true};
    }

private:
    std::shared_ptr<Db> db_;
    std::string unit_;
    SerialRange serials_;
};

} // namespace

Result<SqliteLedger> openSqliteLedger(const std::string& path, const std::string& unitCode,
                                      SerialRange serials) {
    auto db = Db::open(path, Db::Mode::ReadWrite, schema);
    if (!db) return fail(db.error());
    // Shared by ledger and numbering, which live and die together in one thread.
    auto shared = std::make_shared<Db>(std::move(*db));
    return SqliteLedger{std::make_unique<InSqlite>(shared),
                        std::make_unique<BuiltInNumbering>(shared, unitCode, serials)};
}

} // namespace kiosk::intake
