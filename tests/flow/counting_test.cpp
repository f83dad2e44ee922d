// What is counted about visits: an opinion once, help, and where people give up; never who.
#include "app/flow/step.hpp"
#include "tests/flow/kiosk_in_mind.hpp"

namespace kiosk {
namespace {

using What = effect::Count::What;
using test::Mind;

/// What was counted since the last time, as what and detail.
std::vector<std::pair<What, int>> counted(Mind& m) {
    std::vector<std::pair<What, int>> all;
    for (const auto& e : m.effects)
        if (const auto* count = std::get_if<effect::Count>(&e)) all.emplace_back(count->what, count->detail);
    m.effects.clear();
    return all;
}

void send(Mind& m) {
    m.identify();
    m.openForm();
    m.flow.screen = screen::Sending{m.flow.now};
    m.send(event::Committed{{"MAU-1", {}}, m.flow.now});
    counted(m);
}

using Pairs = std::vector<std::pair<What, int>>;

TEST(Counting, AnOpinionCountsOnceAndABadOneMaySayWhy) {
    Mind m;
    send(m);
    m.send(event::RateReason{1});
    EXPECT_EQ(counted(m), Pairs{}) << "no opinion yet";
    m.send(event::Rate{2});
    m.send(event::Rate{5});
    EXPECT_EQ(counted(m), (Pairs{{What::Rating, 2}}));
    m.send(event::RateReason{3});
    m.send(event::RateReason{1});
    EXPECT_EQ(counted(m), (Pairs{{What::Reason, 3}}));
    m.send(event::Rate{0});
    m.send(event::Finish{});
    EXPECT_EQ(counted(m), Pairs{}) << "something came of this visit";
}

TEST(Counting, GivingUpCountsWhereItWas) {
    Mind m;
    m.identify();
    counted(m);
    m.send(event::EndSession{});
    EXPECT_EQ(counted(m), (Pairs{{What::GivenUp, numberOf(screen::Choose{})}}));
    m.send(event::CodeGone{});
    m.send(event::Start{});
    m.send(event::EndSession{});
    EXPECT_EQ(counted(m), Pairs{}) << "nobody was there yet";
    send(m);
    m.send(event::AnotherProcedure{});
    m.send(event::EndSession{});
    EXPECT_EQ(counted(m), Pairs{}) << "one was sent before";
}

TEST(Counting, AProblemCountsOnceWhereItWasTold) {
    Mind m;
    m.identify();
    m.openForm();
    m.send(event::Next{}); // the first page is complete
    EXPECT_EQ(counted(m), Pairs{});
    m.send(event::Next{});
    const auto form = numberOf(screen::FormPage{});
    EXPECT_EQ(counted(m), (Pairs{{What::Problem, form}})) << "the page lacks answers";
    m.send(event::Next{});
    m.pass(1000);
    EXPECT_EQ(counted(m), Pairs{}) << "the same one";
    Mind other;
    other.send(event::Start{});
    other.showCard("https://example.vn/MAU");
    EXPECT_EQ(counted(other), (Pairs{{What::Problem, numberOf(screen::PresentCard{})}}));
    other.send(event::CodeGone{});
    other.send(event::EndSession{});
    other.send(event::CodeGone{});
    other.send(event::LookUp{});
    other.send(event::AskOffice{});
    EXPECT_EQ(counted(other), (Pairs{{What::Problem, numberOf(screen::LookUp{})}}));
}

TEST(Counting, HelpCountsWhereItWasAskedFor) {
    Mind m;
    m.send(event::Help{});
    EXPECT_EQ(counted(m), (Pairs{{What::Help, numberOf(screen::Welcome{})}}));
}

} // namespace
} // namespace kiosk
