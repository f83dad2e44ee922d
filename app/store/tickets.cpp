#include "app/store/tickets.hpp"

#include "app/store/sql.hpp"

#include <algorithm>
#include <vector>

namespace kiosk::store {

int estimatedWait(std::span<const Instant> taken, const Service& service) {
    const std::int64_t eachMs = service.minutes * 60'000LL;
    std::vector<std::int64_t> free(static_cast<std::size_t>(std::max(1, service.counters)), 0);
    std::int64_t called = 0;
    for (const auto& at : taken) {
        auto next = std::min_element(free.begin(), free.end());
        called = std::max(*next, at.ms);
        *next = called + eachMs;
    }
    return taken.empty() ? 0 : static_cast<int>((called - taken.back().ms + 59'999) / 60'000);
}

Result<Ticket> Tickets::take(Instant at, const Service& service) {
    const auto day = at.dateInVietnam().iso();
    std::vector<Instant> taken;
    Transaction transaction(db_);
    if (!transaction.begun()) return fail(transaction.begun().error());
    {
        Statement query(db_, "SELECT taken_ms FROM ticket WHERE day = ? ORDER BY number");
        query.add(day);
        for (;;) {
            const auto row = query.step();
            if (!row) return fail(row.error());
            if (!*row) break;
            taken.push_back({std::min(query.integer(0), at.ms)}); // a clock put back
        }
    }
    taken.push_back(at);
    const auto number = static_cast<int>(taken.size());
    Statement insert(db_, "INSERT INTO ticket(day, number, taken_ms) VALUES (?, ?, ?)");
    auto done = insert.add(day).add(std::int64_t{number}).add(at.ms).run();
    if (done) done = transaction.commit();
    if (!done) return fail(done.error());
    return Ticket{number, estimatedWait(taken, service)};
}

Result<void> Tickets::expire(Date before) {
    const auto day = before.iso();
    return Statement(db_, "DELETE FROM ticket WHERE day < ?").add(day).run();
}

} // namespace kiosk::store
