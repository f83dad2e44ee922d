// The follow-up board: this kiosk's dossiers, which are late, and the figures the city asks for.
#include "app/flow/staff/desk.hpp"

#include <algorithm>

namespace kiosk {
namespace staff {
namespace {

std::chrono::sys_days daysOf(Date d) {
    return std::chrono::year(d.year) / static_cast<int>(d.month) / static_cast<int>(d.day);
}

std::string cell(std::string_view text) {
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
    std::string out = "\"";
    for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + "\"";
}

std::string isoOrNothing(const std::optional<Date>& date) { return date ? date->iso() : std::string(); }

} // namespace

bool isSolved(const BoardEntry& e) { return e.status == 9 || e.status == 10; }
bool isStopped(const BoardEntry& e) { return e.status == 3 || e.status == 7 || e.status == 8; }

bool isLate(const BoardEntry& e, Date today) {
    if (!e.promised || isStopped(e)) return false;
    return (isSolved(e) && e.solved ? *e.solved : today) > *e.promised;
}

Figures figuresOf(const std::vector<BoardEntry>& entries, Period period, Date today) {
    const auto first = daysOf(today) - std::chrono::days(static_cast<int>(period) - 1);
    Figures f;
    for (const auto& e : entries) {
        if (daysOf(e.received) < first || e.received > today) continue;
        const bool late = isLate(e, today);
        ++f.received;
        f.online += e.carried ? 0 : 1;
        f.solved += isSolved(e) ? 1 : 0;
        f.stopped += isStopped(e) ? 1 : 0;
        f.inProgress += isSolved(e) || isStopped(e) ? 0 : 1;
        f.inTime += isSolved(e) && !late ? 1 : 0;
        f.late += late ? 1 : 0;
        f.apologised += late && e.due && *e.due > *e.promised ? 1 : 0;
    }
    return f;
}

Chart chartOf(std::span<const BoardEntry> entries, Date today) {
    using std::chrono::days;
    const auto now = daysOf(today);
    auto first = now - days(7), end = now + days(7);
    for (const auto& e : entries) {
        first = std::min(first, daysOf(e.received));
        if (e.due) end = std::max(end, std::min(daysOf(*e.due) + days(1), now + days(60)));
    }
    const auto place = [&](Date d) {
        return static_cast<double>((daysOf(d) - first).count()) / static_cast<double>((end - first).count());
    };
    const auto date = [](std::chrono::sys_days d) {
        const std::chrono::year_month_day ymd(d);
        return Date{static_cast<int>(ymd.year()), static_cast<unsigned>(ymd.month()),
                    static_cast<unsigned>(ymd.day())};
    };
    Chart chart{date(first), date(end - days(1)), place(today), {}};
    for (const auto& e : entries) {
        Span span{place(e.received), place(isSolved(e) && e.solved ? *e.solved : today),
                  std::nullopt,      isLate(e, today),
                  isSolved(e),       isStopped(e)};
        if (e.promised) span.due = place(*e.promised);
        chart.spans.push_back(span);
    }
    return chart;
}

std::string tableOf(const std::vector<BoardEntry>& entries, Date today) {
    std::string out = "\xEF\xBB\xBF";
    const auto line = [&out](const std::vector<std::string>& cells) {
        for (std::size_t i = 0; i < cells.size(); ++i) out += (i == 0 ? "" : ",") + cell(cells[i]);
        out += "\r\n";
    };
    line({"reference", "dossier_code", "procedure", "received", "status", "promised", "due", "solved", "late",
          "online"});
    for (const auto& e : entries)
        line({e.reference, e.dossierCode, e.procedure, e.received.iso(), std::to_string(e.status),
              isoOrNothing(e.promised), isoOrNothing(e.due), isoOrNothing(e.solved),
              isLate(e, today) ? "1" : "0", e.carried ? "0" : "1"});
    return out;
}

} // namespace staff

namespace {

using staff::pageOf;

/// Late ones first; then what is due next; what has ended last.
bool isMoreUrgent(const staff::BoardEntry& a, const staff::BoardEntry& b, Date today) {
    const auto rank = [today](const staff::BoardEntry& e) {
        const bool ended = staff::isSolved(e) || staff::isStopped(e);
        return ended ? 3 : staff::isLate(e, today) ? 0 : e.due ? 1 : 2;
    };
    if (rank(a) != rank(b)) return rank(a) < rank(b);
    if (a.due != b.due) return a.due.value_or(Date{9999, 1, 1}) < b.due.value_or(Date{9999, 1, 1});
    return a.received > b.received;
}

} // namespace

void openBoard(Step& s) {
    constexpr std::int64_t day = 86'400'000;
    s.at<screen::Staff>()->page = staff::page::Board{};
    staff::ask(s, staff::request::ReadBoard{Instant{s.flow.now.ms - staff::boardDays * day}});
    staff::ask(s, staff::request::ReadOpinions{});
}

void on(Step& s, const staff::answer::Board& a) {
    auto* board = pageOf<staff::page::Board>(s);
    if (board == nullptr) return;
    board->entries = a.entries;
    std::stable_sort(board->entries->begin(), board->entries->end(),
                     [today = s.today()](const auto& x, const auto& y) { return isMoreUrgent(x, y, today); });
}

void on(Step& s, const staff::action::ShowPeriod& a) {
    auto* board = pageOf<staff::page::Board>(s);
    if (board == nullptr) return;
    board->period = a.period;
    board->opinions.reset();
    staff::ask(s, staff::request::ReadOpinions{a.period});
}

/// Addressed by the dossier's code: the kiosk knows no names. The named letter is the office's (kiosk-intake
/// paper).
void on(Step& s, const staff::action::PrintApology& a) {
    auto* board = pageOf<staff::page::Board>(s);
    if (board == nullptr || !board->entries || staff::whoMay(s, staff::Task::Board) == 0 ||
        !s.knowledge.office.printsPapers)
        return;
    for (const auto& e : *board->entries) {
        if (e.dossierCode != a.dossierCode || !staff::isLate(e, s.today())) continue;
        const auto known = s.knowledge.procedures.find(e.procedure);
        const auto* listed = s.knowledge.catalogue.find(e.procedure);
        const auto name = known != s.knowledge.procedures.end() ? known->second.name.vi
                          : listed != nullptr                   ? listed->name
                                                                : e.procedure;
        const bool later = e.due && *e.due > *e.promised;
        board->printing = e.dossierCode;
        board->printed = false;
        board->trouble.reset();
        s.effect(effect::PrintApology{e.dossierCode, e.procedure, name, e.received, *e.promised,
                                      later ? e.due : std::nullopt});
        return;
    }
}

void staffPaperPrinted(Step& s, const event::PaperPrinted& e) {
    using Test = staff::page::Devices::Test;
    if (auto* devices = pageOf<staff::page::Devices>(s);
        devices != nullptr && devices->paper.state == Test::State::Printing)
        devices->paper = {e.trouble ? Test::State::Failed : Test::State::Printed, e.trouble};
    auto* board = pageOf<staff::page::Board>(s);
    if (board == nullptr) return;
    board->printed = !e.trouble;
    board->printing.clear();
    board->trouble = e.trouble;
}

void on(Step& s, const staff::action::ExportBoard& a) {
    auto* board = pageOf<staff::page::Board>(s);
    const int by = staff::whoMay(s, staff::Task::Board);
    if (board == nullptr || !board->entries || by == 0) return;
    board->exported = false;
    board->trouble.reset();
    staff::ask(s, staff::request::WriteBoard{by, a.folder, s.knowledge.office.name, s.today(), board->period,
                                             *board->entries, board->opinions});
}

void on(Step& s, const staff::answer::Opinions& a) {
    if (auto* board = pageOf<staff::page::Board>(s)) board->opinions = a.of;
}

void on(Step& s, const staff::answer::TableWritten&) {
    if (auto* journal = pageOf<staff::page::Journal>(s)) journal->exported = true;
    if (auto* board = pageOf<staff::page::Board>(s)) board->exported = true;
}

} // namespace kiosk
