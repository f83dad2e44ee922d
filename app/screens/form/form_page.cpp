// A page of the form: whose section it is, its few questions, and what takes
// over for a moment.
#include "app/screens/form/form_parts.hpp"

#include <algorithm>
#include <set>

namespace kiosk::screens {
namespace {

const form::Page* pageOf(const screen::FormPage& s) {
    return s.index < s.pages.size() ? &s.pages[s.index] : nullptr;
}

const Section* sectionOf(const View& v, const screen::FormPage& s) {
    const auto* procedure = currentProcedure(v.knowledge, v.flow);
    const auto* page = pageOf(s);
    if (procedure == nullptr || page == nullptr || page->section >= procedure->form.sections.size())
        return nullptr;
    return &procedure->form.sections[page->section];
}

/// Another person's card answers what it can; or the customer says that it is
/// they.
void personButtons(const View& v, const Section& section) {
    if (section.person.empty() || section.person == "customer") return;
    auto& ui = v.ui;
    if (const auto known = v.flow.session.people.find(section.person); known != v.flow.session.people.end()) {
        ui.iconText("form.person_known", ui::Icon::Check,
                    ui.w("form.person_known", {{"name", known->second.name}}));
        return;
    }
    const auto person = personWords(v, section.person);
    ui.text("form.person.ask", ui.w("form.person.ask"), true);
    ui.beginColumns(section.mayBeCustomer ? 2 : 1);
    if (ui.button("form.show_card", ui.w("form.show_card"), {.icon = ui::Icon::Card, .detail = person}))
        v.emit(event::ShowCardFor{section.person});
    if (section.mayBeCustomer &&
        ui.button("form.this_is_me", ui.w("form.this_is_me"), {.icon = ui::Icon::Person}))
        v.emit(event::ThisIsMe{section.person});
    ui.endColumns();
}

/// Which of the form's sections this is, and how many pages are still to come as answered so far.
void progress(const View& v, const screen::FormPage& s) {
    if (s.returnToReview || s.index >= s.pages.size()) return;
    std::set<std::size_t> before, all; // sections that have pages
    for (std::size_t i = 0; i < s.pages.size(); ++i) {
        all.insert(s.pages[i].section);
        if (i <= s.index) before.insert(s.pages[i].section);
    }
    const auto left = s.pages.size() - s.index - 1;
    const auto words = v.ui.w(left == 0 ? "form.progress.last" : "form.progress",
                              {{"section", std::to_string(before.size())},
                               {"sections", std::to_string(all.size())},
                               {"left", std::to_string(left)}});
    v.ui.progress("form.progress", words,
                  static_cast<double>(s.index + 1) / static_cast<double>(s.pages.size()));
}

/// The field that a focus target stands for, and whether it is an address's
/// line.
std::pair<const Field*, bool> targetOf(const View& v, const std::string& target) {
    if (const auto* field = formFieldOf(v, target)) return {field, false};
    constexpr std::string_view end = ".line";
    if (!target.ends_with(end)) return {nullptr, false};
    return {formFieldOf(v, target.substr(0, target.size() - end.size())), true};
}

Typing pageTyping(const View& v, const screen::FormPage& s) {
    const auto* page = pageOf(s);
    const auto [field, isLine] = targetOf(v, s.focus);
    if (page == nullptr || field == nullptr) return {};
    if (std::find(page->fields.begin(), page->fields.end(), field->key) == page->fields.end()) return {};
    const auto draft = s.drafts.find(s.focus);
    const auto answer = v.flow.session.answers.find(field->key);
    const auto value = answer == v.flow.session.answers.end() ? std::string() : answer->second.value;
    if (isLine) {
        const auto line = form::Address::fromJson(value).value_or(form::Address{}).line;
        return {.kind = ui::KeyboardKind::Text,
                .target = s.focus,
                .text = draft == s.drafts.end() ? line : draft->second,
                .maxLength = 200};
    }
    if (!isTyped(field->type)) return {};
    auto keys = typingInto(*field, s.focus, draft == s.drafts.end() ? rawText(*field, value) : draft->second);
    keys.nextOnDone = page->fields.size() == 1 && field->type != FieldType::LongText;
    return keys;
}

Typing queryTyping(const screen::FormPage& s, const std::string& query) {
    if (s.focus != "picker") return {};
    return {.kind = ui::KeyboardKind::Text, .target = "picker", .text = query, .maxLength = 60};
}

} // namespace

const Field* formFieldOf(const View& v, const std::string& key) {
    const auto* procedure = currentProcedure(v.knowledge, v.flow);
    return procedure == nullptr ? nullptr : form::find(procedure->form, key);
}

bool formSub(const View& v, const screen::FormPage& s) {
    if (const auto* units = std::get_if<screen::UnitPicker>(&s.sub))
        pickerBody(v, s, *units);
    else if (const auto* choices = std::get_if<screen::ChoicePicker>(&s.sub))
        pickerBody(v, s, *choices);
    else if (const auto* row = std::get_if<screen::RowEditor>(&s.sub))
        rowBody(v, s, *row);
    else
        return false;
    return true;
}

void body(const View& v, const screen::FormPage& s) {
    if (formSub(v, s)) return;
    const auto* section = sectionOf(v, s);
    if (section == nullptr) return;
    if (const auto* typed = targetOf(v, s.focus).first;
        typed != nullptr && isTight(v, pageTyping(v, s).kind != ui::KeyboardKind::None))
        return formField(v, s, *typed); // above the keyboard there is room for nothing else
    progress(v, s);
    v.ui.title("form.section", section->title.in(languageOf(v)));
    personButtons(v, *section);
    if (!s.problems.empty()) {
        v.ui.beginPanel(ui::Ui::PanelKind::Warning);
        v.ui.iconText("form.problems", ui::Icon::Warning, v.ui.w("form.problems"));
        v.ui.endPanel();
    }
    const auto* procedure = currentProcedure(v.knowledge, v.flow);
    for (const auto& key : pageOf(s)->fields) {
        if (const auto* other = form::sectionOf(procedure->form, key); other != nullptr && other != section) {
            section = other;
            v.ui.title("form.section." + other->key, other->title.in(languageOf(v)));
            personButtons(v, *section);
        }
        if (const auto* field = formFieldOf(v, key)) formField(v, s, *field);
    }
}

Forward forward(const View& v, const screen::FormPage& s) {
    if (std::holds_alternative<screen::RowEditor>(s.sub))
        return {"row.keep", v.ui.w("row.keep"), ui::Icon::Check, event::KeepRow{}};
    if (!std::holds_alternative<std::monostate>(s.sub)) return {};
    if (s.returnToReview) return {"form.next", v.ui.w("form.back_to_review"), ui::Icon::Check, event::Next{}};
    return {"form.next", v.ui.w("common.next"), ui::Icon::Next, event::Next{}};
}

Typing typing(const View& v, const screen::FormPage& s) {
    if (const auto* units = std::get_if<screen::UnitPicker>(&s.sub)) return queryTyping(s, units->query);
    if (const auto* choices = std::get_if<screen::ChoicePicker>(&s.sub))
        return queryTyping(s, choices->query);
    if (const auto* row = std::get_if<screen::RowEditor>(&s.sub)) return rowTyping(v, s, *row);
    return pageTyping(v, s);
}

} // namespace kiosk::screens
