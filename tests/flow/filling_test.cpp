#include "app/base/json/json.hpp"
#include "app/flow/dossier.hpp"
#include "tests/flow/kiosk_in_mind.hpp"

namespace kiosk::test {
namespace {

/// Every field key on the pages of the form now.
std::vector<std::string> asked(Mind& m) {
    std::vector<std::string> keys;
    if (const auto* page = m.at<screen::FormPage>())
        for (const auto& p : page->pages) keys.insert(keys.end(), p.fields.begin(), p.fields.end());
    return keys;
}

bool isAsked(Mind& m, const std::string& key) {
    const auto keys = asked(m);
    return std::find(keys.begin(), keys.end(), key) != keys.end();
}

void fillAddress(Mind& m) {
    m.send(event::OpenPicker{"residence"});
    m.send(event::Pick{"unit", "00004"});
}

/// Walks on with Next until `key` is on the page shown.
void goTo(Mind& m, const std::string& key) {
    for (int i = 0; i < 10; ++i) {
        const auto* page = m.at<screen::FormPage>();
        ASSERT_NE(page, nullptr) << "the form ended before " << key;
        const auto& fields = page->pages[page->index].fields;
        if (std::find(fields.begin(), fields.end(), key) != fields.end()) return;
        m.send(event::Next{});
    }
    FAIL() << "never asked: " << key;
}

void fillAll(Mind& m) {
    fillAddress(m);
    m.send(event::Next{});
    m.send(event::Edited{"phone", "0901234567"});
    m.send(event::Pick{"why", "marriage"});
    m.send(event::Next{});
    m.send(event::ShowCardFor{"child"});
    m.showCard(childCard);
    m.pass(1000);
    while (m.at<screen::FormPage>() != nullptr) m.send(event::Next{});
}

TEST(Filling, ForMyselfMakesTheSubjectTheCustomerAndForOthersTakesItBack) {
    Mind m;
    m.identify();
    m.send(event::Choose{"1.004873"});
    m.send(event::BeginForm{});
    auto& form = m.procedures.at("1.004873").form;
    const auto& child = std::find_if(form.sections.begin(), form.sections.end(),
                                     [](const Section& s) { return s.person == "child"; });
    ASSERT_NE(child, form.sections.end());
    child->customerWhen = {{"why", {"marriage"}}};
    EXPECT_FALSE(m.flow.session.people.contains("child"));
    goTo(m, "why");
    m.send(event::Pick{"why", "marriage"});
    ASSERT_TRUE(m.flow.session.people.contains("child"));
    EXPECT_EQ(m.flow.session.people.at("child").personalNumber, m.flow.session.customer->personalNumber);
    m.send(event::Pick{"why", "other"});
    EXPECT_FALSE(m.flow.session.people.contains("child"));
}

TEST(Filling, DecimalsAndForeignPhonesAreKeptAsTyped) {
    Mind m;
    m.procedures.at("1.004873").form.sections[0].fields.push_back(field("area", FieldType::Number, false));
    m.identify();
    m.openForm();
    const auto typed = [&m](const std::string& key, const std::string& text) {
        m.send(event::Edited{key, text});
        m.send(event::Focus{});
        return m.answer(key);
    };
    EXPECT_EQ(typed("area", "120,5"), "120.5");
    EXPECT_EQ(typed("area", "1.200"), "1200") << "a dot groups thousands";
    EXPECT_EQ(typed("area", "7,"), "7");
    EXPECT_EQ(typed("area", ","), "");
    EXPECT_EQ(typed("phone", "+1 202 555 0100"), "+12025550100");
    EXPECT_EQ(typed("phone", "0900 000 000"), "0900000000");
}

TEST(Filling, WhatTheCardSaidIsNotAsked) {
    Mind m;
    m.identify();
    m.openForm();
    EXPECT_EQ(m.answer("name"), "Nguyễn Văn Mẫu");
    EXPECT_EQ(m.flow.session.answers["name"].origin, Origin::Card);
    EXPECT_FALSE(isAsked(m, "name"));
    EXPECT_TRUE(isAsked(m, "residence")) << "an old address was not chosen anew";
}

TEST(Filling, TheUnitChosenForTheCardsAddressIsNotAskedAgain) {
    Mind m;
    m.send(event::Start{});
    m.showCard(adultCard);
    m.pass(1000);
    m.send(event::ChooseResidence{m.flow.session.residence.proposals.front()});
    m.send(event::ToggleAgreement{});
    m.send(event::ConfirmIdentity{});
    m.openForm();
    EXPECT_FALSE(isAsked(m, "residence"));
    const auto address = form::Address::fromJson(m.answer("residence"));
    ASSERT_TRUE(address.has_value());
    EXPECT_EQ(address->wardCode, *m.flow.session.residence.chosen);
}

TEST(Filling, ProblemsAreNamedAndInputIsKept) {
    Mind m;
    m.identify();
    m.openForm();
    fillAddress(m);
    goTo(m, "phone");
    m.send(event::Edited{"phone", "123"});
    m.send(event::Next{});
    ASSERT_NE(m.at<screen::FormPage>(), nullptr);
    EXPECT_EQ(m.at<screen::FormPage>()->problems.count("phone"), 1U);
    EXPECT_EQ(m.answer("phone"), "123");
}

TEST(Filling, AChoiceShowsAndHidesFurtherQuestions) {
    Mind m;
    m.identify();
    m.openForm();
    fillAddress(m);
    goTo(m, "why");
    m.send(event::Pick{"why", "other"});
    EXPECT_TRUE(isAsked(m, "why_text"));
    m.send(event::Edited{"why_text", "Việc riêng"});
    m.send(event::Pick{"why", "marriage"});
    EXPECT_FALSE(isAsked(m, "why_text"));
    m.send(event::Edited{"phone", "0901234567"});
    fillAll(m);
    const auto dossier =
        nlohmann::json::parse(dossierJson({catalogue(), m.procedures, units(), m.office}, m.flow));
    for (const auto& a : dossier["answers"])
        EXPECT_NE(a["field"], "why_text") << "hidden answers do not travel";
}

TEST(Filling, ASecondCardFillsTheSecondPersonOnly) {
    Mind m;
    m.identify();
    m.openForm();
    m.send(event::ShowCardFor{"child"});
    m.showCard(adultCard);
    EXPECT_TRUE(m.at<screen::PresentCard>()->sameAsCustomer);
    m.showCard(childCard);
    m.pass(1000);
    ASSERT_NE(m.at<screen::FormPage>(), nullptr);
    EXPECT_EQ(m.answer("child_birth"), "2021-11-20");
    EXPECT_EQ(m.answer("name"), "Nguyễn Văn Mẫu");
    EXPECT_FALSE(isAsked(m, "child_name"));
}

TEST(Filling, RowsOfATableAreAddedChangedAndDropped) {
    Mind m;
    m.identify();
    m.openForm();
    m.send(event::EditRow{"rows", -1});
    m.send(event::KeepRow{});
    ASSERT_TRUE(std::holds_alternative<screen::RowEditor>(m.at<screen::FormPage>()->sub))
        << "the name is missing";
    m.send(event::Edited{"row_name", "Trần Thị Mẫu"});
    m.send(event::Edited{"row_birth", "02031990"});
    m.send(event::KeepRow{});
    auto rows = nlohmann::json::parse(m.answer("rows"));
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0]["row_birth"], "1990-03-02");
    m.send(event::EditRow{"rows", 0});
    m.send(event::DropRow{});
    EXPECT_TRUE(m.answer("rows").empty());
}

