// How this kiosk's dossiers stand at the office, and the figures that a city reports of them.
#pragma once

#include "app/base/time.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace kiosk::staff {

/// How one dossier of this kiosk stands at the office: codes and dates only.
struct BoardEntry {
    std::string reference, dossierCode, procedure;
    Date received;
    int status = 1;                            // as Progress
    std::optional<Date> solved, promised, due; // a result was ready; the first date promised, the newest
    bool carried = false;                      // came to the office on a memory stick
    bool operator==(const BoardEntry&) const = default;
};

/// Dossiers received within the period are looked back upon.
enum class Period { Day = 1, Week = 7, Month = 30 };
inline constexpr int boardDays = 92; // so far back the board goes

/// Has it ended, with a result (9, 10) or without one (3, 7, 8)?
bool isSolved(const BoardEntry& entry);
bool isStopped(const BoardEntry& entry);
/// Past the first date promised, solved after it or not solved yet.
bool isLate(const BoardEntry& entry, Date today);

/// As the city reports them. Late: past the first date promised, solved or not.
struct Figures {
    int received = 0, online = 0; // by the network, not on a memory stick
    int solved = 0, inTime = 0, late = 0, inProgress = 0, stopped = 0;
    int apologised = 0; // of the late ones: a new date was promised
    bool operator==(const Figures&) const = default;
};
/// Of those received within the last days of the period, today included.
Figures figuresOf(const std::vector<BoardEntry>& entries, Period period, Date today);
/// Where a dossier lies on the board's chart, which begins with the oldest one received and ends a week after
/// today, or with the last date due (two months ahead at most): 0 its first day .. 1 its end.
struct Span {
    double from = 0, to = 1;
    std::optional<double> due; // the first date promised
    bool late = false, solved = false, stopped = false;
};
struct Chart {
    Date first, last; // both within it
    double today = 1;
    std::vector<Span> spans; // an entry each
};
Chart chartOf(std::span<const BoardEntry> entries, Date today);

/// A table for spreadsheets (RFC 4180, UTF-8 with a byte order mark): a line a dossier.
std::string tableOf(const std::vector<BoardEntry>& entries, Date today);

/// What visitors thought and did, from this kiosk's own counts.
struct Opinions {
    int ratings = 0, good = 0; // of five faces, the two best
    int givenUp = 0, help = 0, problems = 0;
    int hardest = 0; // number of the screen where most of these three happened; 0: none yet
    bool operator==(const Opinions&) const = default;
};

} // namespace kiosk::staff
