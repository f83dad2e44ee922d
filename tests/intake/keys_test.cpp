// Who is trusted: enrolment, rotation, revocation, strangers, files that others may read.
#include "app/delivery/bundle/bundle.hpp"
#include "app/delivery/checkpoint.hpp"
#include "app/intake/ledger.hpp"
#include "app/intake/office/rotation.hpp"
#include "app/intake/receiver.hpp"
#include "app/store/journal/verify.hpp"
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

TEST_F(IntakeTest, aKeyThatCannotBeReadIsSaidAndReadAgainWhenItIsBack) {
    queue(1);
    const auto own = link();
    const auto aside = own.keyFile + ".aside";
    fs::rename(own.keyFile, aside);
    const auto gateway = httpsGateway(own);
    send(*gateway, 1);
    EXPECT_EQ(last_.failure, Code::KeyInvalid);
    EXPECT_FALSE(last_.permanent);
    fs::rename(aside, own.keyFile);
    send(*gateway, 1);
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

/// An office that makes its keys anew, and a kiosk that follows.
class Rotation : public IntakeTest {
protected:
    void rotateAndServe(std::initializer_list<OfficeKey> which) {
        for (const auto key : which) {
            const auto done = rotate(office_, key);
            ASSERT_TRUE(done) << done.error().detail;
        }
        stop();
        start();
        own_.url = url(server_->port());
        gateway_ = httpsGateway(own_);
    }
    /// As the kiosk does when an answer was not the office's, or an hour is over.
    Result<bool> follow() {
        const auto keys = gateway_->officeKeys(own_.officeKeys());
        if (!keys) return fail(keys.error());
        auto kept = keepOfficeKeys(folder_ / "keys", own_, *keys);
        gateway_->trust(own_.officeSigning);
        return kept;
    }
    std::string file(const char* name) const { return office_ + "/keys/" + name; }

    OfficeLink own_;
    std::unique_ptr<Gateway> gateway_;

    void SetUp() override {
        IntakeTest::SetUp();
        own_ = link();
    }
};

TEST_F(Rotation, aNewSealingKeyLosesNothingThatWasSealedToTheOneBefore) {
    const auto before = queue(0);
    rotateAndServe({OfficeKey::Sealing});
    const auto old = own_.officeSealing;
    EXPECT_TRUE(follow().value());
    EXPECT_NE(own_.officeSealing, old);
    EXPECT_FALSE(follow().value()) << "it is known";
    EXPECT_EQ(link().officeSealing, own_.officeSealing) << "and was written";
    const auto after = queue(1);
    EXPECT_EQ(parcel::peek(outbox_->find(after).value()->bytes)->sealingKey,
              parcel::keyId(own_.officeSealing));
    send(*gateway_, 2);
    EXPECT_EQ(exported().count(before), 1U);
    EXPECT_EQ(exported().count(after), 1U);
}

TEST_F(Rotation, aNewSigningKeyIsBelievedOnceTheOneBeforeHasHandedOver) {
    store::Journal journal(*db_);
    ASSERT_TRUE(journal.append(store::journal::Started{}, now()));
    const auto checkpoint = [&] {
        return nextCheckpoint(journal, own_.kioskId, own_.kioskSigning, now()).value();
    };
    gateway_ = httpsGateway(own_);
    const auto witnessed = gateway_->witness(checkpoint());
    ASSERT_TRUE(witnessed);
    ASSERT_TRUE(journal.keepWitness(*witnessed));
    const auto bytes =
        bundle::build({"H29.5", 1, Instant{0}, Instant{1LL << 60}, {{"lang/vi.json", "{}"}}}).value();
    const auto signedBefore = bundle::sign(bytes, loadOffice(office_)->signing).value();
    const auto key = queue(0);

    rotateAndServe({OfficeKey::Signing});
    send(*gateway_, 1);
    EXPECT_EQ(last_.failure, Code::OfficeUntrusted);
    EXPECT_EQ(outbox_->counts()->queued, 1) << "nothing is lost meanwhile";
    ASSERT_TRUE(follow().value());
    send(*gateway_, 1);
    EXPECT_EQ(outbox_->counts()->acknowledged, 1);
    EXPECT_EQ(exported().count(key), 1U);

    // What the key before has signed counts on, for the kiosk as it is after its next start and for one that
    // is enrolled now; the office takes its own earlier word as well.
    enrol("K8", "keys8");
    for (const auto* keys : {"keys", "keys8"})
        EXPECT_TRUE(bundle::open(signedBefore, link(0, keys).officeSigning, "H29.5")) << keys;
    const store::journal::Trust trust{
        "K7", store::journal::verifyKeyOf(own_.kioskSigning), link().officeSigning, {}};
    EXPECT_FALSE(verify(*db_, store::readWitnessFile(db_->path()).value(), trust)->problem);
    ASSERT_TRUE(journal.append(store::journal::Started{}, now()));
    const auto later = gateway_->witness(checkpoint());
    ASSERT_TRUE(later) << later.error().detail;
    EXPECT_GT(later->head.sequence, witnessed->head.sequence);
    EXPECT_EQ(readAttestation(store::journal::Purpose::Witness, later->text, own_.officeSigning.earlier[0])
                  .error()
                  .code,
              Code::JournalUnsigned)
        << "the key before signs no more";
}

TEST_F(Rotation, aNewCertificateIsFoundThoughTheServerShowsIt) {
    const auto key = queue(0);
    rotateAndServe({OfficeKey::Tls});
    send(*gateway_, 1);
    EXPECT_EQ(last_.failure, Code::OfficeUntrusted);
    ASSERT_TRUE(follow().value());
    send(*gateway_, 1);
    EXPECT_EQ(exported().count(key), 1U);
    send(*httpsGateway(link(server_->port())), 1); // as after a restart
    EXPECT_EQ(last_.failure, std::nullopt);
}

TEST_F(Rotation, aLinkMadeBeforeTheSigningKeyCouldChangeFollowsToo) {
    const auto path = folder_ / "keys/link.json";
    auto json = nlohmann::json::parse(files::asText(files::read(path).value()));
    json.erase("office_keys_serial");
    json.erase("office_signing_earlier");
    json["office_sealing_serial"] = 1;
    ASSERT_TRUE(files::writeDurably(path, json.dump()));
    own_ = link();
    EXPECT_EQ(own_.officeSerial, 1);
    rotateAndServe({OfficeKey::Signing});
    ASSERT_TRUE(follow().value());
    EXPECT_EQ(link().officeSerial, 2);
    EXPECT_FALSE(
        nlohmann::json::parse(files::asText(files::read(path).value())).contains("office_sealing_serial"));
}

TEST_F(Rotation, aKioskThatWasAwayForManyChangesFollowsThemAll) {
    const auto key = queue(0);
    using K = OfficeKey;
    rotateAndServe({K::Signing, K::Tls, K::Sealing, K::Signing, K::Sealing, K::Tls, K::Signing});
    ASSERT_TRUE(follow().value());
    EXPECT_EQ(own_.officeSerial, 8);
    EXPECT_EQ(own_.officeSigning.earlier.size(), 3U);
    send(*gateway_, 1);
    EXPECT_EQ(exported().count(key), 1U);
    EXPECT_EQ(link().officeSigning.earlier, loadOffice(office_)->keys.signing.earlier);
}

TEST_F(Rotation, aStrangersServerChangesNothing) {
    rotateAndServe({OfficeKey::Signing});
    const auto genuine = loadOffice(office_)->keyNotices();
    const testing::Folder elsewhere;
    const auto theirs = elsewhere / "office";
    ASSERT_TRUE(initOffice(theirs, {"H29.5", "Mẫu", "", 8443, {}}));
    ASSERT_TRUE(rotate(theirs, OfficeKey::Signing));
    auto ledger = openSqliteLedger(ledgerFile(theirs), "H29.5").value();
    ASSERT_TRUE(enrolKiosk(theirs, *ledger.ledger, "K7", elsewhere / "keys", "https://127.0.0.1:1"));
    auto server = Server::open(theirs, "127.0.0.1", 0, [](const std::string&) {}).value();
    const std::jthread thread([&] { server->run(); });
    own_.url = url(server->port());
    own_.certificateFile = elsewhere / "keys/client.crt"; // it lets in whomever it wants
    own_.keyFile = elsewhere / "keys/client.key";
    gateway_ = httpsGateway(own_);
    EXPECT_EQ(follow().error().code, Code::OfficeUntrusted);
    server->stop();
    EXPECT_EQ(link().officeSerial, 1);
    // Nor does a notice changed on its way, an older one after a newer one, or another office's.
    auto forged = genuine;
    forged.replace(forged.find("\"serial\":2"), 10, "\"serial\":3");
    EXPECT_EQ(followKeyNotices(forged, link().officeKeys()).error().code, Code::OfficeUntrusted);
    const auto newest = followKeyNotices(genuine, link().officeKeys()).value();
    EXPECT_EQ(newest.serial, 2);
    auto known = link();
    ASSERT_TRUE(keepOfficeKeys(folder_ / "keys", known, newest).value());
    auto older = newest;
    older.serial = 1;
    EXPECT_FALSE(keepOfficeKeys(folder_ / "keys", known, older).value());
    older.serial = 9;
    older.office = "H29.6";
    EXPECT_EQ(keepOfficeKeys(folder_ / "keys", known, older).error().code, Code::OfficeUntrusted);
    EXPECT_EQ(followKeyNotices(R"({"notices":7})", known.officeKeys()).error().code, Code::OfficeGarbled);
    EXPECT_EQ(followKeyNotices("<html>", known.officeKeys()).error().code, Code::OfficeGarbled);
}

TEST_F(Rotation, whatARotationWasCutOffInIsFinishedOrForgotten) {
    const auto copy = [&](const char* from, const char* to) {
        fs::copy_file(file(from), file(to), fs::copy_options::overwrite_existing);
        fs::permissions(file(to), fs::perms::owner_read | fs::perms::owner_write);
    };
    for (const auto* name : {"signing.key", "office.key", "office.crt"})
        copy(name, (std::string(name) + ".before").c_str());
    for (const auto key : {OfficeKey::Signing, OfficeKey::Tls}) ASSERT_TRUE(rotate(office_, key));
    const auto whole = loadOffice(office_)->keys;
    // Cut off after the notice, before its files were put in place.
    for (const auto* name : {"office.key", "office.crt"}) {
        copy(name, (std::string(name) + ".next").c_str());
        copy((std::string(name) + ".before").c_str(), name);
    }
    EXPECT_EQ(loadOffice(office_)->keys.certificate, whole.certificate);
    EXPECT_FALSE(fs::exists(file("office.key.next")));
    // Cut off between its two files.
    copy("office.crt", "office.crt.next");
    copy("office.crt.before", "office.crt");
    EXPECT_EQ(loadOffice(office_)->keys.certificate, whole.certificate);
    // Cut off before the notice: what waits is none's.
    copy("signing.key.before", "signing.key.next");
    EXPECT_EQ(loadOffice(office_)->keys.signing.present, whole.signing.present);
    rotateAndServe({OfficeKey::Signing});
    ASSERT_TRUE(follow().value());
    queue(0);
    send(*gateway_, 1);
    EXPECT_EQ(outbox_->counts()->acknowledged, 1);
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
