// The journal holds no personal data by type, stays one chain through everything that may happen to it, and
// shows every change of what the office has witnessed.
#include "app/store/journal/verify.hpp"

#include "app/base/crypto.hpp"
#include "app/base/files.hpp"
#include "app/store/queue/outbox.hpp"
#include "app/store/sql.hpp"
#include "tests/store/folder.hpp"
#include "tests/store/journal_stage.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kiosk::store::journal {
namespace {

using ::testing::HasSubstr;
using testing::JournalStage;

// What must not compile. A field that could hold a text, a secret, bytes, a moment of birth or a long number
// has no place in a fact, and the types that have one cannot be made from a text of one's choosing.
template <typename T>
concept CanBeSaid = requires {
    typename Fact<Kind::Started, T>;
};
static_assert(CanBeSaid<Reference> && CanBeSaid<Count> && CanBeSaid<Code>);
static_assert(!CanBeSaid<std::string> && !CanBeSaid<std::string_view> && !CanBeSaid<const char*>);
static_assert(!CanBeSaid<Secret<std::string>> && !CanBeSaid<Bytes> && !CanBeSaid<std::array<char, 12>>);
static_assert(!CanBeSaid<std::int64_t> && !CanBeSaid<std::uint64_t> && !CanBeSaid<double>);
static_assert(!CanBeSaid<Date> && !CanBeSaid<Instant> && !CanBeSaid<std::optional<Reference>>);
static_assert(!std::is_constructible_v<Event, std::string> && !std::is_constructible_v<Event, Secret<Bytes>>);
static_assert(!std::is_constructible_v<Reference, std::string> &&
              !std::is_default_constructible_v<Reference>);
static_assert(!std::is_constructible_v<ProcedureCode, std::string> && !std::is_constructible_v<KeyId, Bytes>);
static_assert(!std::is_convertible_v<std::uint64_t, AccountId> && sizeof(AccountId) == 2);
static_assert(Count(999'999'999'999).value() == Count::most);
// The journal takes events and nothing else.
template <typename T>
concept CanBeAppended = requires(Journal journal, T what) {
    journal.append(what, Instant{});
};
static_assert(CanBeAppended<Started> && CanBeAppended<Event>);
static_assert(!CanBeAppended<std::string> && !CanBeAppended<const char*> &&
              !CanBeAppended<Secret<std::string>>);

const Reference specimen = Reference::of("00112233445566778899aabbccddeeff");

std::vector<Event> everyEvent() {
    const auto id = KeyId::of({1, 2, 3});
    return {Started{},
            Stopped{},
            Migrated{{Count(2)}},
            DatabaseSalvaged{{Count(77)}},
            ParcelsRestored{{Count(3)}},
            KeysInUse{{id, id, id}},
            DossierConfirmed{{specimen, ProcedureCode::of("1.001193")}},
            DossierDelivered{{specimen}},
            DossierRefused{{specimen, Code::OfficeRefused}},
            DossierQueuedAgain{{specimen}},
            DossiersExpired{{Count(5)}},
            ProfileErased{},
            ProfilesExpired{{Count(1)}},
            RecordsImported{{Count(100), Count(98)}},
            BackupMade{},
            BackupFailed{{Code::StoreFull}},
            JournalTrimmed{{Count(9)}},
            OfficeDisputed{{Code::JournalForked}},
            StaffAdded{{Count(2), Count(3)}},
            StaffRemoved{{Count(2)}},
            StaffPinSet{{Count(2)}},
            StaffSignedIn{},
            StaffSignedOut{},
            StaffRefused{{Count(4)}},
            StaffRecovered{},
            StaffPhoneAdded{},
            StaffPhoneRemoved{{Count(2)}},
            SettingChanged{{*SettingKey::fromText("screen.language"), *SettingValue::fromText("vi"),
                            *SettingValue::fromText("en")}},
            ParcelsExported{{Count(4)}},
            BoardExported{},
            JournalExported{},
            BundleInstalled{{Count(7)}},
            BundleTakenBack{{Count(7)}},
            Rehearsed{},
            StaffCardAdded{},
            StaffCardRemoved{{Count(2)}}};
}

TEST(JournalEvents, everyOneIsReadBackAsItWasWrittenAndNothingElseIs) {
    crypto::init();
    const auto all = everyEvent();
    ASSERT_EQ(all.size(), std::variant_size_v<Event>);
    for (std::size_t i = 0; i < all.size(); ++i) {
        EXPECT_EQ(all[i].index(), i);
        const auto kind = static_cast<int>(kindOf(all[i]));
        EXPECT_EQ(readEvent(kind, bodyOf(all[i])), all[i]) << bodyOf(all[i]);
        EXPECT_FALSE(readEvent(kind, bodyOf(all[i]) + " "));
        EXPECT_FALSE(readEvent(kind, bodyOf(all[i]) + " NGUYEN VAN MAU"));
    }
    EXPECT_FALSE(readEvent(11, "NGUYEN VAN"));
    EXPECT_FALSE(readEvent(14, "079099000001"));
    EXPECT_FALSE(readEvent(14, "05"));
    EXPECT_FALSE(readEvent(999, ""));
}

TEST(JournalEvents, whatIsNoCatalogueCodeIsNotRepeated) {
    for (const char* code : {"1.001193", "2.000815", "1.0133611", "1.000001"})
        EXPECT_EQ(ProcedureCode::of(code).text(), code);
    for (const char* text :
         {"079099000001", "Nguyễn Văn Mẫu", "", "1.", "1.00119a", "1.001193-Xoa", "0.099000001"})
        EXPECT_EQ(ProcedureCode::of(text).text(), "other") << text;
}

TEST(JournalEvents, aSettingsValueIsInClearUnlessPeopleTypeItFreely) {
    crypto::init();
    using Kind = settings::Setting::Kind;
    const auto of = [](Kind kind, const std::string& value) {
        return SettingValue::of({"", value, "", kind, {}}).text();
    };
    EXPECT_EQ(of(Kind::Choice, "vi-vn-x-south"), "vi-vn-x-south");
    EXPECT_EQ(of(Kind::Choice, "50"), "50");
    EXPECT_EQ(of(Kind::Whole, "120"), "120");
    for (const char* typed : {"NGUYEN VAN MAU", "true", "115", "079099000001", ""})
        EXPECT_EQ(of(Kind::Text, typed), KeyId::ofText(typed).text()) << typed;
    for (const auto kind : {Kind::Choice, Kind::Whole})
        for (const char* other : {"NGUYEN", "true false", "079099000001", "0790990000010790", ""})
            EXPECT_EQ(of(kind, other), KeyId::ofText(other).text()) << "no value of any setting";
    EXPECT_EQ(SettingValue::fromText("NGUYEN"), std::nullopt);
    const auto old = "screen.language " + KeyId::ofText("vi").text() + " " + KeyId::ofText("en").text();
    const auto read = readEvent(60, old);
    ASSERT_TRUE(read) << "written before values were in clear";
    EXPECT_EQ(bodyOf(*read), old);
}

TEST(Journal, aFreshOneVerifiesAndNothingIsWitnessed) {
    JournalStage stage;
    stage.append(3);
    const auto finding = stage.verify();
    EXPECT_FALSE(finding.problem);
    EXPECT_FALSE(finding.witness);
    EXPECT_EQ(finding.first, 1);
    EXPECT_EQ(finding.last, 3);
}

TEST(Journal, aDossiersWayIsToldInTheTransactionsThatMakeIt) {
    JournalStage stage;
    Outbox outbox(*stage.db, stage.folder / "outbox");
    QueuedParcel parcel;
    parcel.key = "00112233445566778899aabbccddeeff";
    parcel.reference = crypto::reference(parcel.key);
    parcel.procedure = "1.001193";
    parcel.bytes = Bytes(100, 7);
    ASSERT_TRUE(outbox.put(parcel));
    ASSERT_TRUE(outbox.put(parcel)); // known: not told again
    ASSERT_TRUE(outbox.refused(parcel.key, Code::OfficeRefused, Instant{2}));
    ASSERT_TRUE(outbox.refused(parcel.key, Code::OfficeRefused, Instant{2}));
    ASSERT_TRUE(outbox.requeue(parcel.key, Instant{3}));
    ASSERT_TRUE(outbox.acknowledged(parcel.key, "H29-261124-0001", "{}", Instant{4}));
    ASSERT_TRUE(outbox.acknowledged(parcel.key, "H29-261124-0001", "{}", Instant{4}));
    EXPECT_EQ(*outbox.expire(Instant{86'400'000 * 2}, 1), 1);
    EXPECT_EQ(*outbox.expire(Instant{86'400'000 * 2}, 1), 0);
    std::vector<Event> told;
    ASSERT_TRUE(stage.journal().walk(0, [&](const Row& row) {
        told.push_back(readEvent(static_cast<int>(row.kind), row.body).value());
        return true;
    }));
    EXPECT_EQ(told, (std::vector<Event>{DossierConfirmed{{specimen, ProcedureCode::of("1.001193")}},
                                        DossierRefused{{specimen, Code::OfficeRefused}},
                                        DossierQueuedAgain{{specimen}}, DossierDelivered{{specimen}},
                                        DossiersExpired{{Count(1)}}}));
    EXPECT_FALSE(stage.verify().problem);
}

TEST(Journal, twoConnectionsAppendToOneChain) {
    JournalStage stage;
    const auto other = Db::open(stage.path()).value(); // as `kiosk cache import` beside a running kiosk
    Journal here(*stage.db), there(other);
    for (int i = 0; i < 10; ++i) {
        ASSERT_TRUE(here.append(Started{}, Instant{i}));
        ASSERT_TRUE(there.append(RecordsImported{{Count(1), Count(1)}}, Instant{i}));
    }
    EXPECT_FALSE(stage.verify().problem);
    EXPECT_EQ(stage.verify().last, 20);
}

TEST(Journal, whatHoldsUntilItChangesIsToldOnce) {
    JournalStage stage;
    auto journal = stage.journal();
    for (const int version : {2, 2, 3, 3, 2})
        ASSERT_TRUE(journal.appendIfNew(Migrated{{Count(static_cast<unsigned>(version))}}, Instant{1}));
    EXPECT_EQ(stage.verify().last, 3);
}

TEST(Journal, aRetainedPartStaysVerifiableFromItsSignedRoot) {
    JournalStage stage;
    stage.append(30);
    const auto witness = stage.witness(20);
    auto journal = stage.journal();
    // Only what the office has witnessed may go, however old the rest is.
    EXPECT_EQ(*journal.trim(Instant{1LL << 60}, witness, stage.kioskKey, Instant{999}), 20);
    auto finding = stage.verify();
    EXPECT_FALSE(finding.problem) << finding.problem->what;
    EXPECT_EQ(finding.first, 21);
    EXPECT_EQ(finding.last, 31); // and one entry that says so
    ASSERT_TRUE(finding.root);
    EXPECT_EQ(finding.root->head.sequence, 20);
    const auto later = stage.witness(30);
    EXPECT_EQ(*journal.trim(JournalStage::time(25), later, stage.kioskKey, Instant{999}), 4);
    EXPECT_EQ(*journal.trim(JournalStage::time(25), later, stage.kioskKey, Instant{999}), 0);
    finding = stage.verify();
    EXPECT_FALSE(finding.problem);
    EXPECT_EQ(finding.first, 25);
    EXPECT_EQ(finding.witness->head.sequence, 30);
    // Everything gone: the chain goes on from the root.
    EXPECT_EQ(*journal.trim(Instant{1LL << 60}, stage.witness(32), stage.kioskKey, Instant{999}), 8);
    stage.append(2);
    EXPECT_FALSE(stage.verify().problem);
    EXPECT_EQ(stage.verify().first, 33);
}

TEST(Journal, theOfficesOwnWitnessShowsAFolderThatWasPutBackWhole) {
    JournalStage stage;
    stage.append(10);
    const auto early = stage.witness(10);
    stage.append(10);
    const auto late = stage.witness(20);
    ASSERT_TRUE(execute(stage.db->handle(), "DELETE FROM journal WHERE sequence > 10"));
    ASSERT_TRUE(
        stage.journal().keepWitness(early)); // database and file together: nothing here remembers more
    EXPECT_FALSE(stage.verify().problem);
    const auto finding = stage.verify(late.text);
    ASSERT_TRUE(finding.problem);
    EXPECT_EQ(finding.problem->code, Code::JournalRolledBack);
    EXPECT_EQ(finding.problem->sequence, 11);
}

TEST(Journal, aWitnessOfAnotherOfficeOrAboutAnotherKioskIsNone) {
    JournalStage stage, stranger;
    stage.append(5);
    const auto head = *stage.journal().headAt(5).value();
    ASSERT_TRUE(
        stage.journal().keepWitness(attest(Purpose::Witness, "K7", head, Instant{1}, stranger.officeKey)));
    EXPECT_EQ(stage.verify().problem->code, Code::JournalUnsigned);
    ASSERT_TRUE(
        stage.journal().keepWitness(attest(Purpose::Witness, "K8", head, Instant{1}, stage.officeKey)));
    EXPECT_THAT(stage.verify().problem->what, HasSubstr("another kiosk"));
    ASSERT_TRUE(
        stage.journal().keepWitness(attest(Purpose::Checkpoint, "K7", head, Instant{1}, stage.officeKey)));
    EXPECT_EQ(stage.verify().problem->code, Code::JournalUnsigned);
}

TEST(Journal, aSalvagedDatabaseKeepsItsJournalAndSaysSo) {
    JournalStage stage;
    stage.append(12);
    stage.witness(10);
    ASSERT_TRUE(execute(stage.db->handle(), "PRAGMA wal_checkpoint(TRUNCATE)"));
    stage.db.reset();
    auto bytes = files::read(stage.path()).value();
    std::fill_n(bytes.begin() + 28, 40, std::uint8_t{0xff}); // sizes and counters of the file's header
    ASSERT_TRUE(files::writeDurably(stage.path(), files::asText(bytes)));
    auto opened = openOrSalvage(stage.path());
    ASSERT_TRUE(opened);
    ASSERT_TRUE(opened->incident);
    stage.db.emplace(std::move(opened->db));
    std::optional<Event> last;
    ASSERT_TRUE(stage.journal().walk(0, [&](const Row& row) {
        last = readEvent(static_cast<int>(row.kind), row.body);
        return true;
    }));
    ASSERT_TRUE(last);
    EXPECT_TRUE(std::holds_alternative<DatabaseSalvaged>(*last));
}

} // namespace
} // namespace kiosk::store::journal