TEST(Filling, ChangeFromReviewReturnsStraightThere) {
    Mind m;
    m.identify();
    m.openForm();
    fillAll(m);
    ASSERT_NE(m.at<screen::Review>(), nullptr);
    m.send(event::Change{"name"});
    ASSERT_NE(m.at<screen::FormPage>(), nullptr);
    m.send(event::Edited{"name", "Nguyễn Văn Mẫu Hai"});
    m.send(event::Next{});
    ASSERT_NE(m.at<screen::Review>(), nullptr);
    EXPECT_EQ(m.flow.session.answers["name"].origin, Origin::Customer);
}

TEST(Submitting, SentIsShownOnlyAfterTheCommit) {
    Mind m;
    m.identify();
    m.openForm();
    fillAll(m);
    m.effects.clear();
    m.send(event::Submit{});
    ASSERT_NE(m.at<screen::Sending>(), nullptr);
    ASSERT_NE(m.did<effect::Submit>(), nullptr);
    m.send(event::Submit{});
    EXPECT_EQ(std::count_if(m.effects.begin(), m.effects.end(),
                            [](const Effect& e) { return std::holds_alternative<effect::Submit>(e); }),
              1)
        << "a second tap sends nothing twice";
    m.send(event::Committed{{"K7-9Q2M-4XTR", {}}, m.flow.now});
    ASSERT_NE(m.at<screen::Slip>(), nullptr);
    EXPECT_TRUE(m.at<screen::Slip>()->content.dossierCode.empty());
    m.send(event::Acknowledged{"K0-0000-0000", "another", false});
    EXPECT_TRUE(m.at<screen::Slip>()->content.dossierCode.empty()) << "another parcel's news";
    m.send(event::Acknowledged{"K7-9Q2M-4XTR", "H29.1-261124-0001", false});
    EXPECT_EQ(m.at<screen::Slip>()->content.dossierCode, "H29.1-261124-0001");
}

