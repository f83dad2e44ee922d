#include "app/flow/step.hpp"

#include "app/base/text.hpp"

#include <algorithm>

namespace kiosk {
namespace {

/// At most this many questions a screen (ux.md U10: one question or one short group).
constexpr std::size_t questionsPerPage = 3;

bool isDigitsOnly(FieldType type) {
    return type == FieldType::Date || type == FieldType::Money || type == FieldType::PersonalNumber;
}

std::string digitsOf(std::string_view s) {
    std::string out;
    std::copy_if(s.begin(), s.end(), std::back_inserter(out), [](char c) { return c >= '0' && c <= '9'; });
    return out;
}

/// "120,5" as "120.5": one comma begins the decimals; dots and spaces only group figures.
std::string decimalOf(std::string_view s) {
    const auto comma = s.find(',');
    auto out = digitsOf(s.substr(0, comma));
    if (comma == std::string_view::npos) return out;
    const auto rest = digitsOf(s.substr(comma + 1));
    return rest.empty() ? out : (out.empty() ? "0" : out) + "." + rest;
}

/// A leading '+' says that the number is of another country.
std::string phoneOf(std::string_view s) {
    const auto digits = digitsOf(s);
    const auto first = s.find_first_not_of(' ');
    const bool plus = first != std::string_view::npos && s[first] == '+';
    return plus && !digits.empty() ? "+" + digits : digits;
}

Prefill sources(const Step& s) {
    const auto& session = s.flow.session;
    Prefill with;
    if (session.customer) with.customer = &*session.customer;
    for (const auto& [person, identity] : session.people) {
        const bool isCustomer =
            session.customer && identity.personalNumber == session.customer->personalNumber;
        with.people[person] =
            isCustomer ? with.customer : &identity; // "this is me" lets their kept answers fill it too
    }
    with.units = &s.knowledge.units;
    if (session.profile && !session.profile->disputed) { // what the person called wrong fills nothing
        with.profile = session.profile->answers;
        with.records = session.profile->records;
    }
    const auto& office = s.knowledge.office;
    with.officeName = office.name;
    with.officeWard = office.wardName;
    with.officeProvince = office.provinceName;
    with.today = s.today();
    return with;
}

form::Address addressOf(const Units& units, const Residence& residence) {
    form::Address a;
    a.line = residence.line;
    if (!residence.chosen) return a;
    if (const auto* ward = units.find(*residence.chosen)) {
        a.wardCode = ward->code;
        a.wardName = ward->fullName();
        if (const auto* province = units.find(ward->parentCode)) {
            a.provinceCode = province->code;
            a.provinceName = province->fullName();
        }
    }
    return a;
}

/// Today's unit that the customer chose for the card's address answers what asks for their residence; the
/// address as on the card stays beside it. Where nothing was chosen the question is asked (an old address is
/// never rewritten silently).
void fillResidence(Step& s, const Form& f) {
    auto& session = s.flow.session;
    if (!session.residence.chosen) return;
    const auto address = addressOf(s.knowledge.units, session.residence);
    for (const auto& section : f.sections) {
        const auto someone = session.people.find(section.person);
        const bool isCustomer = section.person == "customer" ||
                                (someone != session.people.end() && session.customer &&
                                 someone->second.personalNumber == session.customer->personalNumber);
        if (!isCustomer) continue;
        for (const auto& field : section.fields) {
            const auto answer = session.answers.find(field.key);
            if (field.card != "residence" || answer == session.answers.end()) continue;
            if (answer->second.origin != Origin::Card && answer->second.origin != Origin::Suggested) continue;
            const bool isAddress = field.type == FieldType::Address;
            answer->second = {isAddress ? address.toJson() : address.oneLine(), Origin::Card,
                              session.residence.onCard};
        }
    }
}

/// A card answers for this person what was typed before.
void forgetTyped(Step& s, const Section& section) {
    for (const auto& field : section.fields)
        if (!field.card.empty()) {
            s.flow.session.answers.erase(field.key);
            if (auto* page = s.at<screen::FormPage>()) page->drafts.erase(field.key);
        }
}

/// Who by an answer is the customer ("for myself") needs no card and no button; another answer takes it back.
void knowCustomer(Step& s, const Form& f) {
    auto& session = s.flow.session;
    if (!session.customer) return;
    for (const auto& section : f.sections) {
        if (section.customerWhen.empty()) continue;
        const bool self = form::isVisible(section.customerWhen, session.answers);
        const auto known = session.people.find(section.person);
        if (self && known == session.people.end()) {
            session.people[section.person] = *session.customer;
            forgetTyped(s, section);
        } else if (!self && known != session.people.end() &&
                   known->second.personalNumber == session.customer->personalNumber) {
            session.people.erase(known);
        }
    }
}

void prefillAll(Step& s) {
    const auto* procedure = currentProcedure(s.knowledge, s.flow);
    if (procedure == nullptr) return;
    form::prefill(procedure->form, sources(s), s.flow.session.answers);
    knowCustomer(s, procedure->form);
    form::prefill(procedure->form, sources(s), s.flow.session.answers);
    fillResidence(s, procedure->form);
}

void store(Step& s, const Field& field, std::string value) {
    auto& answers = s.flow.session.answers;
    const auto old = answers.find(field.key);
    if (old != answers.end() && old->second.value == value)
        return; // untouched: keeps saying where it came from
    answers[field.key] = {std::move(value), Origin::Customer, {}};
}

/// Puts what was typed into the answers.
void keepDrafts(Step& s, screen::FormPage& page, const Form& f) {
    for (const auto& [target, typed] : page.drafts) {
        if (const auto* field = form::find(f, target)) {
            store(s, *field, canonical(*field, typed));
            continue;
        }
        const auto dot = target.rfind(".line");
        const auto* field = dot == std::string::npos ? nullptr : form::find(f, target.substr(0, dot));
        if (field == nullptr) continue;
        const auto now = s.flow.session.answers.find(field->key);
        auto address = now == s.flow.session.answers.end()
                           ? form::Address{}
                           : form::Address::fromJson(now->second.value).value_or(form::Address{});
        address.line = text::nfc(text::trim(typed));
        store(s, *field, address.toJson());
    }
    page.drafts.clear();
}

/// Problems of the fields on the present page.
std::map<std::string, Problem> problemsOf(const Step& s, const screen::FormPage& page, const Form& f) {
    std::map<std::string, Problem> found;
    const auto& keys = page.pages[page.index].fields;
    for (const auto& p : form::problems(f, s.flow.session.answers, s.today()))
        if (std::find(keys.begin(), keys.end(), p.field) != keys.end()) found.emplace(p.field, p.problem);
    return found;
}

/// The pages anew, and the place of the page that begins with, or comes after, the field `anchor`.
void repage(Step& s, screen::FormPage& page, const Form& f, const std::string& anchor, bool after) {
    if (page.returnToReview) return;
    page.pages = form::pages(f, s.flow.session.answers, questionsPerPage);
    std::vector<std::string> order;
    for (const auto& section : f.sections)
        for (const auto& field : section.fields) order.push_back(field.key);
    const auto place = [&](const std::string& key) {
        return std::find(order.begin(), order.end(), key) - order.begin();
    };
    const auto at = place(anchor);
    page.index = page.pages.size();
    for (std::size_t i = 0; i < page.pages.size(); ++i) {
        const auto last = place(page.pages[i].fields.back());
        if (after ? last > at : last >= at) {
            page.index = i;
            return;
        }
    }
}

const Form* currentForm(const Step& s) {
    const auto* procedure = currentProcedure(s.knowledge, s.flow);
    return procedure == nullptr ? nullptr : &procedure->form;
}

void nextPage(Step& s, screen::FormPage& page, const Form& f) {
    keepDrafts(s, page, f);
    page.focus.clear();
    page.problems = problemsOf(s, page, f);
    if (!page.problems.empty()) return;
    if (page.returnToReview) return goReview(s);
    const auto last = page.pages[page.index].fields.back();
    repage(s, page, f, last, true);
    if (page.index >= page.pages.size()) goReview(s);
}

} // namespace

std::string canonical(const Field& field, const std::string& typed) {
    if (field.type == FieldType::Date) {
        const auto digits = digitsOf(typed);
        if (digits.empty()) return {};
        const auto date = Date::fromCard(digits);
        return date ? date->iso() : digits; // what is not a date stays as typed and is named as a problem
    }
    if (field.type == FieldType::Number) return decimalOf(typed);
    if (field.type == FieldType::Phone) return phoneOf(typed);
    if (isDigitsOnly(field.type)) return digitsOf(typed);
    auto value = text::nfc(text::trim(typed));
    if (field.type == FieldType::Email)
        value.erase(std::remove(value.begin(), value.end(), ' '), value.end());
    return value;
}

void startForm(Step& s) {
    const auto* f = currentForm(s);
    if (f == nullptr) return;
    prefillAll(s);
    screen::FormPage page;
    page.pages = form::pages(*f, s.flow.session.answers, questionsPerPage);
    if (page.pages.empty()) return goReview(s);
    s.go(std::move(page));
}

void refill(Step& s) {
    const auto* f = currentForm(s);
    auto* page = s.at<screen::FormPage>();
    if (f == nullptr || page == nullptr || page->pages.empty()) return;
    const auto anchor = page->pages[std::min(page->index, page->pages.size() - 1)].fields.front();
    prefillAll(s);
    repage(s, *page, *f, anchor, false);
    if (page->index >= page->pages.size()) goReview(s);
}

void personKnown(Step& s, const std::string& person, const Identity& identity) {
    const auto* f = currentForm(s);
    if (f == nullptr) return;
    s.flow.session.people[person] = identity;
    for (const auto& section : f->sections) { // the card replaces what was typed for this person before
        if (section.person == person) forgetTyped(s, section);
    }
    if (s.at<screen::FormPage>() != nullptr) return refill(s);
    prefillAll(s);
}

void on(Step& s, const event::Focus& e) {
    if (auto* desk = s.at<screen::Staff>()) return focused(*desk, e.target);
    if (auto* t = s.at<screen::TypeIdentity>()) t->focus = e.target;
    if (auto* look = s.at<screen::LookUp>()) look->focus = e.target;
    if (auto* c = s.at<screen::Choose>()) c->typing = e.target == "query";
    auto* page = s.at<screen::FormPage>();
    const auto* f = currentForm(s);
    if (page == nullptr || f == nullptr) return;
    if (std::holds_alternative<std::monostate>(page->sub)) keepDrafts(s, *page, *f);
    page->focus = e.target;
}

void on(Step& s, const event::Edited& e) {
    if (auto* desk = s.at<screen::Staff>()) return edited(s, *desk, e);
    if (auto* t = s.at<screen::TypeIdentity>()) return edited(s, *t, e);
    if (auto* c = s.at<screen::Choose>()) return edited(s, *c, e);
    if (auto* look = s.at<screen::LookUp>()) return edited(s, *look, e);
    auto* page = s.at<screen::FormPage>();
    if (page == nullptr || editInSub(s, *page, e)) return;
    page->drafts[e.target] = e.text;
    page->problems.erase(e.target.substr(0, e.target.rfind(".line")));
}

void on(Step& s, const event::Pick& e) {
    if (auto* t = s.at<screen::TypeIdentity>(); t != nullptr && e.field == "sex") {
        t->sex = e.value;
        t->problems.erase("sex");
        return;
    }
    auto* page = s.at<screen::FormPage>();
    const auto* f = currentForm(s);
    if (page == nullptr || f == nullptr) return;
    if (!std::holds_alternative<std::monostate>(page->sub)) return pickInSub(s, *page, e);
    const auto* field = form::find(*f, e.field);
    if (field == nullptr) return;
    keepDrafts(s, *page, *f);
    store(s, *field, e.value);
    page->problems.erase(e.field);
    const auto anchor = page->pages[page->index].fields.front();
    prefillAll(s);                       // what follows from the choice
    repage(s, *page, *f, anchor, false); // the choice may show or hide further questions
}

void on(Step& s, const event::Next&) {
    auto* page = s.at<screen::FormPage>();
    const auto* f = currentForm(s);
    if (page != nullptr && f != nullptr) nextPage(s, *page, *f);
}

void on(Step& s, const event::ShowCardFor& e) {
    auto* page = s.at<screen::FormPage>();
    const auto* f = currentForm(s);
    if (page == nullptr || f == nullptr) return;
    keepDrafts(s, *page, *f);
    s.go(screen::PresentCard{.person = e.person, .since = s.flow.now});
}

void on(Step& s, const event::ThisIsMe& e) {
    if (s.flow.session.customer) personKnown(s, e.person, *s.flow.session.customer);
}

void on(Step& s, const event::OtherCardIs& e) {
    const auto* other = std::get_if<overlay::OtherCard>(&s.flow.overlay);
    if (other == nullptr) return;
    const Identity identity = other->other;
    s.flow.overlay = std::monostate{};
    personKnown(s, e.person, identity);
}

void on(Step& s, const event::Change& e) {
    const auto* f = currentForm(s);
    if (f == nullptr || s.at<screen::Review>() == nullptr) return;
    const auto* section = form::sectionOf(*f, e.field);
    if (section == nullptr) return;
    screen::FormPage page;
    page.pages = {{static_cast<std::size_t>(section - f->sections.data()), {e.field}}};
    page.returnToReview = true;
    s.replace(std::move(page));
}

bool formBack(Step& s) {
    auto* page = s.at<screen::FormPage>();
    const auto* f = currentForm(s);
    if (page == nullptr || f == nullptr) return false;
    if (!std::holds_alternative<std::monostate>(page->sub)) {
        page->sub = std::monostate{};
        page->focus.clear();
        return true;
    }
    keepDrafts(s, *page, *f);
    page->focus.clear();
    page->problems.clear();
    if (page->returnToReview) {
        goReview(s);
        return true;
    }
    if (page->index == 0) return false;
    --page->index;
    return true;
}

} // namespace kiosk
