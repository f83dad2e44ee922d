// The follow-up board: the city's figures, and each dossier of this kiosk on its way from received to due.
// Codes and dates only.
#include "app/screens/staff/staff_parts.hpp"

#include <algorithm>
#include <chrono>

namespace kiosk::screens {
namespace {

using staff::BoardEntry;
using staff::Period;

constexpr std::size_t shownEntries = 60;

int dayNumber(Date d) {
    const std::chrono::sys_days days =
        std::chrono::year(d.year) / static_cast<int>(d.month) / static_cast<int>(d.day);
    return static_cast<int>(days.time_since_epoch().count());
}

std::string percentOf(const View& v, int part, int whole) {
    return whole == 0
               ? "—"
               : v.ui.w("board.percent", {{"count", std::to_string((100 * part + whole / 2) / whole)}});
}

void periods(const View& v, const staff::page::Board& p) {
    auto& ui = v.ui;
    ui.beginColumns(3);
    for (const auto& [period, key] :
         {std::pair{Period::Day, "board.day"}, std::pair{Period::Week, "board.week"},
          std::pair{Period::Month, "board.month"}})
        if (ui.choice(key, ui.w(key), p.period == period)) act(v, staff::action::ShowPeriod{period});
    ui.endColumns();
}

void figures(const View& v, const staff::page::Board& p) {
    auto& ui = v.ui;
    const auto f = staff::figuresOf(*p.entries, p.period, v.flow.now.dateInVietnam());
    ui.beginPanel(f.late > f.apologised ? ui::Ui::PanelKind::Warning : ui::Ui::PanelKind::Plain);
    const auto fact = [&](const char* key, int count, const std::string& note = {}) {
        ui.fact(key, ui.w(key), std::to_string(count), note);
    };
    fact("board.received", f.received);
    fact("board.online", f.online,
         ui.w("board.of_received", {{"percent", percentOf(v, f.online, f.received)}}));
    fact("board.solved", f.solved);
    fact("board.in_time", f.inTime, ui.w("board.of_solved", {{"percent", percentOf(v, f.inTime, f.solved)}}));
    fact("board.late", f.late);
    fact("board.apologised", f.apologised,
         ui.w("board.of_late", {{"percent", percentOf(v, f.apologised, f.late)}}));
    fact("board.in_progress", f.inProgress);
    fact("board.stopped", f.stopped);
    if (const auto& o = p.opinions) {
        ui.fact("board.satisfied", ui.w("board.satisfied"), percentOf(v, o->good, o->ratings),
                ui.w("board.of_ratings", {{"count", std::to_string(o->ratings)}}));
        fact("board.given_up", o->givenUp);
        fact("board.help", o->help);
        fact("board.problems", o->problems);
        if (o->hardest != 0) {
            const auto key = "screen." + std::to_string(o->hardest);
            ui.fact("board.hardest", ui.w("board.hardest"), ui.w(key));
        }
    }
    ui.endPanel();
}

void plot(const View& v, const staff::page::Board& p) {
    if (p.period == Period::Day) return;
    auto& ui = v.ui;
    const int days = static_cast<int>(p.period), last = dayNumber(v.flow.now.dateInVietnam());
    std::vector<int> received(static_cast<std::size_t>(days));
    for (const auto& e : *p.entries)
        if (const int ago = last - dayNumber(e.received); ago >= 0 && ago < days)
            ++received[static_cast<std::size_t>(days - 1 - ago)];
    const auto dayAgo = [&](int ago) {
        return Instant{v.flow.now.ms - ago * 86'400'000LL}.dateInVietnam().vietnamese().substr(0, 5);
    };
    ui.beginPanel(ui::Ui::PanelKind::Plain);
    ui.heading("board.plot", ui.w("board.plot"));
    ui.bars("board.bars", ui.w("board.plot"), received, dayAgo(days - 1), dayAgo(0), 30);
    ui.endPanel();
}

std::string standing(const View& v, const BoardEntry& e, bool late) {
    auto words = v.ui.w("progress." + std::to_string(e.status));
    if (e.promised) words += " · " + v.ui.w("board.due", {{"date", e.promised->vietnamese()}});
    if (e.due && e.promised && *e.due > *e.promised)
        words += " · " + v.ui.w("board.new_due", {{"date", e.due->vietnamese()}});
    if (late) words += " · " + v.ui.w("board.is_late");
    return words;
}

void gantt(const View& v, const staff::page::Board& p) {
    auto& ui = v.ui;
    const auto count = std::min(shownEntries, p.entries->size());
    const auto chart = staff::chartOf(std::span(*p.entries).first(count), v.flow.now.dateInVietnam());
    ui.heading("board.dossiers", ui.w("board.dossiers"));
    if (p.entries->empty()) ui.text("board.none", ui.w("board.none"), true);
    for (std::size_t i = 0; i < count; ++i) {
        const auto& e = (*p.entries)[i];
        const auto& [from, to, due, late, solved, stopped] = chart.spans[i];
        const auto kind = stopped  ? ui::Span::Kind::Stopped
                          : late   ? ui::Span::Kind::Late
                          : solved ? ui::Span::Kind::Done
                                   : ui::Span::Kind::Running;
        const auto key = "board." + e.reference;
        ui.beginPanel(late && !solved ? ui::Ui::PanelKind::Warning : ui::Ui::PanelKind::Plain);
        ui.span(key, e.dossierCode + " · " + e.procedure, standing(v, e, late),
                {from, to, chart.today, due, kind});
        if (late && v.knowledge.office.printsPapers && p.printing != e.dossierCode &&
            ui.button(key + ".apology", ui.w("board.apology"), {.icon = ui::Icon::Printer}))
            act(v, staff::action::PrintApology{e.dossierCode});
        if (p.printing == e.dossierCode)
            ui.iconText(key + ".printing", ui::Icon::Printer, ui.w("board.apology.running"));
        ui.endPanel();
    }
}

void exporting(const View& v, const staff::page::Board& p) {
    auto& ui = v.ui;
    ui.beginPanel(ui::Ui::PanelKind::Plain);
    ui.heading("board.export", ui.w("board.export"));
    if (p.exported) ui.iconText("board.exported", ui::Icon::Check, ui.w("board.exported"));
    sticks(v, p.sticks, p.sticksKnown, "board.export.to",
           [](const std::string& folder) { return staff::action::ExportBoard{folder}; });
    ui.endPanel();
}

} // namespace

void staffPage(const View& v, const staff::page::Board& p) {
    auto& ui = v.ui;
    ui.title("staff.board.title", ui.w("staff.board"));
    if (p.trouble) {
        ui.beginPanel(ui::Ui::PanelKind::Warning);
        ui.iconText("board.trouble", ui::Icon::Warning, errorTitle(v, *p.trouble));
        ui.text("board.trouble.help", p.entries ? errorHelp(v, *p.trouble) : ui.w("board.trouble.help"));
        ui.endPanel();
    }
    if (p.printed) ui.iconText("board.apology.done", ui::Icon::Check, ui.w("board.apology.done"));
    if (!p.entries && p.trouble) {
        if (ui.button("board.again", ui.w("board.again"), {.icon = ui::Icon::Send}))
            act(v, staff::action::Open{staff::Task::Board});
        return;
    }
    if (!p.entries) return ui.progress("staff.busy", ui.w("staff.busy"), -1);
    periods(v, p);
    figures(v, p);
    plot(v, p);
    gantt(v, p);
    exporting(v, p);
}

} // namespace kiosk::screens