TEST(Submitting, AFullDiskIsToldAndNothingGivenIsLost) {
    Mind m;
    m.identify();
    m.openForm();
    fillAll(m);
    m.send(event::Submit{});
    m.send(event::CommitFailed{Code::StoreFull});
    ASSERT_NE(m.at<screen::Trouble>(), nullptr);
    EXPECT_EQ(m.at<screen::Trouble>()->code, Code::StoreFull);
    m.send(event::Back{});
    ASSERT_NE(m.at<screen::Review>(), nullptr);
    EXPECT_EQ(m.answer("phone"), "0901234567");
}

TEST(Submitting, TheDossierSaysWhereEverythingCameFrom) {
    Mind m;
    m.identify();
    m.openForm();
    fillAll(m);
    const auto d = nlohmann::json::parse(dossierJson({catalogue(), m.procedures, units(), m.office}, m.flow));
    EXPECT_EQ(d["customer"]["assurance"], "read");
    EXPECT_EQ(d["customer"]["address_on_card"], "Số 1, Tổ 2, Phúc Xá, Ba Đình, Hà Nội");
    EXPECT_EQ(d["consent"]["wording"], consentWording);
    EXPECT_EQ(d["people"].size(), 1U);
    EXPECT_EQ(d["people"][0]["person"], "child");
    std::map<std::string, std::string> origins;
    for (const auto& a : d["answers"]) origins[a["field"]] = a["origin"];
    EXPECT_EQ(origins["name"], "card");
    EXPECT_EQ(origins["phone"], "customer");
    EXPECT_EQ(origins["child_name"], "second_card");
    ASSERT_EQ(d["addresses"].size(), 1U);
    EXPECT_TRUE(d["addresses"][0]["chosen"].is_null());
}

TEST(Submitting, AnswersAreKeptOnlyWhenAskedFor) {
    Mind m;
    m.identify();
    m.openForm();
    fillAll(m);
    m.send(event::Submit{});
    m.send(event::Committed{{"K7-9Q2M-4XTR", {}}, m.flow.now});
    EXPECT_EQ(m.did<effect::SaveProfile>(), nullptr);
    m.send(event::KeepAnswers{false});
    EXPECT_EQ(m.did<effect::SaveProfile>(), nullptr);
    m.send(event::KeepAnswers{true});
    ASSERT_NE(m.did<effect::SaveProfile>(), nullptr);
    const auto& kept = m.did<effect::SaveProfile>()->answers;
    EXPECT_EQ(kept.count("phone"), 1U);
    EXPECT_EQ(kept.size(), 1U) << "only what is asked about the person and marked to be kept";
}

