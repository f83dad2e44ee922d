// The declaration as the paper form would look, before it is sent.
#include "app/flow/dossier.hpp"
#include "app/flow/step.hpp"

#include <algorithm>

namespace kiosk {

void on(Step& s, const event::ShowPaper&) {
    if (s.at<screen::Review>() == nullptr || currentProcedure(s.knowledge, s.flow) == nullptr ||
        !s.flow.session.customer)
        return;
    s.effect(effect::DrawPaper{Secret(dossierJson(s.knowledge, s.flow)), s.flow.now});
    s.go(screen::Paper{.asked = s.flow.now});
}

void on(Step& s, event::PaperDrawn& e) {
    auto* paper = s.at<screen::Paper>();
    if (paper == nullptr || paper->asked != e.asked) return;
    paper->sheets = std::move(e.sheets);
    paper->trouble = e.trouble;
}

void on(Step& s, const event::TurnSheet& e) {
    auto* paper = s.at<screen::Paper>();
    if (paper == nullptr || paper->sheets.empty()) return;
    const auto last = static_cast<long>(paper->sheets.size()) - 1;
    paper->sheet = static_cast<std::size_t>(std::clamp(static_cast<long>(paper->sheet) + e.by, 0L, last));
}

void on(Step& s, const event::PrintPaper&) {
    auto* paper = s.at<screen::Paper>();
    if (paper == nullptr || !s.knowledge.office.printsPapers ||
        paper->print == screen::Paper::Print::Printing)
        return;
    paper->print = screen::Paper::Print::Printing;
    paper->printTrouble.reset();
    s.effect(effect::PrintPaper{Secret(dossierJson(s.knowledge, s.flow))});
}

void on(Step& s, const event::PaperPrinted& e) {
    staffPaperPrinted(s, e);
    s.flow.paperTrouble = e.trouble;
    auto* paper = s.at<screen::Paper>();
    if (paper == nullptr) return;
    paper->print = e.trouble ? screen::Paper::Print::Failed : screen::Paper::Print::Printed;
    paper->printTrouble = e.trouble;
    if (e.trouble) s.play(effect::SoundKind::Warning);
}

} // namespace kiosk
