// Parcels over a hostile network: taken once, numbered, exported before they are acknowledged.
#include "tests/intake/hostile_proxy.hpp"
#include "tests/intake/served_office.hpp"

namespace kiosk::intake {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using testing::HostileProxy;
using ::testing::Not;

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

TEST_F(IntakeTest, aRehearsalIsCheckedAndAnsweredButNothingOfItIsKept) {
    queue(1, "keys", {}, parcel::rehearsal);
    const auto gateway = httpsGateway(link());
    send(*gateway, 1);
    ASSERT_TRUE(last_.acknowledgement);
    EXPECT_THAT(last_.acknowledgement->dossierCode, ::testing::StartsWith("THU-"));
    EXPECT_EQ(outbox_->counts()->acknowledged, 1);
    queue(2, "keys", "no dossier", parcel::rehearsal);
    send(*gateway, 1);
    EXPECT_EQ(last_.failure, Code::OfficeRefused) << "what would be refused of a visitor is refused here too";
    auto ledger = openSqliteLedger(ledgerFile(office_), "H29.5").value();
    EXPECT_TRUE(ledger.ledger->list(10)->empty());
    EXPECT_TRUE(exported().empty());
    queue(3);
    send(*gateway, 1);
    EXPECT_THAT(last_.acknowledgement->dossierCode, ::testing::EndsWith("-0001")) << "no number was used up";
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

TEST_F(IntakeTest, anOfficeThatIsStoppedAsItStartsEnds) {
    for (int round = 0; round < 20; ++round) { // before it listens, or just then
        stop();
        start();
    }
    stop();
    auto server = Server::open(office_, "127.0.0.1", 0, [](const std::string&) {}).value();
    server->stop();
    server->run(); // returns
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

} // namespace
} // namespace kiosk::intake
