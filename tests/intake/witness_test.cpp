// The office as witness of its kiosks' journals.
#include "app/delivery/checkpoint.hpp"
#include "app/intake/ledger.hpp"
#include "app/store/journal/journal.hpp"
#include "app/store/sql.hpp"
#include "tests/intake/served_office.hpp"

namespace kiosk::intake {
namespace {

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

} // namespace
} // namespace kiosk::intake
