// How often something happened on a day, without any identity: opinions about the kiosk, visits given up,
// help asked for, problems told.
#pragma once

#include "app/base/result.hpp"
#include "app/base/time.hpp"
#include "app/store/db.hpp"

#include <map>

namespace kiosk::store {

/// Numbers are stored: never given to something else.
enum class Counted {
    Rating = 1,  // detail: 1 very bad to 5 very good
    Reason = 2,  // detail: of a bad rating, 1 to 4
    GivenUp = 3, // detail: the screen's number
    Help = 4,    // detail: the screen's number
    Problem = 5, // detail: the number of the screen that told one
};

/// Owned by one thread, like its connection.
class Counts {
public:
    explicit Counts(const Db& db) : db_(db) {}

    /// `detail`: 0 to 999.
    Result<void> add(Counted what, int detail, Date day);
    /// By detail, of the days from `first` to `last`.
    Result<std::map<int, int>> sum(Counted what, Date first, Date last) const;
    /// Forgets days before this one.
    Result<void> expire(Date before);

private:
    const Db& db_;
};

} // namespace kiosk::store
