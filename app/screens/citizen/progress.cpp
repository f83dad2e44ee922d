// How a dossier stands: what is now and what to do, the date promised, and how it came there.
#include "app/screens/draw.hpp"

namespace kiosk::screens {
namespace {

std::string statusWords(const View& v, int status, std::string_view part = {}) {
    return v.ui.w("progress." + std::to_string(status) + std::string(part));
}

ui::Icon iconOf(int status) {
    switch (status) {
    case 3:
    case 7:
    case 8:
        return ui::Icon::Close;
    case 5:
        return ui::Icon::Document;
    case 6:
        return ui::Icon::Money;
    case 9:
        return ui::Icon::Place;
    case 10:
        return ui::Icon::Check;
    default:
        return ui::Icon::Clock;
    }
}

ui::Ui::PanelKind panelOf(int status) {
    if (status >= 9) return ui::Ui::PanelKind::Success;
    const bool wanting = status == 3 || (status >= 5 && status <= 8);
    return wanting ? ui::Ui::PanelKind::Warning : ui::Ui::PanelKind::Info;
}

void present(const View& v, const Progress& p) {
    auto& ui = v.ui;
    const auto& last = p.steps.back();
    ui.beginPanel(panelOf(last.status));
    ui.heading("progress.now", statusWords(v, last.status));
    ui.iconText("progress.help", iconOf(last.status), statusWords(v, last.status, ".help"));
    if (!last.note.empty()) ui.fact("progress.note", ui.w("progress.note"), last.note);
    ui.endPanel();
}

void due(const View& v, const Progress& p) {
    if (!p.due) return;
    auto& ui = v.ui;
    ui.fact("progress.due", ui.w("progress.due"), p.due->vietnamese());
    if (!p.isLate(v.flow.now.dateInVietnam())) return;
    ui.beginPanel(ui::Ui::PanelKind::Warning);
    ui.iconText("progress.late", ui::Icon::Clock, ui.w("progress.late"));
    ui.endPanel();
}

void history(const View& v, const Progress& p) {
    auto& ui = v.ui;
    ui.heading("progress.history", ui.w("progress.history"));
    ui.beginPanel(ui::Ui::PanelKind::Plain);
    for (std::size_t i = p.steps.size(); i-- > 0;) {
        const auto& step = p.steps[i];
        const auto when = step.at.dateInVietnam().vietnamese() + " " + step.at.timeInVietnam();
        ui.fact("progress.step." + std::to_string(i), when, statusWords(v, step.status),
                i + 1 == p.steps.size() ? std::string() : step.note);
    }
    ui.endPanel();
}

} // namespace

void body(const View& v, const screen::Progress& s) {
    auto& ui = v.ui;
    const auto& p = s.found;
    ui.title("progress.title", ui.w("progress.title", {{"code", p.dossierCode}}));
    if (const auto it = v.knowledge.procedures.find(p.procedure); it != v.knowledge.procedures.end())
        ui.text("progress.procedure", it->second.name.in(languageOf(v)));
    if (s.keptAt)
        ui.iconText("progress.kept", ui::Icon::CloudOff,
                    ui.w("progress.kept", {{"time", s.keptAt->timeInVietnam()},
                                           {"date", s.keptAt->dateInVietnam().vietnamese()}}));
    present(v, p);
    due(v, p);
    history(v, p);
    if (const auto& phone = v.knowledge.office.phone; !phone.empty())
        ui.iconText("progress.phone", ui::Icon::Phone, ui.w("progress.phone", {{"phone", phone}}));
}

Forward forward(const View& v, const screen::Progress&) {
    return {"progress.finish", v.ui.w("progress.finish"), ui::Icon::Check, event::Finish{}};
}

} // namespace kiosk::screens
