// What waits to be sent: counts and ages from the queue itself, why something was refused, and the memory
// stick. Never contents.
#include "app/screens/staff/staff_parts.hpp"

#include <algorithm>

namespace kiosk::screens {
namespace {

constexpr std::size_t shownEntries = 30;

void stick(const View& v, const staff::page::Queue& p) {
    auto& ui = v.ui;
    ui.beginPanel(ui::Ui::PanelKind::Plain);
    ui.heading("queue.stick", ui.w("queue.stick"));
    ui.text("queue.stick.text", ui.w("queue.stick.text"));
    if (p.exported)
        ui.iconText("queue.stick.exported", ui::Icon::Check,
                    ui.w("queue.stick.exported", {{"count", std::to_string(*p.exported)}}));
    if (p.settled)
        ui.iconText("queue.stick.settled", ui::Icon::Check,
                    ui.w("queue.stick.settled", {{"count", std::to_string(*p.settled)}}));
    if (p.sticksKnown && p.sticks.empty())
        ui.iconText("queue.stick.none", ui::Icon::Info, ui.w("queue.stick.none"));
    for (std::size_t i = 0; i < p.sticks.size(); ++i) {
        const auto& folder = p.sticks[i];
        const auto key = "stick." + std::to_string(i);
        ui.text(key, folder, true);
        ui.beginColumns(2);
        if (ui.button(key + ".export", ui.w("queue.stick.export"), {.icon = ui::Icon::Send}))
            act(v, staff::action::Export{folder});
        if (ui.button(key + ".settle", ui.w("queue.stick.settle"), {.icon = ui::Icon::Check}))
            act(v, staff::action::Settle{folder});
        ui.endColumns();
    }
    if (ui.button("queue.stick.look", ui.w("queue.stick.look"), {.icon = ui::Icon::Search}))
        act(v, staff::action::LookForSticks{});
    ui.endPanel();
}

void entry(const View& v, const staff::QueueEntry& e) {
    auto& ui = v.ui;
    ui.beginPanel(e.refused ? ui::Ui::PanelKind::Warning : ui::Ui::PanelKind::Plain);
    const auto minutes = std::max<std::int64_t>(0, (v.flow.now.ms - e.createdAt.ms) / 60'000);
    const auto age = minutes < 120    ? ui.w("queue.minutes", {{"count", std::to_string(minutes)}})
                     : minutes < 2880 ? ui.w("queue.hours", {{"count", std::to_string(minutes / 60)}})
                                      : ui.w("queue.days", {{"count", std::to_string(minutes / 1440)}});
    ui.fact("queue." + e.reference, e.reference,
            e.procedure == staff::rehearsal ? ui.w("queue.rehearsal") : e.procedure,
            ui.w("queue.entry", {{"age", age}, {"count", std::to_string(e.attempts)}}));
    if (!e.dossierCode.empty())
        ui.iconText("queue." + e.reference + ".code", ui::Icon::Check,
                    ui.w("queue.received", {{"code", e.dossierCode}}));
    if (e.reason && e.dossierCode.empty())
        ui.text("queue." + e.reference + ".reason", errorTitle(v, *e.reason));
    if (!e.refused && e.nextTry && e.dossierCode.empty())
        ui.text("queue." + e.reference + ".next", ui.w("queue.next", {{"time", timeWords(*e.nextTry)}}),
                true);
    if (e.refused && staffMay(v, staff::Task::RetryQueue) &&
        ui.button("queue." + e.reference + ".retry", ui.w("queue.retry"), {.icon = ui::Icon::Send}))
        act(v, staff::action::Retry{e.key});
    if (v.flow.printer &&
        ui.button("queue." + e.reference + ".slip", ui.w("queue.slip"), {.icon = ui::Icon::Printer}))
        act(v, staff::action::PrintSlip{e.key});
    ui.endPanel();
}

} // namespace

void staffPage(const View& v, const staff::page::Queue& p) {
    auto& ui = v.ui;
    ui.title("staff.queue.title", ui.w("staff.queue"));
    troublePanel(v, p.trouble);
    if (p.printed) ui.iconText("queue.printed", ui::Icon::Check, ui.w("slip.print.done"));
    if (!p.state) return ui.progress("staff.busy", ui.w("staff.busy"), -1);
    ui.beginPanel(p.state->refused > 0 ? ui::Ui::PanelKind::Warning : ui::Ui::PanelKind::Success);
    ui.fact("queue.queued", ui.w("queue.queued"), std::to_string(p.state->queued));
    ui.fact("queue.refused", ui.w("queue.refused"), std::to_string(p.state->refused));
    ui.fact("queue.acknowledged", ui.w("queue.acknowledged"), std::to_string(p.state->acknowledged));
    ui.endPanel();
    if (p.state->queued > 0 && staffMay(v, staff::Task::RetryQueue) &&
        ui.button("queue.now", ui.w("queue.now"), {.tone = ui::Tone::Primary, .icon = ui::Icon::Send}))
        act(v, staff::action::Retry{});
    if (staffMay(v, staff::Task::CarryQueue)) stick(v, p);
    const auto count = std::min(shownEntries, p.state->recent.size());
    for (std::size_t i = 0; i < count; ++i) entry(v, p.state->recent[i]);
}

} // namespace kiosk::screens
