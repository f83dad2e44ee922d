// What is asked for beside a PIN: a telephone's codes, added with one that shows that it works, or a card
// held to the camera. Added by whom the account is; removed by them or by an administrator.
#include "app/flow/staff/desk.hpp"

#include <utility>

namespace kiosk {
namespace {

namespace page = staff::page;
namespace request = staff::request;
using staff::ask;
using staff::pageOf;
using staff::Task;
using staff::whoMay;

} // namespace

void openPhone(Step& s) {
    auto* desk = s.at<screen::Staff>();
    desk->page = page::Phone{};
    if (!desk->account->phoneCode && !desk->account->card) ask(s, request::NewPhoneKey{desk->account->name});
}

void phoneFailed(page::Phone& p, Code code) {
    p.code.clear();
    p.wrong = code == Code::StaffCodeWrong;
    if (!p.wrong) p.trouble = code;
}

void on(Step& s, const staff::answer::PhoneKey& a) {
    auto* p = pageOf<page::Phone>(s);
    if (p == nullptr) return;
    p->key = a.key;
    p->uri = a.uri;
}

void on(Step& s, const staff::action::AddPhone&) {
    auto* p = pageOf<page::Phone>(s);
    const int by = whoMay(s, Task::Phone);
    if (p == nullptr || by == 0 || p->key.reveal().empty() || p->code.empty()) return;
    p->typing = false;
    p->trouble.reset();
    ask(s, request::AddPhone{by, p->key, std::exchange(p->code, {})});
}

void on(Step& s, const staff::action::UseCard&) {
    auto* p = pageOf<page::Phone>(s);
    if (p == nullptr || s.at<screen::Staff>()->account->phoneDemanded) return; // a card would not do
    p->card = true;
    p->typing = false;
}

void cardShown(Step& s, page::Phone& p, std::string_view hash) {
    const int by = whoMay(s, Task::Phone);
    if (!p.card || by == 0) return;
    p.card = false;
    s.play(effect::SoundKind::Read);
    ask(s, request::AddCard{by, std::string(hash)});
}

void on(Step& s, const staff::action::RemoveSecondFactor& a) {
    auto* own = pageOf<page::Phone>(s);
    const int by = whoMay(s, own != nullptr ? Task::Phone : Task::Accounts);
    if (by == 0) return;
    if (own == nullptr) {
        if (pageOf<page::Accounts>(s) != nullptr) ask(s, request::RemoveSecondFactor{by, a.id});
        return;
    }
    if (own->removing) return ask(s, request::RemoveSecondFactor{by, by});
    own->removing = true;
}

void on(Step& s, const staff::answer::SecondFactorChanged& a) {
    auto* desk = s.at<screen::Staff>();
    if (desk == nullptr || !desk->account) return;
    s.play(effect::SoundKind::Done);
    const bool own = desk->account->id == a.id;
    if (own) {
        desk->account->phoneCode = a.phone;
        desk->account->card = a.card;
    }
    if (own && pageOf<page::Phone>(s) != nullptr) return openPhone(s);
    if (pageOf<page::Accounts>(s) != nullptr) ask(s, request::ListAccounts{});
}

} // namespace kiosk
