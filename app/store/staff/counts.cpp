#include "app/store/staff/counts.hpp"

#include "app/store/sql.hpp"

namespace kiosk::store {

Result<void> Counts::add(Counted what, int detail, Date day) {
    Statement upsert(db_, "INSERT INTO counts(day, what, detail, n) VALUES (?, ?, ?, 1) "
                          "ON CONFLICT(day, what, detail) DO UPDATE SET n = n + 1");
    const auto on = day.iso();
    return upsert.add(on).add(static_cast<std::int64_t>(what)).add(std::int64_t{detail}).run();
}

Result<std::map<int, int>> Counts::sum(Counted what, Date first, Date last) const {
    Statement query(
        db_, "SELECT detail, sum(n) FROM counts WHERE what = ? AND day BETWEEN ? AND ? GROUP BY detail");
    const auto from = first.iso(), to = last.iso();
    query.add(static_cast<std::int64_t>(what)).add(from).add(to);
    std::map<int, int> out;
    for (;;) {
        const auto row = query.step();
        if (!row) return fail(row.error());
        if (!*row) return out;
        out[static_cast<int>(query.integer(0))] = static_cast<int>(query.integer(1));
    }
}

Result<void> Counts::expire(Date before) {
    Statement forget(db_, "DELETE FROM counts WHERE day < ?");
    const auto day = before.iso();
    return forget.add(day).run();
}

} // namespace kiosk::store
