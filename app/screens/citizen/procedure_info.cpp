// One procedure before it is begun: time, fee, place, papers to bring; on
// request the source's full wording.
#include "app/screens/draw.hpp"

namespace kiosk::screens {
namespace {

std::string feeWords(const View& v, const Fee& fee) {
    const auto& text = fee.text.in(languageOf(v));
    if (fee.kind == FeeKind::Free) return v.ui.w("procedure.fee.free");
    if (fee.kind == FeeKind::Amount && !text.empty()) return text;
    return text.empty() ? v.ui.w("procedure.fee.ask") : v.ui.w("procedure.fee.ask") + ". " + text;
}

void basics(const View& v, const Procedure& p, const screen::ProcedureInfo& s) {
    auto& ui = v.ui;
    const auto& time = p.time.in(languageOf(v));
    ui.beginPanel(ui::Ui::PanelKind::Plain);
    ui.fact("procedure.time", ui.w("procedure.time"), time.empty() ? ui.w("procedure.ask_counter") : time);
    ui.fact("procedure.fee", ui.w("procedure.fee"), feeWords(v, p.fee));
    ui.fact("procedure.agency", ui.w("procedure.agency"),
            p.agency.empty() ? ui.w("procedure.ask_counter") : p.agency);
    ui.endPanel();
    if (s.canSend) return;
    ui.beginPanel(ui::Ui::PanelKind::Info);
    ui.iconText("procedure.inform_only", ui::Icon::Info, ui.w("procedure.inform_only"));
    ui.iconText("procedure.go_there", ui::Icon::Place,
                p.agency.empty() ? ui.w("procedure.go_ask")
                                 : ui.w("procedure.go_there", {{"agency", p.agency}}));
    ui.endPanel();
}

/// "Giấy ra viện (1 bản chính, 2 bản sao, chỉ xuất trình)"; the numbers as far as the source gives them.
std::string paperWords(const View& v, const Paper& paper) {
    std::string copies;
    const auto part = [&copies](const std::string& words) { copies += (copies.empty() ? "" : ", ") + words; };
    if (paper.originals > 0)
        part(v.ui.w("procedure.paper.originals", {{"count", std::to_string(paper.originals)}}));
    if (paper.copies > 0) part(v.ui.w("procedure.paper.copies", {{"count", std::to_string(paper.copies)}}));
    if (!paper.mustSubmit) part(v.ui.w("procedure.paper.show_only"));
    const auto& brief = paper.brief.in(languageOf(v));
    return copies.empty() ? brief : brief + " (" + copies + ")";
}

void papers(const View& v, const Procedure& p) {
    auto& ui = v.ui;
    ui.heading("procedure.papers", ui.w("procedure.papers"));
    int number = 0;
    for (const auto& paper : p.papers)
        if (!paper.isNote)
            ui.iconText("procedure.paper." + std::to_string(number++), ui::Icon::Document,
                        paperWords(v, paper));
    if (number == 0) ui.text("procedure.papers.none", ui.w("procedure.papers.none"));
}

void list(const View& v, const std::string& key, const std::vector<std::string>& lines) {
    if (lines.empty()) return;
    v.ui.heading(key, v.ui.w(key));
    int number = 0;
    for (const auto& line : lines) v.ui.text(key + "." + std::to_string(number++), "• " + line, true);
}

/// The source's own wording, which is Vietnamese only.
void details(const View& v, const Procedure& p) {
    auto& ui = v.ui;
    if (languageOf(v) == Language::En)
        ui.iconText("procedure.vietnamese_only", ui::Icon::Info, ui.w("procedure.vietnamese_only"));
    ui.fact("procedure.official_name", ui.w("procedure.official_name"), p.name.vi);
    ui.fact("procedure.code", ui.w("procedure.code"), p.code);
    if (!p.decision.empty())
        ui.fact("procedure.decision", ui.w("procedure.decision"), p.decision, p.promulgatedBy);
    std::vector<std::string> official;
    for (const auto& paper : p.papers) official.push_back(paper.name);
    list(v, "procedure.official_papers", official);
    list(v, "procedure.results", p.results);
    list(v, "procedure.legal_basis", p.legalBasis);
    if (p.sourceUrl.empty()) return;
    const auto read = Date::fromIso(p.crawled);
    ui.text("procedure.source", ui.w("procedure.source", {{"url", p.sourceUrl}}), true);
    if (read)
        ui.text("procedure.source.read", ui.w("procedure.source.read", {{"date", read->vietnamese()}}), true);
}

void sentBefore(const View& v, const event::RecentFound& recent, bool canSend) {
    auto& ui = v.ui;
    const auto time = recent.at.timeInVietnam(), date = recent.at.dateInVietnam().vietnamese();
    const auto& code = recent.dossierCode.empty() ? recent.reference : recent.dossierCode;
    const bool today = recent.at.dateInVietnam() == v.flow.now.dateInVietnam();
    ui.beginPanel(ui::Ui::PanelKind::Warning);
    ui.iconText("procedure.recent", ui::Icon::Info,
                today ? ui.w("procedure.recent", {{"time", time}, {"code", code}})
                      : ui.w("procedure.recent_on", {{"time", time}, {"date", date}, {"code", code}}));
    ui.text("procedure.recent.help", ui.w("procedure.recent.help"));
    if (canSend && ui.button("procedure.send_again", ui.w("procedure.send_again"), {.icon = ui::Icon::Add}))
        v.emit(event::SendAgain{});
    ui.endPanel();
}

} // namespace

void body(const View& v, const screen::ProcedureInfo& s) {
    auto& ui = v.ui;
    const auto* p = currentProcedure(v.knowledge, v.flow);
    if (p == nullptr) return;
    ui.title("procedure.name", p->name.in(languageOf(v)));
    if (s.recent) sentBefore(v, *s.recent, s.canSend);
    basics(v, *p, s);
    papers(v, *p);
    if (s.canSend) {
        const auto& name = p->form.name.in(languageOf(v));
        ui.iconText("procedure.form", ui::Icon::Edit,
                    ui.w(p->form.general ? "procedure.form.general" : "procedure.form", {{"form", name}}));
    }
    const std::string key = s.details ? "procedure.details.hide" : "procedure.details.show";
    if (ui.button("procedure.details", ui.w(key),
                  {.tone = ui::Tone::Quiet, .icon = s.details ? ui::Icon::Up : ui::Icon::Down}))
        v.emit(event::ShowDetails{});
    if (s.details) details(v, *p);
}

Forward forward(const View& v, const screen::ProcedureInfo& s) {
    if (!s.canSend || s.recent) return {};
    return {"procedure.begin", v.ui.w(s.browseOnly ? "procedure.begin.card" : "procedure.begin"),
            s.browseOnly ? ui::Icon::Card : ui::Icon::Next, event::BeginForm{}, !s.lookingSince};
}

} // namespace kiosk::screens
