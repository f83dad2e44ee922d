// What several screens share: notes, names of codes and people, dates being typed.
#include "app/screens/draw.hpp"

#include "app/base/time.hpp"

namespace kiosk::screens {

Language languageOf(const View& v) { return v.flow.preferences.language; }

std::string_view code(Language language) { return language == Language::Vi ? "vi" : "en"; }

bool isTight(const View& v, bool typing) { return typing && !v.ui.theme().panel.portrait(); }

void typedField(const View& v, std::string_view target, const ui::FieldLook& look) {
    if (v.ui.field("field." + std::string(target), look)) v.emit(event::Focus{std::string(target)});
}

std::string dateShown(std::string_view digits) {
    std::string out;
    constexpr std::string_view pattern = "__/__/____";
    std::size_t next = 0;
    for (const char c : pattern) {
        if (c == '/')
            out += '/';
        else
            out += next < digits.size() ? digits[next] : '_';
        next += c == '/' ? 0 : 1;
    }
    return digits.empty() ? std::string() : out;
}

std::string originNote(const View& v, const Answer& answer) {
    const auto date = Date::fromIso(answer.note);
    switch (answer.origin) {
    case Origin::Customer:
        return answer.note == form::typedNote ? v.ui.w("origin.typed_identity") : std::string();
    case Origin::Card:
        return answer.note.empty() ? v.ui.w("origin.card")
                                   : v.ui.w("origin.card_was", {{"address", answer.note}});
    case Origin::SecondCard:
        return v.ui.w("origin.second_card");
    case Origin::Profile:
        return date ? v.ui.w("origin.profile", {{"date", date->vietnamese()}})
                    : v.ui.w("origin.profile_undated");
    case Origin::Office:
        return v.ui.w("origin.office");
    case Origin::Suggested:
        return v.ui.w("origin.suggested");
    case Origin::Implied:
        return v.ui.w("origin.implied");
    }
    return {};
}

std::string errorTitle(const View& v, Code code) {
    return v.ui.w("error." + std::string(name(code)) + ".title");
}
std::string errorHelp(const View& v, Code code) {
    return v.ui.w("error." + std::string(name(code)) + ".help");
}
std::string warningWords(const View& v, Warning warning) {
    return v.ui.w("warning." + std::string(name(warning)));
}

std::string problemWords(const View& v, Problem problem) {
    switch (problem) {
    case Problem::Required:
        return v.ui.w("problem.Required");
    case Problem::TooLong:
        return v.ui.w("problem.TooLong");
    case Problem::NotADate:
        return v.ui.w("problem.NotADate");
    case Problem::DateInFuture:
        return v.ui.w("problem.DateInFuture");
    case Problem::DateTooOld:
        return v.ui.w("problem.DateTooOld");
    case Problem::NotANumber:
        return v.ui.w("problem.NotANumber");
    case Problem::OutOfRange:
        return v.ui.w("problem.OutOfRange");
    case Problem::PhoneDigits:
        return v.ui.w("problem.PhoneDigits");
    case Problem::EmailShape:
        return v.ui.w("problem.EmailShape");
    case Problem::PersonalNumberDigits:
        return v.ui.w("problem.PersonalNumberDigits");
    case Problem::TaxCodeDigits:
        return v.ui.w("problem.TaxCodeDigits");
    case Problem::TaxCodeCheck:
        return v.ui.w("problem.TaxCodeCheck");
    case Problem::NotAChoice:
        return v.ui.w("problem.NotAChoice");
    case Problem::NameCharacters:
        return v.ui.w("problem.NameCharacters");
    case Problem::AddressIncomplete:
        return v.ui.w("problem.AddressIncomplete");
    case Problem::TooManyRows:
        return v.ui.w("problem.TooManyRows");
    case Problem::RowIncomplete:
        return v.ui.w("problem.RowIncomplete");
    }
    return {};
}

std::string personWords(const View& v, std::string_view person) {
    const auto* procedure = currentProcedure(v.knowledge, v.flow);
    if (procedure != nullptr)
        for (const auto& section : procedure->form.sections)
            if (section.person == person) return section.title.in(languageOf(v));
    return v.ui.w("person.other");
}

std::string assuranceWords(const View& v, const Identity& identity) {
    switch (identity.assurance) {
    case Assurance::Typed:
        return v.ui.w("assurance.typed");
    case Assurance::Read:
        return v.ui.w(identity.readBy == ReadBy::Scanner ? "assurance.scanned" : "assurance.read");
    case Assurance::Verified:
        return v.ui.w("assurance.verified");
    }
    return {};
}

std::string unitWords(const View& v, std::string_view unitCode) {
    const auto* unit = v.knowledge.units.find(unitCode);
    if (unit == nullptr) return std::string(unitCode);
    const auto* province = v.knowledge.units.find(unit->parentCode);
    return province == nullptr ? unit->fullName() : unit->fullName() + ", " + province->fullName();
}

} // namespace kiosk::screens
