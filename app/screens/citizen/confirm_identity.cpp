// "Is this you?": what was read, today's unit for an old address, kept answers, and the agreement.
#include "app/screens/draw.hpp"

#include "app/identity/id_card.hpp"

#include <algorithm>

namespace kiosk::screens {
namespace {

constexpr std::size_t maxProposals = 6;
constexpr std::int64_t revealMs = 300; // then the person scrolls as they like

void facts(const View& v, const Identity& i) {
    auto& ui = v.ui;
    ui.beginPanel(ui::Ui::PanelKind::Plain);
    ui.fact("confirm.name", ui.w("confirm.name"), i.name);
    ui.fact("confirm.birth", ui.w("confirm.birth"), i.birthDate.vietnamese());
    ui.fact("confirm.sex", ui.w("confirm.sex"), ui.w(i.sex == Sex::Male ? "sex.male" : "sex.female"));
    ui.fact("confirm.number", ui.w("confirm.number"), id_card::maskedNumber(i.personalNumber));
    if (!i.address.empty()) ui.fact("confirm.address", ui.w("confirm.address"), i.address);
    ui.iconText("confirm.assurance", ui::Icon::Info, assuranceWords(v, i), true);
    ui.endPanel();
}

void warnings(const View& v, const Identity& i) {
    if (i.warnings.empty()) return;
    auto& ui = v.ui;
    ui.beginPanel(ui::Ui::PanelKind::Warning);
    for (const auto w : i.warnings)
        ui.iconText("confirm.warning." + std::string(name(w)), ui::Icon::Warning, warningWords(v, w));
    ui.text("confirm.warning.note", ui.w("confirm.warning.note"), true);
    ui.endPanel();
}

void residence(const View& v, const Residence& r) {
    if (r.onCard.empty() || r.alreadyTwoLevel) return;
    auto& ui = v.ui;
    ui.beginPanel(ui::Ui::PanelKind::Plain);
    ui.heading("confirm.residence.title", ui.w("confirm.residence.title"));
    ui.text("confirm.residence.text",
            ui.w(r.proposals.empty() ? "confirm.residence.none" : "confirm.residence.text"), true);
    for (std::size_t i = 0; i < std::min(r.proposals.size(), maxProposals); ++i)
        if (ui.choice("residence." + r.proposals[i], unitWords(v, r.proposals[i]),
                      r.chosen == r.proposals[i]))
            v.emit(event::ChooseResidence{r.proposals[i]});
    if (!r.proposals.empty() && ui.choice("residence.unsure", ui.w("confirm.residence.unsure"), !r.chosen))
        v.emit(event::ChooseResidence{});
    ui.endPanel();
}

/// What the card said when the answers were kept, beside what it says now; nothing when they agree.
void differs(const View& v, const std::string& key, std::string_view now, std::string_view before) {
    if (before.empty() || now == before) return;
    auto& ui = v.ui;
    ui.text(key, ui.w(key));
    ui.beginColumns(2);
    ui.fact(key + ".card", ui.w("confirm.differs.card"), now);
    ui.fact(key + ".kept", ui.w("confirm.differs.kept"), before);
    ui.endColumns();
}

std::string keptWords(const View& v, const KeptProfile& p) {
    if (p.disputed) return v.ui.w("confirm.kept_disputed");
    if (!p.keptSince) return v.ui.w("confirm.kept_undated");
    return v.ui.w("confirm.kept", {{"date", p.keptSince->vietnamese()}});
}

void kept(const View& v, const Session& session) {
    if (!session.profile) return;
    auto& ui = v.ui;
    const auto& p = *session.profile;
    ui.beginPanel(ui::Ui::PanelKind::Info);
    ui.iconText("confirm.kept", ui::Icon::Person, keptWords(v, p));
    differs(v, "confirm.differs_name", session.customer->name, p.cardName);
    differs(v, "confirm.differs", session.customer->address, p.cardAddress);
    if (ui.button("confirm.my_data", ui.w("confirm.my_data"), {.icon = ui::Icon::Search}))
        v.emit(event::ShowMyData{});
    ui.endPanel();
}

void agreement(const View& v, const screen::ConfirmIdentity& s) {
    auto& ui = v.ui;
    ui.beginPanel(s.mustAgree ? ui::Ui::PanelKind::Warning : ui::Ui::PanelKind::Info);
    ui.heading("consent.title", ui.w("consent.title"));
    for (const char* part : {"consent.purpose", "consent.data", "consent.keep", "consent.rights"})
        ui.text(part, ui.w(part));
    if (s.mustAgree) ui.iconText("consent.must", ui::Icon::Warning, ui.w("consent.must"));
    if (ui.tick("confirm.agree", ui.w("consent.agree"), s.agreed)) v.emit(event::ToggleAgreement{});
    ui.endPanel();
    ui.beginColumns(2);
    if (ui.button("confirm.refuse", ui.w("confirm.refuse"), {.tone = ui::Tone::Quiet}))
        v.emit(event::RefuseAgreement{});
    if (ui.button("confirm.not_me", ui.w("confirm.not_me"), {.tone = ui::Tone::Quiet}))
        v.emit(event::NotMe{});
    ui.endColumns();
}

} // namespace

void body(const View& v, const screen::ConfirmIdentity& s) {
    const auto& session = v.flow.session;
    if (!session.customer) return;
    v.ui.title("confirm.title", v.ui.w("confirm.title"));
    facts(v, *session.customer);
    warnings(v, *session.customer);
    residence(v, session.residence);
    agreement(v, s);
    kept(v, session); // opening it takes a moment: nothing to press may move down then
    if (s.mustAgree && v.flow.now.ms - s.askedAt.ms < revealMs) v.ui.reveal("confirm.agree");
}

Forward forward(const View& v, const screen::ConfirmIdentity&) {
    return {"confirm.next", v.ui.w("confirm.next"), ui::Icon::Next, event::ConfirmIdentity{}};
}

} // namespace kiosk::screens
