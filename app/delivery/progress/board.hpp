// How the dossiers of one kiosk stand at the office, for its staff's follow-up board: codes and dates,
// nobody's name, no notes.
#pragma once

#include "app/base/result.hpp"
#include "app/base/time.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::board {

/// At most so many in one answer, the newest.
inline constexpr std::size_t most = 500;

struct Entry {
    std::string reference, dossierCode, procedure;
    Instant receivedAt;
    int status = 1;                    // look_up::firstStatus to lastStatus
    Instant statusAt;                  // since when
    std::optional<Instant> solvedAt;   // a result was ready for the first time
    std::optional<Date> promised, due; // the first date promised, the newest
    bool carried = false;              // came on a memory stick, not by the network
};

/// JSON of schema 1, and back. Errors: OfficeGarbled, OfficeIncompatible for an answer, ParcelInvalid for a
/// question.
std::string writeQuestion(Instant since);
Result<Instant> readQuestion(std::string_view json);
std::string write(const std::vector<Entry>& entries);
Result<std::vector<Entry>> read(std::string_view json);

} // namespace kiosk::board
