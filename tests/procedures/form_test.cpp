// Forms: what is asked, what is filled, what is wrong, how it reads.
#include "app/base/assets.hpp"
#include "app/base/json/json.hpp"
#include "app/procedures/form.hpp"

#include "app/procedures/procedure.hpp"
#include "app/procedures/units.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <random>

using namespace kiosk;

namespace {

const Date today{2026, 11, 24};

Field field(const std::string& key, FieldType type, bool required = false) {
    Field f;
    f.key = key;
    f.label = {"Mẫu " + key, "Specimen " + key};
    f.type = type;
    f.required = required;
    return f;
}

Field card(const std::string& key, FieldType type, const std::string& datum) {
    auto f = field(key, type, true);
    f.card = datum;
    return f;
}

Identity specimen() {
    Identity id;
    id.source = IdentitySource::CardQr2024;
    id.personalNumber = "001199000001";
    id.name = "Nguyễn Văn Mẫu";
    id.birthDate = {1999, 2, 1};
    id.address = "Số 1 Phố Mẫu, Phường Hoàn Kiếm, Thành phố Hà Nội";
    id.issuedOn = Date{2025, 8, 1};
    return id;
}

/// requester: name, phone, acting_as; represented (only when authorised): their name; child: name.
Form form() {
    Form f;
    Section requester{"requester", {"Người yêu cầu", "Requester"}, "customer", false, false, {}, {}};
    requester.fields = {card("name", FieldType::Name, "name"), field("phone", FieldType::Phone, true),
                        field("acting", FieldType::Choice, true), field("proof", FieldType::YesNo),
                        field("signed", FieldType::Signature, true)};
    requester.fields[1].profile = "phone";
    requester.fields[2].choices = {{"self", {"Cho mình", "Myself"}},
                                   {"other", {"Cho người khác", "Somebody else"}}};
    requester.fields[3].when = {{"acting", {"other"}}};
    Section other{"represented",
                  {"Người được đại diện", "Represented"},
                  "represented",
                  false,
                  false,
                  {{"acting", {"other"}}},
                  {}};
    other.fields = {card("represented_name", FieldType::Name, "name"), field("why", FieldType::LongText)};
    other.fields[1].when = {{"proof", {"yes"}}};
    Section mother{"mother", {"Mẹ", "Mother"}, "mother", true, false, {}, {}};
    mother.fields = {card("mother_name", FieldType::Name, "name"),
                     card("mother_home", FieldType::Address, "residence"), field("rows", FieldType::Table)};
    mother.fields[2].columns = {field("who", FieldType::Name, true), field("born", FieldType::Date)};
    mother.fields[2].maxRows = 2;
    f.sections = {requester, other, mother};
    return f;
}

std::optional<Problem> check(FieldType type, const std::string& value) {
    return form::check(field("f", type), value, today);
}

TEST(Visibility, HiddenAnswersFulfilNothing) {
    const auto f = form();
    Answers a{
        {"acting", {"other"}}, {"proof", {"yes"}}, {"why", {"Mẫu"}}, {"represented_name", {"Trần Thị Mẫu"}}};
    EXPECT_EQ(form::withoutHidden(f, a).size(), 4U);
    a["acting"].value = "self";
    const auto kept = form::withoutHidden(f, a);
    EXPECT_EQ(kept.size(), 1U);
    EXPECT_TRUE(kept.contains("acting"));
}

TEST(Visibility, ProblemsAreOnlyOfWhatIsVisible) {
    const auto keys = [](const std::vector<FieldProblem>& p) {
        std::vector<std::string> out;
        for (const auto& x : p) out.push_back(x.field);
        return out;
    };
    EXPECT_THAT(keys(form::problems(form(), {{"acting", {"self"}}}, today)),
                testing::ElementsAre("name", "phone", "mother_name", "mother_home"));
    EXPECT_THAT(keys(form::problems(form(), {{"acting", {"other"}}}, today)),
                testing::ElementsAre("name", "phone", "represented_name", "mother_name", "mother_home"));
}

TEST(Prefill, CardProfileRecordsOfficeInThisOrderAndNeverOverTheCustomer) {
    const auto id = specimen();
    Prefill with;
    with.customer = &id;
    with.today = today;
    with.profile["phone"] = {"0912345678", Origin::Profile, "2026-01-02"};
    with.records["phone"] = {"0987654321", Origin::Office, ""};
    Answers a;
    form::prefill(form(), with, a);
    EXPECT_EQ(a.at("name"), (Answer{"Nguyễn Văn Mẫu", Origin::Card, ""}));
    EXPECT_EQ(a.at("phone"), (Answer{"0912345678", Origin::Profile, "2026-01-02"}));
    EXPECT_FALSE(a.contains("mother_name"));
    with.profile.clear();
    form::prefill(form(), with, a);
    EXPECT_EQ(a.at("phone").origin, Origin::Office);
    a["phone"] = {"0900000000", Origin::Customer, ""};
    form::prefill(form(), with, a);
    EXPECT_EQ(a.at("phone").value, "0900000000");
}

TEST(Prefill, ASecondCardFillsItsPersonAndIsTakenBackWithIt) {
    const auto id = specimen();
    auto mother = specimen();
    mother.name = "Trần Thị Mẫu";
    Prefill with;
    with.customer = &id;
    with.people["mother"] = &mother;
    Answers a;
    form::prefill(form(), with, a);
    EXPECT_EQ(a.at("mother_name"), (Answer{"Trần Thị Mẫu", Origin::SecondCard, ""}));
    with.people["mother"] = &id; // "this is me"
    form::prefill(form(), with, a);
    EXPECT_EQ(a.at("mother_name"), (Answer{"Nguyễn Văn Mẫu", Origin::Card, ""}));
    with.people.clear();
    form::prefill(form(), with, a);
    EXPECT_FALSE(a.contains("mother_name"));
}

TEST(Prefill, ATypedIdentityIsTheCustomersOwnWordAndNotAskedAgain) {
    auto id = specimen();
    id.assurance = Assurance::Typed;
    Prefill with;
    with.customer = &id;
    Answers a;
    form::prefill(form(), with, a);
    EXPECT_EQ(a.at("name").origin, Origin::Customer);
    EXPECT_THAT(form::pages(form(), a, 2).front().fields, testing::ElementsAre("phone", "acting"));
}

TEST(Prefill, OnlyAnAddressInForceIsTheCardsWord) {
    const auto units = Units::load(assetsFolder());
    ASSERT_TRUE(units);
    auto id = specimen();
    Prefill with;
    with.people["mother"] = &id;
    with.units = &*units;
    Answers a;
    form::prefill(form(), with, a);
    EXPECT_EQ(a.at("mother_home").origin, Origin::SecondCard);
    EXPECT_EQ(form::Address::fromJson(a.at("mother_home").value)->oneLine(),
              "Số 1 Phố Mẫu, Phường Hoàn Kiếm, Thành phố Hà Nội");
    id.address = "Số 1, Phúc Xá, Ba Đình, Hà Nội";
    form::prefill(form(), with, a);
    EXPECT_EQ(a.at("mother_home").origin, Origin::Suggested);
    EXPECT_EQ(a.at("mother_home").note, id.address);
}

TEST(Pages, AskOnlyWhatIsOpenAddressesAloneAndTablesLast) {
    const auto pages = form::pages(form(), {{"acting", {"other"}}}, 2);
    std::vector<std::vector<std::string>> fields;
    for (const auto& p : pages) fields.push_back(p.fields);
    EXPECT_EQ(fields, (std::vector<std::vector<std::string>>{{"name", "phone"},
                                                             {"acting", "proof"},
                                                             {"represented_name"},
                                                             {"mother_name"},
                                                             {"mother_home"},
                                                             {"rows"}}));
    EXPECT_EQ(pages[2].section, 1U);
}

TEST(Pages, EndWithATableThatHasRoomOnThem) {
    auto f = form();
    auto& mother = f.sections[2].fields;
    mother.erase(mother.begin() + 1); // her home
    mother.push_back(field("after", FieldType::Text));
    std::vector<std::vector<std::string>> fields;
    for (const auto& p : form::pages(f, {{"acting", {"self"}}}, 3)) fields.push_back(p.fields);
    EXPECT_EQ(fields, (std::vector<std::vector<std::string>>{
                          {"name", "phone", "acting"}, {"mother_name", "rows"}, {"after"}}))
        << "a table grows downwards";
}

TEST(Pages, HoldSeveralShortSectionsButOneOtherPersonAtMost) {
    auto f = form();
    f.sections[2].fields.resize(1); // the mother's name
    f.sections.push_back(
        {"purpose", {"Mục đích", "Purpose"}, "", false, false, {}, {field("why_now", FieldType::Text)}});
    std::vector<std::vector<std::string>> fields;
    for (const auto& p :
         form::pages(f, {{"acting", {"other"}}, {"phone", {"0901234567", Origin::Profile, ""}}}, 3))
        fields.push_back(p.fields);
    EXPECT_EQ(fields, (std::vector<std::vector<std::string>>{
                          {"name", "acting", "proof"}, {"represented_name"}, {"mother_name", "why_now"}}));
}

TEST(Prefill, WhatFollowsFromOtherAnswersIsNotAskedAndGoesWithThem) {
    auto f = form();
    auto relation = field("relation", FieldType::Text, true);
    relation.implied = {"self", {{"acting", {"self"}}}, true};
    f.sections[0].fields.insert(f.sections[0].fields.begin() + 3, relation);
    auto id = specimen();
    Prefill with;
    with.customer = &id;
    Answers a{{"acting", {"self"}}};
    form::prefill(f, with, a);
    EXPECT_EQ(a.at("relation").value, "self");
    EXPECT_EQ(a.at("relation").origin, Origin::Implied);
    for (const auto& page : form::pages(f, a, 3))
        EXPECT_THAT(page.fields, testing::Not(testing::Contains("relation")));
    a["acting"].value = "other";
    form::prefill(f, with, a);
    EXPECT_FALSE(a.contains("relation")) << "taken back";
    a["relation"] = {"cousin", Origin::Customer, ""};
    a["acting"].value = "self";
    form::prefill(f, with, a);
    EXPECT_EQ(a.at("relation").value, "cousin") << "the person's own word stays";
}

TEST(Prefill, ACardIsGivenToCitizensOnly) {
    auto f = form();
    f.sections[0].fields.push_back(card("nationality", FieldType::Text, "nationality"));
    auto id = specimen();
    Prefill with;
    with.customer = &id;
    Answers a;
    form::prefill(f, with, a);
    EXPECT_EQ(a.at("nationality").value, "VN");
    EXPECT_EQ(a.at("nationality").origin, Origin::Card);
}

TEST(Pages, StayWhileTheyAreFilledInAndShowWrongPrefills) {
    Answers a{{"acting", {"self"}}};
    const auto before = form::pages(form(), a, 2).size();
    a["phone"] = {"0912345678", Origin::Customer, ""};
    EXPECT_EQ(form::pages(form(), a, 2).size(), before);
    a["name"] = {"Nguyễn Văn 1", Origin::Card, ""};
    EXPECT_EQ(form::pages(form(), a, 2).front().fields.front(), "name");
    a["name"].value = "Nguyễn Văn Mẫu";
    EXPECT_EQ(form::pages(form(), a, 2).front().fields.front(), "phone");
}

struct Case {
    FieldType type;
    const char* value;
    std::optional<Problem> problem;
};
class Checks : public testing::TestWithParam<Case> {};
TEST_P(Checks, Judge) {
    EXPECT_EQ(check(GetParam().type, GetParam().value), GetParam().problem) << GetParam().value;
}

using T = FieldType;
using P = Problem;
INSTANTIATE_TEST_SUITE_P(
    Form, Checks,
    testing::Values(Case{T::Phone, "0912345678", {}}, Case{T::Phone, "091 234 56 78", {}},
                    Case{T::Phone, "+84912345678", {}}, Case{T::Phone, "02438251234", {}},
                    Case{T::Phone, "+4915112345678", {}}, Case{T::Phone, "0112345678", P::PhoneDigits},
                    Case{T::Phone, "091234567", P::PhoneDigits},
                    Case{T::Phone, "09123456789", P::PhoneDigits},
                    Case{T::Phone, "0912 abc 678", P::PhoneDigits}, Case{T::Phone, "+", P::PhoneDigits},
                    Case{T::Email, "mau@example.vn", {}}, Case{T::Email, "mau.a+b@thu.example.com", {}},
                    Case{T::Email, "mau@example", P::EmailShape},
                    Case{T::Email, "mau example@x.vn", P::EmailShape}, Case{T::Email, "@x.vn", P::EmailShape},
                    Case{T::Email, "a@@x.vn", P::EmailShape}, Case{T::Email, "mẫu@x.vn", P::EmailShape},
                    Case{T::Email, "a@x..vn", P::EmailShape}, Case{T::PersonalNumber, "001199000001", {}},
                    Case{T::PersonalNumber, "00119900000", P::PersonalNumberDigits},
                    Case{T::TaxCode, "0100109106", {}}, Case{T::TaxCode, "0100109106-001", {}},
                    Case{T::TaxCode, "0100109106001", {}}, Case{T::TaxCode, "0100109107", P::TaxCodeCheck},
                    Case{T::TaxCode, "001199000001", {}}, Case{T::TaxCode, "01001", P::TaxCodeDigits},
                    Case{T::TaxCode, "abc", P::TaxCodeDigits}, Case{T::Name, "Nguyễn Văn Mẫu", {}},
                    Case{T::Name, "H'Mẫu Niê", {}}, Case{T::Name, "Mẫu 2", P::NameCharacters},
                    Case{T::Name, "---", P::NameCharacters}, Case{T::Date, "1999-02-01", {}},
                    Case{T::Date, "1999-02-31", P::NotADate}, Case{T::Date, "1850-01-01", P::DateTooOld},
                    Case{T::Date, "2030-01-01", {}}, Case{T::Number, "12", {}}, Case{T::Number, "85,5", {}},
                    Case{T::Number, "12x", P::NotANumber}, Case{T::Number, "1234567890123", P::OutOfRange},
                    Case{T::Money, "1.500.000", {}}, Case{T::Money, "-5", P::NotANumber},
                    Case{T::YesNo, "yes", {}}, Case{T::YesNo, "maybe", P::NotAChoice},
                    Case{T::Choice, "none", P::NotAChoice}, Case{T::Address, "Hà Nội", P::AddressIncomplete},
                    Case{T::Table, "x", P::RowIncomplete}));

TEST(Check, BoundsLengthsRequiredAndPastDays) {
    EXPECT_EQ(form::check(field("f", T::Text, true), " ", today), P::Required);
    EXPECT_EQ(form::check(field("f", T::Text), "", today), std::nullopt);
    auto f = field("f", T::Text);
    f.maxLength = 3;
    EXPECT_EQ(form::check(f, "Mẫu", today), std::nullopt);
    EXPECT_EQ(form::check(f, "Mẫu1", today), P::TooLong);
    auto born = field("born", T::Date);
    born.pastOnly = true;
    EXPECT_EQ(form::check(born, "2026-11-24", today), std::nullopt);
    EXPECT_EQ(form::check(born, "2026-11-25", today), P::DateInFuture);
}

TEST(Check, Tables) {
    const auto f = form().sections[2].fields[2];
    EXPECT_EQ(form::check(f, form::toJson({{{"who", "Nguyễn Văn Mẫu"}, {"born", "1999-02-01"}}}), today),
              std::nullopt);
    EXPECT_EQ(form::check(f, form::toJson({{{"who", "Nguyễn Văn Mẫu"}, {"born", "x"}}}), today),
              P::RowIncomplete);
    EXPECT_EQ(form::check(f, form::toJson({{{"born", "1999-02-01"}}}), today), P::RowIncomplete);
    const form::Row row{{"who", "Mẫu"}};
    EXPECT_EQ(form::check(f, form::toJson({row, row, row}), today), P::TooManyRows);
}

TEST(Display, ReadsAsPeopleWrite) {
    const auto f = form();
    EXPECT_EQ(form::display(field("f", T::Date), "1999-02-01", Language::Vi), "01/02/1999");
    EXPECT_EQ(form::display(field("f", T::Money), "1500000", Language::Vi), "1.500.000 đ");
    EXPECT_EQ(form::display(field("f", T::YesNo), "yes", Language::Vi), "Có");
    EXPECT_EQ(form::display(*form::find(f, "acting"), "self", Language::En), "Myself");
    EXPECT_EQ(form::display(*form::find(f, "rows"), form::toJson({{{"who", "Mẫu"}, {"born", "1999-02-01"}}}),
                            Language::Vi),
              "1. Mẫu; 01/02/1999");
    EXPECT_EQ(form::display(field("f", T::Date), "rubbish", Language::Vi), "rubbish");
}

TEST(Address, JsonRoundTrips) {
    const form::Address a{"Số 1 \"Mẫu\"", "00070", "Phường Hoàn Kiếm", "01", "Thành phố Hà Nội"};
    const auto b = form::Address::fromJson(a.toJson());
    ASSERT_TRUE(b);
    EXPECT_EQ(b->oneLine(), a.oneLine());
    EXPECT_EQ(b->wardCode, "00070");
    EXPECT_FALSE(form::Address::fromJson("{}"));
    EXPECT_FALSE(form::Address::fromJson("[1,"));
}

TEST(GeneralForm, AsksAPersonOrAnOrganisation) {
    const auto f = procedure::generalForm();
    EXPECT_TRUE(f.general);
    const auto id = specimen();
    Prefill with;
    with.customer = &id;
    with.officeName = "UBND Phường Mẫu";
    with.today = today;
    Answers a;
    form::prefill(f, with, a);
    EXPECT_EQ(a.at("office").origin, Origin::Office);
    EXPECT_EQ(a.at("applicant_kind"), (Answer{"person", Origin::Suggested, ""}));
    a["request"] = {"Đề nghị mẫu", Origin::Customer, ""};
    a["contact_phone"] = {"0912345678", Origin::Customer, ""};
    a["applicant_residence"] = {
        form::Address{"", "00070", "Phường Hoàn Kiếm", "01", "Thành phố Hà Nội"}.toJson(), Origin::Customer,
        ""};
    EXPECT_TRUE(form::problems(f, a, today).empty());
    a["applicant_kind"].value = "organisation";
    ASSERT_EQ(form::problems(f, a, today).size(), 2U);
    EXPECT_EQ(form::problems(f, a, today).front().field, "applicant_organisation");
}

TEST(Fill, NothingCrashesOnRandomValues) {
    std::mt19937 random(1);
    const auto loaded = procedure::loadAll(assetsFolder());
    const auto id = specimen();
    Prefill with;
    with.customer = &id;
    with.today = today;
    const std::vector<std::string> values{
        "", "x", "yes", "1999-02-01", "{\"line\":1}", "[{\"a\":\"b\"}]", "[[]]", "\xff", "0912345678", "{"};
    std::vector<Form> forms{procedure::generalForm(), form()};
    for (const auto& [code, p] : loaded.byCode) forms.push_back(p.form);
    for (const Form& f : forms) {
        for (int round = 0; round < 20; ++round) {
            Answers a;
            form::prefill(f, with, a);
            for (const Section& s : f.sections)
                for (const Field& x : s.fields) {
                    if (random() % 2 == 0)
                        a[x.key] = {values[random() % values.size()], Origin::Customer, ""};
                    form::display(x, a[x.key].value, Language::Vi);
                }
            const auto kept = form::withoutHidden(f, a);
            EXPECT_EQ(form::withoutHidden(f, kept), kept);
            for (const auto& page : form::pages(f, a, 3)) EXPECT_FALSE(page.fields.empty());
            form::problems(f, a, today);
        }
    }
}

} // namespace
