#include "app/store/queue/outbox.hpp"

#include "app/store/sql.hpp"

// What is only asked of the outbox; a read-only Db serves these beside a running kiosk.
namespace kiosk::store {
namespace {

constexpr std::string_view parcelColumns =
    "SELECT key, reference, procedure, bytes, subject, created_ms, attempts FROM outbox ";

QueuedParcel parcelOf(const Statement& query) {
    return {query.text(0),
            query.text(1),
            query.text(2),
            query.blob(3),
            query.text(4),
            Instant{query.integer(5)},
            static_cast<int>(query.integer(6))};
}

QueueRow rowOf(const Statement& query) {
    QueueRow row{query.text(0), query.text(1),
                 query.text(2), query.text(3),
                 query.text(4), Instant{query.integer(5)},
                 std::nullopt,  static_cast<int>(query.integer(7)),
                 query.text(8)};
    if (row.state == "queued") row.nextTry = Instant{query.integer(6)};
    return row;
}

constexpr std::string_view rowColumns = "SELECT reference, procedure, state, dossier_code, reason, "
                                        "created_ms, next_try_ms, attempts, key FROM outbox ";

} // namespace

Result<std::optional<QueuedParcel>> Outbox::next(Instant now) const {
    Statement query(db_, std::string(parcelColumns) +
                             "WHERE state = 'queued' AND next_try_ms <= ? ORDER BY created_ms, id LIMIT 1");
    const auto row = query.add(now.ms).step();
    if (!row) return fail(row.error());
    if (!*row) return std::nullopt;
    return parcelOf(query);
}

Result<std::optional<Instant>> Outbox::nextDue() const {
    Statement query(db_, "SELECT min(next_try_ms) FROM outbox WHERE state = 'queued'");
    const auto row = query.step();
    if (!row) return fail(row.error());
    if (query.isNull(0)) return std::nullopt;
    return Instant{query.integer(0)};
}

Result<std::optional<QueuedParcel>> Outbox::find(const std::string& key) const {
    Statement query(db_, std::string(parcelColumns) + "WHERE key = ?");
    const auto row = query.add(key).step();
    if (!row) return fail(row.error());
    if (!*row) return std::nullopt;
    return parcelOf(query);
}

Result<void> Outbox::eachUnacknowledged(const std::function<Result<void>(const QueuedParcel&)>& visit) const {
    Statement query(db_,
                    std::string(parcelColumns) + "WHERE state <> 'acknowledged' ORDER BY created_ms, id");
    for (;;) {
        const auto row = query.step();
        if (!row) return fail(row.error());
        if (!*row) return {};
        if (auto done = visit(parcelOf(query)); !done) return done;
    }
}

Result<std::optional<QueueRow>> Outbox::findSubject(const std::string& subject, Instant since) const {
    if (subject.empty()) return std::nullopt;
    Statement query(db_,
                    std::string(rowColumns) +
                        "WHERE subject = ? AND created_ms >= ? ORDER BY created_ms DESC, id DESC LIMIT 1");
    const auto row = query.add(subject).add(since.ms).step();
    if (!row) return fail(row.error());
    if (!*row) return std::nullopt;
    return rowOf(query);
}

Result<QueueCounts> Outbox::counts() const {
    QueueCounts counts;
    Statement query(db_, "SELECT state, count(*), min(created_ms) FROM outbox GROUP BY state");
    for (;;) {
        const auto row = query.step();
        if (!row) return fail(row.error());
        if (!*row) return counts;
        const auto state = query.text(0);
        const int n = static_cast<int>(query.integer(1));
        if (state == "refused") counts.refused = n;
        if (state == "acknowledged") counts.acknowledged = n;
        if (state != "queued") continue;
        counts.queued = n;
        counts.oldestQueued = Instant{query.integer(2)};
    }
}

Result<std::vector<QueueRow>> Outbox::rows(std::size_t limit) const {
    std::vector<QueueRow> rows;
    Statement query(db_, std::string(rowColumns) + "ORDER BY created_ms DESC, id DESC LIMIT ?");
    query.add(static_cast<std::int64_t>(limit));
    for (;;) {
        const auto row = query.step();
        if (!row) return fail(row.error());
        if (!*row) return rows;
        rows.push_back(rowOf(query));
    }
}

} // namespace kiosk::store
