// Who is trusted: enrolment, rotation, revocation, strangers, files that others may read.
#include "app/intake/ledger.hpp"
#include "app/intake/receiver.hpp"
#include "tests/intake/served_office.hpp"

#include <sys/stat.h>

namespace kiosk::intake {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

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

} // namespace
} // namespace kiosk::intake
