// Setting a new kiosk up: the list of what there is to do, the panel measured with a card, keys to compare.
#include "app/flow/staff/desk.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace kiosk {
namespace {

namespace page = staff::page;
using staff::ask;
using staff::pageOf;
using staff::whoMay;

/// ISO/IEC 7810 ID-1.
constexpr double cardWidthMm = 85.6;
constexpr double narrowestMm = 40, widestMm = 180;

} // namespace

void openSetUp(Step& s) {
    auto* desk = s.at<screen::Staff>();
    desk->page = page::SetUp{};
    desk->settingUp = true;
    ask(s, staff::request::ReadRehearsal{});
}

/// From here on it is a visit like any other, but for its marks; nothing of staff mode stays open behind it.
void on(Step& s, const staff::action::Rehearse&) {
    const int by = whoMay(s, staff::Task::SetUp);
    if (pageOf<page::SetUp>(s) == nullptr || by == 0) return;
    ask(s, staff::request::Rehearse{by});
    const auto language = s.flow.preferences.language;
    s.end();
    s.flow.preferences.language = language;
    s.begin();
    s.flow.session.rehearsal = true;
    s.go(screen::PresentCard{.since = s.flow.now});
}

void on(Step& s, const staff::answer::Rehearsal& a) {
    if (auto* list = pageOf<page::SetUp>(s)) list->rehearsal = a.newest;
}

void on(Step& s, const staff::action::OpenMeasure&) {
    if (whoMay(s, staff::Task::SetUp) == 0) return;
    s.at<screen::Staff>()->page = page::Measure{};
    ask(s, staff::request::ReadSettings{});
}

void on(Step& s, const staff::action::OpenConnection&) {
    if (whoMay(s, staff::Task::SetUp) == 0) return;
    s.at<screen::Staff>()->page = page::Connection{};
    ask(s, staff::request::ReadKeys{});
}

void on(Step& s, const staff::action::Widen& a) {
    auto* measure = pageOf<page::Measure>(s);
    if (measure == nullptr) return;
    measure->saved = false;
    measure->cardMm = std::clamp(measure->cardMm + a.byMm, narrowestMm, widestMm);
}

/// What is drawn cardMm wide by the diagonal in force is as wide as a card in truth.
void on(Step& s, const staff::action::SaveMeasure&) {
    auto* measure = pageOf<page::Measure>(s);
    const int by = whoMay(s, staff::Task::SetUp);
    if (measure == nullptr || by == 0 || !measure->diagonal) return;
    char inches[16];
    std::snprintf(inches, sizeof inches, "%.1f", *measure->diagonal * cardWidthMm / measure->cardMm);
    ask(s, staff::request::ChangeSetting{by, "screen.diagonal_inches", inches});
}

void measured(Step& s, const staff::answer::Settings& a) {
    auto* measure = pageOf<page::Measure>(s);
    if (measure == nullptr) return;
    measure->saved = a.changed;
    if (a.changed) return; // the diagonal in force is the one the program began with
    for (const auto& setting : a.all)
        if (setting.key == "screen.diagonal_inches")
            measure->diagonal = std::strtod(setting.value.c_str(), nullptr);
}

void on(Step& s, const staff::answer::Keys& a) {
    if (auto* connection = pageOf<page::Connection>(s)) connection->keys = a.of;
}

} // namespace kiosk
