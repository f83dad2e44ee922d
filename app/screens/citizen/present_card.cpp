// Hold the card before the camera: live mirrored preview, what to do, and other ways when it does not read.
#include "app/screens/draw.hpp"

namespace kiosk::screens {
namespace {

/// What can be done instead of waiting, in the order of a person's questions.
struct Offers {
    bool hints = false, otherWays = false;
};

void hints(const View& v) {
    auto& ui = v.ui;
    ui.heading("card.help.title", ui.w("card.help.title"));
    ui.iconText("card.help.closer", ui::Icon::Search, ui.w("card.help.closer"));
    ui.iconText("card.help.still", ui::Icon::Card, ui.w("card.help.still"));
    ui.iconText("card.help.light", ui::Icon::Contrast, ui.w("card.help.light"));
}

struct HintLook {
    std::string_view key;
    ui::Gesture gesture;
};
HintLook lookOf(CardHint hint) {
    switch (hint) {
    case CardHint::Closer:
        return {"card.hint.Closer", ui::Gesture::Closer};
    case CardHint::Farther:
        return {"card.hint.Farther", ui::Gesture::Farther};
    case CardHint::HoldStill:
        return {"card.hint.HoldStill", ui::Gesture::HoldStill};
    case CardHint::TiltFromLight:
        return {"card.hint.TiltFromLight", ui::Gesture::Tilt};
    case CardHint::Brighter:
        return {"card.hint.Brighter", ui::Gesture::Brighter};
    case CardHint::Darker:
        return {"card.hint.Darker", ui::Gesture::Darker};
    case CardHint::WholeCode:
        return {"card.hint.WholeCode", ui::Gesture::Whole};
    case CardHint::OtherSide:
        return {"card.hint.OtherSide", ui::Gesture::Turn};
    }
    return {"card.hint.HoldStill", ui::Gesture::HoldStill};
}

/// One thing to do, seen at a glance: it is what keeps this card from being read.
void hint(const View& v, CardHint hint) {
    auto& ui = v.ui;
    const auto look = lookOf(hint);
    const auto words = ui.w(look.key);
    ui.beginColumns(2);
    ui.live(look.key);
    ui.gesture("card.hint.picture", words, look.gesture, 34);
    ui.heading(look.key, words);
    ui.endColumns();
}

void otherWays(const View& v, const screen::PresentCard& s) {
    auto& ui = v.ui;
    const bool second = !s.person.empty();
    if (v.flow.scanners > 0) ui.iconText("card.scanner", ui::Icon::Card, ui.w("card.scanner"));
    if (ui.button("card.type", ui.w(second ? "card.type_other" : "card.type"), {.icon = ui::Icon::Keyboard}))
        v.emit(event::TypeInstead{});
    ui.iconText("card.staff", ui::Icon::Person, ui.w("card.staff"), true);
}

bool isWrong(const screen::PresentCard& s) { return s.wrong || s.sameAsCustomer; }

/// A wrong card matters more than how it is held.
bool isHinted(const screen::PresentCard& s) { return s.hint && !isWrong(s); }

void wrong(const View& v, const screen::PresentCard& s) {
    auto& ui = v.ui;
    if (s.sameAsCustomer) {
        ui.heading("card.same.title", ui.w("card.same.title"));
        ui.text("card.same.help", ui.w("card.same.help", {{"person", personWords(v, s.person)}}));
    } else {
        ui.heading("card.wrong.title", errorTitle(v, *s.wrong));
        ui.text("card.wrong.help", errorHelp(v, *s.wrong));
    }
}

void preview(const View& v, const screen::PresentCard& s, double heightMm) {
    v.ui.cardPreview("card.preview", v.ui.w("card.preview"), v.preview, heightMm, s.found.has_value());
}

void trouble(const View& v) {
    auto& ui = v.ui;
    ui.beginPanel(ui::Ui::PanelKind::Warning);
    ui.heading("card.trouble.title", errorTitle(v, *v.flow.cameraTrouble));
    ui.text("card.trouble.help", errorHelp(v, *v.flow.cameraTrouble));
    ui.endPanel();
}

/// Where the code is on either card.
void drawings(const View& v, double heightMm) {
    auto& ui = v.ui;
    ui.beginColumns(2);
    ui.cardDrawing("card.drawing.new", ui.w("card.drawing.new"), 1, heightMm);
    ui.cardDrawing("card.drawing.old", ui.w("card.drawing.old"), 0, heightMm);
    ui.text("card.caption.new", ui.w("card.drawing.new"));
    ui.text("card.caption.old", ui.w("card.drawing.old"));
    ui.endColumns();
}

/// Everything below each other.
void tall(const View& v, const screen::PresentCard& s, const Offers& offers) {
    auto& ui = v.ui;
    preview(v, s, 120);
    if (isWrong(s)) {
        ui.beginPanel(ui::Ui::PanelKind::Warning);
        wrong(v, s);
        ui.endPanel();
    }
    if (isHinted(s) || offers.hints) {
        ui.beginPanel(ui::Ui::PanelKind::Info);
        if (isHinted(s))
            hint(v, *s.hint);
        else
            hints(v);
        ui.endPanel();
    }
    if (offers.otherWays) otherWays(v, s);
    drawings(v, 38);
}

/// The picture beside what to do, so that nothing has to be scrolled to.
void wide(const View& v, const screen::PresentCard& s, const Offers& offers) {
    auto& ui = v.ui;
    ui.beginColumns(2);
    preview(v, s, 108);
    ui.beginPanel(isWrong(s) ? ui::Ui::PanelKind::Warning : ui::Ui::PanelKind::Info);
    if (isWrong(s))
        wrong(v, s);
    else if (isHinted(s))
        hint(v, *s.hint);
    else if (offers.hints)
        hints(v);
    if (offers.otherWays) otherWays(v, s);
    const bool advised = isWrong(s) || isHinted(s) || offers.hints;
    if (!advised) {
        ui.heading("card.where", ui.w("card.where"));
        drawings(v, 44);
    }
    ui.endPanel();
    ui.endColumns();
    if (advised) drawings(v, 38);
}

} // namespace

void body(const View& v, const screen::PresentCard& s) {
    auto& ui = v.ui;
    const auto waited = v.flow.now.ms - s.since.ms;
    const bool inTrouble = v.flow.cameraTrouble.has_value();
    if (s.person.empty())
        ui.title("card.title", ui.w("card.title"));
    else
        ui.title("card.title", ui.w("card.title_other", {{"person", personWords(v, s.person)}}));
    if (inTrouble) {
        if (isWrong(s)) { // scanned by hand
            ui.beginPanel(ui::Ui::PanelKind::Warning);
            wrong(v, s);
            ui.endPanel();
        }
        trouble(v);
        return otherWays(v, s);
    }
    for (const auto* key : {"card.lead", "card.wrong.title", "card.wrong.help", "card.same.title",
                            "card.trouble.title", "card.help.title"})
        ui.live(key);
    ui.text("card.lead", s.found ? ui.w("card.read") : ui.w("card.lead"));
    const Offers offers{.hints = !s.found && waited >= helpAfterMs,
                        .otherWays = !s.found && (waited >= otherWaysAfterMs || s.wrong)};
    if (ui.theme().panel.portrait())
        tall(v, s, offers);
    else
        wide(v, s, offers);
}

Forward forward(const View&, const screen::PresentCard&) { return {}; }

} // namespace kiosk::screens
