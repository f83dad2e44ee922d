// Who is it, the PIN; accounts and their making.
#include "app/screens/staff/staff_parts.hpp"

#include <algorithm>

namespace kiosk::screens {
namespace {

using Purpose = staff::page::AccountForm::Purpose;

bool isOwn(const View& v, const staff::Account& account) {
    const auto& mine = std::get<screen::Staff>(v.flow.screen).account;
    return mine && mine->id == account.id;
}

/// What came of the last try.
std::string signInProblem(const View& v, const staff::page::SignIn& p, const staff::Account& account) {
    if (p.locked) return v.ui.w("staff.locked");
    if (p.waitUntil && v.flow.now < *p.waitUntil)
        return v.ui.w("staff.wait",
                      {{"seconds", std::to_string((p.waitUntil->ms - v.flow.now.ms + 999) / 1000)}});
    if (!p.wrong) return {};
    return v.ui.w(account.phoneCode ? "staff.wrong_either"
                  : account.card    ? "staff.wrong_card"
                                    : "staff.wrong",
                  {{"count", std::to_string(p.triesLeft)}});
}

void box(const View& v, const staff::page::AccountForm& form, const std::string& target,
         const std::string& shown) {
    const auto problem = form.problems.find(target);
    const auto label = v.ui.w("staff." + target), hint = v.ui.w("staff." + target + ".hint"),
               wrong = problem == form.problems.end() ? std::string() : v.ui.w(problem->second);
    if (isTight(v, !form.focus.empty()) && form.focus != target) return;
    typedField(
        v, target,
        {.label = label, .value = shown, .hint = hint, .problem = wrong, .active = form.focus == target});
}

std::string formTitle(const View& v, const staff::page::AccountForm& form) {
    switch (form.purpose) {
    case Purpose::First:
        return v.ui.w("staff.first.title");
    case Purpose::Add:
        return v.ui.w("staff.add.title");
    case Purpose::NewPin:
        return v.ui.w("staff.new_pin.title", {{"name", form.name}});
    case Purpose::Recover:
        return v.ui.w("staff.recover.title", {{"name", form.name}});
    }
    return {};
}

void roles(const View& v, const staff::page::AccountForm& form) {
    v.ui.heading("staff.role", v.ui.w("staff.role"));
    const auto one = [&](const std::string& key, staff::Role role) {
        if (v.ui.choice(key, roleWords(v, role), form.role == role, v.ui.w(key + ".may")))
            act(v, staff::action::SetRole{role});
    };
    one("staff.role.attendant", staff::Role::Attendant);
    one("staff.role.supervisor", staff::Role::Supervisor);
    one("staff.role.administrator", staff::Role::Administrator);
}

} // namespace

void staffPage(const View& v, const staff::page::SignIn& p) {
    auto& ui = v.ui;
    const bool tight = isTight(v, p.chosen != 0 && !staff::waitsForCard(p));
    if (!tight) ui.title("staff.sign_in.title", ui.w("staff.sign_in.title"));
    if (p.busy && p.accounts.empty()) return ui.progress("staff.busy", ui.w("staff.busy"), -1);
    const auto chosen = std::find_if(p.accounts.begin(), p.accounts.end(),
                                     [&p](const staff::Account& a) { return a.id == p.chosen; });
    if (!tight) {
        ui.beginColumns(2);
        for (const auto& account : p.accounts)
            if (ui.choice("account." + std::to_string(account.id), account.name, account.id == p.chosen,
                          roleWords(v, account.role)))
                act(v, staff::action::ChooseAccount{account.id});
        ui.endColumns();
    }
    if (chosen == p.accounts.end()) return;
    const auto label = ui.w("staff.pin_of", {{"name", chosen->name}}), dots = hidden(p.pin),
               problem = signInProblem(v, p, *chosen);
    if (!tight || !p.onCode)
        typedField(v, "pin", {.label = label, .value = dots, .problem = problem, .active = !p.onCode});
    if (chosen->phoneCode && (!tight || p.onCode)) {
        const auto code = ui.w("staff.phone_code"), hint = ui.w("staff.phone_code.hint");
        typedField(v, "phone_code", {.label = code, .value = p.code, .hint = hint, .active = p.onCode});
    }
    if (chosen->card && p.onCode) cardPreview(v, "staff.card.show");
    if (chosen->role == staff::Role::Administrator && !tight &&
        ui.button("staff.forgot", ui.w("staff.forgot"), {.tone = ui::Tone::Quiet, .icon = ui::Icon::Help}))
        act(v, staff::action::ForgotPin{});
}

void staffPage(const View& v, const staff::page::AccountForm& form) {
    auto& ui = v.ui;
    const bool tight = isTight(v, !form.focus.empty());
    if (!tight) ui.title("staff.form.title", formTitle(v, form));
    if (form.purpose == Purpose::First && form.focus.empty())
        ui.text("staff.first.text", ui.w("staff.first.text"));
    if (form.purpose == Purpose::Recover && form.focus.empty())
        ui.text("staff.recover.text", ui.w("staff.recover.text"));
    troublePanel(v, form.trouble);
    if (form.purpose == Purpose::First || form.purpose == Purpose::Add) box(v, form, "name", form.name);
    if (form.purpose == Purpose::Recover) box(v, form, "code", form.code);
    box(v, form, "pin", hidden(form.pin));
    box(v, form, "again", hidden(form.again));
    if (form.purpose == Purpose::Add && !tight) roles(v, form);
}

void staffPage(const View& v, const staff::page::RecoveryCode& p) {
    v.ui.title("staff.code.title", v.ui.w("staff.code.title"));
    v.ui.text("staff.code.text", v.ui.w("staff.code.text"));
    v.ui.beginPanel(ui::Ui::PanelKind::Info);
    v.ui.title("staff.code.value", p.code);
    v.ui.endPanel();
    v.ui.iconText("staff.code.once", ui::Icon::Warning, v.ui.w("staff.code.once"));
}

void staffPage(const View& v, const staff::page::Accounts& p) {
    auto& ui = v.ui;
    ui.title("staff.accounts.title", ui.w("staff.accounts"));
    troublePanel(v, p.trouble);
    for (const auto& account : p.all) {
        const auto id = std::to_string(account.id);
        ui.beginPanel(account.locked ? ui::Ui::PanelKind::Warning : ui::Ui::PanelKind::Plain);
        ui.fact("account." + id, ui.w("staff.account.number", {{"number", id}}), account.name,
                account.locked      ? ui.w("staff.account.locked")
                : account.phoneCode ? ui.w("staff.account.phone", {{"role", roleWords(v, account.role)}})
                : account.card      ? ui.w("staff.account.card", {{"role", roleWords(v, account.role)}})
                                    : roleWords(v, account.role));
        ui.beginColumns(2);
        if (ui.button("account." + id + ".pin", ui.w("staff.account.new_pin"), {.icon = ui::Icon::Edit}))
            act(v, staff::action::NewPinFor{account.id});
        const bool sure = p.removing == account.id, own = isOwn(v, account);
        if (!own &&
            ui.button("account." + id + ".remove", ui.w(sure ? "staff.account.sure" : "staff.account.remove"),
                      {.tone = ui::Tone::Danger, .icon = ui::Icon::Delete}))
            act(v, staff::action::Remove{account.id});
        if ((account.phoneCode || account.card) && !own &&
            ui.button("account." + id + ".phone",
                      ui.w(account.card ? "staff.account.no_card" : "staff.account.no_phone"),
                      {.icon = ui::Icon::Close}))
            act(v, staff::action::RemoveSecondFactor{account.id});
        ui.endColumns();
        ui.endPanel();
    }
    if (p.all.empty()) return; // still being read: a button now would slip away from under the finger
    if (ui.button("staff.accounts.add", ui.w("staff.accounts.add"),
                  {.tone = ui::Tone::Primary, .icon = ui::Icon::Add}))
        act(v, staff::action::AddAccount{});
}

} // namespace kiosk::screens
