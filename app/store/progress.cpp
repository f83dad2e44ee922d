#include "app/store/progress.hpp"

#include "app/store/sql.hpp"

namespace kiosk::store {

Result<std::int64_t> ProgressStore::askedUpTo() const {
    Statement query(db_, "SELECT up_to FROM progress_asked");
    const auto row = query.step();
    if (!row) return fail(row.error());
    return *row ? query.integer(0) : 0;
}

Result<void> ProgressStore::keep(const std::vector<std::pair<std::string, Bytes>>& news, std::int64_t upTo,
                                 Instant at) {
    Transaction transaction(db_);
    auto done = transaction.begun();
    for (const auto& [reference, sealed] : news) {
        if (!done) return done;
        Statement upsert(db_, "INSERT INTO progress(reference, sealed, kept_ms) VALUES (?, ?, ?) "
                              "ON CONFLICT(reference) DO UPDATE SET sealed = excluded.sealed, "
                              "kept_ms = excluded.kept_ms");
        done = upsert.add(reference).add(sealed).add(at.ms).run();
    }
    if (!done) return done;
    Statement asked(db_, "INSERT INTO progress_asked(only, up_to) VALUES (1, ?) "
                         "ON CONFLICT(only) DO UPDATE SET up_to = excluded.up_to");
    done = asked.add(upTo).run();
    if (done) done = transaction.commit();
    return done;
}

Result<std::optional<SealedProgress>> ProgressStore::find(const std::string& reference, Instant now) {
    Statement query(db_, "SELECT sealed, kept_ms, wrong, wrong_ms FROM progress WHERE reference = ?");
    const auto row = query.add(reference).step();
    if (!row) return fail(row.error());
    if (!*row) return std::nullopt;
    SealedProgress found{query.blob(0), Instant{query.integer(1)}, std::nullopt};
    const auto wrong = query.integer(2);
    auto at = query.integer(3);
    if (at > now.ms) { // the clock was put back: the wait begins anew, instead of lasting until the old time
        at = now.ms;
        Statement anew(db_, "UPDATE progress SET wrong_ms = ? WHERE reference = ?");
        if (auto done = anew.add(at).add(reference).run(); !done) return fail(done.error());
    }
    if (const auto end = patience.end(wrong, Instant{at}); end && now < *end) found.notBefore = end;
    return found;
}

Result<void> ProgressStore::countTry(const std::string& reference, Instant now) {
    Statement count(db_, "UPDATE progress SET wrong = wrong + 1, wrong_ms = ? WHERE reference = ?");
    return count.add(now.ms).add(reference).run();
}

Result<void> ProgressStore::opened(const std::string& reference) {
    return Statement(db_, "UPDATE progress SET wrong = 0 WHERE reference = ?").add(reference).run();
}

Result<void> ProgressStore::expire(Instant before) {
    return Statement(db_, "DELETE FROM progress WHERE kept_ms < ?").add(before.ms).run();
}

} // namespace kiosk::store
