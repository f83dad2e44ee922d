// What fills a form before the person does: cards, profile, the office's records, the office itself.
#include "app/procedures/form.hpp"
#include "app/procedures/units.hpp"

#include <algorithm>

namespace kiosk::form {
namespace {

bool isFromCard(const Answer& a) {
    return a.origin == Origin::Card || a.origin == Origin::SecondCard || a.note == typedNote;
}

/// What the card's kind calls the document; the choice values of assets/choices.json "id_document".
std::string documentKind(const Identity& id) {
    return id.source == IdentitySource::CardQr2021 ? "cccd" : "cc";
}

/// Who issues each kind of card (printed on all of them, not in the code).
std::string issuer(const Identity& id) {
    switch (id.source) {
    case IdentitySource::CardQr2021:
        return "Cục Cảnh sát quản lý hành chính về trật tự xã hội";
    case IdentitySource::CardQr2024:
        return "Bộ Công an";
    case IdentitySource::Typed:
        break;
    }
    return {};
}

/// "Căn cước công dân số 001…, cấp ngày 01/02/2022, nơi cấp: …" in one text, as paper forms ask.
std::string documentLine(const Identity& id) {
    if (id.source == IdentitySource::Typed) return "Số định danh cá nhân " + id.personalNumber;
    std::string line = (id.source == IdentitySource::CardQr2021 ? "Căn cước công dân số " : "Căn cước số ") +
                       id.personalNumber;
    if (id.issuedOn) line += ", cấp ngày " + id.issuedOn->vietnamese();
    return line + ", nơi cấp: " + issuer(id);
}

std::string documentOf(const Field& field, const Identity& id) {
    if (field.type != FieldType::Choice) return documentLine(id);
    if (id.source == IdentitySource::Typed) return {}; // the person knows which paper it is
    const auto kind = documentKind(id);
    const bool offered = std::any_of(field.choices.begin(), field.choices.end(),
                                     [&](const Choice& c) { return c.value == kind; });
    return offered ? kind : std::string();
}

/// The card's datum in canonical form; empty when the card does not have it. Addresses apart.
std::string datum(const Field& field, const Identity& id) {
    if (field.card == "name") return id.name;
    if (field.card == "birth_date") return id.birthDate.iso();
    if (field.card == "birth_year") return id.birthDate.iso().substr(0, 4);
    if (field.card == "sex") return id.sex == Sex::Male ? "male" : "female";
    if (field.card == "personal_number") return id.personalNumber;
    if (field.card == "residence") return id.address;
    if (field.card == "issued_on") return id.issuedOn ? id.issuedOn->iso() : std::string();
    if (field.card == "issued_by") return issuer(id);
    if (field.card == "id_document") return documentOf(field, id);
    if (field.card == "father_name") return id.fatherName;
    if (field.card == "mother_name") return id.motherName;
    if (field.card == "nationality")
        return "VN"; // given to citizens only: Luật Căn cước 26/2023/QH15, Điều 19
    return {};
}

/// The card's address as an Address. Only one that names units in force is the card's own word; an old one is
/// a proposal.
Answer addressAnswer(const std::string& onCard, const Units* units) {
    Answer a{{}, Origin::Suggested, onCard};
    Address address;
    address.line = onCard;
    if (units != nullptr) {
        const auto match = units->match(onCard);
        if (match.wards.size() == 1) {
            const Unit& ward = *match.wards.front();
            const Unit* province = units->find(ward.parentCode);
            address = {match.line, ward.code, ward.fullName(), ward.parentCode,
                       province ? province->fullName() : std::string()};
            if (match.wasTwoLevel) a = {{}, Origin::Card, {}};
        }
    }
    a.value = address.toJson();
    return a;
}

std::optional<Answer> fromCard(const Field& field, const Identity* id, bool isCustomer, const Units* units) {
    if (id == nullptr || field.card.empty()) return std::nullopt;
    auto value = datum(field, *id);
    if (value.empty()) return std::nullopt;
    Answer a{std::move(value), Origin::Card, {}};
    if (field.type == FieldType::Address) a = addressAnswer(a.value, units);
    if (a.origin == Origin::Card && id->assurance == Assurance::Typed) {
        a.origin = Origin::Customer;
        a.note = typedNote;
    } else if (a.origin == Origin::Card && !isCustomer) {
        a.origin = Origin::SecondCard;
    }
    return a;
}

std::optional<Answer> kept(const Field& field, const Answers& store, Origin origin) {
    const auto it = field.profile.empty() ? store.end() : store.find(field.profile);
    if (it == store.end() || it->second.value.empty()) return std::nullopt;
    return Answer{it->second.value, origin, it->second.note};
}

std::optional<Answer> fromOffice(const Field& field, const Prefill& with) {
    std::string value;
    if (field.prefill == "office.name") value = with.officeName;
    if (field.prefill == "office.ward") value = with.officeWard;
    if (field.prefill == "office.province") value = with.officeProvince;
    if (field.prefill == "today") value = with.today.iso();
    if (!value.empty()) return Answer{std::move(value), Origin::Office, {}};
    if (!field.initial.empty()) return Answer{field.initial, Origin::Suggested, {}};
    return std::nullopt;
}

std::optional<Answer> best(const Field& field, const Identity* id, bool aboutCustomer, const Prefill& with) {
    if (auto a = fromCard(field, id, aboutCustomer, with.units)) return a;
    if (aboutCustomer) {
        if (auto a = kept(field, with.profile, Origin::Profile)) return a;
        if (auto a = kept(field, with.records, Origin::Office)) return a;
    }
    return fromOffice(field, with);
}

bool follows(const Implied& implied, const Answers& answers, bool aboutCustomer) {
    return !implied.value.empty() && (aboutCustomer || !implied.ofCustomer) &&
           isVisible(implied.when, answers);
}

} // namespace

void prefill(const Form& form, const Prefill& with, Answers& answers) {
    for (const Section& section : form.sections) {
        const Identity* id = section.person == "customer" ? with.customer : nullptr;
        if (const auto it = with.people.find(section.person);
            !section.person.empty() && it != with.people.end())
            id = it->second;
        const bool aboutCustomer =
            section.person.empty() || section.person == "customer" || (id != nullptr && id == with.customer);
        for (const Field& field : section.fields) {
            if (field.type == FieldType::Signature) continue;
            const auto old = answers.find(field.key);
            if (old != answers.end() && old->second.origin == Origin::Customer &&
                old->second.note != typedNote)
                continue;
            if (follows(field.implied, answers, id != nullptr && id == with.customer))
                answers[field.key] = {field.implied.value, Origin::Implied, {}};
            else if (auto a = best(field, id, aboutCustomer, with))
                answers[field.key] = std::move(*a);
            else if (old != answers.end() &&
                     (isFromCard(old->second) || old->second.origin == Origin::Implied))
                answers.erase(old);
        }
    }
}

} // namespace kiosk::form
