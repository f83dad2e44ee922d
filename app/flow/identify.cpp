#include "app/flow/step.hpp"

#include "app/base/text.hpp"

#include <algorithm>

namespace kiosk {
namespace {

/// How long the green tick stays before the next screen (ms).
constexpr std::int64_t tickMs = 700;

std::string_view view(const Secret<Bytes>& bytes) {
    return {reinterpret_cast<const char*>(bytes.reveal().data()), bytes.reveal().size()};
}

void found(Step& s, screen::PresentCard card, Identity identity) {
    card.wrong.reset();
    card.hint.reset();
    card.found = std::move(identity);
    card.until = Instant{s.flow.now.ms + tickMs};
    s.flow.screen = std::move(card);
    s.flow.lastTouch = s.flow.now;
    s.play(effect::SoundKind::Read);
}

void wrongCode(Step& s, screen::PresentCard& card, Code code) {
    if (card.wrong != code) s.play(effect::SoundKind::Wrong);
    card.wrong = code;
    s.flow.lastTouch = s.flow.now;
}

void presented(Step& s, const Result<Identity>& identity) {
    auto& card = *s.at<screen::PresentCard>();
    if (card.found) return;
    if (!identity) return wrongCode(s, card, identity.error().code);
    const auto& customer = s.flow.session.customer;
    if (!card.person.empty() && customer && customer->personalNumber == identity->personalNumber) {
        if (!card.sameAsCustomer) s.play(effect::SoundKind::Wrong);
        card.sameAsCustomer = true;
        return;
    }
    found(s, card, *identity);
}

/// Persons of the open form whom a further card could belong to.
std::vector<std::string> openPersons(const Step& s) {
    std::vector<std::string> persons;
    if (!std::holds_alternative<screen::FormPage>(s.flow.screen) &&
        !std::holds_alternative<screen::Review>(s.flow.screen))
        return persons;
    const auto* procedure = currentProcedure(s.knowledge, s.flow);
    if (procedure == nullptr) return persons;
    for (const auto& section : procedure->form.sections) {
        const bool open = !section.person.empty() && section.person != "customer" &&
                          form::isVisible(section.when, s.flow.session.answers) &&
                          !s.flow.session.people.contains(section.person) &&
                          std::find(persons.begin(), persons.end(), section.person) == persons.end();
        if (open) persons.push_back(section.person);
    }
    return persons;
}

void customerKnown(Step& s, Identity identity);

/// The customer's own card before the camera after a scanner had lost its marks: the better reading counts,
/// as long as nothing was filled in from the other.
bool restoresMarks(Step& s, const Identity& identity) {
    const auto& customer = *s.flow.session.customer;
    if (s.at<screen::ConfirmIdentity>() == nullptr || customer.personalNumber != identity.personalNumber ||
        !customer.has(Warning::LostDiacritics) || identity.has(Warning::LostDiacritics))
        return false;
    const bool agreed = s.at<screen::ConfirmIdentity>()->agreed;
    s.play(effect::SoundKind::Read);
    customerKnown(s, identity);
    s.at<screen::ConfirmIdentity>()->agreed = agreed;
    return true;
}

/// A card in front of the camera while somebody is in the middle of something: asked about, never mixed in.
void otherCard(Step& s, const Identity& identity) {
    const auto& session = s.flow.session;
    const bool busy = s.at<screen::Sending>() != nullptr || s.at<screen::Trouble>() != nullptr;
    if (busy || !std::holds_alternative<std::monostate>(s.flow.overlay)) return;
    const auto known = [&](const Identity& i) {
        return i.assurance != Assurance::Typed && i.personalNumber == identity.personalNumber;
    };
    if (session.customer && known(*session.customer)) return;
    for (const auto& [person, someone] : session.people)
        if (known(someone)) return;
    s.flow.overlay = overlay::OtherCard{identity, openPersons(s)};
    s.flow.lastTouch = s.flow.now;
    s.play(effect::SoundKind::Wrong);
}

Residence residenceOf(const Units& units, const Identity& identity) {
    Residence r;
    r.onCard = identity.address;
    if (identity.address.empty()) return r;
    const auto match = units.match(identity.address);
    r.line = match.line;
    for (const auto* ward : match.wards) r.proposals.push_back(ward->code);
    if (match.province != nullptr) r.proposedProvince = match.province->code;
    r.alreadyTwoLevel = match.wasTwoLevel;
    if (match.wasTwoLevel && match.wards.size() == 1) r.chosen = match.wards.front()->code;
    return r;
}

void customerKnown(Step& s, Identity identity) {
    auto& session = s.flow.session;
    session.residence = residenceOf(s.knowledge.units, identity);
    session.customer = std::move(identity);
    session.profileAsked =
        session.customer->assurance == Assurance::Typed; // a typed identity never opens a profile
    if (!session.profileAsked) s.effect(effect::OpenProfile{*session.customer});
    s.replace(screen::ConfirmIdentity{});
}

} // namespace

void on(Step& s, const event::CodeRead& e) {
    if (s.at<screen::Staff>() != nullptr) return staffCodeShown(s, view(e.bytes));
    const bool scanned = e.by == ReadBy::Scanner;
    const auto identity = id_card::parse(view(e.bytes), s.clock(), e.by);
    if (s.at<screen::PresentCard>() != nullptr) return presented(s, identity);
    if (auto* look = s.at<screen::LookUp>()) return shownWhileLookingUp(s, *look, view(e.bytes), identity);
    const auto* welcome = s.at<screen::Welcome>();
    if (welcome != nullptr && (scanned || (welcome->armed && !s.flow.cameraPictures)) &&
        startsLookUp(s, view(e.bytes)))
        return;
    // A stray code (a poster, a parcel) is not an attempt to identify; what was scanned by hand is, and wants
    // an answer. A card that still lies before the camera does not begin the next session; a scan does.
    if (!identity && !(scanned && welcome != nullptr)) return;
    if (welcome != nullptr) {
        if (!scanned && (!welcome->armed || s.flow.cameraPictures)) return;
        s.begin();
        s.go(screen::PresentCard{.since = s.flow.now});
        return presented(s, identity);
    }
    if (const auto* typing = s.at<screen::TypeIdentity>())
        return found(s, screen::PresentCard{.person = typing->person, .since = s.flow.now}, *identity);
    if (s.flow.session.customer && !restoresMarks(s, *identity)) otherCard(s, *identity);
}

void on(Step& s, const event::CodeGone&) {
    if (auto* welcome = s.at<screen::Welcome>()) welcome->armed = true;
    if (auto* card = s.at<screen::PresentCard>()) card->sameAsCustomer = false;
}

void on(Step& s, const event::Hint& e) {
    auto* card = s.at<screen::PresentCard>();
    if (card == nullptr || card->found || card->hint == e.hint) return;
    card->hint = e.hint;
    if (e.hint) s.play(effect::SoundKind::Hint);
}

void cardAccepted(Step& s) {
    auto card = *s.at<screen::PresentCard>();
    if (card.person.empty()) return customerKnown(s, *card.found);
    s.back();
    personKnown(s, card.person, *card.found);
}

void on(Step& s, const event::Start&) {
    s.begin();
    s.go(screen::PresentCard{.since = s.flow.now});
}

void on(Step& s, const event::TypeInstead&) {
    const auto* card = s.at<screen::PresentCard>();
    if (card == nullptr) return;
    if (!card->person.empty()) return s.back(); // the form itself is where another person is typed
    s.replace(screen::TypeIdentity{.focus = "number"});
}

void edited(Step&, screen::TypeIdentity& t, const event::Edited& e) {
    std::string& target = e.target == "number" ? t.number : e.target == "name" ? t.name : t.birth;
    target = e.text;
    t.problems.erase(e.target);
}

void on(Step& s, const event::ConfirmTyped&) {
    auto* t = s.at<screen::TypeIdentity>();
    if (t == nullptr) return;
    t->problems.clear();
    t->focus.clear();
    const auto name = text::nfc(text::trim(t->name));
    const auto birth = Date::fromCard(t->birth);
    if (t->number.size() != 12) t->problems["number"] = "problem.PersonalNumberDigits";
    if (name.empty()) t->problems["name"] = "problem.Required";
    if (!birth) t->problems["birth"] = "problem.NotADate";
    if (t->sex.empty()) t->problems["sex"] = "problem.Required";
    if (!t->problems.empty()) return;
    const auto sex = t->sex == "male" ? Sex::Male : Sex::Female;
    auto identity = id_card::typed(t->number, name, *birth, sex, s.clock());
    if (identity) return customerKnown(s, std::move(*identity));
    const bool aboutBirth = *birth > s.today();
    t->problems[aboutBirth ? "birth" : "name"] =
        aboutBirth ? "problem.DateInFuture" : "problem.NameCharacters";
}

void on(Step& s, const event::ChooseResidence& e) {
    auto& r = s.flow.session.residence;
    if (e.unit.empty())
        r.chosen.reset();
    else
        r.chosen = e.unit;
}

void on(Step& s, const event::ToggleAgreement&) {
    if (auto* c = s.at<screen::ConfirmIdentity>()) {
        c->agreed = !c->agreed;
        c->mustAgree = false;
    }
}

void on(Step& s, const event::ConfirmIdentity&) {
    auto* c = s.at<screen::ConfirmIdentity>();
    if (c == nullptr) return;
    if (!c->agreed) {
        c->mustAgree = true;
        c->askedAt = s.flow.now;
        return;
    }
    auto& session = s.flow.session;
    session.consent = {true, std::string(consentWording), s.flow.preferences.language, s.flow.now};
    if (session.procedure.empty()) return s.go(screen::Choose{});
    openProcedure(s, session.procedure);
}

void on(Step& s, const event::NotMe&) {
    const auto procedure = s.flow.session.procedure;
    s.beginAgain();
    s.flow.session.procedure = procedure;
    s.go(screen::PresentCard{.since = s.flow.now});
}

void on(Step& s, const event::RefuseAgreement&) {
    const auto preferences = s.flow.preferences;
    s.end();
    s.flow.preferences = preferences;
    s.go(screen::Refused{});
}

void on(Step& s, const event::UseOtherCard&) {
    const auto* other = std::get_if<overlay::OtherCard>(&s.flow.overlay);
    if (other == nullptr) return;
    const Identity identity = other->other;
    s.beginAgain();
    s.go(screen::PresentCard{.since = s.flow.now});
    found(s, *s.at<screen::PresentCard>(), identity);
}

void on(Step& s, const event::ProfileOpened& e) {
    if (!s.flow.session.customer) return; // the session ended meanwhile
    s.flow.session.profileAsked = true;
    s.flow.session.profile = e.profile;
    if (s.at<screen::FormPage>() != nullptr) refill(s);
}

void on(Step& s, const event::ProfileTrouble&) { s.flow.session.profileAsked = true; }

void on(Step& s, const event::ProfileErased&) {
    s.flow.session.profile.reset();
    if (auto* mine = s.at<screen::MyData>()) mine->erased = true;
}

void on(Step& s, const event::ProfileDisputed&) {
    if (s.flow.session.profile) s.flow.session.profile->disputed = true;
    if (auto* mine = s.at<screen::MyData>()) mine->disputed = true;
}

void on(Step& s, const event::ShowMyData&) {
    if (s.flow.session.profile) s.go(screen::MyData{});
}

void on(Step& s, const event::EraseMyData&) {
    auto* mine = s.at<screen::MyData>();
    if (mine == nullptr || !s.flow.session.customer) return;
    if (!mine->confirming) {
        mine->confirming = true;
        return;
    }
    mine->confirming = false;
    s.effect(effect::EraseProfile{*s.flow.session.customer});
}

void on(Step& s, const event::DisputeMyData&) {
    if (s.flow.session.customer) s.effect(effect::DisputeProfile{*s.flow.session.customer});
}

} // namespace kiosk
