// What there is to do, for this role; and looking after the machine itself.
#include "app/screens/staff/staff_parts.hpp"

namespace kiosk::screens {

void staffPage(const View& v, const staff::page::Menu&) {
    auto& ui = v.ui;
    const auto& account = std::get<screen::Staff>(v.flow.screen).account;
    ui.title("staff.menu.title", ui.w("staff.menu.title"));
    if (account)
        ui.text("staff.menu.who",
                ui.w("staff.menu.who", {{"name", account->name}, {"role", roleWords(v, account->role)}}),
                true);
    ui.beginColumns(2);
    const auto tile = [&](staff::Task task, const std::string& key, ui::Icon icon) {
        if (staffMay(v, task) && ui.tile(key, icon, ui.w(key), ui.w(key + ".detail")))
            act(v, staff::action::Open{task});
    };
    tile(staff::Task::Devices, "staff.devices", ui::Icon::Camera);
    tile(staff::Task::Queue, "staff.queue", ui::Icon::Send);
    tile(staff::Task::Board, "staff.board", ui::Icon::Clock);
    tile(staff::Task::Journal, "staff.journal", ui::Icon::Document);
    tile(staff::Task::SetUp, "staff.set_up", ui::Icon::Check);
    tile(staff::Task::Settings, "staff.settings", ui::Icon::Edit);
    tile(staff::Task::Accounts, "staff.accounts", ui::Icon::People);
    tile(staff::Task::Bundles, "staff.bundles", ui::Icon::Document);
    tile(staff::Task::Phone, "staff.phone", ui::Icon::Keyboard);
    tile(staff::Task::Care, "staff.care", ui::Icon::Support);
    ui.endColumns();
}

void staffPage(const View& v, const staff::page::Care& p) {
    auto& ui = v.ui;
    ui.title("staff.care.title", ui.w("staff.care"));
    if (v.flow.now < p.cleaningUntil) {
        const auto left = (p.cleaningUntil.ms - v.flow.now.ms + 999) / 1000;
        ui.beginPanel(ui::Ui::PanelKind::Info);
        ui.title("staff.cleaning", ui.w("staff.cleaning", {{"seconds", std::to_string(left)}}));
        ui.progress("staff.cleaning.left", ui.w("staff.cleaning.left"),
                    static_cast<double>(left) * 1000 / static_cast<double>(staff::cleaningMs));
        ui.endPanel();
        return;
    }
    const auto clean = ui.w("staff.clean.detail"), restart = ui.w("staff.restart.detail");
    if (ui.button("staff.clean", ui.w("staff.clean"),
                  {.icon = ui::Icon::Cleaning, .detail = clean, .heightMm = 24}))
        act(v, staff::action::Clean{});
    if (ui.button("staff.restart", ui.w("staff.restart"),
                  {.icon = ui::Icon::Restart, .detail = restart, .heightMm = 24}))
        act(v, staff::action::Restart{});
    const auto off = ui.w(p.shuttingDown ? "staff.shut_down.sure.detail" : "staff.shut_down.detail");
    if (ui.button("staff.shut_down", ui.w(p.shuttingDown ? "staff.shut_down.sure" : "staff.shut_down"),
                  {.tone = ui::Tone::Danger, .icon = ui::Icon::PowerOff, .detail = off, .heightMm = 24}))
        act(v, staff::action::ShutDown{});
}

} // namespace kiosk::screens