TEST(Submitting, ARecentOneIsToldBeforeItIsSentAgain) {
    Mind m;
    m.identify();
    m.send(event::Choose{"1.004873"});
    ASSERT_NE(m.did<effect::LookUpRecent>(), nullptr);
    EXPECT_TRUE(m.at<screen::ProcedureInfo>()->lookingSince) << "the way on waits for the disk";
    m.send(event::RecentFound{"1.004873", "K7-9Q2M-4XTR", "", m.flow.now});
    EXPECT_FALSE(m.at<screen::ProcedureInfo>()->lookingSince);
    ASSERT_TRUE(m.at<screen::ProcedureInfo>()->recent.has_value());
    m.send(event::SendAgain{});
    EXPECT_NE(m.at<screen::FormPage>(), nullptr);
}

TEST(Submitting, ADiskThatDoesNotTellHoldsNobodyUp) {
    Mind m;
    m.identify();
    m.send(event::Choose{"1.004873"});
    m.pass(500);
    EXPECT_TRUE(m.at<screen::ProcedureInfo>()->lookingSince);
    m.pass(600);
    EXPECT_FALSE(m.at<screen::ProcedureInfo>()->lookingSince);
    m.send(event::Back{});
    m.send(event::Choose{"1.004873"});
    m.send(event::NothingRecent{"1.004873"});
    EXPECT_FALSE(m.at<screen::ProcedureInfo>()->lookingSince);
}

TEST(Session, IdleWarnsCountsDownAndErases) {
    Mind m;
    m.identify();
    m.pass(118'000); // 119 s after the card
    EXPECT_TRUE(std::holds_alternative<std::monostate>(m.flow.overlay));
    m.pass(2'000);
    ASSERT_TRUE(std::holds_alternative<overlay::IdleWarning>(m.flow.overlay));
    m.send(event::Touched{});
    EXPECT_TRUE(std::holds_alternative<std::monostate>(m.flow.overlay));
    EXPECT_NE(m.at<screen::Choose>(), nullptr);
    m.pass(121'000);
    m.pass(31'000);
    EXPECT_NE(m.at<screen::Welcome>(), nullptr);
    EXPECT_FALSE(m.flow.session.customer.has_value());
    EXPECT_NE(m.did<effect::Wipe>(), nullptr);
}

TEST(Session, LanguageStaysForTheSessionAndGoesWithIt) {
    Mind m;
    m.send(event::SetLanguage{Language::En});
    m.identify();
    EXPECT_EQ(m.flow.preferences.language, Language::En);
    m.send(event::EndSession{});
    EXPECT_EQ(m.flow.preferences.language, Language::Vi);
}

TEST(Session, EndingWithAnswersGivenIsAskedFirst) {
    Mind m;
    m.identify();
    m.openForm();
    m.send(event::EndSession{});
    ASSERT_TRUE(std::holds_alternative<overlay::ConfirmEnd>(m.flow.overlay));
    m.send(event::Stay{});
    EXPECT_NE(m.at<screen::FormPage>(), nullptr);
    m.send(event::EndSession{});
    m.send(event::EndSession{});
    EXPECT_NE(m.at<screen::Welcome>(), nullptr);
}

TEST(Choosing, WhatThisOfficeDoesNotDoSaysSoAndCannotBeSent) {
    Mind m;
    m.identify();
    m.send(event::Focus{"query"});
    m.send(event::Edited{"query", "ho chieu"});
    ASSERT_FALSE(m.at<screen::Choose>()->hits.empty());
    const auto code = m.at<screen::Choose>()->hits.front().code;
    m.send(event::Choose{code});
    ASSERT_NE(m.at<screen::ProcedureInfo>(), nullptr);
    EXPECT_FALSE(m.at<screen::ProcedureInfo>()->canSend);
    m.send(event::BeginForm{});
    EXPECT_NE(m.at<screen::ProcedureInfo>(), nullptr);
    m.office.acceptsOtherProcedures = true;
    m.send(event::Back{});
    m.send(event::Choose{code});
    m.send(event::BeginForm{});
    EXPECT_NE(m.at<screen::FormPage>(), nullptr) << "the general declaration";
}

} // namespace
} // namespace kiosk::test
