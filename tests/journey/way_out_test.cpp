// No way out of the kiosk (reliability.md R17): key chords, fingers, a scanner's text, window managers. A
// list of what is known to have opened other kiosks, and random events of every kind: 2,600 here, and more
// where they have not led through the screens yet, since how far a sequence gets hangs on the machine's
// speed; KIOSK_EVENTS=1000000 for the long run (KIOSK_SEED names another sequence).
#include "tests/journey/staff_journey.hpp"

#include <SDL.h>

#include "app/store/journal/verify.hpp"
#include "app/store/queue/outbox.hpp"
#include "tests/store/number_from.hpp"

#include <cstdio>
#include <cstring>
#include <deque>
#include <limits>
#include <random>

namespace kiosk::journey {
namespace {

SDL_Window* theWindow() {
    for (Uint32 id = 1; id < 1000; ++id)
        if (auto* window = SDL_GetWindowFromID(id)) return window;
    return nullptr;
}

long pushed = 0;

void push(SDL_Event& e) {
    SDL_PushEvent(&e);
    ++pushed;
}

void pushKey(SDL_Keycode key, int modifiers) {
    for (const Uint32 type : {SDL_KEYDOWN, SDL_KEYUP}) {
        SDL_Event e{};
        e.type = type;
        e.key.timestamp = SDL_GetTicks();
        e.key.keysym.sym = key;
        e.key.keysym.mod = static_cast<Uint16>(modifiers);
        push(e);
    }
}

void pushText(std::string_view text) {
    SDL_Event e{};
    e.type = SDL_TEXTINPUT;
    e.text.timestamp = SDL_GetTicks();
    text.copy(e.text.text, sizeof e.text.text - 1);
    push(e);
}

void pushFinger(Uint32 type, SDL_FingerID finger, float x, float y) {
    SDL_Event e{};
    e.type = type;
    e.tfinger.timestamp = SDL_GetTicks();
    e.tfinger.touchId = 1;
    e.tfinger.fingerId = finger;
    e.tfinger.x = x;
    e.tfinger.y = y;
    push(e);
}

void pushWindow(Uint8 what) {
    SDL_Event e{};
    e.type = SDL_WINDOWEVENT;
    e.window.windowID = SDL_GetWindowID(theWindow());
    e.window.event = what;
    push(e);
}

void pushQuit() {
    SDL_Event e{};
    e.type = SDL_QUIT;
    push(e);
}

/// What leads out of desktops, browsers and kiosks, and what scanners have been made to type.
constexpr SDL_Keycode keys[] = {
    SDLK_F1,      SDLK_F2,          SDLK_F3,     SDLK_F4,   SDLK_F5,     SDLK_F6,    SDLK_F7,    SDLK_F8,
    SDLK_F9,      SDLK_F10,         SDLK_F11,    SDLK_F12,  SDLK_ESCAPE, SDLK_TAB,   SDLK_SPACE, SDLK_DELETE,
    SDLK_HOME,    SDLK_PRINTSCREEN, SDLK_PAUSE,  SDLK_MENU, SDLK_INSERT, SDLK_POWER, SDLK_SLEEP, SDLK_AC_BACK,
    SDLK_AC_HOME, SDLK_BACKSPACE,   SDLK_RETURN, SDLK_q,    SDLK_w,      SDLK_c,     SDLK_z,     SDLK_t,
    SDLK_n,       SDLK_d,           SDLK_l,      SDLK_r,    SDLK_o,      SDLK_p,     SDLK_s,     SDLK_x};
constexpr int chords[] = {KMOD_NONE,
                          KMOD_LALT,
                          KMOD_LCTRL,
                          KMOD_LGUI,
                          KMOD_LSHIFT,
                          KMOD_LCTRL | KMOD_LALT,
                          KMOD_LCTRL | KMOD_LSHIFT,
                          KMOD_LALT | KMOD_LSHIFT,
                          KMOD_LGUI | KMOD_LSHIFT};
const std::string_view texts[] = {"----------------------------",
                                  "%s%n%x%s",
                                  "\x1b[15~\x1b[24~",
                                  "'; DROP TABLE outbox;--",
                                  "<script>",
                                  "../../../etc/passwd",
                                  "\xff\xfe\xfd",
                                  "\xed\xa0\x80",
                                  "Ệ",
                                  "0",
                                  "MẪU",
                                  "\u202Egnp.exe",
                                  "$(reboot)",
                                  "\x03\x04\x1a",
                                  "kiosk://exit"};
constexpr Uint8 windowEvents[] = {
    SDL_WINDOWEVENT_CLOSE, SDL_WINDOWEVENT_MINIMIZED, SDL_WINDOWEVENT_HIDDEN,   SDL_WINDOWEVENT_FOCUS_LOST,
    SDL_WINDOWEVENT_LEAVE, SDL_WINDOWEVENT_EXPOSED,   SDL_WINDOWEVENT_RESTORED, SDL_WINDOWEVENT_TAKE_FOCUS};

class WayOut : public StaffJourney {
protected:
    WayOut() {
        open(); // an administrator, so that the way in is closed
        makeAdministrator();
        leave();
        person.reset();
        app.reset();
        app = house->openKiosk(0, 0);
        person = std::make_unique<Person>(*app, std::filesystem::path());
        person->see("welcome.start");
    }
    /// The kiosk stands where it stood: its window over the whole screen, nobody in staff mode.
    void expectInside(const std::string& after) const {
        const auto flags = SDL_GetWindowFlags(theWindow());
        EXPECT_TRUE((flags & SDL_WINDOW_FULLSCREEN) != 0 && (flags & SDL_WINDOW_SHOWN) != 0 &&
                    (flags & SDL_WINDOW_MINIMIZED) == 0)
            << after;
        const auto* desk = std::get_if<screen::Staff>(&app->flow().screen);
        EXPECT_TRUE(desk == nullptr || !desk->account) << after;
        EXPECT_FALSE(app->wantsRestart() || app->wantsShutDown()) << after;
    }
    /// What people gave is whole, and the journal one chain.
    void expectStoreWhole() {
        person.reset();
        app.reset();
        auto db = store::Db::open(store::databaseFile(house->data().string()));
        ASSERT_TRUE(db) << db.error().detail;
        const auto link = loadOfficeLink(store::keysFolder(house->data().string())).value();
        const auto finding = store::journal::verify(
            *db, {}, {link.kioskId, store::journal::verifyKeyOf(link.kioskSigning), link.officeSigning, {}});
        ASSERT_TRUE(finding);
        EXPECT_FALSE(finding->problem);
    }
};

TEST_F(WayOut, NoneOfTheKnownChordsAndTextsLeadsOut) {
    int tried = 0;
    for (const auto key : keys)
        for (const int chord : chords) {
            pushKey(key, chord);
            ASSERT_TRUE(app->frame()) << SDL_GetKeyName(key) << " with " << chord;
            ++tried;
        }
    expectInside("chords");
    for (const auto text : texts) {
        pushText(text);
        ASSERT_TRUE(app->frame());
        person->scan(text);
        ASSERT_TRUE(app->frame());
        ++tried;
    }
    expectInside("texts");
    for (const auto what : windowEvents) {
        pushWindow(what);
        ASSERT_TRUE(app->frame()) << static_cast<int>(what);
        ++tried;
    }
    for (int i = 0; i < 3; ++i) {
        pushQuit();
        ASSERT_TRUE(app->frame()) << "closed by a window manager";
    }
    for (SDL_FingerID finger = 0; finger < 12; ++finger) pushFinger(SDL_FINGERDOWN, finger, 0.5F, 0.5F);
    for (SDL_FingerID finger = 0; finger < 12; ++finger) pushFinger(SDL_FINGERUP, finger, 0.5F, 0.5F);
    ASSERT_TRUE(app->frame());
    expectInside("window manager and a whole hand");
    std::printf("tried: %d\n", tried);
    EXPECT_GE(tried, 60);
    expectStoreWhole();
}

/// Events of every kind, most of them where something can be pressed.
class Monkey {
public:
    Monkey(App& app, unsigned seed) : app_(app), random_(seed) {}

