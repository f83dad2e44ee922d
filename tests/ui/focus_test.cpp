// Five keys and two switches instead of a finger, and what is said on the way.
#include "app/ui/speech/narrator.hpp"
#include "tests/ui/stage.hpp"

#include <gmock/gmock.h>

namespace kiosk::ui {
namespace {

using testing::HasSubstr;

class Focus : public testing::Test {
protected:
    Focus() {
        stage.screen = [this](Ui& ui) {
            ui.beginHeader();
            ui.text("office", "Phường MẪU");
            if (ui.button("help", "Trợ giúp")) pressed.emplace_back("help");
            ui.endHeader();
            ui.beginBody(screen);
            ui.title("title", "Bạn cần gì?");
            ui.text("lead", "Chọn một mục.");
            if (ui.field("phone", {.label = "Điện thoại", .value = value, .active = typing})) typing = true;
            if (ui.choice("yes", "Đồng ý", chosen)) chosen = !chosen;
            for (int i = 0; i < rows; ++i) {
                const auto key = "row." + std::to_string(i);
                if (ui.button(key, "Dòng " + std::to_string(i))) pressed.push_back(key);
            }
            if (!news.empty()) {
                ui.live("news");
                ui.text("news", news);
            }
            ui.endBody();
            bool shift = false;
            for (const auto& key : ui.keyboard(typing ? KeyboardKind::Digits : KeyboardKind::None,
                                               TypingMethod::Telex, shift)) {
                if (key.kind == KeyPress::Kind::Done) typing = false;
                if (key.kind == KeyPress::Kind::Text) value += key.text;
            }
            ui.beginFooter();
            if (ui.button("next", "Tiếp tục")) pressed.emplace_back("next");
            ui.endFooter();
        };
        stage.frames(3);
    }
    void key(SDL_Keycode code) {
        stage.key(code);
        frames(3);
    }
    std::string standing() {
        const auto place = stage.ui.place();
        return place.node == nullptr ? std::string() : place.node->key;
    }
    void frames(int count) {
        for (int i = 0; i < count; ++i) {
            stage.frame();
            if (!listening) continue;
            for (const auto& piece : narrator.next(stage.ui, "vi")) heard += piece.text + "|";
        }
    }
    void space() {
        SDL_Event event{};
        event.type = SDL_TEXTINPUT;
        event.text.text[0] = ' ';
        SDL_PushEvent(&event);
        frames(3);
    }
    void listen() {
        listening = true;
        stage.ui.setReading(true);
        frames(3);
    }
    /// Since it was last asked.
    std::string said() { return std::exchange(heard, {}); }
    /// The keys' stops from here until they come round.
    std::vector<std::string> round(SDL_Keycode code) {
        std::vector<std::string> stops;
        for (int i = 0; i < 100; ++i) {
            key(code);
            if (!stops.empty() && standing() == stops.front()) return stops;
            stops.push_back(standing());
        }
        return stops;
    }

