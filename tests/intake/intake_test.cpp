// Kiosk and office over real TLS on loopback, with a hostile stretch of network in between; judged by what
// the office exported.
#include "app/base/crypto.hpp"
#include "app/base/files.hpp"
#include "app/delivery/carry.hpp"
#include "app/delivery/checkpoint.hpp"
#include "app/delivery/sender.hpp"
#include "app/intake/import.hpp"
#include "app/intake/look_up.hpp"
#include "app/intake/page.hpp"
#include "app/intake/receiver.hpp"
#include "app/intake/server.hpp"
#include "app/store/sql.hpp"
#include "tests/intake/hostile_proxy.hpp"
#include "tests/store/folder.hpp"

#include <curl/curl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <sys/stat.h>
#include <thread>

namespace kiosk::intake {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using ::testing::HasSubstr;
using testing::HostileProxy;
using ::testing::Not;

/// An office with one kiosk, served on a free port.
class IntakeTest : public ::testing::Test {
protected:
    void SetUp() override {
        crypto::init();
        ASSERT_TRUE(initOffice(office_, {"H29.5", "Phường Mẫu", "", 8443, {}, {}}));
        start();
        enrol("K7", "keys");
        db_.emplace(store::Db::open(folder_ / "kiosk.db").value());
        outbox_.emplace(*db_, folder_ / "outbox");
    }
    void TearDown() override { stop(); }

    void start(int port = 0) {
        auto server = Server::open(office_, "127.0.0.1", port, [this](const std::string& line) {
            const std::scoped_lock lock(logLock_);
            log_ += line + "\n";
        });
        ASSERT_TRUE(server) << server.error().detail;
        server_ = std::move(*server);
        thread_ = std::jthread([this] { server_->run(); });
    }
    void stop() {
        if (!server_) return;
        server_->stop();
        thread_.join();
        server_.reset();
    }
    void enrol(const std::string& id, const std::string& name) {
        auto ledger = openSqliteLedger(ledgerFile(office_), "H29.5").value();
        const auto done = enrolKiosk(office_, *ledger.ledger, id, folder_ / name, url(server_->port()));
        ASSERT_TRUE(done) << done.error().detail;
    }
    static std::string url(int port) { return "https://127.0.0.1:" + std::to_string(port); }

