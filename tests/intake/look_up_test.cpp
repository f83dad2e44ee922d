// How a dossier stands, asked over the network by people and by guessers.
#include "app/intake/ledger.hpp"
#include "app/intake/progress/look_up.hpp"
#include "tests/intake/served_office.hpp"

namespace kiosk::intake {
namespace {

using Json = nlohmann::json;

/// A dossier at the office, looked up over the network.
class LookUpTest : public IntakeTest {
protected:
    void SetUp() override {
        IntakeTest::SetUp();
        const Json dossier = {{"schema", 1}, {"customer", {{"birth_date", "1999-02-01"}}}};
        key_ = queue(0, "keys", dossier.dump());
        gateway_ = httpsGateway(link(server_->port()));
        send(*gateway_, 1);
        const auto row = outbox_->rows(1)->front();
        reference_ = row.reference;
        code_ = row.dossierCode;
        ASSERT_FALSE(code_.empty());
    }
    Result<look_up::Answer> ask(const std::string& what, Date birth = {1999, 2, 1}) {
        return gateway_->lookUp({what, birth});
    }
    /// At another time, without the network.
    Reply askAt(Instant at, Date birth) {
        return lookUp(*ledger(), look_up::write({code_, birth}), "K7", at);
    }
    Ledger* ledger() {
        if (!ledger_) ledger_ = openSqliteLedger(ledgerFile(office_), "H29.5").value();
        return ledger_->ledger.get();
    }
    static constexpr Date wrong{1999, 2, 2};
    std::string key_, reference_, code_;
    std::unique_ptr<Gateway> gateway_;
    std::optional<SqliteLedger> ledger_;
};

TEST_F(LookUpTest, codeOrReferenceWithTheBirthDateTellsWhatStaffEntered) {
    ASSERT_TRUE(ledger()->addStatus(key_, {4, Instant{1'800'000'000'000}, Date{2026, 12, 1}, ""}));
    ASSERT_TRUE(
        ledger()->addStatus(key_, {5, Instant{1'800'000'100'000}, {}, "Thiếu giấy chứng sinh (MẪU)"}));
    for (const auto& what : {code_, reference_}) {
        const auto answer = ask(what);
        ASSERT_TRUE(answer) << answer.error().detail;
        EXPECT_EQ(answer->dossierCode, code_);
        EXPECT_EQ(answer->reference, reference_);
        EXPECT_EQ(answer->procedure, "1.001193");
        EXPECT_EQ(answer->due, (Date{2026, 12, 1})) << "a step without a date leaves the one promised";
        ASSERT_EQ(answer->steps.size(), 3U);
        EXPECT_EQ(answer->steps[0].status, 1);
        EXPECT_EQ(answer->steps[2].status, 5);
        EXPECT_EQ(answer->steps[2].note, "Thiếu giấy chứng sinh (MẪU)");
    }
}

TEST_F(LookUpTest, aWrongBirthDateIsAnsweredLikeACodeThatDoesNotExist) {
    const auto known = ask(code_, wrong), unknown = ask("H29.5-261127-9999");
    ASSERT_FALSE(known);
    ASSERT_FALSE(unknown);
    EXPECT_EQ(known.error().code, Code::DossierNotFound);
    EXPECT_EQ(known.error().detail, unknown.error().detail);
}

TEST_F(LookUpTest, guessingBirthDatesIsStoppedForRightOnesTooAndARestartGivesNoTryBack) {
    for (int i = 0; i < patienceWithCode.free; ++i)
        EXPECT_EQ(ask(code_, wrong).error().code, Code::DossierNotFound);
    EXPECT_EQ(ask(code_, wrong).error().code, Code::LookUpTooOften);
    EXPECT_EQ(ask(code_).error().code, Code::LookUpTooOften) << "else a locked guess would still tell";
    stop();
    start();
    gateway_ = httpsGateway(link(server_->port()));
    EXPECT_EQ(ask(code_).error().code, Code::LookUpTooOften);
    EXPECT_TRUE(ask(reference_)) << "counted by what was typed";
}

TEST_F(LookUpTest, theWaitDoublesAndEndsAndAClockPutBackOnlyBeginsItAnew) {
    Instant at{1'900'000'000'000};
    for (int i = 0; i < patienceWithCode.free; ++i) EXPECT_EQ(askAt(at, wrong).status, 404);
    EXPECT_EQ(askAt(at, wrong).retryAfter, 900);
    at.ms -= 86'400'000;
    EXPECT_EQ(askAt(at, wrong).retryAfter, 900);
    at.ms += 900'000;
    EXPECT_EQ(askAt(at, wrong).status, 404);
    EXPECT_EQ(askAt(at, wrong).retryAfter, 1800);
    at.ms += 1'800'000;
    EXPECT_EQ(askAt(at, {1999, 2, 1}).status, 200);
    at.ms += 48LL * 3'600'000;
    EXPECT_EQ(askAt(at, wrong).status, 404);
    EXPECT_EQ(askAt(at, wrong).status, 404) << "forgotten after two days";
}

TEST_F(LookUpTest, aKioskThatTriesManyCodesHasToWaitForRightOnesToo) {
    for (int i = 0; i < patienceWithKiosk.free; ++i)
        EXPECT_EQ(ask("H29.5-261127-" + std::to_string(9000 + i)).error().code, Code::DossierNotFound);
    EXPECT_EQ(ask(code_).error().code, Code::LookUpTooOften);
}

TEST_F(LookUpTest, onlyTrustedKiosksAskAndNonsenseIsRefused) {
    EXPECT_EQ(lookUp(*ledger(), "{}", "K7", now()).status, 422);
    EXPECT_EQ(lookUp(*ledger(), look_up::write({"a b'; --", wrong}), "K7", now()).status, 422);
    EXPECT_EQ(lookUp(*ledger(), look_up::write({code_, wrong}), "K8", now()).status, 403);
    ASSERT_TRUE(ledger()->revoke("K7").value());
    EXPECT_EQ(askAt(now(), {1999, 2, 1}).status, 403);
}

TEST_F(LookUpTest, anAnswerReadsBackAsItWasAndDamagedOnesAreRefused) {
    const look_up::Answer answer{
        reference_, code_, "1.001193", Date{2026, 12, 1}, {{1, Instant{5}, ""}, {10, Instant{6}, "x"}}};
    const auto text = look_up::write(answer);
    ASSERT_TRUE(look_up::readAnswer(text));
    EXPECT_EQ(look_up::write(*look_up::readAnswer(text)), text);
    for (std::size_t i = 0; i < text.size(); ++i) EXPECT_FALSE(look_up::readAnswer(text.substr(0, i)));
    auto strange = text;
    strange.replace(strange.find("\"status\":10"), 11, "\"status\":11");
    EXPECT_EQ(look_up::readAnswer(strange).error().code, Code::OfficeIncompatible);
}

} // namespace
} // namespace kiosk::intake
