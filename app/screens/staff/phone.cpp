// The telephone or the card that is asked for beside one's own PIN.
#include "app/screens/staff/staff_parts.hpp"

namespace kiosk::screens {
namespace {

/// "ABCD EFGH …", as people type it.
std::string grouped(const std::string& key) {
    std::string out;
    for (std::size_t i = 0; i < key.size(); ++i) {
        if (i > 0 && i % 4 == 0) out += ' ';
        out += key[i];
    }
    return out;
}

void there(const View& v, const staff::page::Phone& p, const staff::Account& account) {
    auto& ui = v.ui;
    const std::string what = account.card ? "staff.card" : "staff.phone";
    ui.beginPanel(ui::Ui::PanelKind::Success);
    ui.iconText(what + ".on", ui::Icon::Check, ui.w(what + ".on"));
    ui.endPanel();
    ui.text(what + ".lost", ui.w(what + ".lost"), true);
    if (ui.button(what + ".remove", ui.w(p.removing ? "staff.phone.remove.sure" : what + ".remove"),
                  {.tone = ui::Tone::Danger, .icon = ui::Icon::Delete}))
        act(v, staff::action::RemoveSecondFactor{account.id});
}

} // namespace

void staffPage(const View& v, const staff::page::Phone& p) {
    auto& ui = v.ui;
    const bool tight = isTight(v, p.typing);
    if (!tight) ui.title("staff.phone.title", ui.w("staff.phone"));
    troublePanel(v, p.trouble);
    const auto& account = std::get<screen::Staff>(v.flow.screen).account;
    if (account && (account->phoneCode || account->card)) return there(v, p, *account);
    if (p.card) return cardPreview(v, "staff.card.show");
    if (account && staff::lacksPhone(*account) && !tight) {
        ui.beginPanel(ui::Ui::PanelKind::Info);
        ui.iconText("staff.phone.demanded", ui::Icon::Info, ui.w("staff.phone.demanded"));
        ui.endPanel();
    }
    if (p.uri.reveal().empty()) return ui.progress("staff.busy", ui.w("staff.busy"), -1);
    if (!p.typing) {
        ui.text("staff.phone.how", ui.w("staff.phone.how"));
        if (v.qrSide > 0) ui.qr("staff.phone.qr", ui.w("staff.phone.qr"), v.qrModules, v.qrSide, 55);
        ui.fact("staff.phone.key", ui.w("staff.phone.key"), grouped(p.key.reveal()));
    }
    const auto label = ui.w("staff.phone_code"), hint = ui.w("staff.phone_code.hint"),
               wrong = p.wrong ? errorTitle(v, Code::StaffCodeWrong) : std::string();
    typedField(v, "phone_code",
               {.label = label, .value = p.code, .hint = hint, .problem = wrong, .active = p.typing});
    if (p.typing || !account || account->phoneDemanded) return;
    ui.beginPanel(ui::Ui::PanelKind::Plain);
    ui.heading("staff.card", ui.w("staff.card"));
    ui.text("staff.card.how", ui.w("staff.card.how"));
    if (ui.button("staff.card.use", ui.w("staff.card.use"),
                  {.tone = ui::Tone::Quiet, .icon = ui::Icon::Camera}))
        act(v, staff::action::UseCard{});
    ui.endPanel();
}

} // namespace kiosk::screens
