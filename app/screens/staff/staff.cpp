// Staff mode's frame: which page is drawn, what its forward button and its keyboard do.
#include "app/screens/staff/staff_parts.hpp"

#include <algorithm>

namespace kiosk::screens {

bool staffMay(const View& v, staff::Task task) {
    const auto* desk = std::get_if<screen::Staff>(&v.flow.screen);
    return desk != nullptr && desk->account && staff::may(*desk->account, task);
}

std::string roleWords(const View& v, staff::Role role) {
    switch (role) {
    case staff::Role::Attendant:
        return v.ui.w("staff.role.attendant");
    case staff::Role::Supervisor:
        return v.ui.w("staff.role.supervisor");
    case staff::Role::Administrator:
        return v.ui.w("staff.role.administrator");
    }
    return {};
}

void sticks(const View& v, const std::vector<std::string>& folders, bool known, const char* words,
            const std::function<staff::Action(const std::string& folder)>& to) {
    auto& ui = v.ui;
    if (known && folders.empty()) ui.iconText("queue.stick.none", ui::Icon::Info, ui.w("queue.stick.none"));
    for (std::size_t i = 0; i < folders.size(); ++i)
        if (ui.button("stick." + std::to_string(i) + ".table", ui.w(words, {{"folder", folders[i]}}),
                      {.icon = ui::Icon::Send}))
            act(v, to(folders[i]));
    if (ui.button("queue.stick.look", ui.w("queue.stick.look"), {.icon = ui::Icon::Search}))
        act(v, staff::action::LookForSticks{});
}

void troublePanel(const View& v, const std::optional<Code>& code, const std::string& detail) {
    if (!code) return;
    v.ui.beginPanel(ui::Ui::PanelKind::Warning);
    v.ui.live("staff.trouble.title");
    v.ui.iconText("staff.trouble.title", ui::Icon::Warning, errorTitle(v, *code));
    v.ui.text("staff.trouble.help", errorHelp(v, *code));
    if (!detail.empty()) v.ui.text("staff.trouble.detail", detail, true);
    v.ui.endPanel();
}

void cardPreview(const View& v, const char* words) {
    auto& ui = v.ui;
    ui.beginPanel(ui::Ui::PanelKind::Info);
    ui.iconText(words, ui::Icon::Camera, ui.w(words));
    if (!v.flow.cameraTrouble)
        ui.picture("staff.card.preview", ui.w("card.preview"), v.preview,
                   ui.theme().panel.portrait() ? 80 : 50, true);
    else
        ui.iconText("staff.card.trouble", ui::Icon::Warning, errorTitle(v, *v.flow.cameraTrouble));
    ui.endPanel();
}

std::string timeWords(Instant at) { return at.dateInVietnam().vietnamese() + " " + at.timeInVietnam(); }

std::string hidden(std::string_view digits) {
    std::string dots;
    for (std::size_t i = 0; i < digits.size(); ++i) dots += "•";
    return dots;
}

const staff::Setting* openSetting(const staff::page::Settings& p) {
    const auto it = std::find_if(p.all.begin(), p.all.end(),
                                 [&p](const staff::Setting& setting) { return setting.key == p.open; });
    return it == p.all.end() ? nullptr : &*it;
}

void body(const View& v, const screen::Staff& s) {
    std::visit([&v](const auto& page) { staffPage(v, page); }, s.page);
}

Forward forward(const View& v, const screen::Staff& s) {
    if (const auto* p = std::get_if<staff::page::SignIn>(&s.page); p != nullptr && p->chosen != 0)
        return {"staff.sign_in", v.ui.w("staff.sign_in"), ui::Icon::Next,
                event::Staff{staff::action::SignIn{}}, !p->busy && !p->locked && !staff::waitsForCard(*p)};
    if (const auto* phone = std::get_if<staff::page::Phone>(&s.page);
        phone != nullptr && !phone->uri.reveal().empty() && !phone->card)
        return {"staff.phone.add", v.ui.w("staff.phone.add"), ui::Icon::Check,
                event::Staff{staff::action::AddPhone{}}, phone->code.size() == 6};
    if (const auto* bundles = std::get_if<staff::page::Bundles>(&s.page);
        bundles != nullptr && bundles->preview)
        return {"bundle.install", v.ui.w("bundle.install"), ui::Icon::Check,
                event::Staff{staff::action::InstallBundle{}}};
    if (const auto* form = std::get_if<staff::page::AccountForm>(&s.page))
        return {"staff.save", v.ui.w("staff.save"), ui::Icon::Check,
                event::Staff{staff::action::SaveAccount{}}, !form->busy};
    if (std::holds_alternative<staff::page::RecoveryCode>(s.page))
        return {"staff.noted", v.ui.w("staff.noted"), ui::Icon::Check,
                event::Staff{staff::action::CodeNoted{}}};
    if (const auto* measure = std::get_if<staff::page::Measure>(&s.page))
        return {"staff.save", v.ui.w("staff.save"), ui::Icon::Check,
                event::Staff{staff::action::SaveMeasure{}}, measure->diagonal && !measure->saved};
    const auto* settings = std::get_if<staff::page::Settings>(&s.page);
    const auto* open = settings == nullptr ? nullptr : openSetting(*settings);
    if (open != nullptr && open->kind != staff::Setting::Kind::Choice) // a choice is saved by choosing
        return {"staff.save", v.ui.w("staff.save"), ui::Icon::Check,
                event::Staff{staff::action::SetSetting{settings->draft}}};
    return {};
}

namespace {

Typing formTyping(const staff::page::AccountForm& form) {
    if (form.focus == "name") return {ui::KeyboardKind::Text, "name", form.name, false, 40, false};
    if (form.focus == "code") return {ui::KeyboardKind::Email, "code", form.code, false, 30, false};
    if (form.focus == "pin") return {ui::KeyboardKind::Digits, "pin", form.pin, false, 12, true};
    if (form.focus == "again") return {ui::KeyboardKind::Digits, "again", form.again, false, 12, true};
    return {};
}

} // namespace

Typing typing(const View&, const screen::Staff& s) {
    if (const auto* p = std::get_if<staff::page::SignIn>(&s.page);
        p != nullptr && p->chosen != 0 && !p->locked && !staff::waitsForCard(*p))
        return p->onCode ? Typing{ui::KeyboardKind::Digits, "phone_code", p->code, true, 6, true}
                         : Typing{ui::KeyboardKind::Digits, "pin", p->pin, true, 12, true};
    if (const auto* phone = std::get_if<staff::page::Phone>(&s.page); phone != nullptr && phone->typing)
        return {ui::KeyboardKind::Digits, "phone_code", phone->code, false, 6, true};
    if (const auto* form = std::get_if<staff::page::AccountForm>(&s.page)) return formTyping(*form);
    const auto* settings = std::get_if<staff::page::Settings>(&s.page);
    if (settings == nullptr || !settings->typing) return {};
    const auto* open = openSetting(*settings);
    if (open == nullptr) return {};
    const bool whole = open->kind == staff::Setting::Kind::Whole;
    return {whole ? ui::KeyboardKind::Digits : ui::KeyboardKind::Text,
            "setting",
            settings->draft,
            false,
            200,
            whole};
}

} // namespace kiosk::screens
