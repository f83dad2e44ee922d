// The journal as people read it, and whether it is still what it was.
#include "app/screens/staff/staff_parts.hpp"

#include <sstream>
#include <utility>

namespace kiosk::screens {
namespace {

std::string kindWords(const View& v, int kind) {
    const auto key = "journal.kind." + std::to_string(kind);
    return v.ui.has(key) ? v.ui.w(key) : v.ui.w("journal.kind.other");
}

/// "Language: Vietnamese → English"; of a text people typed there are only hashes, which nobody compares by
/// eye.
std::string changeWords(const View& v, const std::string& body) {
    std::istringstream fields(body);
    std::string key, before, after;
    fields >> key >> before >> after;
    auto words = v.ui.has("setting." + key) ? v.ui.w("setting." + key) : key;
    const auto isHash = [](const std::string& value) {
        return value.size() == 16 && value.find_first_not_of("0123456789abcdef") == std::string::npos;
    };
    if (isHash(before) || isHash(after)) return words;
    return words + ": " + settingWords(v, before) + " → " + settingWords(v, after);
}

/// The fields of an entry as people read them.
std::string bodyWords(const View& v, const staff::JournalEntry& e) {
    constexpr int keysInUse = 7, settingChanged = 60; // numbers that nobody compares by eye
    if (e.kind == keysInUse || e.body.empty()) return {};
    if (e.kind == settingChanged) return " (" + changeWords(v, e.body) + ")";
    return " (" + e.body + ")";
}

void finding(const View& v, const staff::JournalState& s) {
    auto& ui = v.ui;
    ui.beginPanel(s.problem ? ui::Ui::PanelKind::Warning : ui::Ui::PanelKind::Success);
    if (s.problem) {
        ui.iconText("journal.problem", ui::Icon::Warning, errorTitle(v, *s.problem));
        ui.text("journal.problem.at", ui.w("journal.problem.at", {{"number", std::to_string(s.problemAt)}}));
    } else {
        ui.iconText("journal.whole", ui::Icon::Check,
                    ui.w("journal.whole", {{"count", std::to_string(s.last)}}));
    }
    ui.text("journal.witnessed", s.witnessedAt
                                     ? ui.w("journal.witnessed", {{"number", std::to_string(s.witnessed)},
                                                                  {"time", timeWords(*s.witnessedAt)}})
                                     : ui.w("journal.not_witnessed"));
    ui.endPanel();
}

void parts(const View& v, const staff::page::Journal& p) {
    using Part = staff::JournalPart;
    v.ui.beginColumns(4);
    for (const auto& [part, key] :
         {std::pair{Part::All, "journal.part.all"}, std::pair{Part::Dossiers, "journal.part.dossiers"},
          std::pair{Part::Staff, "journal.part.staff"}, std::pair{Part::Machine, "journal.part.machine"}})
        if (v.ui.choice(key, v.ui.w(key), p.part == part)) act(v, staff::action::ShowJournal{part});
    v.ui.endColumns();
}

void exporting(const View& v, const staff::page::Journal& p) {
    auto& ui = v.ui;
    ui.beginPanel(ui::Ui::PanelKind::Plain);
    ui.heading("journal.export", ui.w("journal.export"));
    if (p.exported) ui.iconText("journal.exported", ui::Icon::Check, ui.w("journal.exported"));
    sticks(v, p.sticks, p.sticksKnown, "journal.export.to",
           [](const std::string& folder) { return staff::action::ExportJournal{folder}; });
    ui.endPanel();
}

} // namespace

void staffPage(const View& v, const staff::page::Journal& p) {
    auto& ui = v.ui;
    ui.title("staff.journal.title", ui.w("staff.journal"));
    if (!p.state) return ui.progress("staff.busy", ui.w("staff.busy"), -1);
    finding(v, *p.state);
    troublePanel(v, p.trouble);
    parts(v, p);
    exporting(v, p);
    if (p.state->entries.empty()) ui.text("journal.none", ui.w("journal.none"), true);
    for (const auto& e : p.state->entries) {
        auto note = timeWords(e.at);
        if (e.account != 0)
            note += " · " + ui.w("staff.account.number", {{"number", std::to_string(e.account)}});
        ui.fact("journal." + std::to_string(e.sequence), std::to_string(e.sequence),
                kindWords(v, e.kind) + bodyWords(v, e), note);
    }
}

} // namespace kiosk::screens
