#include "app/flow/dossier.hpp"
#include "app/flow/step.hpp"

namespace kiosk {

namespace {

/// How long the office may take to answer before the slip is printed without its code (ms).
constexpr std::int64_t printAfterMs = 5000;

void print(Step& s, screen::Slip& slip) {
    using Print = screen::Slip::Print;
    if (!s.flow.printer || slip.print == Print::Printing) return;
    slip.print = Print::Printing;
    slip.printTrouble.reset();
    s.effect(effect::PrintSlip{slip.content});
}

} // namespace

void printWhenDue(Step& s) {
    auto* slip = s.at<screen::Slip>();
    if (slip == nullptr || slip->print != screen::Slip::Print::Waiting) return;
    const bool answered = !slip->content.dossierCode.empty() || slip->delayed || slip->refused;
    if (answered || s.flow.now.ms - slip->content.at.ms >= printAfterMs) print(s, *slip);
}

void on(Step& s, const event::PrintSlip&) {
    if (auto* slip = s.at<screen::Slip>()) print(s, *slip);
}

void on(Step& s, const event::SlipPrinted& e) {
    staffSlipPrinted(s, e);
    auto* slip = s.at<screen::Slip>();
    if (slip == nullptr || slip->content.code.reference != e.reference) return;
    slip->print = e.trouble ? screen::Slip::Print::Failed : screen::Slip::Print::Printed;
    slip->printTrouble = e.trouble;
    if (e.trouble) s.play(effect::SoundKind::Warning);
}

void on(Step& s, const event::PrinterChanged& e) { s.flow.printer = e; }

void goReview(Step& s) {
    const bool fromForm = s.at<screen::FormPage>() != nullptr;
    const bool returning = fromForm && s.at<screen::FormPage>()->returnToReview;
    if (returning)
        s.replace(screen::Review{});
    else
        s.go(screen::Review{});
}

void on(Step& s, const event::Submit&) {
    auto* review = s.at<screen::Review>();
    const auto* procedure = currentProcedure(s.knowledge, s.flow);
    if (review == nullptr || procedure == nullptr || !s.flow.session.customer ||
        !s.flow.session.consent.given)
        return;
    auto& session = s.flow.session;
    review->missing = form::problems(procedure->form, session.answers, s.today());
    if (!review->missing.empty()) return;
    s.effect(effect::Submit{dossierJson(s.knowledge, s.flow), procedure->code,
                            session.customer->personalNumber, session.customer->birthDate, s.flow.now,
                            s.flow.clockTrusted, session.rehearsal});
    s.go(screen::Sending{s.flow.now});
}

void on(Step& s, const event::Committed& e) {
    const auto* procedure = currentProcedure(s.knowledge, s.flow);
    if (s.at<screen::Sending>() == nullptr || procedure == nullptr) return;
    screen::Slip slip;
    slip.content = {e.slip,
                    {},
                    procedure->code,
                    procedure->name,
                    e.at,
                    s.flow.clockTrusted,
                    s.flow.preferences.language,
                    s.flow.session.rehearsal};
    s.flow.history.clear();
    s.flow.session.sent = true;
    s.effect(effect::WriteSlip{slip.content});
    s.replace(std::move(slip));
    s.flow.lastTouch = s.flow.now;
    s.play(effect::SoundKind::Done);
}

void on(Step& s, const event::CommitFailed& e) {
    if (s.at<screen::Sending>() == nullptr) return;
    s.replace(screen::Trouble{e.code, true}); // Back leads to Review: nothing given is lost
    s.play(effect::SoundKind::Wrong);
}

void on(Step& s, const event::RoomChecked& e) {
    if (!e.trouble || !s.hasSession() || s.at<screen::Slip>() != nullptr ||
        s.at<screen::Sending>() != nullptr)
        return;
    s.go(screen::Trouble{*e.trouble, false});
    s.play(effect::SoundKind::Wrong);
}

void on(Step& s, const event::Acknowledged& e) {
    auto* slip = s.at<screen::Slip>();
    if (slip == nullptr || slip->content.code.reference != e.reference) return;
    slip->content.dossierCode = e.dossierCode;
    slip->delayed.reset();
    s.effect(effect::WriteSlip{slip->content});
}

void on(Step& s, const event::Delayed& e) {
    if (auto* slip = s.at<screen::Slip>(); slip != nullptr && slip->content.code.reference == e.reference)
        slip->delayed = e.code;
}

void on(Step& s, const event::RefusedByOffice& e) {
    auto* slip = s.at<screen::Slip>();
    if (slip == nullptr || slip->content.code.reference != e.reference) return;
    slip->refused = true;
    slip->delayed = e.code;
}

void on(Step& s, const event::PaperWritten& e) {
    if (auto* slip = s.at<screen::Slip>()) slip->paperFailed = e.trouble.has_value();
}

void on(Step& s, const event::KeepAnswers& e) {
    auto* slip = s.at<screen::Slip>();
    if (slip == nullptr || !s.flow.session.customer || s.flow.session.rehearsal) return;
    slip->keep = e.keep;
    if (e.keep && s.flow.session.customer->assurance != Assurance::Typed)
        s.effect(effect::SaveProfile{*s.flow.session.customer, answersToKeep(s.knowledge, s.flow)});
}

void on(Step& s, const event::Rate& e) {
    auto* slip = s.at<screen::Slip>();
    if (slip == nullptr || slip->stars != 0 || e.stars < 1 || e.stars > 5) return; // said once
    slip->stars = e.stars;
    s.count(effect::Count::What::Rating, e.stars);
}

void on(Step& s, const event::RateReason& e) {
    auto* slip = s.at<screen::Slip>();
    if (slip == nullptr || slip->stars == 0 || slip->reason != 0 || e.reason < 1 || e.reason > 4) return;
    slip->reason = e.reason;
    s.count(effect::Count::What::Reason, e.reason);
}

void on(Step& s, const event::ProfileSaved& e) {
    if (auto* slip = s.at<screen::Slip>()) slip->keptUntil = e.endsOn;
}

void on(Step& s, const event::Finish&) { s.end(); }

} // namespace kiosk
