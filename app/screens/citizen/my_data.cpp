// What this kiosk keeps about the person: shown, disputed, erased.
#include "app/screens/draw.hpp"

#include <algorithm>
#include <array>

namespace kiosk::screens {
namespace {

/// The question a kept answer belongs to: any procedure's field with this profile key.
const Field* fieldOf(const View& v, const std::string& profileKey) {
    for (const auto& [code, procedure] : v.knowledge.procedures)
        for (const auto& section : procedure.form.sections)
            for (const auto& field : section.fields)
                if (field.profile == profileKey) return &field;
    return nullptr;
}

/// Short words where we have them: a form's own label may name the role of its person.
std::string labelOf(const View& v, const std::string& profileKey, const Field* field) {
    constexpr std::array<std::string_view, 4> known{"phone", "email", "ethnicity", "current_address"};
    if (std::find(known.begin(), known.end(), profileKey) != known.end())
        return v.ui.w("mydata.key." + profileKey);
    return field == nullptr ? v.ui.w("mydata.key.other") : field->label.in(languageOf(v));
}

/// Office records are kept as imported, so an address is one whatever the field's type.
std::string valueOf(const View& v, const std::string& value, const Field* field) {
    if (const auto address = form::Address::fromJson(value)) return address->oneLine();
    return field == nullptr ? value : form::display(*field, value, languageOf(v));
}

void list(const View& v, std::string_view title, const Answers& answers, std::string_view kind) {
    if (answers.empty()) return;
    auto& ui = v.ui;
    ui.beginPanel(ui::Ui::PanelKind::Plain);
    ui.heading("mydata." + std::string(kind), title);
    for (const auto& [key, answer] : answers) {
        const auto* field = fieldOf(v, key);
        ui.fact("mydata." + std::string(kind) + "." + key, labelOf(v, key, field),
                valueOf(v, answer.value, field), originNote(v, answer));
    }
    ui.endPanel();
}

void askAgain(const View& v) {
    auto& ui = v.ui;
    ui.beginPanel(ui::Ui::PanelKind::Warning);
    ui.heading("mydata.sure.title", ui.w("mydata.sure.title"));
    ui.text("mydata.sure.text", ui.w("mydata.sure.text"));
    ui.beginColumns(2);
    if (ui.button("mydata.sure.no", ui.w("mydata.sure.no"), {.icon = ui::Icon::Back})) v.emit(event::Back{});
    if (ui.button("mydata.sure.yes", ui.w("mydata.sure.yes"),
                  {.tone = ui::Tone::Danger, .icon = ui::Icon::Delete}))
        v.emit(event::EraseMyData{});
    ui.endColumns();
    ui.endPanel();
}

} // namespace

void body(const View& v, const screen::MyData& s) {
    auto& ui = v.ui;
    ui.title("mydata.title", ui.w("mydata.title"));
    if (s.erased || !v.flow.session.profile) {
        ui.iconText("mydata.erased", ui::Icon::Check, ui.w("mydata.erased"));
        ui.text("mydata.erased.next", ui.w("mydata.erased.next"));
        return;
    }
    const auto& p = *v.flow.session.profile;
    if (s.confirming) askAgain(v);
    if (p.endsOn) ui.text("mydata.ends", ui.w("mydata.ends", {{"date", p.endsOn->vietnamese()}}));
    list(v, ui.w("mydata.given"), p.answers, "given");
    list(v, ui.w("mydata.records"), p.records, "records");
    if (s.confirming) return; // one question at a time
    if (p.disputed) {
        ui.iconText("mydata.disputed", ui::Icon::Info, ui.w("mydata.disputed"));
    } else if (ui.button("mydata.dispute", ui.w("mydata.dispute"), {.icon = ui::Icon::Warning})) {
        v.emit(event::DisputeMyData{});
    }
    if (ui.button("mydata.erase", ui.w("mydata.erase"), {.tone = ui::Tone::Danger, .icon = ui::Icon::Delete}))
        v.emit(event::EraseMyData{});
}

Forward forward(const View& v, const screen::MyData& s) {
    if (s.confirming) return {};
    return {"mydata.back", v.ui.w("common.back"), ui::Icon::Check, event::Back{}};
}

} // namespace kiosk::screens