    Stage stage;
    Narrator narrator;
    std::vector<std::string> pressed;
    std::string screen = "first", value, news, heard;
    bool typing = false, chosen = false, listening = false;
    int rows = 2;
};

TEST_F(Focus, ArrowsReachEveryControlInTheOrderOfReading) {
    EXPECT_THAT(round(SDLK_DOWN), testing::ElementsAre("phone", "yes", "row.0", "row.1", "next", "help"));
    key(SDLK_UP);
    EXPECT_EQ(standing(), "help") << "backwards, round the end";
    EXPECT_TRUE(stage.node("help").focused);
}

TEST_F(Focus, WhatIsScrolledOutComesIntoView) {
    rows = 60;
    stage.frames(2);
    const auto stops = round(SDLK_DOWN);
    EXPECT_EQ(stops.size(), 64U);
    EXPECT_THAT(stops, testing::Contains("row.59"));
    while (standing() != "row.40") key(SDLK_DOWN);
    const auto& node = stage.node("row.40");
    EXPECT_GE(node.rect.h, node.fullHeight);
    key(SDLK_RETURN);
    EXPECT_THAT(pressed, testing::ElementsAre("row.40"));
}

TEST_F(Focus, TwoSwitchesType) {
    key(SDLK_TAB);
    space();
    ASSERT_TRUE(typing);
    for (const auto* wanted : {"ui.key.0", "ui.key.9", "ui.key.0", "ui.key.done"}) {
        for (int i = 0; i < 20 && standing() != wanted; ++i) key(SDLK_TAB);
        ASSERT_EQ(standing(), wanted);
        space();
    }
    EXPECT_EQ(value, "090");
    EXPECT_FALSE(typing);
}

TEST_F(Focus, TwoSwitchesWiredAsTabAndSpaceAreEnough) {
    EXPECT_THAT(round(SDLK_TAB), testing::ElementsAre("phone", "yes", "row.0", "row.1", "next", "help"));
    while (standing() != "next") key(SDLK_TAB);
    space();
    EXPECT_THAT(pressed, testing::ElementsAre("next"));
}

TEST_F(Focus, ArrowsGoWhereTheyPointOnTheKeyboardAndDoneLeadsBackToTheField) {
    key(SDLK_DOWN);
    key(SDLK_RETURN);
    ASSERT_TRUE(typing);
    EXPECT_EQ(standing(), "ui.key.1") << "the keys go to the keyboard that came";
    key(SDLK_RIGHT);
    EXPECT_EQ(standing(), "ui.key.2");
    key(SDLK_DOWN);
    EXPECT_EQ(standing(), "ui.key.5");
    key(SDLK_RETURN);
    EXPECT_EQ(value, "5");
    key(SDLK_DOWN);
    key(SDLK_DOWN);
    EXPECT_EQ(standing(), "ui.key.0");
    key(SDLK_DOWN);
    EXPECT_EQ(standing(), "next") << "below the last row: out of it";
    key(SDLK_UP);
    key(SDLK_RIGHT);
    while (standing() != "ui.key.done") key(SDLK_RIGHT);
    key(SDLK_RETURN);
    EXPECT_FALSE(typing);
    EXPECT_EQ(standing(), "phone");
}

TEST_F(Focus, AFingerTakesTheKeysAway) {
    key(SDLK_DOWN);
    EXPECT_EQ(standing(), "phone");
    stage.tap("row.0");
    EXPECT_EQ(standing(), "");
}

TEST_F(Focus, WhoListensStandsOnTextsTooAndHearsThem) {
    listen();
    EXPECT_EQ(standing(), "title");
    const auto arrival = said();
    EXPECT_THAT(arrival, HasSubstr("Bạn cần gì? Chọn một mục."));
    EXPECT_THAT(arrival, HasSubstr("9 mục"));
    EXPECT_THAT(arrival, HasSubstr("mũi tên xuống")) << "how to go on";
    EXPECT_EQ(said(), "") << "once";
    key(SDLK_DOWN);
    EXPECT_EQ(said(), "Chọn một mục. Mục 2 trên 9.|");
    key(SDLK_DOWN);
    EXPECT_EQ(said(), "Điện thoại. ô nhập, đang trống. Mục 3 trên 9.|");
    key(SDLK_DOWN);
    EXPECT_EQ(said(), "Đồng ý. chưa chọn. Mục 4 trên 9.|");
    key(SDLK_RETURN);
    EXPECT_EQ(said(), "Đồng ý. đã chọn. Mục 4 trên 9.|") << "what it has become";
    key(SDLK_LEFT);
    EXPECT_EQ(said(), "Đồng ý. đã chọn. Mục 4 trên 9.|") << "once more, and it stands where it stood";
}

TEST_F(Focus, WhatChangesByItselfIsSaidWhereverTheKeysStand) {
    listen();
    said();
    news = "Đưa thẻ lại gần hơn";
    frames(2);
    EXPECT_EQ(said(), "Đưa thẻ lại gần hơn.|");
    frames(2);
    EXPECT_EQ(said(), "");
    screen = "second";
    frames(3);
    EXPECT_THAT(said(), testing::AllOf(HasSubstr("Bạn cần gì?"), testing::Not(HasSubstr("mũi tên"))))
        << "a new screen; how to go on is known";
}

TEST_F(Focus, TypingIsEchoed) {
    listen();
    said();
    while (standing() != "phone") key(SDLK_DOWN);
    key(SDLK_RETURN);
    said();
    key(SDLK_RETURN);
    EXPECT_EQ(value, "1");
    EXPECT_EQ(said(), "1.|");
    key(SDLK_RETURN);
    EXPECT_EQ(said(), "11.|");
    for (int i = 0; i < 3; ++i) key(SDLK_RETURN);
    EXPECT_THAT(said(), testing::EndsWith("1 1 1 1 1.|")) << "a long number digit by digit";
}

} // namespace
} // namespace kiosk::ui
