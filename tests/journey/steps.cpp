#include "tests/journey/steps.hpp"
#include "app/base/assets.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>

namespace kiosk::journey {
namespace {

const Field& fieldOf(const Person& person, const Procedure& procedure, const std::string& key) {
    const auto* field = form::find(procedure.form, key);
    if (field == nullptr) throw std::runtime_error("the page asks an unknown field: " + key);
    static_cast<void>(person);
    return *field;
}

/// Something right to type into a field of this kind.
std::string textFor(FieldType type) {
    switch (type) {
    case FieldType::Date:
        return "05092020";
    case FieldType::Number:
        return "1";
    case FieldType::Money:
        return "1000000";
    case FieldType::Phone:
        return "0901234567";
    case FieldType::Email:
        return "mau@vidu.vn";
    case FieldType::PersonalNumber:
        return "001199000002";
    case FieldType::TaxCode:
        return "0100109106";
    default:
        return "mau";
    }
}

void answerAddress(Person& person, const std::string& key) {
    person.tap("ward." + key);
    person.wait("the unit picker", [&] {
        return std::holds_alternative<screen::UnitPicker>(
            std::get<screen::FormPage>(person.flow().screen).sub);
    });
    for (int i = 0; i < 3; ++i) { // a province, then a ward of it
        const auto* page = std::get_if<screen::FormPage>(&person.flow().screen);
        const auto* picker = page == nullptr ? nullptr : std::get_if<screen::UnitPicker>(&page->sub);
        if (picker == nullptr) break;
        person.tap("unit." + picker->units.at(0));
    }
    person.tap("field." + key + ".line");
    person.eraseText(0);
    const auto* page = std::get_if<screen::FormPage>(&person.flow().screen);
    const auto answer = person.flow().session.answers.find(key);
    const auto line = answer == person.flow().session.answers.end()
                          ? form::Address{}
                          : form::Address::fromJson(answer->second.value).value_or(form::Address{});
    if (page != nullptr && line.line.empty()) person.type("to 1 mau");
    person.tap("ui.key.done");
}

void answer(Person& person, const Field& field) {
    const auto& answers = person.flow().session.answers;
    const auto known = answers.find(field.key);
    const bool has = known != answers.end() && !known->second.value.empty();
    switch (field.type) {
    case FieldType::Choice:
        if (has) return;
        if (!person.sees("choice." + field.key + "." + field.choices.front().value))
            person.tap("field." + field.key);
        return person.tap("choice." + field.key + "." + field.choices.front().value);
    case FieldType::YesNo:
        if (!has) person.tap("choice." + field.key + ".no");
        return;
    case FieldType::Address:
        return answerAddress(person, field.key);
    case FieldType::Table:
    case FieldType::Signature:
        return;
    default:
        break;
    }
    if (has || (!field.required && field.profile.empty())) return; // what may be kept for next time is given
    person.tap("field." + field.key);
    person.type(textFor(field.type));
    person.tap("ui.key.done");
}

/// The fields of the page shown that are not answered yet, read anew after each answer: a choice may show
/// further questions.
void answerPage(Person& person, const Procedure& procedure) {
    std::set<std::string> done;
    for (;;) {
        const auto* page = std::get_if<screen::FormPage>(&person.flow().screen);
        if (page == nullptr || page->index >= page->pages.size()) return;
        const auto& keys = page->pages[page->index].fields;
        const auto next =
            std::find_if(keys.begin(), keys.end(), [&](const std::string& k) { return !done.contains(k); });
        if (next == keys.end()) return;
        const std::string key = *next;
        done.insert(key);
        answer(person, fieldOf(person, procedure, key));
    }
}

} // namespace

void identify(Person& person, bool english) {
    person.waitFor<screen::Welcome>("welcome");
    if (english) person.tap("header.language");
    person.wait("word about the camera",
                [&] { return person.sees("status.header.pictures"); }); // it moves what is below it
    person.picture("welcome");
    person.tap("welcome.start");
    person.waitFor<screen::PresentCard>("present card");
    person.wait("a picture from the camera", [&] { return person.sees("card.preview"); });
    person.picture("present-card");
    person.wait(
        "the card to be read",
        [&] { return std::holds_alternative<screen::ConfirmIdentity>(person.flow().screen); },
        std::chrono::seconds(60));
    person.see("confirm.name");
    person.picture("is-this-you");
    const auto& proposals = person.flow().session.residence.proposals;
    if (!person.flow().session.residence.alreadyTwoLevel && !proposals.empty())
        person.tap("residence." + proposals.front());
    person.tap("confirm.agree");
    person.picture("agreement");
    person.tap("confirm.next");
    person.waitFor<screen::Choose>("choose");
    person.see("field.query");
    person.picture("what-do-you-need");
}

namespace {
/// The same procedure once more is asked about.
void begin(Person& person) {
    person.wait("the way on", [&] {
        const auto* info = std::get_if<screen::ProcedureInfo>(&person.flow().screen);
        const bool known = info != nullptr && !info->lookingSince;
        return known && (person.sees("procedure.begin") || person.sees("procedure.send_again"));
    });
    person.picture("procedure");
    person.tap(person.sees("procedure.send_again") ? "procedure.send_again" : "procedure.begin");
    person.waitFor<screen::FormPage>("the form");
}
} // namespace

void chooseTile(Person& person, const std::string& code) {
    person.tap("tile." + code);
    person.waitFor<screen::ProcedureInfo>("procedure");
    begin(person);
}

void chooseBySearch(Person& person, const std::string& query, const std::string& code) {
    person.tap("field.query");
    person.type(query);
    person.see("hit." + code);
    person.picture("search");
    person.tap("ui.key.done");
    person.tap("hit." + code);
    person.waitFor<screen::ProcedureInfo>("procedure");
    begin(person);
}

int fillForm(Person& person) {
    const auto& code = person.flow().session.procedure;
    const auto procedures = procedure::loadAll(assetsFolder()).byCode;
    const auto it = procedures.find(code);
    if (it == procedures.end()) throw std::runtime_error("no procedure file for " + code);
    int pages = 0;
    while (std::holds_alternative<screen::FormPage>(person.flow().screen)) {
        if (++pages > 60) throw std::runtime_error("the form does not end");
        person.see("form.next");
        if (person.sees("form.this_is_me")) {
            person.tap("form.this_is_me");
            if (!std::holds_alternative<screen::FormPage>(person.flow().screen)) break;
        }
        answerPage(person, it->second);
        person.picture("form-" + std::to_string(pages));
        person.tap("form.next");
        const auto* page = std::get_if<screen::FormPage>(&person.flow().screen);
        if (page != nullptr && !page->problems.empty())
            throw std::runtime_error("the form refuses the answer of " + page->problems.begin()->first);
    }
    person.waitFor<screen::Review>("review");
    return pages;
}

void send(Person& person, bool online) {
    person.see("review.send");
    person.picture("check-your-answers");
    person.tap("review.send");
    if (const auto* review = std::get_if<screen::Review>(&person.flow().screen);
        review != nullptr && !review->missing.empty())
        throw std::runtime_error("the review misses " + review->missing.front().field);
    person.waitFor<screen::Slip>("the slip");
    if (online)
        person.wait("the office's acknowledgement", [&] {
            const auto* slip = std::get_if<screen::Slip>(&person.flow().screen);
            return slip != nullptr && !slip->content.dossierCode.empty() && person.sees("slip.code");
        });
    else
        person.wait("word that it waits", [&] { return person.sees("slip.waiting"); });
    person.picture("slip");
}

std::vector<std::string> differences(const nlohmann::json& exported, const nlohmann::json& truth,
                                     const std::string& procedure) {
    std::vector<std::string> wrong;
    const auto& dossier = exported.at("dossier");
    const auto& got = dossier.at("customer");
    const auto same = [&](const std::string& what, const nlohmann::json& a, const nlohmann::json& b) {
        if (a != b) wrong.push_back(what + " differs");
    };
    same("procedure", dossier.at("procedure").at("code"), procedure);
    same("personal_number", got.at("personal_number"), truth.at("personal_number"));
    same("name", got.at("name"), truth.at("name"));
    same("birth_date", got.at("birth_date"), truth.at("birth_date"));
    same("sex", got.at("sex"), truth.at("sex"));
    same("address", got.at("address_on_card"), truth.at("address"));
    same("issued_on", got.at("issued_on"), truth.at("issued_on"));
    same("assurance", got.at("assurance"), "read");
    same("addresses.on_card", dossier.at("addresses").at(0).at("on_card"), truth.at("address"));
    if (dossier.at("consent").at("wording").get<std::string>().empty())
        wrong.emplace_back("consent has no wording");
    return wrong;
}

} // namespace kiosk::journey
