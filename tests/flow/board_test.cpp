// The follow-up board's figures against a truth counted another way, and what staff can do there.
#include "tests/flow/kiosk_in_mind.hpp"

#include <random>

namespace kiosk {
namespace {

namespace action = staff::action;
namespace answer = staff::answer;
using staff::BoardEntry;
using staff::Figures;
using staff::Period;
using test::Mind;

Date dayBefore(Date from, int days) {
    const std::chrono::sys_days at =
        std::chrono::sys_days{std::chrono::year(from.year) / static_cast<int>(from.month) /
                              static_cast<int>(from.day)} -
        std::chrono::days(days);
    const std::chrono::year_month_day d{at};
    return {static_cast<int>(d.year()), static_cast<unsigned>(d.month()), static_cast<unsigned>(d.day())};
}

constexpr Date today{2026, 11, 28};

TEST(BoardFigures, AreThoseOfATruthMadeBeforehand) {
    std::mt19937 random(7);
    const auto any = [&](int from, int to) { return std::uniform_int_distribution<int>(from, to)(random); };
    for (int round = 0; round < 200; ++round) {
        std::vector<BoardEntry> entries;
        Figures truth;
        for (int i = any(0, 30); i > 0; --i) {
            // First what is true of it, then an entry that says so.
            const bool recent = any(0, 3) != 0, late = any(0, 2) == 0, apologised = late && any(0, 1) == 0;
            const int fate = any(0, 2); // 0 in progress, 1 solved, 2 stopped
            const int ago = recent ? any(0, 6) : any(7, 90);
            BoardEntry e{"R", "C", "P", dayBefore(today, ago), 1, {}, {}, {}};
            const int solvedAgo = any(0, 5);
            if (fate == 1) {
                e.status = any(9, 10);
                e.solved = dayBefore(today, solvedAgo);
            } else {
                e.status = fate == 0 ? std::array{1, 2, 4, 5, 6}[static_cast<std::size_t>(any(0, 4))]
                                     : std::array{3, 7, 8}[static_cast<std::size_t>(any(0, 2))];
            }
            const Date measured = fate == 1 ? *e.solved : today;
            if (late)
                e.promised = dayBefore(measured, any(1, 9));
            else if (any(0, 3) != 0)
                e.promised = dayBefore(measured, -any(0, 9));
            e.due = e.promised;
            e.carried = any(0, 4) == 0;
            if (apologised) e.due = dayBefore(*e.promised, -any(1, 20));
            entries.push_back(e);
            if (!recent) continue;
            const bool counts = late && fate != 2;
            ++truth.received;
            if (!e.carried) ++truth.online;
            ++(fate == 0 ? truth.inProgress : fate == 1 ? truth.solved : truth.stopped);
            truth.inTime += fate == 1 && !late ? 1 : 0;
            truth.late += counts ? 1 : 0;
            truth.apologised += counts && apologised ? 1 : 0;
        }
        EXPECT_EQ(staff::figuresOf(entries, Period::Week, today), truth) << "round " << round;
    }
}

TEST(BoardFigures, APeriodHoldsItsFirstDayAndToday) {
    const std::vector<BoardEntry> entries{{"R", "C", "P", today, 1, {}, {}, {}},
                                          {"R", "C", "P", dayBefore(today, 6), 1, {}, {}, {}},
                                          {"R", "C", "P", dayBefore(today, 7), 1, {}, {}, {}}};
    EXPECT_EQ(staff::figuresOf(entries, Period::Day, today).received, 1);
    EXPECT_EQ(staff::figuresOf(entries, Period::Week, today).received, 2);
    EXPECT_EQ(staff::figuresOf(entries, Period::Month, today).received, 3);
}

TEST(BoardTable, IsALineADossierAndQuotesWhatMustBe) {
    const std::vector<BoardEntry> entries{
        {"K1", "H29,\"x\"", "1.001193", {2026, 11, 1}, 4, {}, Date{2026, 11, 5}, {}, true}};
    EXPECT_EQ(staff::tableOf(entries, today),
              "\xEF\xBB\xBF"
              "reference,dossier_code,procedure,received,status,promised,due,solved,late,online\r\n"
              "K1,\"H29,\"\"x\"\"\",1.001193,2026-11-01,4,2026-11-05,,,1,0\r\n");
}

TEST(BoardChart, BeginsWithTheOldestAndHoldsTodayAndWhatIsDue) {
    const std::vector<BoardEntry> entries{
        {"R", "C", "P", dayBefore(today, 20), 4, {}, dayBefore(today, 10), dayBefore(today, -9)},
        {"R", "C", "P", today, 9, today, dayBefore(today, -90), dayBefore(today, -90)}};
    const auto chart = staff::chartOf(entries, today);
    EXPECT_EQ(chart.first, dayBefore(today, 20));
    EXPECT_EQ(chart.last, dayBefore(today, -59)) << "two months ahead at most";
    ASSERT_EQ(chart.spans.size(), 2U);
    EXPECT_DOUBLE_EQ(chart.today, 20.0 / 80);
    EXPECT_DOUBLE_EQ(chart.spans[0].from, 0);
    EXPECT_DOUBLE_EQ(chart.spans[0].to, chart.today) << "still running";
    EXPECT_DOUBLE_EQ(*chart.spans[0].due, 10.0 / 80);
    EXPECT_TRUE(chart.spans[0].late);
    EXPECT_TRUE(chart.spans[1].solved && !chart.spans[1].late);
    const auto none = staff::chartOf({}, today);
    EXPECT_EQ(none.first, dayBefore(today, 7));
    EXPECT_EQ(none.last, dayBefore(today, -6));
}

class BoardPage : public testing::Test {
protected:
    BoardPage() {
        m.send(event::Staff{action::Enter{}});
        m.send(event::StaffAnswer{answer::Accounts{{{2, "Quầy MẪU", staff::Role::Attendant, false}}}});
        m.send(event::Staff{action::ChooseAccount{2}});
        m.send(event::Edited{"pin", "481957"});
        m.send(event::Staff{action::SignIn{}});
        m.send(event::StaffAnswer{
            answer::SignIn{staff::Account{2, "Quầy MẪU", staff::Role::Attendant, false}, {}, false, 5}});
        m.send(event::Staff{action::Open{staff::Task::Board}});
    }
    const staff::page::Board& page() {
        return std::get<staff::page::Board>(std::get<screen::Staff>(m.flow.screen).page);
    }
    Date ago(int days) { return dayBefore(m.flow.now.dateInVietnam(), days); }
    void arrive() {
        m.send(
            event::StaffAnswer{answer::Board{{{"R1", "C-DONE", "1.004873", ago(9), 9, ago(3), ago(2), ago(2)},
                                              {"R2", "C-SOON", "1.004873", ago(5), 4, {}, ago(-1), ago(-1)},
                                              {"R3", "C-LATE", "1.004873", ago(9), 4, {}, ago(4), ago(4)}}}});
        m.effects.clear();
    }
    Mind m;
};

TEST_F(BoardPage, ShowsTheLateOnesFirst) {
    arrive();
    ASSERT_EQ(page().entries->size(), 3U);
    EXPECT_EQ((*page().entries)[0].dossierCode, "C-LATE");
    EXPECT_EQ((*page().entries)[1].dossierCode, "C-SOON");
    EXPECT_EQ((*page().entries)[2].dossierCode, "C-DONE");
}

TEST_F(BoardPage, AnApologyIsPrintedForALateOneAndSpeaksOfItsCodeOnly) {
    arrive();
    m.send(event::Staff{action::PrintApology{"C-LATE"}});
    EXPECT_EQ(m.did<effect::PrintApology>(), nullptr) << "there is no printer";
    m.office.printsPapers = true;
    m.send(event::Staff{action::PrintApology{"C-SOON"}});
    EXPECT_EQ(m.did<effect::PrintApology>(), nullptr) << "not late";
    m.send(event::Staff{action::PrintApology{"C-LATE"}});
    const auto* letter = m.did<effect::PrintApology>();
    ASSERT_NE(letter, nullptr);
    EXPECT_EQ(letter->dossierCode, "C-LATE");
    EXPECT_EQ(letter->promised, ago(4));
    EXPECT_FALSE(letter->due) << "no new date was promised";
    m.send(event::PaperPrinted{Code::PrinterNoPaper});
    EXPECT_EQ(page().trouble, Code::PrinterNoPaper);
    m.send(event::Staff{action::PrintApology{"C-LATE"}});
    m.send(event::PaperPrinted{});
    EXPECT_TRUE(page().printed);
}

TEST_F(BoardPage, WithoutTheOfficeItSaysSo) {
    m.send(event::StaffAnswer{answer::Failed{Code::OfficeUnreachable}});
    EXPECT_EQ(page().trouble, Code::OfficeUnreachable);
    EXPECT_FALSE(page().entries);
}

} // namespace
} // namespace kiosk
