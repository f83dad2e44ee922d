// Numbers for the counter (số thứ tự): given each day from 1 on, with an estimate of the wait.
#pragma once

#include "app/base/result.hpp"
#include "app/base/time.hpp"
#include "app/store/db.hpp"

#include <span>

namespace kiosk::store {

/// How the office works through those who wait.
struct Service {
    int counters = 2;
    int minutes = 10; // a person
};

struct Ticket {
    int number = 1;
    int waitMinutes = 0; // estimated
};

/// Minutes until the last of those who took a number is called, if each counter takes the next person as soon
/// as it is free and every person takes as long as the next. `taken`: oldest first, at least one.
int estimatedWait(std::span<const Instant> taken, const Service& service);

/// Owned by one thread, like its connection.
class Tickets {
public:
    explicit Tickets(const Db& db) : db_(db) {}

    /// The day's next number, durable when it returns.
    Result<Ticket> take(Instant at, const Service& service);
    /// Forgets days before this one.
    Result<void> expire(Date before);

private:
    const Db& db_;
};

} // namespace kiosk::store
