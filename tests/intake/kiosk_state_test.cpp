// How kiosks are doing, told by themselves over the network.
#include "app/delivery/kiosk_state.hpp"
#include "app/intake/kiosk_state.hpp"
#include "tests/intake/served_office.hpp"

namespace kiosk::intake {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

struct KioskStateTest : IntakeTest {
    std::string line(Instant at = now()) {
        auto ledger = openSqliteLedger(ledgerFile(office_), "H29.5").value();
        const auto kiosks = ledger.ledger->kiosks().value();
        return kiosks.size() == 1 ? kioskLine(kiosks.front(), at) : std::to_string(kiosks.size()) + " kiosks";
    }
};

TEST_F(KioskStateTest, TheOfficeSeesWhatDoesNotWorkAndWhoCalls) {
    EXPECT_THAT(line(), HasSubstr("never heard of"));
    const auto gateway = httpsGateway(link(server_->port()));
    ASSERT_TRUE(gateway->tell({"0.1.0", {}, {}}));
    EXPECT_THAT(line(), HasSubstr("all well"));
    ASSERT_TRUE(gateway->tell({"0.1.0", {"PrinterNoPaper", "CameraLost"}, Instant{1'795'395'600'000}}));
    EXPECT_THAT(line(), HasSubstr("CALLS STAFF since 08:00"));
    EXPECT_THAT(line(), HasSubstr("PrinterNoPaper\tCameraLost"));
    EXPECT_THAT(log_, HasSubstr("CALLS STAFF"));
    EXPECT_THAT(line(), Not(HasSubstr("AWAY")));
    EXPECT_THAT(line(Instant{now().ms + 16 * 60'000}), HasSubstr("AWAY since"));
}

TEST_F(KioskStateTest, OnlyItsKiosksAreBelievedAndOnlyWhatIsUnderstood) {
    auto ledger = openSqliteLedger(ledgerFile(office_), "H29.5").value();
    EXPECT_EQ(takeState(*ledger.ledger, "{}", "K7", now()).status, 422);
    EXPECT_EQ(takeState(*ledger.ledger, kiosk_state::write({"0.1.0", {"a b"}, {}}), "K7", now()).status, 422);
    EXPECT_EQ(takeState(*ledger.ledger, kiosk_state::write({"0.1.0", {}, {}}), "K8", now()).status, 403);
    ASSERT_TRUE(ledger.ledger->revoke("K7").value());
    EXPECT_EQ(takeState(*ledger.ledger, kiosk_state::write({"0.1.0", {}, {}}), "K7", now()).status, 403);
    EXPECT_THAT(line(), HasSubstr("revoked"));
}

} // namespace
} // namespace kiosk::intake
