#include "app/flow/dossier.hpp"

#include "app/base/json/json.hpp"

namespace kiosk {
namespace {

using nlohmann::ordered_json;

std::string_view name(Assurance a) {
    switch (a) {
    case Assurance::Typed:
        return "typed";
    case Assurance::Read:
        return "read";
    case Assurance::Verified:
        return "verified";
    }
    return "typed";
}

std::string_view name(IdentitySource s) {
    switch (s) {
    case IdentitySource::CardQr2021:
        return "card_qr_2021";
    case IdentitySource::CardQr2024:
        return "card_qr_2024";
    case IdentitySource::Typed:
        return "typed";
    }
    return "typed";
}

std::string_view name(Origin o) {
    switch (o) {
    case Origin::Customer:
        return "customer";
    case Origin::Card:
        return "card";
    case Origin::SecondCard:
        return "second_card";
    case Origin::Profile:
        return "profile";
    case Origin::Office:
        return "office";
    case Origin::Suggested:
        return "suggested";
    case Origin::Implied:
        return "implied";
    }
    return "customer";
}

ordered_json identityJson(const Identity& i) {
    ordered_json j;
    j["source"] = name(i.source);
    j["assurance"] = name(i.assurance);
    if (i.assurance == Assurance::Read) j["read_by"] = i.readBy == ReadBy::Camera ? "camera" : "scanner";
    j["personal_number"] = i.personalNumber;
    if (!i.oldNumber.empty()) j["old_number"] = i.oldNumber;
    j["name"] = i.name;
    j["birth_date"] = i.birthDate.iso();
    j["sex"] = i.sex == Sex::Male ? "male" : "female";
    j["address_on_card"] = i.address;
    if (i.issuedOn) j["issued_on"] = i.issuedOn->iso();
    if (i.expiresOn) j["expires_on"] = i.expiresOn->iso();
    if (!i.fatherName.empty()) j["father_name"] = i.fatherName;
    if (!i.motherName.empty()) j["mother_name"] = i.motherName;
    j["warnings"] = ordered_json::array();
    for (const auto w : i.warnings) j["warnings"].push_back(name(w));
    return j;
}

/// A Table's rows as shown, so that whoever gets the dossier can print them as a table.
ordered_json tableJson(const Field& field, const std::string& value) {
    ordered_json table;
    table["columns"] = ordered_json::array();
    table["rows"] = ordered_json::array();
    for (const auto& column : field.columns) table["columns"].push_back(column.label.vi);
    for (const auto& row : form::rowsFromJson(value).value_or(std::vector<form::Row>())) {
        auto cells = ordered_json::array();
        for (const auto& column : field.columns) {
            const auto it = row.find(column.key);
            cells.push_back(it == row.end() ? std::string()
                                            : form::display(column, it->second, Language::Vi));
        }
        table["rows"].push_back(std::move(cells));
    }
    return table;
}

/// Words over the places to sign on the printed form.
ordered_json signaturesJson(const Form& f, const Answers& answers) {
    auto list = ordered_json::array();
    for (const auto& section : f.sections)
        if (form::isVisible(section.when, answers))
            for (const auto& field : section.fields)
                if (field.type == FieldType::Signature && form::isVisible(field.when, answers))
                    list.push_back(field.label.vi);
    return list;
}

ordered_json answersJson(const Form& f, const Answers& answers) {
    auto list = ordered_json::array();
    for (const auto& section : f.sections)
        for (const auto& field : section.fields) {
            const auto it = answers.find(field.key);
            if (it == answers.end() || it->second.value.empty()) continue;
            ordered_json a;
            a["section"] = section.title.vi;
            a["person"] = section.person;
            a["field"] = field.key;
            a["label"] = field.label.vi;
            a["value"] = it->second.value;
            a["display"] = form::display(field, it->second.value, Language::Vi);
            if (field.type == FieldType::Table) a["table"] = tableJson(field, it->second.value);
            a["origin"] = name(it->second.origin);
            if (!it->second.note.empty()) a["note"] = it->second.note;
            list.push_back(std::move(a));
        }
    return list;
}

ordered_json papersJson(const Procedure& procedure) {
    auto list = ordered_json::array();
    for (const auto& paper : procedure.papers)
        if (!paper.isNote)
            list.push_back({{"name", paper.name}, {"originals", paper.originals}, {"copies", paper.copies}});
    return list;
}

ordered_json addressJson(const Knowledge& k, const Residence& r) {
    ordered_json j;
    j["person"] = "customer";
    j["on_card"] = r.onCard;
    j["line"] = r.line;
    if (!r.chosen) {
        j["chosen"] = nullptr; // the person was not sure: the office decides
        return j;
    }
    if (const auto* ward = k.units.find(*r.chosen)) {
        const auto* province = k.units.find(ward->parentCode);
        j["chosen"] = {{"ward", ward->code},
                       {"ward_name", ward->fullName()},
                       {"province", ward->parentCode},
                       {"province_name", province == nullptr ? std::string() : province->fullName()}};
    }
    j["chosen_by"] = r.alreadyTwoLevel ? "card" : "customer";
    return j;
}

} // namespace

std::string dossierJson(const Knowledge& k, const Flow& flow) {
    const auto& session = flow.session;
    const auto& procedure = *currentProcedure(k, flow);
    const auto answers = form::withoutHidden(procedure.form, session.answers);
    ordered_json j;
    j["schema"] = 1;
    if (session.rehearsal) j["rehearsal"] = true;
    j["procedure"] = {
        {"code", procedure.code}, {"name_vi", procedure.name.vi}, {"version", procedure.version}};
    j["form"] = {{"name_vi", procedure.form.name.vi},
                 {"legal", procedure.form.legal},
                 {"general", procedure.form.general},
                 {"declaration_vi", procedure.form.declaration.vi},
                 {"signatures", signaturesJson(procedure.form, answers)}};
    j["office"] = {{"code", k.office.code},
                   {"name", k.office.name},
                   {"ward", k.office.wardCode},
                   {"ward_name", k.office.wardName}};
    j["created_at"] = flow.now.iso();
    j["clock_trusted"] = flow.clockTrusted;
    j["language"] = flow.preferences.language == Language::Vi ? "vi" : "en";
    j["customer"] = identityJson(*session.customer);
    j["people"] = ordered_json::array();
    for (const auto& [person, identity] : session.people) {
        auto p = identityJson(identity);
        p["person"] = person;
        p["is_customer"] = identity.personalNumber == session.customer->personalNumber;
        j["people"].push_back(std::move(p));
    }
    j["consent"] = {{"wording", session.consent.wording},
                    {"language", session.consent.language == Language::Vi ? "vi" : "en"},
                    {"purpose", procedure.code},
                    {"at", session.consent.at.iso()}};
    j["answers"] = answersJson(procedure.form, answers);
    j["papers"] = papersJson(procedure);
    j["addresses"] = ordered_json::array();
    if (!session.residence.onCard.empty()) j["addresses"].push_back(addressJson(k, session.residence));
    return j.dump();
}

Answers answersToKeep(const Knowledge& k, const Flow& flow) {
    Answers keep;
    const auto* procedure = currentProcedure(k, flow);
    if (procedure == nullptr) return keep;
    const auto answers = form::withoutHidden(procedure->form, flow.session.answers);
    for (const auto& section : procedure->form.sections) {
        const auto someone = flow.session.people.find(section.person);
        const bool aboutCustomer = section.person == "customer" ||
                                   (someone != flow.session.people.end() && flow.session.customer &&
                                    someone->second.personalNumber == flow.session.customer->personalNumber);
        for (const auto& field : section.fields) {
            const bool own = aboutCustomer && !field.profile.empty();
            const auto it = own ? answers.find(field.key) : answers.end();
            if (it == answers.end() || it->second.value.empty()) continue;
            const auto origin = it->second.origin;
            // A suggestion that stood in what was sent is the person's word by then.
            if (origin == Origin::Customer || origin == Origin::Profile || origin == Origin::Office ||
                origin == Origin::Suggested)
                keep[field.profile] = it->second;
        }
    }
    return keep;
}

} // namespace kiosk
