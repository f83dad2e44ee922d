// Parcels and answers on a memory stick, beside the network.
#include "app/delivery/carry.hpp"
#include "app/intake/import.hpp"
#include "app/intake/ledger.hpp"
#include "app/intake/receiver.hpp"
#include "tests/intake/served_office.hpp"

#include <algorithm>

namespace kiosk::intake {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;

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
    const auto board = httpsGateway(link(server_->port()))->board(Instant{0}).value();
    EXPECT_EQ(2, std::ranges::count_if(board, &board::Entry::carried)) << "the first came by the network";
    const auto settled = settle();
    EXPECT_EQ(2, settled.settled);
    EXPECT_EQ(1, settled.known);
    EXPECT_THAT(settled.problems, ::testing::IsEmpty());
    EXPECT_EQ(3, settle().known);
    EXPECT_EQ(3, outbox_->counts()->acknowledged);
    const auto rows = outbox_->rows(9).value();
    for (const auto& row : rows)
        EXPECT_EQ(row.dossierCode, exported().at(row.key).at("dossier_code").get<std::string>());
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

} // namespace
} // namespace kiosk::intake
