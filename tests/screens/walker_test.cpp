// Draws every screen in both languages, both ways up and two sizes of text, and looks at each node. With
// KIOSK_EVERY_LOOK=1 in all four sizes and all three palettes; with KIOSK_PICTURES=PART, those whose name has
// that part ("_": all) are left in the build folder under "screens" (contact_sheet.sh does both).
#include "app/screens/screens.hpp"
#include "app/ui/window.hpp"
#include "tests/screens/scenes.hpp"

#include <cstdlib>
#include <filesystem>
#include <utility>

namespace kiosk::test {
namespace {

constexpr double leastTargetMm = 12.7; // ux.md U1
const std::string fullNumber = "001099000001";

bool isTarget(const ui::Node& node) {
    using ui::Role;
    return node.role == Role::Button || node.role == Role::Choice || node.role == Role::Field ||
           node.role == Role::Key;
}

/// What is wrong with what is drawn; empty: nothing.
std::vector<std::string> faults(const std::vector<ui::Node>& nodes, const ui::Theme& theme,
                                bool showsNumber) {
    std::vector<std::string> found;
    const float least = static_cast<float>(leastTargetMm * theme.panel.pxPerMm());
    bool header = false;
    for (const auto& node : nodes) {
        header = header || node.key == "ui.header";
        const bool whole = node.rect.h >= node.fullHeight && node.rect.w > 0;
        if (isTarget(node) && node.enabled && whole && (node.rect.w < least || node.rect.h < least))
            found.push_back(node.key + " is too small to touch");
        if (isTarget(node) && node.label.empty()) found.push_back(node.key + " has no words");
        if (node.rect.x < 0 || node.rect.x + node.rect.w > static_cast<float>(theme.panel.width) + 1)
            found.push_back(node.key + " leaves the panel");
        for (const auto* text : {&node.label, &node.value, &node.hint}) {
            if (!showsNumber && text->find(fullNumber) != std::string::npos)
                found.push_back(node.key + " shows the personal number");
            if (text->find('{') != std::string::npos)
                found.push_back(node.key + " has a gap in its sentence: " + *text);
        }
    }
    if (!header) found.push_back("no header");
    return found;
}

bool has(const std::vector<ui::Node>& nodes, std::string_view key) {
    return std::ranges::any_of(nodes, [key](const ui::Node& node) { return node.key == key; });
}

const ui::Node* find(const std::vector<ui::Node>& nodes, std::string_view key) {
    const auto it = std::ranges::find_if(nodes, [key](const ui::Node& node) { return node.key == key; });
    return it == nodes.end() ? nullptr : &*it;
}

/// "End and erase" stands in the middle of every screen's footer (ux.md U8).
void expectEndInTheMiddle(const std::vector<ui::Node>& nodes, const ui::Theme& theme,
                          const std::string& where) {
    const auto* end = find(nodes, "footer.end");
    if (end == nullptr) return;
    EXPECT_NEAR(end->rect.x + end->rect.w / 2, static_cast<float>(theme.panel.width) / 2, 3) << where;
}

class Walker : public testing::TestWithParam<bool> {
protected:
    static void SetUpTestSuite() { setenv("SDL_VIDEODRIVER", "dummy", 1); }
    ui::Panel panel() const { return GetParam() ? ui::Panel{1080, 1920, 21.5} : ui::Panel{1920, 1080, 21.5}; }

