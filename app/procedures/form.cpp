// Which questions a form asks now: visibility, pages and what may travel.
#include "app/procedures/form.hpp"

#include <algorithm>

namespace kiosk::form {
namespace {

/// Calls `visit(section index, field)` for every visible field in form order; `kept` grows with the visible
/// answers, so that a condition on a hidden field's stale answer is not fulfilled.
template <typename Visit>
Answers walk(const Form& form, const Answers& answers, Visit visit) {
    Answers kept;
    for (std::size_t s = 0; s < form.sections.size(); ++s) {
        const Section& section = form.sections[s];
        if (!isVisible(section.when, kept)) continue;
        for (const Field& field : section.fields) {
            if (!isVisible(field.when, kept)) continue;
            if (const auto it = answers.find(field.key); it != answers.end()) kept.insert(*it);
            visit(s, field);
        }
    }
    return kept;
}

/// True when the person has to see the question: nobody else has answered it, or the answer is wrong.
bool needsPerson(const Field& field, const Answers& answers) {
    if (field.type == FieldType::Signature) return false;
    const auto it = answers.find(field.key);
    if (it == answers.end()) return true;
    const Answer& a = it->second;
    if (a.origin == Origin::Suggested) return true;
    if (a.origin == Origin::Customer && a.note != typedNote)
        return true; // so that pages stay put while they are filled in
    // Which pages there are must not depend on the clock; problems() bounds the dates.
    if (field.type == FieldType::Date) return !Date::fromIso(a.value).has_value();
    return check(field, a.value, {}).has_value();
}

bool standsAlone(const Field& field) { return field.type == FieldType::Address; }
/// A table grows downwards: nothing comes below it.
bool isLast(const Field& field) { return field.type == FieldType::Table; }

/// Whose card may be shown too: buttons of its own.
bool isAboutSomebodyElse(const Section& section) {
    return !section.person.empty() && section.person != "customer";
}

constexpr auto noSection = static_cast<std::size_t>(-1);

} // namespace

bool isVisible(const std::vector<Condition>& when, const Answers& answers) {
    return std::all_of(when.begin(), when.end(), [&](const Condition& c) {
        const auto it = answers.find(c.field);
        return it != answers.end() && std::find(c.is.begin(), c.is.end(), it->second.value) != c.is.end();
    });
}

std::vector<FieldProblem> problems(const Form& form, const Answers& answers, Date today) {
    std::vector<FieldProblem> out;
    walk(form, answers, [&](std::size_t, const Field& field) {
        const auto it = answers.find(field.key);
        const auto problem = check(field, it == answers.end() ? std::string() : it->second.value, today);
        if (problem) out.push_back({field.key, *problem});
    });
    return out;
}

std::vector<Page> pages(const Form& form, const Answers& answers, std::size_t perPage) {
    perPage = std::max<std::size_t>(perPage, 1);
    std::vector<Page> out;
    bool closed = true;
    std::size_t someone = noSection; // the section of the page that asks about somebody else: one at most
    walk(form, answers, [&](std::size_t section, const Field& field) {
        if (!needsPerson(field, answers)) return;
        const bool alone = standsAlone(field);
        const bool other = isAboutSomebodyElse(form.sections[section]);
        const bool goesOn = !closed && !alone && out.back().fields.size() < perPage &&
                            (!other || someone == noSection || someone == section);
        if (!goesOn) {
            out.push_back({section, {}});
            someone = noSection;
        }
        if (other) someone = section;
        out.back().fields.push_back(field.key);
        closed = alone || isLast(field);
    });
    return out;
}

Answers withoutHidden(const Form& form, const Answers& answers) {
    return walk(form, answers, [](std::size_t, const Field&) {});
}

const Section* sectionOf(const Form& form, std::string_view key) {
    for (const Section& section : form.sections)
        for (const Field& field : section.fields)
            if (field.key == key) return &section;
    return nullptr;
}

const Field* find(const Form& form, std::string_view key) {
    const auto* section = sectionOf(form, key);
    if (section == nullptr) return nullptr;
    return &*std::find_if(section->fields.begin(), section->fields.end(),
                          [key](const Field& field) { return field.key == key; });
}

} // namespace kiosk::form
