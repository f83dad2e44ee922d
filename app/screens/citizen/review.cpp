// Everything that will be sent, with where it came from; each answer leads back
// to its question.
#include "app/screens/draw.hpp"

#include "app/identity/id_card.hpp"

namespace kiosk::screens {
namespace {

/// "Trẻ em: Họ và tên", because several sections ask the same of different people.
std::string placeWords(const View& v, const Form& f, const Field& field) {
    const auto& label = field.label.in(languageOf(v));
    for (const auto& section : f.sections)
        for (const auto& one : section.fields)
            if (one.key == field.key) return section.title.in(languageOf(v)) + ": " + label;
    return label;
}

void missing(const View& v, const screen::Review& s, const Form& f) {
    if (s.missing.empty()) return;
    auto& ui = v.ui;
    ui.beginPanel(ui::Ui::PanelKind::Warning);
    ui.iconText("review.missing", ui::Icon::Warning, ui.w("review.missing"));
    for (const auto& problem : s.missing) {
        const auto* field = form::find(f, problem.field);
        if (field == nullptr) continue;
        if (ui.fact("missing." + problem.field, placeWords(v, f, *field), problemWords(v, problem.problem),
                    {}, ui.w("review.fill")))
            v.emit(event::Change{problem.field});
    }
    ui.endPanel();
}

void residence(const View& v) {
    const auto& r = v.flow.session.residence;
    if (r.onCard.empty()) return;
    if (!r.chosen) {
        v.ui.fact("review.residence", v.ui.w("review.residence"), r.onCard,
                  v.ui.w("review.residence.undecided"));
        return;
    }
    const auto now = (r.line.empty() ? std::string() : r.line + ", ") + unitWords(v, *r.chosen);
    v.ui.fact("review.residence", v.ui.w("review.residence"), now,
              r.alreadyTwoLevel ? std::string()
                                : v.ui.w("review.residence.on_card", {{"address", r.onCard}}));
}

void identities(const View& v) {
    auto& ui = v.ui;
    const auto& session = v.flow.session;
    if (!session.customer) return;
    const auto& customer = *session.customer;
    ui.beginPanel(ui::Ui::PanelKind::Info);
    ui.heading("review.identity", ui.w("review.identity"));
    ui.fact("review.name", ui.w("review.name"), customer.name, assuranceWords(v, customer));
    ui.fact("review.number", ui.w("review.number"), id_card::maskedNumber(customer.personalNumber));
    residence(v);
    for (const auto& [person, identity] : session.people) {
        const bool same = identity.personalNumber == customer.personalNumber;
        ui.fact("review.person." + person, personWords(v, person), identity.name,
                same ? ui.w("review.person.you") : assuranceWords(v, identity));
    }
    ui.endPanel();
}

void fact(const View& v, const Field& field) {
    auto& ui = v.ui;
    const auto key = "fact." + field.key;
    const auto& label = field.label.in(languageOf(v));
    if (field.type == FieldType::Signature) {
        ui.fact(key, label, ui.w("review.signature"));
        return;
    }
    const auto it = v.flow.session.answers.find(field.key);
    const auto answer = it == v.flow.session.answers.end() ? Answer{} : it->second;
    const auto shown =
        answer.value.empty() ? std::string() : form::display(field, answer.value, languageOf(v));
    if (ui.fact(key, label, shown.empty() ? "—" : shown, shown.empty() ? "" : originNote(v, answer),
                ui.w("common.change")))
        v.emit(event::Change{field.key});
}

void sections(const View& v, const Form& f) {
    const auto kept = form::withoutHidden(f, v.flow.session.answers);
    for (const auto& section : f.sections) {
        if (!form::isVisible(section.when, kept)) continue;
        v.ui.beginPanel(ui::Ui::PanelKind::Plain);
        v.ui.heading("review.section." + section.key, section.title.in(languageOf(v)));
        for (const auto& field : section.fields)
            if (form::isVisible(field.when, kept)) fact(v, field);
        v.ui.endPanel();
    }
}

void promise(const View& v, const Form& f) {
    auto& ui = v.ui;
    ui.beginPanel(ui::Ui::PanelKind::Info);
    ui.heading("review.promise", ui.w("review.promise"));
    if (const auto& words = f.declaration.in(languageOf(v)); !words.empty())
        ui.text("review.declaration", words);
    ui.text("review.signed_later", ui.w("review.signed_later"));
    ui.endPanel();
    ui.text("review.form", ui.w("review.form", {{"form", f.name.in(languageOf(v))}}), true);
    if (!f.legal.empty()) ui.text("review.legal", ui.w("review.legal", {{"basis", f.legal}}), true);
}

} // namespace

void body(const View& v, const screen::Review& s) {
    auto& ui = v.ui;
    const auto* p = currentProcedure(v.knowledge, v.flow);
    if (p == nullptr) return;
    ui.title("review.title", ui.w("review.title"));
    ui.text("review.procedure", p->name.in(languageOf(v)));
    ui.text("review.text", ui.w("review.text", {{"office", v.knowledge.office.name}}), true);
    if (ui.button("review.paper", ui.w("review.paper"),
                  {.tone = ui::Tone::Quiet, .icon = ui::Icon::Document}))
        v.emit(event::ShowPaper{});
    missing(v, s, p->form);
    identities(v);
    sections(v, p->form);
    promise(v, p->form);
}

Forward forward(const View& v, const screen::Review&) {
    return {"review.send", v.ui.w("review.send"), ui::Icon::Send, event::Submit{}};
}

} // namespace kiosk::screens
