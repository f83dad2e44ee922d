// Fingers on the glass: what counts as a press, what scrolls, what is drawn again.
#include "tests/ui/gallery.hpp"
#include "tests/ui/stage.hpp"

#include <algorithm>
#include <gmock/gmock.h>
#include <string>
#include <vector>

namespace kiosk::ui {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Press : public testing::Test {
protected:
    Press() {
        stage.screen = [this](Ui& ui) {
            ui.beginBody(bodyKey);
            for (int i = 0; i < buttons; ++i) {
                const std::string key = "b" + std::to_string(i);
                if (ui.button(key, "Nút " + std::to_string(i), {.enabled = key != disabled}))
                    pressed.push_back(key);
            }
            ui.endBody();
            if (!overlay) return;
            ui.beginOverlay("over");
            if (ui.button("stay", "Tiếp tục")) pressed.emplace_back("stay");
            ui.endOverlay();
        };
        stage.frames(2);
    }
    Stage stage;
    std::vector<std::string> pressed;
    std::string bodyKey = "first", disabled;
    int buttons = 3;
    bool overlay = false;
};

TEST_F(Press, CountsOnceWhenPressAndReleaseAreInTheSameTarget) {
    stage.tap("b1");
    EXPECT_THAT(pressed, ElementsAre("b1"));
    stage.frames(5);
    EXPECT_EQ(pressed.size(), 1u);
}
TEST_F(Press, ReleasedElsewhereIsNothing) {
    const auto [x, y] = stage.centre("b0");
    const auto [x2, y2] = stage.centre("b1");
    stage.finger(SDL_FINGERDOWN, x, y);
    stage.finger(SDL_FINGERMOTION, x2, y2);
    stage.finger(SDL_FINGERUP, x2, y2);
    stage.frames(4);
    EXPECT_THAT(pressed, IsEmpty());
}
TEST_F(Press, BegunOutsideIsNothing) {
    const auto [x, y] = stage.centre("b0");
    stage.finger(SDL_FINGERDOWN, 2, 1900);
    stage.finger(SDL_FINGERUP, x, y);
    stage.frames(4);
    EXPECT_THAT(pressed, IsEmpty());
}
TEST_F(Press, OnlyTheFirstFingerPoints) {
    const auto [x, y] = stage.centre("b0");
    const auto [x2, y2] = stage.centre("b2");
    stage.finger(SDL_FINGERDOWN, x, y, 1);
    stage.finger(SDL_FINGERDOWN, x2, y2, 2);
    stage.finger(SDL_FINGERUP, x2, y2, 2);
    stage.frames(3);
    EXPECT_THAT(pressed, IsEmpty());
    stage.finger(SDL_FINGERUP, x, y, 1);
    stage.frames(3);
    EXPECT_THAT(pressed, ElementsAre("b0"));
}
TEST_F(Press, TheMouseEchoOfAFingerIsIgnored) {
    const auto [x, y] = stage.centre("b0");
    const auto [x2, y2] = stage.centre("b2");
    stage.finger(SDL_FINGERDOWN, x, y);
    stage.mouse(SDL_MOUSEBUTTONDOWN, x2, y2);
    stage.mouse(SDL_MOUSEBUTTONUP, x2, y2);
    stage.finger(SDL_FINGERUP, x, y);
    stage.mouse(SDL_MOUSEBUTTONDOWN, x2, y2, SDL_TOUCH_MOUSEID);
    stage.mouse(SDL_MOUSEBUTTONUP, x2, y2, SDL_TOUCH_MOUSEID);
    stage.frames(6);
    EXPECT_THAT(pressed, ElementsAre("b0"));
}
TEST_F(Press, AMouseWorksWhereNobodyTouches) {
    const auto [x, y] = stage.centre("b2");
    stage.mouse(SDL_MOUSEBUTTONDOWN, x, y);
    stage.mouse(SDL_MOUSEBUTTONUP, x, y);
    stage.frames(3);
    EXPECT_THAT(pressed, ElementsAre("b2"));
}
TEST_F(Press, DisabledIsNothing) {
    disabled = "b1";
    stage.frame();
    stage.tap("b1");
    EXPECT_THAT(pressed, IsEmpty());
    EXPECT_FALSE(stage.node("b1").enabled);
}
TEST_F(Press, ALaterScreenDoesNotInheritThePress) {
    const auto [x, y] = stage.centre("b0");
    stage.finger(SDL_FINGERDOWN, x, y);
    stage.frame();
    bodyKey = "second"; // the same button at the same place, but on the next screen
    stage.frame();
    stage.finger(SDL_FINGERUP, x, y);
    stage.frames(3);
    EXPECT_THAT(pressed, IsEmpty());
}
TEST_F(Press, UnderAnOverlayNothingCanBePressed) {
    overlay = true;
    stage.frames(2);
    EXPECT_FALSE(stage.node("b0").enabled);
    stage.tap("b0");
    EXPECT_THAT(pressed, IsEmpty());
    stage.tap("stay");
    EXPECT_THAT(pressed, ElementsAre("stay"));
}
TEST_F(Press, FiveKeysReachEverything) {
    stage.key(SDLK_DOWN);
    stage.frames(2);
    EXPECT_TRUE(stage.node("b0").focused);
    stage.key(SDLK_DOWN);
    stage.key(SDLK_RETURN);
    stage.frames(4);
    EXPECT_THAT(pressed, ElementsAre("b1"));
    stage.key(SDLK_UP);
    stage.frames(2);
    EXPECT_TRUE(stage.node("b0").focused);
}

TEST_F(Press, FiveQuickTapsInTheCornerAreNoticedAndFourAreNot) {
    int called = 0;
    const auto tapAt = [&](float x, float y) {
        stage.finger(SDL_FINGERDOWN, x, y);
        stage.finger(SDL_FINGERUP, x, y);
        for (int i = 0; i < 3; ++i) {
            stage.frame();
            called += stage.ui.cornerCalled() ? 1 : 0;
        }
    };
    for (int i = 0; i < 4; ++i) tapAt(20, 20);
    EXPECT_EQ(called, 0);
    tapAt(900, 20); // somewhere else: they begin anew
    for (int i = 0; i < 4; ++i) tapAt(30, 25);
    EXPECT_EQ(called, 0);
    tapAt(20, 20);
    EXPECT_EQ(called, 1) << "once";
}

TEST_F(Press, WhileDeafNothingIsPressed) {
    stage.ui.setDeaf(true);
    stage.tap("b0");
    stage.key(SDLK_DOWN);
    stage.key(SDLK_RETURN);
    stage.frames(4);
    EXPECT_THAT(pressed, IsEmpty());
    stage.ui.setDeaf(false);
    stage.tap("b0");
    EXPECT_THAT(pressed, ElementsAre("b0"));
}

TEST_F(Press, ADragScrollsAndDoesNotPress) {
    buttons = 30;
    stage.frames(2);
    const auto [x, y] = stage.centre("b5");
    const float before = stage.node("b5").rect.y;
    stage.finger(SDL_FINGERDOWN, x, y);
    for (int i = 1; i <= 10; ++i) stage.finger(SDL_FINGERMOTION, x, y - static_cast<float>(30 * i));
    stage.finger(SDL_FINGERUP, x, y - 300);
    stage.frames(4);
    EXPECT_THAT(pressed, IsEmpty());
    EXPECT_NEAR(stage.node("b5").rect.y, before - 300, 2);
}
TEST_F(Press, AShakyFingerStillPresses) {
    buttons = 30;
    stage.frames(2);
    const auto [x, y] = stage.centre("b5");
    stage.finger(SDL_FINGERDOWN, x, y);
    stage.finger(SDL_FINGERMOTION, x + 4, y - 8);
    stage.finger(SDL_FINGERUP, x + 4, y - 8);
    stage.frames(4);
    EXPECT_THAT(pressed, ElementsAre("b5"));
}
TEST_F(Press, ScrollButtonsAreThereExactlyWhenNeededAndReachTheEnd) {
    EXPECT_FALSE(stage.has("ui.scroll.down"));
    buttons = 30;
    stage.frames(2);
    EXPECT_FALSE(stage.node("ui.scroll.up").enabled);
    for (int i = 0; i < 10 && stage.node("ui.scroll.down").enabled; ++i) stage.tap("ui.scroll.down");
    EXPECT_FALSE(stage.node("ui.scroll.down").enabled);
    const auto& last = stage.node("b29");
    EXPECT_FLOAT_EQ(last.rect.h, last.fullHeight);
    stage.tap("b29");
    EXPECT_THAT(pressed, ElementsAre("b29"));
    bodyKey = "other";
    stage.frames(2);
    EXPECT_FALSE(stage.node("ui.scroll.up").enabled) << "another screen begins at its top";
}

TEST(Keys, TheFieldBeingTypedIsNeverCoveredByTheKeyboard) {
    for (const auto& [w, h, inches] :
         {std::tuple{1080, 1920, 21.5}, {1920, 1080, 21.5}, {1920, 1080, 15.6}, {1080, 1920, 15.6}})
        for (const auto size : {TextSize::Normal, TextSize::Largest}) {
            Stage stage(w, h, inches, Palette::Light, size);
            stage.screen = [](Ui& ui) {
                ui.beginBody("many");
                for (int i = 0; i < 12; ++i) {
                    const std::string key = "f" + std::to_string(i);
                    ui.field(key, {.label = "Ô số", .value = "Mẫu", .active = i == 9});
                }
                ui.endBody();
                bool shift = false;
                ui.keyboard(KeyboardKind::Text, TypingMethod::Telex, shift);
                ui.beginFooter();
                ui.button("next", "Tiếp tục");
                ui.endFooter();
            };
            stage.frames(3);
            const auto& field = stage.node("f9");
            EXPECT_GE(field.rect.h, stage.ui.theme().px(mm::targetMin)) << w << "x" << h << " " << inches;
            EXPECT_LE(field.rect.y + field.rect.h, stage.node("ui.keyboard").rect.y);
        }
}
TEST(Keys, TypesAnAccentedNameByTouch) {
    Stage stage;
    std::string text;
    bool shift = true;
    stage.screen = [&](Ui& ui) {
        ui.beginBody("name");
        ui.field("name", {.label = "Họ tên", .value = text, .active = true});
        ui.endBody();
        for (const auto& press : ui.keyboard(KeyboardKind::Text, TypingMethod::Telex, shift))
            text = press.kind == KeyPress::Kind::Backspace ? backspaced(text)
                                                           : typed(text, press.text, TypingMethod::Telex);
    };
    stage.frames(2);
    stage.tap("ui.key.m");
    EXPECT_EQ(text, "M");
    EXPECT_FALSE(shift) << "one capital letter, then small ones";
    for (const auto* key : {"ui.key.â", "ui.key.u", "ui.key.nga"}) stage.tap(key);
    EXPECT_EQ(text, "Mẫu");
    stage.tap("ui.key.backspace");
    EXPECT_EQ(text, "Mẫ");
}
TEST(Keys, AHardwareKeyboardTypesTooButOnlyWhereThereIsAField) {
    Stage stage;
    std::vector<KeyPress> presses;
    bool shown = true, shift = false;
    stage.screen = [&](Ui& ui) {
        ui.beginBody("name");
        ui.text("t", "Mẫu");
        ui.endBody();
        for (auto& press :
             ui.keyboard(shown ? KeyboardKind::Text : KeyboardKind::None, TypingMethod::Telex, shift))
            presses.push_back(press);
    };
    SDL_Event event{};
    event.type = SDL_TEXTINPUT;
    event.text.text[0] = 'a';
    SDL_PushEvent(&event);
    stage.key(SDLK_RETURN);
    stage.frames(3);
    ASSERT_EQ(presses.size(), 2u);
    EXPECT_EQ(presses[0].text, "a");
    EXPECT_EQ(presses[1].kind, KeyPress::Kind::Done);
    shown = false;
    SDL_PushEvent(&event);
    stage.frames(2);
    shown = true;
    stage.frames(2);
    EXPECT_EQ(presses.size(), 2u) << "what was typed into nothing does not appear later";
}

TEST(Drawing, AnUnchangedFrameIsNotDrawn) {
    Stage stage;
    std::string label = "Một";
    std::vector<std::uint8_t> rgb(64 * 48 * 3, 90);
    Bitmap bitmap{64, 48, rgb.data(), 1};
    stage.screen = [&](Ui& ui) {
        ui.beginBody("b");
        ui.text("t", label);
        ui.picture("p", "Hình", bitmap, 40, false);
        ui.endBody();
    };
    EXPECT_TRUE(stage.frame());
    stage.frame();
    EXPECT_FALSE(stage.frame());
    label = "Hai";
    EXPECT_TRUE(stage.frame());
    EXPECT_FALSE(stage.frame());
    std::fill(rgb.begin(), rgb.end(), std::uint8_t{200});
    EXPECT_FALSE(stage.frame()) << "pixels are looked at only when their version changes";
    bitmap.version = 2;
    EXPECT_TRUE(stage.frame());
    const auto shot = stage.window.screenshot();
    ASSERT_TRUE(shot);
    const auto r = stage.node("p").rect;
    const auto at = (static_cast<std::size_t>(r.y + r.h / 2) * static_cast<std::size_t>(shot->width) +
                     static_cast<std::size_t>(r.x + r.w / 2)) *
                    3;
    EXPECT_NEAR(shot->rgb[at], 200, 2);
}
TEST(Drawing, NothingIsDrawnThatIsNotDescribed) {
    bool shift = false;
    const std::vector<std::uint8_t> rgb(640 * 360 * 3, 120);
    const std::vector<std::function<void(Ui&)>> screens{
        galleryWelcome, galleryCheck, [&](Ui& ui) { galleryTyping(ui, KeyboardKind::Text, shift); },
        [&](Ui& ui) {
            galleryPictures(ui, Bitmap{640, 360, rgb.data(), 1}, false);
        }};
    for (const auto& screen : screens) {
        Stage stage;
        stage.screen = screen;
        stage.frames(3);
        const auto shot = stage.window.screenshot();
        ASSERT_TRUE(shot);
        const auto background = stage.ui.theme().colours.background;
        std::vector<bool> described(static_cast<std::size_t>(shot->width * shot->height));
        for (const auto& n : stage.ui.nodes()) { // the bar of "Đ" leans out of its line
            const int left = std::max(0, static_cast<int>(n.rect.x) - 2),
                      top = std::max(0, static_cast<int>(n.rect.y) - 1);
            const int right = std::min(shot->width, static_cast<int>(n.rect.x + n.rect.w) + 1);
            const int bottom = std::min(shot->height, static_cast<int>(n.rect.y + n.rect.h) + 1);
            for (int y = top; y < bottom; ++y)
                for (int x = left; x < right; ++x)
                    described[static_cast<std::size_t>(y * shot->width + x)] = true;
        }
        std::size_t stray = 0, drawn = 0;
        std::string where;
        for (std::size_t i = 0; i < described.size(); ++i) {
            const auto* p = &shot->rgb[i * 3];
            const bool ink = p[0] != background.r || p[1] != background.g || p[2] != background.b;
            drawn += ink;
            if (!ink || described[i]) continue;
            if (stray++ == 0)
                where = std::to_string(i % static_cast<std::size_t>(shot->width)) + "," +
                        std::to_string(i / static_cast<std::size_t>(shot->width));
        }
        EXPECT_GT(drawn, 100000u);
        EXPECT_EQ(stray, 0u) << "first at " << where;
    }
}
TEST(Drawing, CameraPicturesAreForgottenWithTheirScreen) {
    Stage stage;
    bool shown = true;
    const std::vector<std::uint8_t> rgb(320 * 200 * 3, 77);
    stage.screen = [&](Ui& ui) {
        ui.beginBody("b");
        if (shown) ui.cardPreview("camera", "Máy ảnh", Bitmap{320, 200, rgb.data(), 1}, 100, false);
        ui.text("t", "Mẫu");
        ui.endBody();
    };
    stage.frames(2);
    EXPECT_TRUE(stage.has("camera"));
    shown = false;
    EXPECT_TRUE(stage.frame());
    EXPECT_FALSE(stage.has("camera"));
}

TEST(Palettes, HaveTheContrastPromised) {
    for (const auto palette : {Palette::Light, Palette::HighContrast, Palette::Dark}) {
        const auto& k = colours(palette);
        const double text = palette == Palette::HighContrast ? 20 : 10,
                     secondary = palette == Palette::HighContrast ? 20 : 7;
        for (const auto ground :
             {k.background, k.surface, k.surfaceRaised, k.infoSurface, k.warningSurface, k.successSurface}) {
            EXPECT_GE(contrast(k.text, ground), text);
            EXPECT_GE(contrast(k.textSecondary, ground), secondary);
            EXPECT_GE(contrast(k.danger, ground), text);
        }
        EXPECT_GE(contrast(k.primary, k.background), text);
        EXPECT_GE(contrast(k.primary, k.surface), text);
        EXPECT_GE(contrast(k.textOnPrimary, k.primary), text);
        EXPECT_GE(contrast(k.textOnPrimary, k.primaryPressed), 7);
        EXPECT_GE(contrast(k.success, k.successSurface), text);
        EXPECT_GE(contrast(k.warning, k.warningSurface), text);
        EXPECT_GE(contrast(k.outline, k.background), 3);
        EXPECT_GE(contrast(k.focus, k.background), 3);
    }
    EXPECT_NEAR(contrast({0, 0, 0}, {255, 255, 255}), 21, 0.01);
}

} // namespace
} // namespace kiosk::ui
