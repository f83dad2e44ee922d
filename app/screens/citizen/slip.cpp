// The slip: reference, what happened in truth, what happens next, and whether answers are kept for next time.
#include "app/screens/draw.hpp"

#include "app/flow/dossier.hpp"

#include <array>
#include <utility>

namespace kiosk::screens {
namespace {

void state(const View& v, const screen::Slip& s) {
    auto& ui = v.ui;
    const bool sent = !s.content.dossierCode.empty();
    for (const auto* key : {"slip.sent", "slip.code", "slip.refused", "slip.waiting", "slip.paper_failed"})
        ui.live(key);
    ui.beginPanel(s.refused || s.delayed ? ui::Ui::PanelKind::Warning : ui::Ui::PanelKind::Success);
    const std::string time = s.content.at.timeInVietnam(), date = s.content.at.dateInVietnam().vietnamese();
    if (sent) {
        ui.iconText("slip.sent", ui::Icon::Check, ui.w("slip.sent", {{"time", time}, {"date", date}}));
        ui.fact("slip.code", ui.w("slip.code"), s.content.dossierCode);
    } else if (s.refused) {
        ui.iconText("slip.refused", ui::Icon::Warning, ui.w("slip.refused"));
    } else {
        ui.iconText("slip.received", ui::Icon::Check,
                    ui.w("slip.received", {{"time", time}, {"date", date}}));
        ui.iconText("slip.waiting", s.delayed ? ui::Icon::CloudOff : ui::Icon::Cloud,
                    ui.w(s.delayed ? "slip.delayed" : "slip.waiting"));
    }
    ui.endPanel();
    if (!s.content.clockTrusted) ui.iconText("slip.clock", ui::Icon::Clock, ui.w("slip.clock"), true);
    if (s.paperFailed) ui.iconText("slip.paper_failed", ui::Icon::Printer, ui.w("slip.paper_failed"));
}

/// What the printer does, and another try where it could not.
void paper(const View& v, const screen::Slip& s) {
    using Print = screen::Slip::Print;
    auto& ui = v.ui;
    if (!v.flow.printer) return;
    for (const auto* key : {"slip.print.running", "slip.print.done", "slip.print.trouble"}) ui.live(key);
    if (s.print == Print::Waiting || s.print == Print::Printing)
        return ui.iconText("slip.print.running", ui::Icon::Printer, ui.w("slip.print.running"));
    ui.beginPanel(s.printTrouble ? ui::Ui::PanelKind::Warning : ui::Ui::PanelKind::Plain);
    if (s.printTrouble) {
        ui.iconText("slip.print.trouble", ui::Icon::Printer, errorTitle(v, *s.printTrouble));
        ui.text("slip.print.help", ui.w("slip.print.help"));
    } else {
        ui.iconText("slip.print.done", ui::Icon::Printer, ui.w("slip.print.done"));
    }
    if (ui.button("slip.print.again", ui.w(s.printTrouble ? "slip.print.retry" : "slip.print.again"),
                  {.tone = ui::Tone::Quiet, .icon = ui::Icon::Printer}))
        v.emit(event::PrintSlip{});
    ui.endPanel();
}

void keep(const View& v, const screen::Slip& s) {
    auto& ui = v.ui;
    const auto& customer = v.flow.session.customer;
    if (!customer || customer->assurance == Assurance::Typed || answersToKeep(v.knowledge, v.flow).empty())
        return;
    ui.beginPanel(ui::Ui::PanelKind::Plain);
    ui.heading("slip.keep.title", ui.w("slip.keep.title"));
    if (s.keptUntil) {
        ui.iconText("slip.keep.kept", ui::Icon::Check,
                    ui.w("slip.keep.kept", {{"date", s.keptUntil->vietnamese()}}));
    } else if (s.keep == false) {
        ui.text("slip.keep.not_kept", ui.w("slip.keep.not_kept"));
    } else {
        const auto days = std::to_string(v.knowledge.office.profileKeepDays);
        ui.text("slip.keep.text", ui.w("slip.keep.text", {{"days", days}}));
        ui.beginColumns(2);
        if (ui.button("slip.keep.no", ui.w("slip.keep.no"))) v.emit(event::KeepAnswers{false});
        if (ui.button("slip.keep.yes", ui.w("slip.keep.yes"))) v.emit(event::KeepAnswers{true});
        ui.endColumns();
    }
    ui.endPanel();
}

/// Five faces, then why if it was a bad one. Counted, and nobody's.
void rating(const View& v, const screen::Slip& s) {
    auto& ui = v.ui;
    ui.beginPanel(ui::Ui::PanelKind::Plain);
    ui.heading("slip.rate.title", ui.w("slip.rate.title"));
    if (s.stars == 0) {
        constexpr std::array faces = {
            std::pair{"slip.rate.1", ui::Icon::VeryBad}, std::pair{"slip.rate.2", ui::Icon::Bad},
            std::pair{"slip.rate.3", ui::Icon::SoSo}, std::pair{"slip.rate.4", ui::Icon::Good},
            std::pair{"slip.rate.5", ui::Icon::VeryGood}};
        ui.beginColumns(5);
        int stars = 0;
        for (const auto& [key, icon] : faces) {
            ++stars;
            if (ui.button(key, ui.w(key), {.icon = icon})) v.emit(event::Rate{stars});
        }
        ui.endColumns();
    } else if (s.stars <= 3 && s.reason == 0) {
        ui.text("slip.rate.why", ui.w("slip.rate.why"));
        ui.beginColumns(2);
        int reason = 0;
        for (const auto* key :
             {"slip.rate.reason.1", "slip.rate.reason.2", "slip.rate.reason.3", "slip.rate.reason.4"}) {
            ++reason;
            if (ui.button(key, ui.w(key))) v.emit(event::RateReason{reason});
        }
        ui.endColumns();
    } else {
        ui.iconText("slip.rate.thanks", ui::Icon::Check, ui.w("slip.rate.thanks"));
    }
    ui.endPanel();
}

void next(const View& v, const screen::Slip& s) {
    auto& ui = v.ui;
    ui.heading("slip.next.title", ui.w("slip.next.title"));
    ui.iconText("slip.next.papers", ui::Icon::Document, ui.w("slip.next.papers"));
    const auto it = v.knowledge.procedures.find(s.content.procedureCode);
    if (it != v.knowledge.procedures.end()) {
        int number = 0;
        for (const auto& paper : it->second.papers)
            if (!paper.isNote)
                ui.text("slip.paper." + std::to_string(number++), "• " + paper.brief.in(languageOf(v)), true);
    }
    ui.iconText("slip.next.receipt", ui::Icon::Stamp, ui.w("slip.next.receipt"));
    if (!v.knowledge.office.phone.empty())
        ui.iconText("slip.next.phone", ui::Icon::Phone,
                    ui.w("slip.next.phone", {{"phone", v.knowledge.office.phone}}));
}

} // namespace

void body(const View& v, const screen::Slip& s) {
    auto& ui = v.ui;
    ui.title("slip.title", ui.w("slip.title"));
    ui.text("slip.procedure", s.content.procedureName.in(languageOf(v)));
    if (s.content.rehearsal) {
        ui.beginPanel(ui::Ui::PanelKind::Warning);
        ui.iconText("slip.rehearsal", ui::Icon::Warning, ui.w("slip.rehearsal"));
        ui.endPanel();
    }
    state(v, s);
    ui.fact("slip.reference", ui.w("slip.reference"), s.content.code.reference, ui.w("slip.reference.note"));
    if (v.qrSide > 0) ui.qr("slip.qr", ui.w("slip.qr"), v.qrModules, v.qrSide, 38);
    paper(v, s);
    if (!s.content.rehearsal) keep(v, s);
    next(v, s);
    if (!s.content.rehearsal) rating(v, s);
    if (ui.button("slip.another", ui.w("slip.another"), {.icon = ui::Icon::Add}))
        v.emit(event::AnotherProcedure{});
}

Forward forward(const View& v, const screen::Slip&) {
    return {"slip.finish", v.ui.w("slip.finish"), ui::Icon::Check, event::Finish{}};
}

} // namespace kiosk::screens
