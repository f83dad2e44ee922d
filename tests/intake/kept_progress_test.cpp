// How dossiers stand, fetched by their kiosk over the network, which cannot read it without the slip.
#include "app/delivery/packer.hpp"
#include "app/delivery/progress/kept_progress.hpp"
#include "tests/intake/served_office.hpp"

namespace kiosk::intake {
namespace {

constexpr Date birth{1999, 2, 1}, otherBirth{1999, 2, 2};

class KeptProgressTest : public IntakeTest {
protected:
    void SetUp() override {
        IntakeTest::SetUp();
        gateway_ = httpsGateway(link(server_->port()));
    }
    /// A dossier as the kiosk packs it, at the office; its slip.
    SlipCode sent() {
        Packer packer(link(), device_);
        const std::string dossier = R"({"schema":1,"customer":{"birth_date":"1999-02-01"}})";
        auto packed = packer.pack({dossier, "1.001193", "", Instant{1'790'000'000'000}, true, birth}).value();
        EXPECT_TRUE(outbox_->put(packed.parcel));
        send(*gateway_, 1);
        keys_.push_back(packed.parcel.key);
        return std::move(packed.slip);
    }
    void enter(const std::string& key, int status, const std::string& note) {
        auto ledger = openSqliteLedger(ledgerFile(office_), "H29.5").value();
        ASSERT_TRUE(ledger.ledger->addStatus(key, {status, Instant{1'800'000'000'000}, {}, note}));
    }
    Result<look_up::Answer> opened(const kept_progress::Sealed& sealed, const SlipCode& slip, Date born) {
        return kept_progress::open(sealed.bytes, slip, kept_progress::keyOf(slip, born, device_));
    }
    const Secret<Bytes> device_{crypto::random(32)};
    std::unique_ptr<Gateway> gateway_;
    std::vector<std::string> keys_;
};

TEST_F(KeptProgressTest, OnlyTheSlipAndTheBirthDateOnThisKioskOpenIt) {
    const auto slip = sent();
    EXPECT_TRUE(gateway_->progress(0)->news.empty()) << "nothing was entered yet";
    enter(keys_[0], 5, "Thiếu giấy chứng sinh (MẪU)");
    const auto batch = gateway_->progress(0);
    ASSERT_TRUE(batch) << batch.error().detail;
    ASSERT_EQ(batch->news.size(), 1U);
    const auto& sealed = batch->news.front();
    EXPECT_EQ(sealed.reference, slip.reference);
    const auto answer = opened(sealed, slip, birth);
    ASSERT_TRUE(answer) << answer.error().detail;
    EXPECT_EQ(answer->steps.back().note, "Thiếu giấy chứng sinh (MẪU)");
    EXPECT_EQ(answer->steps.back().status, 5);

    EXPECT_EQ(opened(sealed, slip, otherBirth).error().code, Code::DossierNotFound);
    auto other = SlipCode::make(slip.reference);
    EXPECT_EQ(opened(sealed, other, birth).error().code, Code::DossierNotFound);
    EXPECT_EQ(kept_progress::open(sealed.bytes, slip,
                                  kept_progress::keyOf(slip, birth, Secret<Bytes>(crypto::random(32))))
                  .error()
                  .code,
              Code::DossierNotFound)
        << "another kiosk's disk";
    auto moved = slip;
    moved.reference = crypto::reference("00112233445566778899aabbccddeeff");
    EXPECT_FALSE(kept_progress::open(sealed.bytes, moved, kept_progress::keyOf(slip, birth, device_)))
        << "it stays with its reference";
    EXPECT_EQ(sealed.bytes.size() % 512, 40U) << "its length tells little: nonce and tag apart";
}

TEST_F(KeptProgressTest, OnlyWhatIsNewComesAndOnlyToItsKiosk) {
    sent(), sent();
    enter(keys_[0], 4, "");
    const auto first = gateway_->progress(0).value();
    enter(keys_[1], 4, "");
    const auto second = gateway_->progress(first.next).value();
    ASSERT_EQ(second.news.size(), 1U);
    EXPECT_NE(second.news[0].reference, first.news[0].reference);
    EXPECT_FALSE(second.more);
    EXPECT_TRUE(gateway_->progress(second.next)->news.empty());
    EXPECT_EQ(gateway_->progress(second.next)->next, second.next);
    enrol("K8", "other");
    EXPECT_TRUE(httpsGateway(link(server_->port(), "other"))->progress(0)->news.empty());
}

TEST_F(KeptProgressTest, ManyComeInTurnsAndOnesWithoutAKeyAreLeftOut) {
    keys_.push_back(queue(7)); // of an earlier version
    send(*gateway_, 1);
    enter(keys_[0], 4, "");
    std::string note;
    for (int i = 0; i < 450; ++i) note += "ạ";
    constexpr int dossiers = 12, steps = 8; // some 12 KiB each
    for (int i = 0; i < dossiers; ++i) sent();
    for (int i = 1; i <= dossiers; ++i)
        for (int s = 0; s < steps; ++s) enter(keys_[static_cast<std::size_t>(i)], 4, note);
    std::set<std::string> seen;
    int turns = 0;
    for (std::int64_t after = 0;;) {
        const auto batch = gateway_->progress(after);
        ASSERT_TRUE(batch) << batch.error().detail;
        ++turns;
        for (const auto& one : batch->news) seen.insert(one.reference);
        after = batch->next;
        if (!batch->more) break;
        ASSERT_LT(turns, 10);
    }
    EXPECT_GT(turns, 1);
    EXPECT_EQ(seen.size(), dossiers);
}

TEST_F(KeptProgressTest, GarbageIsNotUnderstood) {
    EXPECT_EQ(kept_progress::readBatch("{}").error().code, Code::OfficeGarbled);
    EXPECT_EQ(kept_progress::readBatch(R"({"schema":2,"next":1,"more":false,"progress":[]})").error().code,
              Code::OfficeIncompatible);
    EXPECT_EQ(kept_progress::readBatch(
                  R"({"schema":1,"next":1,"more":false,"progress":[{"reference":"K7-1","sealed":"zz"}]})")
                  .error()
                  .code,
              Code::OfficeGarbled);
    EXPECT_EQ(kept_progress::readQuestion("[]").error().code, Code::ParcelInvalid);
}

} // namespace
} // namespace kiosk::intake
