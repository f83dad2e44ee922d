// The way in: who is it, the PIN, the first account, a forgotten PIN.
#include "app/flow/staff/desk.hpp"

#include <algorithm>
#include <cctype>
#include <utility>

namespace kiosk {
namespace {

using staff::ask;
using staff::pageOf;
using staff::page::AccountForm;
using Purpose = AccountForm::Purpose;

Secret<std::string> secretOf(std::string& typed) {
    Secret<std::string> secret(typed);
    wipe(typed.data(), typed.size());
    typed.clear();
    return secret;
}

/// What is missing or does not fit, beside its field.
std::map<std::string, std::string> problemsOf(const AccountForm& form) {
    std::map<std::string, std::string> problems;
    const bool named = form.purpose == Purpose::First || form.purpose == Purpose::Add;
    if (named && form.name.empty()) problems["name"] = "problem.Required";
    if (form.purpose == Purpose::Recover && form.code.empty()) problems["code"] = "problem.Required";
    if (form.pin.empty()) problems["pin"] = "problem.Required";
    if (!form.pin.empty() && form.pin != form.again) problems["again"] = "staff.again.problem";
    return problems;
}

void sendForm(Step& s, AccountForm& form, int by) {
    namespace request = staff::request;
    form.again.clear();
    form.busy = true;
    auto pin = secretOf(form.pin);
    switch (form.purpose) {
    case Purpose::First:
        return ask(s, request::CreateFirst{form.name, std::move(pin)});
    case Purpose::Add:
        return ask(s, request::AddAccount{by, form.name, form.role, std::move(pin)});
    case Purpose::NewPin:
        return ask(s, request::SetPin{by, form.id, std::move(pin)});
    case Purpose::Recover:
        return ask(s, request::Recover{form.id, secretOf(form.code), std::move(pin)});
    }
}

const staff::Account* chosenOf(const staff::page::SignIn& p) {
    const auto it = std::find_if(p.accounts.begin(), p.accounts.end(),
                                 [&p](const auto& account) { return account.id == p.chosen; });
    return it == p.accounts.end() ? nullptr : &*it;
}

/// Where the account has a telephone or a card, that comes after the PIN.
bool lacksCode(const staff::page::SignIn& p) {
    const auto* account = chosenOf(p);
    return p.code.empty() && account != nullptr && (account->phoneCode || account->card);
}

} // namespace

bool staff::waitsForCard(const staff::page::SignIn& p) {
    const auto* account = chosenOf(p);
    return p.onCode && !p.busy && account != nullptr && account->card;
}

void on(Step& s, const staff::action::Enter&) {
    if (s.at<screen::Welcome>() == nullptr) return;
    s.flow.history.clear();
    s.flow.screen = screen::Staff{.account = {}, .page = staff::page::SignIn{}};
    s.flow.lastTouch = s.flow.now;
    ask(s, staff::request::ListAccounts{});
}

void on(Step& s, const staff::action::ChooseAccount& a) {
    if (auto* p = pageOf<staff::page::SignIn>(s); p != nullptr && !p->busy) {
        *p = {.accounts = std::move(p->accounts), .chosen = a.id, .busy = false};
    }
}

void on(Step& s, const staff::action::SignIn&) {
    auto* p = pageOf<staff::page::SignIn>(s);
    if (p == nullptr || p->busy || p->chosen == 0 || p->pin.empty()) return;
    if (p->waitUntil && s.flow.now < *p->waitUntil) return;
    if (lacksCode(*p)) {
        p->onCode = true;
        return;
    }
    p->busy = true;
    p->onCode = false;
    ask(s, staff::request::SignIn{p->chosen, secretOf(p->pin), std::exchange(p->code, {})});
}

void on(Step& s, const staff::action::ForgotPin&) {
    auto* p = pageOf<staff::page::SignIn>(s);
    if (p == nullptr || p->busy) return;
    const auto* account = chosenOf(*p);
    if (account == nullptr || account->role != staff::Role::Administrator) return;
    s.at<screen::Staff>()->page =
        AccountForm{.purpose = Purpose::Recover, .id = account->id, .name = account->name};
}

void on(Step& s, const staff::action::SaveAccount&) {
    auto* form = pageOf<AccountForm>(s);
    if (form == nullptr || form->busy) return;
    form->focus.clear();
    form->trouble.reset();
    form->problems = problemsOf(*form);
    if (!form->problems.empty()) return;
    const auto& account = s.at<screen::Staff>()->account;
    sendForm(s, *form, account ? account->id : 0);
}

void on(Step& s, const staff::action::CodeNoted&) {
    if (pageOf<staff::page::RecoveryCode>(s) == nullptr) return;
    openSetUp(s); // nobody has done it before
}

void on(Step& s, const staff::action::SetRole& a) {
    if (auto* form = pageOf<AccountForm>(s)) form->role = a.role;
}

void on(Step& s, const staff::answer::Accounts& a) {
    if (auto* p = pageOf<staff::page::Accounts>(s)) p->all = a.all;
    auto* p = pageOf<staff::page::SignIn>(s);
    if (p == nullptr) return;
    p->busy = false;
    p->accounts = a.all;
    if (a.all.empty()) // nobody may work here yet: the first one makes the administrator
        s.at<screen::Staff>()->page = AccountForm{.role = staff::Role::Administrator};
    else if (a.all.size() == 1)
        p->chosen = a.all.front().id;
}

void on(Step& s, const staff::answer::SignIn& a) {
    auto* desk = s.at<screen::Staff>();
    if (desk == nullptr || desk->account) return;
    if (a.account) {
        desk->account = a.account;
        s.flow.call = Flow::Call::No; // whoever was called is here
        desk->page = staff::page::Menu{};
        if (lacksPhone(*desk->account)) openPhone(s);
        return s.play(effect::SoundKind::Done);
    }
    s.play(effect::SoundKind::Wrong);
    if (auto* form = pageOf<AccountForm>(s)) {
        form->busy = false;
        form->problems["code"] = "staff.code.problem";
    }
    auto* p = pageOf<staff::page::SignIn>(s);
    if (p == nullptr) return;
    p->busy = false;
    p->wrong = true;
    p->locked = a.locked;
    p->triesLeft = a.triesLeft;
    p->waitUntil = a.waitUntil;
}

void on(Step& s, const staff::answer::FirstCreated& a) {
    auto* desk = s.at<screen::Staff>();
    if (desk == nullptr || pageOf<AccountForm>(s) == nullptr) return;
    desk->account = a.account;
    desk->page = staff::page::RecoveryCode{a.recoveryCode};
    s.play(effect::SoundKind::Done);
}

void edited(Step& s, screen::Staff& desk, const event::Edited& e) {
    const auto set = [&e](std::string& text) { text = e.text; };
    if (auto* p = std::get_if<staff::page::SignIn>(&desk.page)) {
        set(e.target == "phone_code" ? p->code : p->pin);
        p->wrong = false;
    } else if (auto* phone = std::get_if<staff::page::Phone>(&desk.page)) {
        set(phone->code);
        phone->wrong = false;
    } else if (auto* form = std::get_if<AccountForm>(&desk.page)) {
        if (e.target == "name") set(form->name);
        if (e.target == "code") set(form->code);
        if (e.target == "pin") set(form->pin);
        if (e.target == "again") set(form->again);
        form->problems.erase(e.target);
        form->trouble.reset();
    } else if (auto* settings = pageOf<staff::page::Settings>(s)) {
        set(settings->draft);
        settings->refused.reset();
    }
}

void focused(screen::Staff& desk, const std::string& target) {
    if (auto* p = std::get_if<staff::page::SignIn>(&desk.page)) p->onCode = target == "phone_code";
    if (auto* phone = std::get_if<staff::page::Phone>(&desk.page)) phone->typing = !target.empty();
    if (auto* form = std::get_if<AccountForm>(&desk.page)) form->focus = target;
    if (auto* settings = std::get_if<staff::page::Settings>(&desk.page)) settings->typing = !target.empty();
}

} // namespace kiosk
