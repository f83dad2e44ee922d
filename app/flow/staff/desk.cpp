// What staff do once they are in: devices, queue, journal, accounts, settings, care.
#include "app/flow/staff/desk.hpp"

#include "app/base/crypto.hpp"

namespace kiosk {
namespace {

namespace action = staff::action;
namespace answer = staff::answer;
namespace page = staff::page;
namespace request = staff::request;
using staff::ask;
using staff::pageOf;
using staff::Task;
using staff::whoMay;

constexpr std::string_view testReference = "MAU-IN-THU";

void open(Step& s, Task task) {
    auto& to = s.at<screen::Staff>()->page;
    switch (task) {
    case Task::Devices:
        to = page::Devices{};
        return s.effect(effect::ListSoundOutputs{});
    case Task::Care:
        to = page::Care{};
        return;
    case Task::Queue:
    case Task::RetryQueue:
    case Task::CarryQueue:
        to = page::Queue{};
        return ask(s, request::ReadQueue{});
    case Task::Board:
        return openBoard(s);
    case Task::Journal:
        to = page::Journal{};
        return ask(s, request::ReadJournal{});
    case Task::Accounts:
        to = page::Accounts{};
        return ask(s, request::ListAccounts{});
    case Task::Settings:
        to = page::Settings{};
        return ask(s, request::ReadSettings{});
    case Task::SetUp:
        return openSetUp(s);
    case Task::Phone:
        return openPhone(s);
    case Task::Bundles:
        to = page::Bundles{};
        return ask(s, request::ReadBundles{});
    }
}

void on(Step& s, const action::Open& a) {
    if (whoMay(s, a.task) != 0) open(s, a.task);
}

void on(Step& s, const action::Retry& a) {
    auto* p = pageOf<page::Queue>(s);
    const int by = whoMay(s, Task::RetryQueue);
    if (p != nullptr && by != 0) ask(s, request::Retry{by, a.key});
}

/// The slip holds no personal data, so it can be made again from the queue's row.
void on(Step& s, const action::PrintSlip& a) {
    auto* p = pageOf<page::Queue>(s);
    if (p == nullptr || !p->state || !s.flow.printer || whoMay(s, Task::Queue) == 0) return;
    for (const auto& entry : p->state->recent) {
        if (entry.key != a.key) continue;
        const auto known = s.knowledge.procedures.find(entry.procedure);
        const auto* listed = s.knowledge.catalogue.find(entry.procedure);
        const Words name = known != s.knowledge.procedures.end() ? known->second.name
                           : listed != nullptr                   ? Words{listed->name, listed->name}
                                                                 : Words{entry.procedure, entry.procedure};
        p->trouble.reset();
        p->printed = false;
        return s.effect(effect::PrintSlip{{{entry.reference, {}},
                                           entry.dossierCode,
                                           entry.procedure,
                                           name,
                                           entry.createdAt,
                                           true,
                                           s.flow.preferences.language,
                                           entry.procedure == staff::rehearsal}});
    }
}

void on(Step& s, const action::LookForSticks&) {
    const bool queue = pageOf<page::Queue>(s) != nullptr && whoMay(s, Task::CarryQueue) != 0;
    const bool board = pageOf<page::Board>(s) != nullptr && whoMay(s, Task::Board) != 0;
    const bool journal = pageOf<page::Journal>(s) != nullptr && whoMay(s, Task::Journal) != 0;
    if (queue || board || journal) ask(s, request::FindSticks{});
}

void on(Step& s, const action::Export& a) {
    auto* p = pageOf<page::Queue>(s);
    const int by = whoMay(s, Task::CarryQueue);
    if (p == nullptr || by == 0) return;
    p->exported.reset();
    p->trouble.reset();
    ask(s, request::Export{by, a.folder});
}

void on(Step& s, const action::Settle& a) {
    auto* p = pageOf<page::Queue>(s);
    const int by = whoMay(s, Task::CarryQueue);
    if (p == nullptr || by == 0) return;
    p->settled.reset();
    p->trouble.reset();
    ask(s, request::Settle{by, a.folder});
}

void on(Step& s, const action::ShowJournal& a) {
    auto* p = pageOf<page::Journal>(s);
    if (p == nullptr || whoMay(s, Task::Journal) == 0) return;
    p->part = a.part;
    ask(s, request::ReadJournal{a.part});
}

void on(Step& s, const action::ExportJournal& a) {
    auto* p = pageOf<page::Journal>(s);
    const int by = whoMay(s, Task::Journal);
    if (p == nullptr || by == 0) return;
    p->exported = false;
    p->trouble.reset();
    ask(s, request::WriteJournal{by, a.folder});
}

void on(Step& s, const action::AddAccount&) {
    using Purpose = page::AccountForm::Purpose;
    if (whoMay(s, Task::Accounts) != 0)
        s.at<screen::Staff>()->page = page::AccountForm{.purpose = Purpose::Add};
}

void on(Step& s, const action::NewPinFor& a) {
    using Purpose = page::AccountForm::Purpose;
    const auto* p = pageOf<page::Accounts>(s);
    if (p == nullptr || whoMay(s, Task::Accounts) == 0) return;
    for (const auto& account : p->all) {
        if (account.id != a.id) continue;
        s.at<screen::Staff>()->page =
            page::AccountForm{.purpose = Purpose::NewPin, .id = a.id, .name = account.name};
        return;
    }
}

void on(Step& s, const action::Remove& a) {
    auto* p = pageOf<page::Accounts>(s);
    const int by = whoMay(s, Task::Accounts);
    if (p == nullptr || by == 0 || a.id == by) return; // nobody removes the account they work with
    p->trouble.reset();
    const bool sure = p->removing == a.id;
    p->removing = sure ? 0 : a.id;
    if (sure) ask(s, request::Remove{by, a.id});
}

void on(Step& s, const action::OpenSetting& a) {
    auto* p = pageOf<page::Settings>(s);
    if (p == nullptr) return;
    p->open = a.key;
    p->refused.reset();
    p->typing = false;
    for (const auto& setting : p->all)
        if (setting.key == a.key) p->draft = setting.value;
}

void on(Step& s, const action::SetSetting& a) {
    auto* p = pageOf<page::Settings>(s);
    const int by = whoMay(s, Task::Settings);
    if (p == nullptr || by == 0 || p->open.empty()) return;
    p->typing = false;
    ask(s, request::ChangeSetting{by, p->open, a.value});
}

void on(Step& s, const action::UndoSettings&) {
    const int by = whoMay(s, Task::Settings);
    if (pageOf<page::Settings>(s) != nullptr && by != 0) ask(s, request::UndoSettings{by});
}

void on(Step& s, const action::Clean&) {
    if (auto* p = pageOf<page::Care>(s)) p->cleaningUntil = Instant{s.flow.now.ms + staff::cleaningMs};
}

void on(Step& s, const action::Restart&) {
    if (const int by = whoMay(s, Task::Care); by != 0) ask(s, request::Restart{by});
}

void on(Step& s, const action::ShutDown&) {
    auto* p = pageOf<page::Care>(s);
    const int by = whoMay(s, Task::Care);
    if (p == nullptr || by == 0) return;
    if (p->shuttingDown) return ask(s, request::ShutDown{by});
    p->shuttingDown = true;
}

using Test = page::Devices::Test;

void on(Step& s, const action::TestSlip&) {
    auto* p = pageOf<page::Devices>(s);
    if (p == nullptr || !s.flow.printer || p->slip.state == Test::State::Printing) return;
    p->slip = {Test::State::Printing, {}};
    s.effect(effect::PrintSlip{{{std::string(testReference), {}},
                                {},
                                "MẪU",
                                {"In thử (MẪU)", "Test print (SPECIMEN)"},
                                s.flow.now,
                                s.flow.clockTrusted,
                                s.flow.preferences.language}});
}

void on(Step& s, const action::TestPaper&) {
    auto* p = pageOf<page::Devices>(s);
    if (p == nullptr || !s.knowledge.office.printsPapers || p->paper.state == Test::State::Printing) return;
    p->paper = {Test::State::Printing, {}};
    s.effect(effect::PrintTestSheet{});
}

void on(Step& s, const action::TestVoice&) {
    if (pageOf<page::Devices>(s) != nullptr && s.flow.headphones) s.effect(effect::TestVoice{});
}

void on(Step& s, const answer::AccountSaved&) {
    if (whoMay(s, Task::Accounts) == 0) return;
    open(s, Task::Accounts);
    s.play(effect::SoundKind::Done);
}

void on(Step& s, const answer::Failed& a) {
    s.play(effect::SoundKind::Wrong);
    if (auto* form = pageOf<page::AccountForm>(s)) {
        form->busy = false;
        form->trouble = a.code;
    }
    if (auto* p = pageOf<page::Queue>(s)) p->trouble = a.code;
    if (auto* p = pageOf<page::Board>(s)) p->trouble = a.code;
    if (auto* p = pageOf<page::Accounts>(s)) p->trouble = a.code;
    if (auto* p = pageOf<page::Journal>(s)) p->trouble = a.code;
    if (auto* p = pageOf<page::SignIn>(s)) p->busy = false;
    if (auto* p = pageOf<page::Phone>(s)) phoneFailed(*p, a.code);
    if (auto* p = pageOf<page::Bundles>(s)) {
        p->trouble = a.code;
        p->detail = a.detail;
    }
}

void on(Step& s, const answer::Queue& a) {
    if (auto* p = pageOf<page::Queue>(s)) p->state = a.state;
}

void on(Step& s, const answer::Sticks& a) {
    const auto keep = [&a](auto* p) {
        if (p == nullptr) return;
        p->sticks = a.folders;
        p->sticksKnown = true;
    };
    keep(pageOf<page::Queue>(s));
    keep(pageOf<page::Board>(s));
    keep(pageOf<page::Journal>(s));
}

void on(Step& s, const answer::Exported& a) {
    if (auto* p = pageOf<page::Queue>(s)) p->exported = a.parcels;
}

void on(Step& s, const answer::Settled& a) {
    auto* p = pageOf<page::Queue>(s);
    if (p == nullptr) return;
    p->settled = a.answers;
    ask(s, request::ReadQueue{});
}

void on(Step& s, const answer::Journal& a) {
    if (auto* p = pageOf<page::Journal>(s)) p->state = a.state;
}

void on(Step& s, const answer::Settings& a) {
    measured(s, a);
    auto* p = pageOf<page::Settings>(s);
    if (p == nullptr) return;
    p->all = a.all;
    p->changed = p->changed || a.changed;
    if (a.changed) p->open.clear();
}

void on(Step& s, const answer::SettingRefused& a) {
    if (auto* p = pageOf<page::Settings>(s)) p->refused = a.allowed;
}

} // namespace

void on(Step& s, const event::Staff& e) {
    if (!std::holds_alternative<action::Enter>(e.action) && s.at<screen::Staff>() == nullptr) return;
    std::visit([&s](const auto& a) { on(s, a); }, e.action);
}

void on(Step& s, const event::SoundOutputs& e) {
    if (auto* devices = pageOf<page::Devices>(s)) devices->soundOutputs = e.names;
}

void on(Step& s, const event::StaffAnswer& e) {
    std::visit([&s](const auto& a) { on(s, a); }, e.answer);
}

/// Back within staff mode: out of what is open, to the menu, and from there out. True: used up.
bool staffBack(Step& s) {
    auto* desk = s.at<screen::Staff>();
    if (desk == nullptr) return false;
    if (auto* settings = std::get_if<page::Settings>(&desk->page);
        settings != nullptr && !settings->open.empty()) {
        settings->open.clear();
        settings->typing = false;
        return true;
    }
    if (auto* bundles = std::get_if<page::Bundles>(&desk->page); bundles != nullptr && bundles->preview) {
        bundles->preview.reset();
        return true;
    }
    if (std::holds_alternative<page::RecoveryCode>(desk->page)) return true; // shown once: it must be noted
    if (!desk->account || std::holds_alternative<page::Menu>(desk->page)) {
        s.end();
        return true;
    }
    const bool accountForm = std::holds_alternative<page::AccountForm>(desk->page);
    const bool list = std::holds_alternative<page::SetUp>(desk->page);
    if (accountForm)
        open(s, Task::Accounts);
    else if (desk->settingUp && !list)
        openSetUp(s);
    else {
        desk->settingUp = false;
        desk->page = page::Menu{};
    }
    return true;
}

void staffSlipPrinted(Step& s, const event::SlipPrinted& e) {
    if (auto* devices = pageOf<page::Devices>(s); devices != nullptr && e.reference == testReference)
        devices->slip = {e.trouble ? Test::State::Failed : Test::State::Printed, e.trouble};
    auto* p = pageOf<page::Queue>(s);
    if (p == nullptr) return;
    p->printed = !e.trouble;
    p->trouble = e.trouble;
}

/// Of a card only a hash goes further.
void staffCodeShown(Step& s, std::string_view code) {
    const auto hash = [code] { return crypto::hex(crypto::hash(code)); };
    if (auto* p = pageOf<page::SignIn>(s); p != nullptr && staff::waitsForCard(*p)) {
        p->code = hash();
        s.play(effect::SoundKind::Read);
        return on(s, action::SignIn{});
    }
    if (auto* p = pageOf<page::Phone>(s)) return cardShown(s, *p, hash());
    auto* devices = pageOf<page::Devices>(s);
    if (devices == nullptr) return;
    ++devices->codesRead;
    s.play(effect::SoundKind::Read);
}

} // namespace kiosk
