// The frame around every screen: header, body, keyboard, footer, overlays.
#include "app/screens/draw.hpp"

#include "app/base/text.hpp"

#include <algorithm>

namespace kiosk::screens {
namespace {

bool isWelcome(const View& v) { return std::holds_alternative<screen::Welcome>(v.flow.screen); }

/// The truth about what does not work now; empty when all is well.
std::string status(const View& v) {
    const auto& f = v.flow;
    if (!f.clockTrusted) return v.ui.w("header.clock");
    if (!f.online) return v.ui.w("header.offline");
    if (f.cameraTrouble) return v.ui.w("header.camera");
    if (f.cameraPictures) return v.ui.w("header.pictures");
    return {};
}

void header(const View& v) {
    auto& ui = v.ui;
    ui.beginHeader();
    ui.text("header.office", v.knowledge.office.name);
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
    look.icon = ui::Icon::Help;
    if (ui.button("header.help", ui.w("header.help"), look)) v.emit(event::Help{});
    ui.endHeader();
}

void statusLine(const View& v) {
    const auto words = status(v);
    if (words.empty()) return;
    v.ui.beginPanel(ui::Ui::PanelKind::Warning);
    v.ui.iconText("header.status", v.flow.online ? ui::Icon::Info : ui::Icon::CloudOff, words);
    v.ui.endPanel();
}

/// What one key press makes of the text; nullopt: the press does not change it.
std::string changed(const Typing& t, const ui::KeyPress& press) {
    if (press.kind == ui::KeyPress::Kind::Backspace) return ui::backspaced(t.text);
    const bool digit = press.text.size() == 1 && press.text[0] >= '0' && press.text[0] <= '9';
    if (t.digitsOnly && !digit) return t.text;
    const bool vietnamese = t.kind == ui::KeyboardKind::Text;
    auto next = vietnamese ? ui::typed(t.text, press.text, ui::TypingMethod::Telex) : t.text + press.text;
    return text::length(next) > t.maxLength ? t.text : next;
}

void keyboard(const View& v, Typing t, const Forward& forward) {
    const auto before = t.text;
    for (const auto& press : v.ui.keyboard(t.kind, ui::TypingMethod::Telex, v.shift)) {
        const bool finished =
            press.kind == ui::KeyPress::Kind::Done || press.kind == ui::KeyPress::Kind::Next;
        if (!finished) {
            t.text = changed(t, press);
            continue;
        }
        if (t.text != before) v.emit(event::Edited{t.target, t.text});
        v.emit(event::Focus{});
        if (t.nextOnDone && forward.enabled && !forward.key.empty()) v.emit(forward.event);
        return;
    }
    if (t.text != before) v.emit(event::Edited{t.target, t.text});
}

void footer(const View& v, const Forward& forward) {
    auto& ui = v.ui;
    if (isWelcome(v) && forward.key.empty()) return;
    ui.beginFooter();
    const bool onSlip = std::holds_alternative<screen::Slip>(v.flow.screen);
    const bool sending = std::holds_alternative<screen::Sending>(v.flow.screen);
    if (!isWelcome(v) && !onSlip && !sending) {
        if (ui.button("footer.back", ui.w("footer.back"), {.tone = ui::Tone::Quiet, .icon = ui::Icon::Back}))
            v.emit(event::Back{});
    }
    if (!isWelcome(v) && !sending) {
        if (ui.button("footer.end", ui.w("footer.end"), {.tone = ui::Tone::Danger, .icon = ui::Icon::Erase}))
            v.emit(event::EndSession{});
    }
    if (!forward.key.empty()) {
        const ui::ButtonLook look{
            .tone = ui::Tone::Primary, .icon = forward.icon, .enabled = forward.enabled};
        if (ui.button(forward.key, forward.label, look) && forward.enabled) v.emit(forward.event);
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
    if (ui.button("overlay.stay", ui.w("overlay.help.close"),
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
    if (const auto* page = std::get_if<screen::FormPage>(&v.flow.screen))
        key += "." + std::to_string(page->index) + "." + std::to_string(page->sub.index());
    return key;
}

} // namespace

void draw(const View& v) {
    header(v);
    v.ui.beginBody(bodyKey(v));
    statusLine(v);
    std::visit([&v](const auto& screen) { body(v, screen); }, v.flow.screen);
    v.ui.endBody();
    const auto next = std::visit([&v](const auto& screen) { return forward(v, screen); }, v.flow.screen);
    const auto keys = std::visit([&v](const auto& screen) { return typing(v, screen); }, v.flow.screen);
    keyboard(v, keys, next);
    footer(v, next);
    std::visit([&v](const auto& overlay) { over(v, overlay); }, v.flow.overlay);
}

} // namespace kiosk::screens
