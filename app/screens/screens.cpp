// The frame around every screen: header, body, keyboard, footer, overlays.
#include "app/screens/draw.hpp"

#include "app/base/text.hpp"

#include <algorithm>

namespace kiosk::screens {
namespace {

/// Lowers or raises what is to be pressed; only where there is something to lower.
void reachButton(const View& v, const char* key) {
    const bool low = v.flow.preferences.lowReach;
    if (v.ui.theme().panel.portrait() && v.ui.button(key, v.ui.w(low ? "reach.usual" : "reach.low"),
                                                     {.tone = ui::Tone::Quiet, .icon = ui::Icon::Accessible}))
        v.emit(event::ToggleReach{});
}

bool isWelcome(const View& v) { return std::holds_alternative<screen::Welcome>(v.flow.screen); }

/// The plain name of the step, one word key a screen; numbered where the order is fixed.
struct Where {
    std::string_view key;
    int number = 0; // of 5; 0: outside the steps
};
Where where(const screen::Welcome&) { return {}; }
Where where(const screen::PresentCard& s) {
    return s.person.empty() ? Where{"where.card", 1} : Where{"where.form", 4};
}
Where where(const screen::TypeIdentity&) { return {"where.type", 1}; }
Where where(const screen::ConfirmIdentity&) { return {"where.confirm", 2}; }
Where where(const screen::Refused&) { return {"where.refused"}; }
Where where(const screen::MyData&) { return {"where.my_data"}; }
Where where(const screen::Choose& s) {
    return s.browseOnly ? Where{"where.browse"} : Where{"where.choose", 3};
}
Where where(const screen::ProcedureInfo& s) {
    return s.browseOnly ? Where{"where.browse"} : Where{"where.choose", 3};
}
Where where(const screen::FormPage&) { return {"where.form", 4}; }
Where where(const screen::Review&) { return {"where.review", 5}; }
Where where(const screen::Paper&) { return {"where.review", 5}; }
Where where(const screen::Sending&) { return {"where.review", 5}; }
Where where(const screen::Slip&) { return {"where.slip"}; }
Where where(const screen::LookUp&) { return {"where.lookup"}; }
Where where(const screen::Ticket&) { return {"where.ticket"}; }
Where where(const screen::Progress&) { return {"where.lookup"}; }
Where where(const screen::Staff&) { return {"where.staff"}; }
Where where(const screen::Trouble&) { return {"where.trouble"}; }

/// "Bước 4/5: Khai thông tin"; empty on the first screen, whose title says it all.
std::string whereWords(const View& v) {
    const auto at = std::visit([](const auto& screen) { return where(screen); }, v.flow.screen);
    if (at.key.empty()) return {};
    auto words = v.ui.w(at.key);
    if (at.number == 0) return words;
    return v.ui.w("where.step", {{"number", std::to_string(at.number)}, {"name", words}});
}

void header(const View& v, bool tight, bool inviting) {
    auto& ui = v.ui;
    ui.beginHeader();
    if (inviting) {
        ui.text("header.office", v.knowledge.office.name);
        return ui.endHeader();
    }
    const auto at = whereWords(v);
    const bool low =
        !ui.theme().panel.portrait() && ui.theme().textScale() > 1.5; // large words, little height
    if ((!tight && !low) || at.empty()) ui.text("header.office", v.knowledge.office.name, !at.empty());
    if (!at.empty()) ui.text("header.where", at);
    const bool vi = languageOf(v) == Language::Vi;
    const ui::ButtonLook quiet{.tone = ui::Tone::Quiet, .heightMm = ui::mm::targetMin, .fullWidth = false};
    auto look = quiet;
    look.icon = ui::Icon::Language;
    if (ui.button("header.language", ui.w("header.other_language"), look))
        v.emit(event::SetLanguage{vi ? Language::En : Language::Vi});
    look.icon = ui::Icon::TextSize;
    if (ui.button("header.text_size", ui.w("header.text_size"), look)) v.emit(event::NextTextSize{});
    look.icon = ui::Icon::Contrast;
    if (ui.button("header.contrast", ui.w("header.contrast"), look)) v.emit(event::NextPalette{});
    look.icon = ui::Icon::Voice;
    if (v.flow.headphones && ui.button("header.voice", ui.w("header.voice"), look))
        v.emit(event::ShowVoice{});
    look.icon = ui::Icon::Help;
    if (ui.button("header.help", ui.w("header.help"), look)) v.emit(event::Help{});
    ui.endHeader();
}

/// Everything that is true about what does not work now; nothing when all is well.
void statusLine(const View& v) {
    const auto& n = v.flow.notices;
    const struct {
        bool holds;
        std::string key;
        ui::Icon icon;
    } truths[] = {{n.rehearsal, "header.rehearsal", ui::Icon::Warning},
                  {n.clock, "header.clock", ui::Icon::Clock},
                  {n.offline, "header.offline", ui::Icon::CloudOff},
                  {n.called, "header.called", ui::Icon::Person},
                  {n.camera, "header.camera", ui::Icon::Camera},
                  {n.pictures, "header.pictures", ui::Icon::Info}};
    if (std::none_of(std::begin(truths), std::end(truths), [](const auto& t) { return t.holds; })) return;
    v.ui.beginPanel(ui::Ui::PanelKind::Warning);
    for (const auto& truth : truths)
        if (truth.holds)
            v.ui.iconText("status." + truth.key, truth.icon,
                          v.ui.w(truth.key, {{"time", v.flow.calledAt.timeInVietnam()}}));
    v.ui.endPanel();
}

ui::TypingMethod methodOf(const View& v) {
    return v.flow.preferences.vni ? ui::TypingMethod::Vni : ui::TypingMethod::Telex;
}

/// What one key press makes of the text; nullopt: the press does not change it.
/// English is typed as it is; the rows of Vietnamese letters and tones work in both languages.
std::string changed(const View& v, const Typing& t, const ui::KeyPress& press) {
    if (press.kind == ui::KeyPress::Kind::Backspace) return ui::backspaced(t.text);
    const bool digit = press.text.size() == 1 && press.text[0] >= '0' && press.text[0] <= '9';
    const bool also = t.alsoAllowed != 0 && press.text == std::string(1, t.alsoAllowed);
    if (t.digitsOnly && !digit && !also) return t.text;
    const bool plain = !press.text.empty() && static_cast<unsigned char>(press.text[0]) < 0x80;
    const bool composed = t.kind == ui::KeyboardKind::Text && (languageOf(v) == Language::Vi || !plain);
    auto next = composed ? ui::typed(t.text, press.text, methodOf(v)) : t.text + press.text;
    return text::length(next) > t.maxLength ? t.text : next;
}

void keyboard(const View& v, Typing t, Forward& forward) {
    const auto before = t.text;
    for (const auto& press : v.ui.keyboard(t.kind, methodOf(v), v.shift)) {
        if (press.kind == ui::KeyPress::Kind::Method) {
            v.emit(event::NextTypingMethod{});
            continue;
        }
        const bool finished =
            press.kind == ui::KeyPress::Kind::Done || press.kind == ui::KeyPress::Kind::Next;
        if (!finished) {
            t.text = changed(v, t, press);
            continue;
        }
        if (t.text != before) v.emit(event::Edited{t.target, t.text});
        v.emit(event::Focus{});
        if (t.nextOnDone && forward.enabled && !forward.key.empty()) v.emit(std::move(forward.event));
        return;
    }
    if (t.text != before) v.emit(event::Edited{t.target, t.text});
}

void footer(const View& v, Forward& forward) {
    auto& ui = v.ui;
    if (isWelcome(v)) {
        if (!ui.theme().panel.portrait()) return;
        ui.beginFooter(); // low enough for whom it is meant for
        reachButton(v, "footer.reach");
        return ui.endFooter();
    }
    ui.beginFooter();
    const auto emptyPlace = [&ui] { ui.space(0); }; // nothing else may slip into it
    const bool onSlip = std::holds_alternative<screen::Slip>(v.flow.screen);
    const bool sending = std::holds_alternative<screen::Sending>(v.flow.screen);
    if (!onSlip && !sending) {
        if (ui.button("footer.back", ui.w("footer.back"), {.tone = ui::Tone::Quiet, .icon = ui::Icon::Back}))
            v.emit(event::Back{});
    } else {
        emptyPlace();
    }
    if (!sending) {
        const bool desk = std::holds_alternative<screen::Staff>(v.flow.screen);
        if (ui.button("footer.end", ui.w(desk ? "footer.sign_out" : "footer.end"),
                      {.tone = ui::Tone::Danger, .icon = desk ? ui::Icon::Close : ui::Icon::Erase}))
            v.emit(event::EndSession{});
    } else {
        emptyPlace();
    }
    if (forward.key.empty()) {
        emptyPlace();
    } else {
        const ui::ButtonLook look{
            .tone = ui::Tone::Primary, .icon = forward.icon, .enabled = forward.enabled};
        if (ui.button(forward.key, forward.label, look) && forward.enabled) v.emit(std::move(forward.event));
    }
    ui.endFooter();
}

void over(const View&, const std::monostate&) {}

void over(const View& v, const overlay::IdleWarning& o) {
    const auto seconds = std::max<std::int64_t>(0, (o.endsAt.ms - v.flow.now.ms + 999) / 1000);
    v.ui.beginOverlay("overlay.idle");
    v.ui.title("overlay.idle.title", v.ui.w("overlay.idle.title"));
    v.ui.text("overlay.idle.text", v.ui.w("overlay.idle.text", {{"seconds", std::to_string(seconds)}}));
    v.ui.progress("overlay.idle.progress", v.ui.w("overlay.idle.progress"),
                  static_cast<double>(seconds) / std::max(1, v.knowledge.office.idleCountdownSeconds));
    if (v.ui.button("overlay.stay", v.ui.w("overlay.stay"),
                    {.tone = ui::Tone::Primary, .icon = ui::Icon::Check}))
        v.emit(event::Stay{});
    if (v.ui.button("overlay.end", v.ui.w("overlay.end"),
                    {.tone = ui::Tone::Danger, .icon = ui::Icon::Erase})) {
        v.emit(event::EndSession{});
        v.emit(event::EndSession{});
    }
    v.ui.endOverlay();
}

void over(const View& v, const overlay::OtherCard& o) {
    auto& ui = v.ui;
    ui.beginOverlay("overlay.other");
    ui.title("overlay.other.title", ui.w("overlay.other.title"));
    ui.text("overlay.other.text", ui.w("overlay.other.text"));
    const ui::ButtonLook plain{.icon = ui::Icon::Person};
    for (const auto& person : o.persons)
        if (ui.button("overlay.other.is." + person,
                      ui.w("overlay.other.is", {{"person", personWords(v, person)}}), plain))
            v.emit(event::OtherCardIs{person});
    if (ui.button("overlay.stay", ui.w("overlay.other.stay"),
                  {.tone = ui::Tone::Primary, .icon = ui::Icon::Check}))
        v.emit(event::Stay{});
    if (ui.button("overlay.other.use", ui.w("overlay.other.use"),
                  {.tone = ui::Tone::Danger, .icon = ui::Icon::Card}))
        v.emit(event::UseOtherCard{});
    ui.endOverlay();
}

/// Staff are called over the network, and what became of it is said.
void callStaff(const View& v) {
    using Call = Flow::Call;
    auto& ui = v.ui;
    ui.live("overlay.help.called");
    switch (v.flow.call) {
    case Call::No:
        if (ui.button("overlay.help.call", ui.w("overlay.help.call"), {.icon = ui::Icon::Person}))
            v.emit(event::CallStaff{});
        return;
    case Call::Calling:
        return ui.iconText("overlay.help.called", ui::Icon::Person, ui.w("overlay.help.calling"));
    case Call::Called:
        return ui.iconText("overlay.help.called", ui::Icon::Check,
                           ui.w("header.called", {{"time", v.flow.calledAt.timeInVietnam()}}));
    case Call::Failed:
        return ui.iconText("overlay.help.called", ui::Icon::Warning, ui.w("overlay.help.call_failed"));
    }
}

void over(const View& v, const overlay::Help&) {
    auto& ui = v.ui;
    ui.beginOverlay("overlay.help");
    ui.title("overlay.help.title", ui.w("overlay.help.title"));
    ui.iconText("overlay.help.1", ui::Icon::Card, ui.w("overlay.help.1"));
    ui.iconText("overlay.help.2", ui::Icon::Edit, ui.w("overlay.help.2"));
    ui.iconText("overlay.help.3", ui::Icon::Erase, ui.w("overlay.help.3"));
    const auto& phone = v.knowledge.office.phone;
    ui.iconText("overlay.help.staff", ui::Icon::Person,
                phone.empty() ? ui.w("overlay.help.staff") : ui.w("overlay.help.phone", {{"phone", phone}}));
    callStaff(v);
    reachButton(v, "overlay.help.reach");
    if (ui.button("overlay.stay", ui.w("overlay.help.close"),
                  {.tone = ui::Tone::Primary, .icon = ui::Icon::Check}))
        v.emit(event::Stay{});
    ui.endOverlay();
}

void over(const View& v, const overlay::Voice&) {
    using What = event::AdjustVoice::What;
    auto& ui = v.ui;
    const bool on = v.flow.preferences.voice.on;
    ui.beginOverlay("overlay.voice");
    ui.title("overlay.voice.title", ui.w("overlay.voice.title"));
    ui.text("overlay.voice.text", ui.w("overlay.voice.text"));
    ui.beginColumns(2);
    const auto adjust = [&](const char* key, What what) {
        if (ui.button(key, ui.w(key))) v.emit(event::AdjustVoice{what});
    };
    adjust("overlay.voice.slower", What::Slower);
    adjust("overlay.voice.faster", What::Faster);
    adjust("overlay.voice.softer", What::Softer);
    adjust("overlay.voice.louder", What::Louder);
    ui.endColumns();
    const std::string toggle = on ? "overlay.voice.off" : "overlay.voice.on";
    if (ui.button(toggle, ui.w(toggle), {.icon = ui::Icon::Voice}))
        v.emit(event::AdjustVoice{on ? What::Off : What::On});
    if (ui.button("overlay.stay", ui.w("overlay.voice.close"),
                  {.tone = ui::Tone::Primary, .icon = ui::Icon::Check}))
        v.emit(event::Stay{});
    ui.endOverlay();
}

void over(const View& v, const overlay::ConfirmEnd&) {
    auto& ui = v.ui;
    ui.beginOverlay("overlay.confirm_end");
    ui.title("overlay.confirm_end.title", ui.w("overlay.confirm_end.title"));
    ui.text("overlay.confirm_end.text", ui.w("overlay.confirm_end.text"));
    if (ui.button("overlay.stay", ui.w("overlay.confirm_end.stay"),
                  {.tone = ui::Tone::Primary, .icon = ui::Icon::Check}))
        v.emit(event::Stay{});
    if (ui.button("overlay.end", ui.w("overlay.end"), {.tone = ui::Tone::Danger, .icon = ui::Icon::Erase}))
        v.emit(event::EndSession{});
    ui.endOverlay();
}

/// Names the screen for scrolling: a new page of the form begins at its top.
std::string bodyKey(const View& v) {
    auto key = "body." + std::to_string(v.flow.screen.index());
    if (rest(v.knowledge.office, v.flow) != Rest::No) key += ".rest";
    if (const auto* page = std::get_if<screen::FormPage>(&v.flow.screen))
        key += "." + std::to_string(page->index) + "." + std::to_string(page->sub.index());
    if (const auto* desk = std::get_if<screen::Staff>(&v.flow.screen)) {
        key += "." + std::to_string(desk->page.index());
        if (const auto* settings = std::get_if<staff::page::Settings>(&desk->page))
            key += "." + settings->open;
    }
    return key;
}

} // namespace

void draw(const View& v) {
    const auto keys = std::visit([&v](const auto& screen) { return typing(v, screen); }, v.flow.screen);
    const bool tight = isTight(v, keys.kind != ui::KeyboardKind::None);
    const auto resting = rest(v.knowledge.office, v.flow);
    if (resting == Rest::Dark) return v.ui.blackout();
    header(v, tight, resting == Rest::Inviting);
    if (isWelcome(v) && v.ui.cornerCalled()) v.emit(event::Staff{staff::action::Enter{}});
    v.ui.beginBody(bodyKey(v));
    const bool searching = keys.target == "query" || keys.target == "picker";
    // The first screen is there before the camera and the office have been heard of: what is said then stands
    // below its buttons, so that they never move under a finger.
    const bool below = isWelcome(v);
    if (!below && (!tight || !searching)) statusLine(v);
    std::visit([&v](const auto& screen) { body(v, screen); }, v.flow.screen);
    if (below) statusLine(v);
    v.ui.endBody();
    auto next = std::visit([&v](const auto& screen) { return forward(v, screen); }, v.flow.screen);
    keyboard(v, keys, next);
    if (resting == Rest::No) footer(v, next);
    std::visit([&v](const auto& overlay) { over(v, overlay); }, v.flow.overlay);
}

} // namespace kiosk::screens