    /// One gesture, key, text or word of the window manager; what it was. A finger stays for a frame.
    std::string act() {
        switch (number(20)) {
        case 0:
            return chord();
        case 1: {
            const auto text = texts[number(std::size(texts))];
            pushText(text);
            return "text";
        }
        case 2:
            pushWindow(windowEvents[number(std::size(windowEvents))]);
            if (number(4) == 0) pushQuit();
            return "window";
        case 3:
            return drag();
        case 4:
            tap(coordinate(), coordinate());
            return "tap anywhere";
        case 5:
            return twoFingers();
        case 6:
            return mouse();
        case 7:
            pushKey(number(2) == 0 ? SDLK_DOWN : SDLK_TAB, KMOD_NONE);
            pushKey(SDLK_RETURN, KMOD_NONE);
            return "keys";
        default:
            return press();
        }
    }

private:
    std::size_t number(std::size_t below) {
        return std::uniform_int_distribution<std::size_t>(0, below - 1)(random_);
    }
    float share() { return std::uniform_real_distribution<float>(0, 1)(random_); }
    float coordinate() {
        constexpr float odd[] = {
            -1, 0, 1, 2, std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()};
        return number(20) == 0 ? odd[number(std::size(odd))] : share();
    }
    void tap(float x, float y) {
        pushFinger(SDL_FINGERDOWN, 1, x, y);
        open = open && app_.frame();
        pushFinger(SDL_FINGERUP, 1, x, y);
    }
    std::string press() {
        std::vector<const ui::Node*> targets;
        for (const auto& node : app_.nodes()) {
            const bool target = node.role == ui::Role::Button || node.role == ui::Role::Choice ||
                                node.role == ui::Role::Field || node.role == ui::Role::Key;
            const bool leaves = node.key == "footer.end" || node.key == "footer.back"; // else nobody gets far
            if (target && node.enabled && (!leaves || number(20) == 0)) targets.push_back(&node);
        }
        if (targets.empty()) return tap(share(), share()), "tap anywhere";
        const auto& node = *targets[number(targets.size())];
        const auto key = node.key;
        const auto panel = app_.window().panel();
        tap((node.rect.x + node.rect.w / 2) / static_cast<float>(panel.width),
            (node.rect.y + node.rect.h / 2) / static_cast<float>(panel.height));
        return key;
    }
    std::string chord() {
        const auto key = keys[number(std::size(keys))];
        pushKey(key, chords[number(std::size(chords))]);
        return std::string("chord ") + SDL_GetKeyName(key);
    }
    std::string drag() {
        pushFinger(SDL_FINGERDOWN, 1, share(), share());
        for (int i = 0; i < 6; ++i) pushFinger(SDL_FINGERMOTION, 1, coordinate(), coordinate());
        if (number(3) != 0) pushFinger(SDL_FINGERUP, 1, share(), share());
        return "drag";
    }
    std::string twoFingers() {
        pushFinger(SDL_FINGERDOWN, 1, share(), share());
        pushFinger(SDL_FINGERDOWN, 2, share(), share());
        pushFinger(SDL_FINGERUP, number(2) + 1, share(), share());
        pushFinger(SDL_FINGERUP, 1, share(), share());
        return "two fingers";
    }
    std::string mouse() {
        for (const Uint32 type : {SDL_MOUSEBUTTONDOWN, SDL_MOUSEMOTION, SDL_MOUSEBUTTONUP, SDL_MOUSEWHEEL}) {
            SDL_Event e{};
            e.type = type;
            if (type == SDL_MOUSEMOTION) {
                e.motion.x = static_cast<int>(number(2000)) - 500;
                e.motion.y = static_cast<int>(number(2000)) - 500;
            } else if (type != SDL_MOUSEWHEEL) {
                e.button.button = static_cast<Uint8>(1 + number(3));
                e.button.x = static_cast<int>(number(1024));
                e.button.y = static_cast<int>(number(768));
            }
            push(e);
        }
        return "mouse";
    }