    OfficeLink link(int port = 0, const std::string& name = "keys") const {
        auto loaded = loadOfficeLink(folder_ / name).value();
        if (port > 0) loaded.url = url(port);
        return loaded;
    }
    std::string queue(int n, const std::string& keys = "keys", const std::string& dossier = {}) {
        const auto own = link(0, keys);
        parcel::Header header;
        header.kiosk = own.kioskId;
        header.office = own.officeCode;
        header.key = crypto::newIdempotencyKey();
        header.reference = crypto::reference(header.key);
        header.procedure = "1.001193";
        header.createdAt = Instant{1'790'000'000'000 + n};
        const Json content = {{"schema", 1},
                              {"reference", header.reference},
                              {"specimen", n},
                              {"pad", std::string(20'000, 'm')},
                              {"customer", {{"name", "Nguyễn Văn Mẫu"}}}};
        auto sealed = parcel::seal(header, dossier.empty() ? content.dump() : dossier, own.kioskSigning,
                                   own.officeSealing);
        EXPECT_TRUE(
            outbox_->put({header.key, header.reference, header.procedure, *sealed, "", header.createdAt, 0}));
        return header.key;
    }
    /// Tries whatever is queued until nothing is or `tries` are used up; the clock does not matter.
    void send(Gateway& gateway, int tries) {
        while (tries-- > 0) {
            const auto parcel = outbox_->next(Instant{1LL << 60}).value();
            if (!parcel) return;
            last_ = attempt(gateway, *parcel, now(), 0.5);
            ASSERT_TRUE(apply(*outbox_, last_, now()));
        }
    }
    /// What the office exported, by key; fails on a double.
    std::map<std::string, Json> exported() const {
        std::map<std::string, Json> out;
        for (const auto& entry : fs::directory_iterator(dossiersFolder(office_))) {
            if (entry.path().extension() != ".json") continue;
            const auto bytes = files::read(entry.path()).value();
            auto json = Json::parse(files::asText(bytes));
            EXPECT_TRUE(fs::exists(fs::path(entry.path()).replace_extension(".html")));
            const auto key = json.at("key").get<std::string>();
            EXPECT_TRUE(out.emplace(key, std::move(json)).second) << "exported twice";
        }
        return out;
    }

    testing::Folder folder_;
    std::string office_ = folder_ / "office";
    std::unique_ptr<Server> server_;
    std::jthread thread_;
    std::optional<store::Db> db_;
    std::optional<store::Outbox> outbox_;
    Verdict last_;
    std::mutex logLock_;
    std::string log_;
};

TEST_F(IntakeTest, aParcelIsTakenNumberedAndExportedBeforeItIsAcknowledged) {
    const auto key = queue(1);
    const auto gateway = httpsGateway(link());
    send(*gateway, 5);
    ASSERT_TRUE(last_.acknowledgement) << name(last_.failure.value_or(Code::SystemFailed));
    const auto files = exported();
    ASSERT_EQ(files.size(), 1U);
    EXPECT_EQ(files.at(key)["dossier"]["specimen"], 1);
    EXPECT_EQ(files.at(key)["dossier_code"], last_.acknowledgement->dossierCode);
    EXPECT_THAT(last_.acknowledgement->dossierCode, ::testing::MatchesRegex("H29\\.5-[0-9]+-0001"));
    EXPECT_TRUE(last_.acknowledgement->builtInNumbering);
    EXPECT_EQ(outbox_->counts()->acknowledged, 1);
    const std::scoped_lock lock(logLock_);
    EXPECT_THAT(log_, Not(HasSubstr("Mẫu")));
}

TEST_F(IntakeTest, aHostileNetworkLosesNothingAndDoublesNothing) {
    HostileProxy proxy(server_->port());
    std::map<std::string, int> queued;
    for (int n = 0; n < 24; ++n) queued[queue(n)] = n;
    const auto gateway =
        httpsGateway(link(proxy.port()), {std::chrono::milliseconds(400), std::chrono::milliseconds(400)});
    for (const auto trouble : {HostileProxy::DropAnswer, HostileProxy::Garbage, HostileProxy::Truncate,
                               HostileProxy::Slow, HostileProxy::CutRequest, HostileProxy::DropAnswer}) {
        proxy.behave(trouble);
        send(*gateway, 4);
        EXPECT_FALSE(last_.acknowledgement) << trouble;
        EXPECT_FALSE(last_.permanent);
    }
    proxy.behave(HostileProxy::Honest);
    send(*gateway, 200);
    EXPECT_EQ(outbox_->counts()->queued, 0);
    EXPECT_EQ(outbox_->counts()->refused, 0);
    const auto files = exported();
    EXPECT_EQ(files.size(), queued.size());
    for (const auto& [key, n] : queued) EXPECT_EQ(files.at(key)["dossier"]["specimen"], n);
}

TEST_F(IntakeTest, theSameParcelAgainGetsTheSameAcknowledgementAndOtherBytesAreRefused) {
    queue(1);
    const auto parcel = *outbox_->next(Instant{1LL << 60}).value();
    const auto gateway = httpsGateway(link());
    const auto first = gateway->deliver(parcel.bytes, parcel.key);
    const auto second = gateway->deliver(parcel.bytes, parcel.key);
    ASSERT_TRUE(first && second);
    EXPECT_EQ(first->text, second->text);
    auto header = parcel::peek(parcel.bytes).value();
    const auto other =
        parcel::seal(header, R"({"schema":1,"other":true})", link().kioskSigning, link().officeSealing)
            .value();
    const auto refused = gateway->deliver(other, header.key);
    ASSERT_FALSE(refused);
    EXPECT_TRUE(refused.error().permanent);
    EXPECT_EQ(refused.error().error.code, Code::OfficeRefused);
    EXPECT_THAT(refused.error().error.detail, HasSubstr("KeyReused"));
    EXPECT_EQ(exported().size(), 1U);
}

TEST_F(IntakeTest, strangersOnEitherSideAreNotTrusted) {
    queue(1);
    const testing::Folder elsewhere;
    ASSERT_TRUE(initOffice(elsewhere / "office", {"H29.5", "Mẫu", "", 8443, {}}));
    auto otherLedger = openSqliteLedger(ledgerFile(elsewhere / "office"), "H29.5").value();
    ASSERT_TRUE(enrolKiosk(elsewhere / "office", *otherLedger.ledger, "K7", elsewhere / "keys",
                           url(server_->port())));
    const auto stranger = loadOfficeLink(elsewhere / "keys").value();
    auto wrongOffice = stranger; // pins another office's certificate
    send(*httpsGateway(wrongOffice), 1);
    EXPECT_EQ(last_.failure, Code::OfficeUntrusted);
    auto wrongKiosk = link(); // knows the office, but its own certificate is not enrolled
    wrongKiosk.certificateFile = stranger.certificateFile;
    wrongKiosk.keyFile = stranger.keyFile;
    send(*httpsGateway(wrongKiosk), 1);
    EXPECT_EQ(last_.failure, Code::OfficeUntrusted);
    EXPECT_FALSE(last_.permanent);
    auto wrongSigner = link(); // answers are checked against the enrolled signing key
    wrongSigner.officeSigning = stranger.officeSigning;
    send(*httpsGateway(wrongSigner), 1);
    EXPECT_EQ(last_.failure, Code::OfficeUntrusted);
    EXPECT_EQ(outbox_->counts()->queued, 1);
    send(*httpsGateway(link()), 1);
    EXPECT_EQ(outbox_->counts()->acknowledged, 1);
}

TEST_F(IntakeTest, aRevokedKiosksParcelIsQuarantinedAndCanBeAdmitted) {
    const auto key = queue(1);
    auto ledger = openSqliteLedger(ledgerFile(office_), "H29.5").value();
    ASSERT_TRUE(ledger.ledger->revoke("K7").value());
    send(*httpsGateway(link()), 1);
    EXPECT_EQ(last_.failure, Code::OfficeRefused);
    EXPECT_TRUE(last_.permanent);
    EXPECT_EQ(outbox_->counts()->refused, 1);
    EXPECT_TRUE(exported().empty());
    std::vector<fs::path> kept(fs::directory_iterator(quarantineFolder(office_)), fs::directory_iterator());
    ASSERT_EQ(kept.size(), 1U);
    const auto own = loadOffice(office_).value();
    Receiver receiver(own, *ledger.ledger, *ledger.numbering, office_);
    EXPECT_EQ(receiver.admit(files::read(kept[0]).value(), now()).status, 200);
    EXPECT_EQ(exported().at(key)["dossier"]["specimen"], 1);
}

/// The office's side of a memory stick, beside the serving intake.
class CarriedTest : public IntakeTest {
protected:
    Imported import() {
        const auto office = loadOffice(office_).value();
        auto ledger = openSqliteLedger(ledgerFile(office_), "H29.5").value();
        Receiver receiver(office, *ledger.ledger, *ledger.numbering, office_);
        return importFolder(receiver, stick_, now()).value();
    }
    carry::Settled settle(const std::string& keys = "keys") {
        return carry::settle(*outbox_, stick_, link(0, keys).officeSigning, now()).value();
    }
    std::string stick_ = folder_ / "stick";
};

TEST_F(CarriedTest, aStickBringsParcelsAndTheirAnswersAndTheNetworkLaterDoublesNothing) {
    std::vector<std::string> keys;
    for (int n = 0; n < 3; ++n) keys.push_back(queue(n));
    ASSERT_TRUE(outbox_->refused(keys[1], Code::OfficeRefused, now())); // goes too: the office decides anew
    EXPECT_EQ(3, carry::exportParcels(*outbox_, stick_).value());
    EXPECT_EQ(3, carry::exportParcels(*outbox_, stick_).value());
    // The network comes back while the stick is on its way: the first is delivered twice.
    send(*httpsGateway(link(server_->port())), 1);
    EXPECT_EQ(1, outbox_->counts()->acknowledged);
    for (int twice = 0; twice < 2; ++twice) {
        const auto imported = import();
        EXPECT_EQ(3, imported.answered);
        EXPECT_THAT(imported.problems, ::testing::IsEmpty());
    }
    EXPECT_EQ(3U, exported().size());
    const auto settled = settle();
    EXPECT_EQ(2, settled.settled);
    EXPECT_EQ(1, settled.known);
    EXPECT_THAT(settled.problems, ::testing::IsEmpty());
    EXPECT_EQ(3, settle().known);
    EXPECT_EQ(3, outbox_->counts()->acknowledged);
    const auto rows = outbox_->rows(9).value();
    for (const auto& row : rows) EXPECT_EQ(row.dossierCode, exported().at(row.key).at("dossier_code"));
}

TEST_F(CarriedTest, aStickTellsNothingAndItsDamagedFilesAreNamed) {
    const auto good = queue(0), torn = queue(1), renamed = queue(2);
    ASSERT_TRUE(carry::exportParcels(*outbox_, stick_));
    const auto bytes = files::read(carry::parcelFile(stick_, good)).value();
    EXPECT_THAT(std::string(files::asText(bytes)), Not(HasSubstr("Nguyễn Văn Mẫu")));
    fs::resize_file(carry::parcelFile(stick_, torn), 700);
    const std::string other(32, 'a');
    fs::rename(carry::parcelFile(stick_, renamed), carry::parcelFile(stick_, other));
    const auto imported = import();
    EXPECT_EQ(1, imported.answered);
    ASSERT_EQ(2U, imported.problems.size());
    EXPECT_THAT(imported.problems, ::testing::Contains(HasSubstr(torn)));
    EXPECT_THAT(imported.problems, ::testing::Contains(HasSubstr(other)));
    EXPECT_EQ(1, settle().settled);
    EXPECT_EQ(2, outbox_->counts()->queued);
}

TEST_F(CarriedTest, onlyTheOfficesOwnAnswerForTheseBytesSettlesAParcel) {
    const auto first = queue(0), second = queue(1), third = queue(2);
    ASSERT_TRUE(carry::exportParcels(*outbox_, stick_));
    ASSERT_EQ(3, import().answered);
    // The answer of one put beside another, a stranger's signature, and an answer cut short.
    fs::copy_file(carry::answerFile(stick_, first), carry::answerFile(stick_, second),
                  fs::copy_options::overwrite_existing);
    const auto strange = folder_ / "stranger";
    ASSERT_TRUE(initOffice(strange, {"H29.5", "Lạ", "", 8443, {}, {}}));
    const auto stranger = loadOffice(strange).value();
    const auto hash = parcel::contentHash(files::read(carry::parcelFile(stick_, first)).value());
    ASSERT_TRUE(files::writeDurably(
        carry::answerFile(stick_, first),
        parcel::writeAcknowledgement({first, hash, "H29.5-261127-0009", true, now(), {}}, stranger.signing)));
    fs::resize_file(carry::answerFile(stick_, third), 100);
    const auto settled = settle();
    EXPECT_EQ(0, settled.settled);
    EXPECT_EQ(3U, settled.problems.size());
    EXPECT_EQ(3, outbox_->counts()->queued);
}

TEST_F(CarriedTest, aRevokedKiosksParcelsGoToQuarantineAndAStrangersNowhere) {
    const auto key = queue(0);
    ASSERT_TRUE(carry::exportParcels(*outbox_, stick_));
    ASSERT_TRUE(openSqliteLedger(ledgerFile(office_), "H29.5")->ledger->revoke("K7").value());
    EXPECT_EQ(1U, import().problems.size());
    EXPECT_TRUE(fs::exists(quarantineFolder(office_)));
    EXPECT_EQ(1, std::distance(fs::directory_iterator(quarantineFolder(office_)), fs::directory_iterator()));
    // One byte of the signature changed: whoever wrote this is not the kiosk, and nothing of it is kept.
    auto bytes = files::read(carry::parcelFile(stick_, key)).value();
    bytes.back() ^= 1U;
    ASSERT_TRUE(files::writeDurably(carry::parcelFile(stick_, key), files::asText(bytes)));
    EXPECT_EQ(1U, import().problems.size());
    EXPECT_EQ(1, std::distance(fs::directory_iterator(quarantineFolder(office_)), fs::directory_iterator()));
    EXPECT_FALSE(fs::exists(carry::answerFile(stick_, key)));
}

TEST_F(CarriedTest, aRevokedKiosksEarlierKeyOpensNoDoorEither) {
    const auto key = queue(0);
    enrol("K7", "new-keys");
    ASSERT_TRUE(carry::exportParcels(*outbox_, stick_));
    ASSERT_TRUE(openSqliteLedger(ledgerFile(office_), "H29.5")->ledger->revoke("K7").value());
    EXPECT_EQ(1U, import().problems.size());
    EXPECT_TRUE(exported().empty());
    EXPECT_EQ(1, std::distance(fs::directory_iterator(quarantineFolder(office_)), fs::directory_iterator()));
    EXPECT_FALSE(fs::exists(carry::answerFile(stick_, key)));
}

TEST_F(IntakeTest, aRotatedSealingKeyLosesNothingAndKiosksTakeTheNewOneOver) {
    const auto before = queue(0);
    ASSERT_TRUE(rotateSealingKey(office_));
    stop();
    start();
    auto own = link(server_->port());
    const auto gateway = httpsGateway(own);
    const auto notice = gateway->sealingKey();
    ASSERT_TRUE(notice) << notice.error().detail;
    EXPECT_NE(notice->key, own.officeSealing);
    EXPECT_TRUE(keepSealingKey(folder_ / "keys", own, *notice).value());
    EXPECT_FALSE(keepSealingKey(folder_ / "keys", own, *notice).value()) << "it is known";
    EXPECT_EQ(link().officeSealing, notice->key) << "and was written";
    const auto after = queue(1);
    EXPECT_EQ(parcel::peek(outbox_->find(after).value()->bytes)->sealingKey, parcel::keyId(notice->key));
    send(*gateway, 2);
    EXPECT_EQ(exported().count(before), 1U);
    EXPECT_EQ(exported().count(after), 1U);
    // An older word does not come back, and a stranger's or another office's counts nothing.
    const auto office = loadOffice(office_).value();
    EXPECT_FALSE(keepSealingKey(folder_ / "keys", own, {"H29.5", office.sealing[1].publicKey, 1}).value());
    EXPECT_FALSE(keepSealingKey(folder_ / "keys", own, {"H29.6", notice->key, 9}));
    auto signedByIt = writeSealingNotice(*notice, office.signing);
    EXPECT_TRUE(readSealingNotice(signedByIt, own.officeSigning));
    signedByIt.replace(signedByIt.find("\"serial\":2"), 10, "\"serial\":3");
    EXPECT_EQ(readSealingNotice(signedByIt, own.officeSigning).error().code, Code::OfficeUntrusted);
}

TEST_F(IntakeTest, whatAKioskQueuedBeforeItWasEnrolledAgainIsTakenUnlessItWasRevoked) {
    const auto key = queue(0);
    enrol("K7", "new-keys");
    send(*httpsGateway(link(server_->port(), "new-keys")), 1);
    EXPECT_EQ(exported().count(key), 1U);
    const auto second = queue(1, "new-keys");
    ASSERT_TRUE(openSqliteLedger(ledgerFile(office_), "H29.5")->ledger->revoke("K7").value());
    enrol("K7", "newest-keys");
    send(*httpsGateway(link(server_->port(), "newest-keys")), 1);
    EXPECT_EQ(exported().count(second), 0U) << "signed by a key that may have been stolen";
    EXPECT_EQ(outbox_->counts()->refused, 1) << "kept for staff";
}

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

TEST_F(LookUpTest, theWaitDoublesEndsAndIsNotShortenedByAClockPutBack) {
    Instant at{1'900'000'000'000};
    for (int i = 0; i < patienceWithCode.free; ++i) EXPECT_EQ(askAt(at, wrong).status, 404);
    EXPECT_EQ(askAt(at, wrong).retryAfter, 900);
    EXPECT_EQ(askAt(Instant{at.ms - 86'400'000}, wrong).status, 429);
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

TEST_F(IntakeTest, anotherKiosksParcelIsRefusedAndStaleKeysDoNotGetIn) {
    queue(1);
    enrol("K8", "keys8");
    send(*httpsGateway(link(0, "keys8")), 1);
    EXPECT_EQ(last_.failure, Code::OfficeRefused);
    queue(2);
    enrol("K7", "new-keys"); // K7 is enrolled again: the old certificate is no longer known
    send(*httpsGateway(link()), 1);
    EXPECT_EQ(last_.failure, Code::OfficeUntrusted);
    EXPECT_EQ(outbox_->counts()->queued, 1);
    EXPECT_TRUE(exported().empty());
}

TEST_F(IntakeTest, aNewerSchemaStaysQueuedAndStaffAreTold) {
    queue(1, "keys", R"({"schema":2})");
    send(*httpsGateway(link()), 3);
    EXPECT_EQ(last_.failure, Code::OfficeIncompatible);
    EXPECT_FALSE(last_.permanent);
    EXPECT_EQ(outbox_->rows(1)->at(0).reason, "OfficeIncompatible");
    EXPECT_EQ(outbox_->rows(1)->at(0).state, "queued");
}

TEST_F(IntakeTest, anOfficeThatIsDownOrCannotStoreKeepsParcelsQueued) {
    queue(1);
    fs::remove_all(dossiersFolder(office_));
    ASSERT_TRUE(files::writeDurably(dossiersFolder(office_), "in the way"));
    send(*httpsGateway(link()), 1);
    EXPECT_EQ(last_.failure, Code::OfficeBusy);
    EXPECT_GE(last_.nextTry.ms, now().ms + 25'000); // Retry-After
    const int port = server_->port();
    stop();
    send(*httpsGateway(link()), 1);
    EXPECT_EQ(last_.failure, Code::OfficeUnreachable);
    EXPECT_EQ(outbox_->counts()->queued, 1);
    fs::remove(dossiersFolder(office_));
    start(port);
    EXPECT_EQ(exported().size(), 1U); // taken before the disk failed: written at the next start
    send(*httpsGateway(link()), 1);
    EXPECT_EQ(outbox_->counts()->acknowledged, 1);
    EXPECT_EQ(exported().size(), 1U);
}

TEST_F(IntakeTest, keysOthersMayReadAreRefusedWithAdvice) {
    for (const char* file : {"keys/client.key", "keys/signing.key"}) {
        ASSERT_EQ(::chmod((folder_ / file).c_str(), 0644), 0);
        const auto refused = loadOfficeLink(folder_ / "keys");
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, Code::KeyInvalid);
        EXPECT_THAT(refused.error().detail, HasSubstr("chmod 600"));
        ASSERT_EQ(::chmod((folder_ / file).c_str(), 0600), 0);
    }
    EXPECT_FALSE(initOffice(office_, {"H29.5", "Mẫu", "", 8443, {}})); // keys are never replaced
}

TEST_F(IntakeTest, theOfficeWitnessesAJournalThatGoesOnAndTellsOneThatDoesNot) {
    const auto own = link();
    const auto gateway = httpsGateway(own);
    store::Journal journal(*db_);
    const auto ask = [&] { return nextCheckpoint(journal, own.kioskId, own.kioskSigning, now()).value(); };
    const auto append = [&](int n) {
        while (n-- > 0) ASSERT_TRUE(journal.append(store::journal::Started{}, now()));
    };
    append(5);
    const auto first = gateway->witness(ask());
    ASSERT_TRUE(first) << first.error().detail;
    EXPECT_EQ(first->head.sequence, 5);
    append(3);
    ASSERT_TRUE(gateway->witness(ask())); // its answer is lost: the kiosk still knows nothing
    append(2);
    const auto later = gateway->witness(ask());
    ASSERT_TRUE(later) << later.error().detail;
    EXPECT_EQ(later->head.sequence, 10);
    ASSERT_TRUE(journal.keepWitness(*later));
    EXPECT_EQ(ask(), "") << "nothing new, nothing asked";
    // Somebody rewrites an entry and mends all hashes after it.
    ASSERT_TRUE(store::execute(db_->handle(), "DELETE FROM journal WHERE sequence > 7"));
    ASSERT_TRUE(store::execute(db_->handle(), "DELETE FROM journal_attestation"));
    EXPECT_EQ(gateway->witness(ask()).error().code, Code::JournalRolledBack);
    append(6);
    EXPECT_EQ(gateway->witness(ask()).error().code, Code::JournalForked);
    auto ledger = openSqliteLedger(ledgerFile(office_), "H29.5").value();
    const auto known = ledger.ledger->witnessed("K7").value();
    EXPECT_EQ(known.text, later->text) << "the word that was given stands";
    EXPECT_EQ(known.dispute, "JournalForked");
    // Another kiosk cannot speak for this one.
    enrol("K8", "other");
    const auto stranger = link(0, "other");
    EXPECT_FALSE(httpsGateway(stranger)->witness(ask()));
    EXPECT_FALSE(gateway->witness("{}"));
}

TEST_F(IntakeTest, aLongJournalIsWitnessedPartByPart) {
    const auto own = link();
    const auto gateway = httpsGateway(own);
    store::Journal journal(*db_);
    const int many = static_cast<int>(mostLinks) + 10;
    {
        store::Transaction transaction(*db_);
        for (int i = 0; i < many; ++i) ASSERT_TRUE(journal.append(store::journal::Started{}, now()));
        ASSERT_TRUE(transaction.commit());
    }
    for (const std::int64_t upTo : {static_cast<std::int64_t>(mostLinks), static_cast<std::int64_t>(many)}) {
        const auto word =
            gateway->witness(nextCheckpoint(journal, own.kioskId, own.kioskSigning, now()).value());
        ASSERT_TRUE(word) << word.error().detail;
        EXPECT_EQ(word->head.sequence, upTo);
        ASSERT_TRUE(journal.keepWitness(*word));
    }
}

TEST_F(IntakeTest, builtInNumbersStayInTheirRangeAndOneTooManyWaits) {
    auto store = openSqliteLedger(folder_ / "range.db", "H29.5", {8998, 8999}).value();
    const Instant today{1'790'000'000'000}, tomorrow{today.ms + 86'400'000};
    EXPECT_THAT(store.numbering->allocate("a", today)->code, HasSubstr("-8998"));
    EXPECT_THAT(store.numbering->allocate("b", today)->code, HasSubstr("-8999"));
    EXPECT_EQ(store.numbering->allocate("c", today).error().code, Code::StoreFull);
    EXPECT_THAT(store.numbering->allocate("b", today)->code, HasSubstr("-8999")) << "as before";
    EXPECT_THAT(store.numbering->allocate("c", tomorrow)->code, HasSubstr("-8998"));
    EXPECT_EQ(initOffice(folder_ / "strange", {"H29.5", "Mẫu", "", 8443, {}, {5, 4}}).error().code,
              Code::ConfigInvalid);
}

TEST_F(IntakeTest, serialsStartAnewEachDayAndAKeyKeepsItsNumber) {
    auto ledger = openSqliteLedger(folder_ / "numbers.db", "H29.5").value();
    const Instant day{1'790'000'000'000};
    const auto code = [&](const char* key, Instant at) { return ledger.numbering->allocate(key, at)->code; };
    const auto first = code("a", day);
    EXPECT_THAT(first, ::testing::EndsWith("-0001"));
    EXPECT_THAT(code("b", day), ::testing::EndsWith("-0002"));
    EXPECT_EQ(code("a", Instant{day.ms + 86'400'000}), first);
    EXPECT_THAT(code("c", Instant{day.ms + 86'400'000}), ::testing::EndsWith("-0001"));
}

TEST(DossierPage, hostileTextStaysTextAndReadingIsNeverCalledVerified) {
    const auto page = dossierPage(
        R"({"dossier_code":"<b>","dossier":{"procedure":{"name_vi":"<script>alert(1)</script>"},"customer":{"assurance":"read","name":"\"><img src=x>"},
        "answers":[{"section":"Mẫu & mẫu","label":"<i>","value":"v","display":"01/02/1999","origin":"card"}],"people":[{"x<y":{"z":[1,true,null]}}]}})");
    EXPECT_THAT(page, HasSubstr("ĐỌC TỪ THẺ – CHƯA XÁC THỰC"));
    for (const char* raw : {"<script", "<img", "<i>", "<b>", "x<y"}) EXPECT_THAT(page, Not(HasSubstr(raw)));
    EXPECT_THAT(page, HasSubstr("Mẫu &amp; mẫu"));
    EXPECT_THAT(page, HasSubstr("đọc từ thẻ"));
    EXPECT_THAT(dossierPage(R"({"dossier":{}})"), HasSubstr("CHƯA XÁC THỰC"));
    EXPECT_NO_THROW(dossierPage(
        R"({"dossier":{"procedure":[],"customer":7,"people":"x","answers":{},"consent":null,"addresses":3}})"));
}

} // namespace
} // namespace kiosk::intake