    void draw(ui::Ui& ui, const Mind& m) {
        ui.setLanguage(screens::code(m.flow.preferences.language));
        const std::vector<bool> modules(21 * 21, true);
        const screens::Emit ignore = [](const Event&) {};
        bool shift = false;
        const Knowledge knowledge{catalogue(), m.procedures, units(), m.office};
        for (int i = 0; i < 6; ++i) {
            ui.beginFrame();
            screens::draw({ui, knowledge, m.flow, ignore, {}, shift, modules, 21});
            ui.endFrame();
        }
    }
    /// Only when asked for: writing them takes longer than looking at every node.
    void picture(ui::Window& window, const std::string& name) {
        const auto* wanted = std::getenv("KIOSK_PICTURES");
        if (wanted == nullptr || name.find(wanted) == std::string::npos) return;
        const auto folder = std::filesystem::path(KIOSK_BUILD_DIR) / "screens";
        std::filesystem::create_directories(folder);
        window.present();
        const auto pixels = window.screenshot();
        ASSERT_TRUE(pixels);
        ASSERT_TRUE(ui::Window::savePng(*pixels, (folder / name).string()));
    }
};

/// A palette and a size of text, and what they add to a picture's name.
struct Look {
    ui::Palette palette = ui::Palette::Light;
    ui::TextSize size = ui::TextSize::Normal;
    std::string name;
};

std::vector<Look> looks() {
    using ui::Palette;
    using ui::TextSize;
    if (std::getenv("KIOSK_EVERY_LOOK") == nullptr)
        return {{}, {.size = TextSize::Largest, .name = "_largest"}};
    std::vector<Look> all;
    for (const auto& [palette, colours] : {std::pair{Palette::Light, ""}, std::pair{Palette::Dark, "_dark"},
                                           std::pair{Palette::HighContrast, "_contrast"}})
        for (const auto& [size, letters] :
             {std::pair{TextSize::Normal, ""}, std::pair{TextSize::Large, "_large"},
              std::pair{TextSize::Larger, "_larger"}, std::pair{TextSize::Largest, "_largest"}})
            all.push_back({palette, size, std::string(colours) + letters});
    return all;
}

TEST_P(Walker, EveryScreenCanBeReadTouchedAndLeft) {
    auto words = ui::Words::load(assetsFolder());
    ASSERT_TRUE(words) << words.error().detail;
    auto window = ui::Window::open({.fullscreen = false, .width = panel().width, .height = panel().height});
    ASSERT_TRUE(window) << window.error().detail;
    for (const auto& look : looks()) {
        const auto theme = ui::Theme::make(panel(), look.palette, look.size);
        ui::Ui ui(*words, theme);
        for (const auto& scene : scenes()) {
            auto m = equippedMind();
            scene.reach(m);
            for (const auto language : {Language::En, Language::Vi}) {
                m.flow.preferences.language = language;
                draw(ui, m);
                const auto where = scene.name + " " + std::string(screens::code(language)) + look.name;
                for (const auto& fault : faults(ui.nodes(), theme, scene.showsNumber))
                    ADD_FAILURE() << where << ": " << fault;
                expectEndInTheMiddle(ui.nodes(), theme, where);
                const bool welcome = std::holds_alternative<screen::Welcome>(m.flow.screen);
                const bool inviting = rest(m.office, m.flow) == Rest::Inviting;
                EXPECT_TRUE(welcome || has(ui.nodes(), "ui.footer")) << where;
                EXPECT_TRUE(welcome || has(ui.nodes(), "header.where")) << where;
                const bool mayEnd = !welcome && !std::holds_alternative<screen::Sending>(m.flow.screen);
                EXPECT_EQ(has(ui.nodes(), "footer.end"), mayEnd) << where;
                EXPECT_NE(has(ui.nodes(), "header.language") && has(ui.nodes(), "header.help"), inviting)
                    << where;
                picture(*window, scene.name + "_" + std::string(screens::code(language)) +
                                     (GetParam() ? "_portrait" : "_landscape") + look.name + ".png");
            }
        }
    }
}

/// For who sits in front of a tall panel: whatever can be pressed is within reach (ux.md U3).
TEST_P(Walker, LoweredEverythingToPressIsLow) {
    auto words = ui::Words::load(assetsFolder());
    ASSERT_TRUE(words) << words.error().detail;
    auto window = ui::Window::open({.fullscreen = false, .width = panel().width, .height = panel().height});
    ASSERT_TRUE(window) << window.error().detail;
    auto theme = ui::Theme::make(panel(), ui::Palette::Light, ui::TextSize::Normal);
    theme.lowReach = GetParam(); // as App: a wide panel has nothing to lower
    ui::Ui ui(*words, theme);
    for (const auto& scene : scenes()) {
        auto m = equippedMind();
        scene.reach(m);
        m.flow.preferences.lowReach = GetParam();
        draw(ui, m);
        if (!GetParam()) {
            EXPECT_FALSE(has(ui.nodes(), "footer.reach") || has(ui.nodes(), "overlay.help.reach"))
                << scene.name;
            continue;
        }
        for (const auto& fault : faults(ui.nodes(), theme, scene.showsNumber))
            ADD_FAILURE() << scene.name << ": " << fault;
        for (const auto& node : ui.nodes()) {
            if (!isTarget(node) || node.rect.h <= 0) continue;
            EXPECT_GE(node.rect.y, static_cast<float>(theme.panel.height) * 0.55F - 1)
                << scene.name << ": " << node.key;
        }
        picture(*window, scene.name + "_low.png");
    }
}

TEST_P(Walker, OutsideTheHoursNothingIsShownUntilSomebodyComes) {
    auto words = ui::Words::load(assetsFolder());
    ASSERT_TRUE(words) << words.error().detail;
    auto window = ui::Window::open({.fullscreen = false, .width = panel().width, .height = panel().height});
    ASSERT_TRUE(window) << window.error().detail;
    ui::Ui ui(*words, ui::Theme::make(panel(), ui::Palette::Light, ui::TextSize::Normal));
    auto m = equippedMind();
    m.office.hours = *OpeningHours::parse("T2 07:30-07:31");
    m.office.darkWhenClosed = true;
    m.pass(inviteAfterMs - 1);
    draw(ui, m);
    EXPECT_TRUE(has(ui.nodes(), "welcome.start"));
    m.pass(1);
    draw(ui, m);
    ASSERT_EQ(ui.nodes().size(), 1U);
    EXPECT_EQ(ui.nodes().front().key, "ui.black");
    m.send(event::Touched{});
    draw(ui, m);
    EXPECT_TRUE(has(ui.nodes(), "welcome.start"));
}

/// What becomes known after the first screen is there must not move its buttons under a finger.
TEST_P(Walker, TheFirstScreensButtonsStayWhereTheyAreWhateverBecomesKnown) {
    auto words = ui::Words::load(assetsFolder());
    ASSERT_TRUE(words) << words.error().detail;
    auto window = ui::Window::open({.fullscreen = false, .width = panel().width, .height = panel().height});
    ASSERT_TRUE(window) << window.error().detail;
    const auto theme = ui::Theme::make(panel(), ui::Palette::Light, ui::TextSize::Normal);
    ui::Ui ui(*words, theme);
    auto m = equippedMind();
    const auto places = [&] {
        draw(ui, m);
        std::vector<float> tops;
        for (const auto* key : {"welcome.start", "welcome.browse"}) {
            const auto* node = find(ui.nodes(), key);
            tops.push_back(node == nullptr ? -1 : node->rect.y);
        }
        return tops;
    };
    const auto before = places();
    Event known[] = {event::CameraChanged{std::nullopt, true}, event::CameraChanged{Code::CameraNone, false},
                     event::LinkChanged{false}, event::Tick{Instant{1'600'000'000'000}}};
    for (auto& event : known) {
        m.send(std::move(event));
        EXPECT_EQ(places(), before);
    }
    for (const auto* key : {"status.header.clock", "status.header.offline", "status.header.camera"})
        EXPECT_TRUE(has(ui.nodes(), key)) << key;
}

TEST(WalkerItself, SeesSeededFaults) {
    const auto theme = ui::Theme::make({1080, 1920, 21.5}, ui::Palette::Light, ui::TextSize::Normal);
    ui::Node header, small;
    header.key = "ui.header";
    small.role = ui::Role::Button;
    small.key = "seeded";
    small.label = "Số {n} " + fullNumber;
    small.rect = {0, 0, 20, 20};
    EXPECT_EQ(faults({header}, theme, false).size(), 0U);
    EXPECT_EQ(faults({small}, theme, false).size(), 4U) << "too small, the number, the gap, no header";
}

INSTANTIATE_TEST_SUITE_P(BothWaysUp, Walker, testing::Bool(),
                         [](const auto& way) { return way.param ? "Portrait" : "Landscape"; });

} // namespace
} // namespace kiosk::test