    App& app_;
    std::mt19937 random_;

public:
    bool open = true; // no frame said that the kiosk is over
};

TEST_F(WayOut, RandomEventsOfEveryKindLeadNowhere) {
    constexpr std::size_t remembered = 24, enoughScreens = 6;
    constexpr long often = 50'000;
    const auto wanted = testing::numberFrom("KIOSK_EVENTS", 2600);
    const auto seed = static_cast<unsigned>(testing::numberFrom("KIOSK_SEED", 1));
    Monkey monkey(*app, seed);
    std::deque<std::string> last;
    std::size_t screens = 0, before = app->flow().screen.index();
    const long from = pushed;
    long events = 0, printed = 0;
    while ((events < wanted || (screens < enoughScreens && events < 20 * wanted)) && !HasFailure()) {
        last.push_back(monkey.act());
        events = pushed - from;
        if (last.size() > remembered) last.pop_front();
        const bool open = app->frame() && monkey.open;
        std::string story;
        for (const auto& what : last) story += what + "; ";
        ASSERT_TRUE(open) << "seed " << seed << ", event " << events << ": " << story;
        expectInside(story);
        screens += app->flow().screen.index() != before ? 1 : 0;
        before = app->flow().screen.index();
        if (events >= wanted || events - printed >= often) {
            std::printf("events: %ld, changes of screen: %zu\n", events, screens);
            std::fflush(stdout);
            printed = events;
        }
    }
    EXPECT_GE(screens, enoughScreens) << "the events reach something";
    expectStoreWhole();
}

} // namespace
} // namespace kiosk::journey
