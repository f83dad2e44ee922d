// One SDL window: opens it, turns its events into the pointer and keys of Ui, shows and saves what was drawn.
#include "app/ui/window.hpp"

#include "app/base/text.hpp"
#include "app/ui/kit/key_gate.hpp"
#include "app/ui/kit/render.hpp"

#include <SDL.h>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <imgui.h>
#include <optional>
#include <png.h>
#include <string_view>
#include <thread>

namespace kiosk::ui {

struct Window::Impl {
    WindowOptions options;
    SDL_Window* window = nullptr;
    SDL_Renderer* renderer = nullptr;
    std::optional<Painter> painter;
    bool redraw = true;
    std::optional<SDL_FingerID> finger; // the one that points; others are ignored until it is lifted
    bool mouseDown = false;
    Uint32 lastTouch = 0; // ms; X11 repeats a touch as a mouse for a moment
    float x = 0, y = 0;
    KeyGate gate;
    bool repeating = false; // the key that types the next text is being held down

    ~Impl() {
        painter.reset();
        if (renderer) SDL_DestroyRenderer(renderer);
        if (window) SDL_DestroyWindow(window);
        SDL_QuitSubSystem(SDL_INIT_VIDEO);
    }
    bool createRenderer();
    void handle(const SDL_Event& event, Input& input);
    void handleWindow(Uint8 what, Input& input);
    void handleFinger(const SDL_TouchFingerEvent& event, Uint32 type);
    void handleMouse(const SDL_Event& event);
    void handleKey(const SDL_KeyboardEvent& event);
    void gateKey(KeyGate::Key::Kind kind, std::string text, Uint32 timestamp);
    void passKeys(Input& input);
    void push(PointerEvent::Kind kind) { hardwareInput().pointer.push_back({kind, x, y}); }
    bool mouseIsEcho(Uint32 which) const {
        return which == SDL_TOUCH_MOUSEID || finger || (lastTouch != 0 && SDL_GetTicks() - lastTouch < 1000);
    }
};

namespace {

/// Milliseconds that never wrap (a kiosk runs for months) of an event's 32-bit time.
std::int64_t timeOf(Uint32 timestamp) {
    return static_cast<std::int64_t>(SDL_GetTicks64()) - static_cast<Uint32>(SDL_GetTicks() - timestamp);
}

/// A key that types no text and means nothing here: a function key, Escape, one pressed with Control. They
/// count when a scanner is told from a person, for a code may hold any control character.
bool isCommand(const SDL_Keysym& key) {
    if (key.scancode >= SDL_SCANCODE_LCTRL && key.scancode <= SDL_SCANCODE_RGUI) return false;
    if ((key.mod & (KMOD_CTRL | KMOD_ALT | KMOD_GUI)) != 0) return true;
    const bool pad = key.scancode >= SDL_SCANCODE_NUMLOCKCLEAR && key.scancode <= SDL_SCANCODE_KP_PERIOD;
    const bool named = (key.sym & SDLK_SCANCODE_MASK) != 0 && key.sym != SDLK_CAPSLOCK;
    return key.sym == SDLK_ESCAPE || key.sym == SDLK_DELETE || (named && !pad);
}

Uint32 wakeType() {
    static const Uint32 type = SDL_RegisterEvents(1); // a number SDL hands out once
    return type;
}

/// OpenGL without a GPU paints our rectangles several times slower than SDL's own software renderer.
bool isSlowGl(SDL_Renderer* renderer) {
    SDL_RendererInfo info;
    if (SDL_GetRendererInfo(renderer, &info) != 0 || !std::strstr(info.name, "opengl")) return false;
    using GetString = const unsigned char* (*)(unsigned);
    const auto getString = reinterpret_cast<GetString>(SDL_GL_GetProcAddress("glGetString"));
    const auto* device =
        getString ? reinterpret_cast<const char*>(getString(0x1F01)) : nullptr; // GL_RENDERER
    if (!device) return true;
    return std::strstr(device, "llvmpipe") || std::strstr(device, "softpipe") || std::strstr(device, "SWR");
}

/// Asking OpenGL where there is no GPU would load a compiler of 70 MB only to be refused.
bool mayHaveGpu() { return SDL_GetHint(SDL_HINT_RENDER_DRIVER) || std::filesystem::exists("/dev/dri"); }

void setHints() {
    SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION,
                "0"); // software pixels go to the screen, not through slow GL
    SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");
    SDL_SetHint(SDL_HINT_MOUSE_TOUCH_EVENTS, "0");
    SDL_SetHint("SDL_MOUSE_AUTO_CAPTURE",
                "0"); // capturing while a finger is down breaks touch on X11 (SDL 11469)
    SDL_SetHint(SDL_HINT_VIDEO_MINIMIZE_ON_FOCUS_LOSS, "0");
    SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");
}

} // namespace

bool Window::Impl::createRenderer() {
    if (mayHaveGpu())
        renderer = SDL_CreateRenderer(window, -1, SDL_RENDERER_ACCELERATED | SDL_RENDERER_PRESENTVSYNC);
    if (renderer && isSlowGl(renderer)) {
        SDL_DestroyRenderer(renderer);
        renderer = nullptr;
    }
    if (!renderer) renderer = SDL_CreateRenderer(window, -1, SDL_RENDERER_SOFTWARE);
    if (renderer) painter.emplace(renderer);
    return renderer != nullptr;
}

Window::Window(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Window::Window(Window&&) noexcept = default;
Window& Window::operator=(Window&&) noexcept = default;
Window::~Window() = default;

Result<Window> Window::open(const WindowOptions& options) {
    setHints();
    if (SDL_InitSubSystem(SDL_INIT_VIDEO) != 0) return fail(Code::WindowFailed, SDL_GetError());
    auto impl = std::make_unique<Impl>();
    impl->options = options;
    impl->gate = KeyGate(options.scannerGapMs);
    Uint32 flags = SDL_WINDOW_SHOWN;
    if (options.fullscreen) flags |= SDL_WINDOW_FULLSCREEN_DESKTOP | SDL_WINDOW_BORDERLESS;
    impl->window = SDL_CreateWindow(options.title.c_str(), SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED,
                                    options.width, options.height, flags);
    if (!impl->window || !impl->createRenderer()) return fail(Code::WindowFailed, SDL_GetError());
    if (options.fullscreen) SDL_ShowCursor(SDL_DISABLE);
    SDL_StartTextInput();
    hardwareInput().clear();
    wakeType();
    return Window(std::move(impl));
}

Panel Window::panel() const {
    Panel panel;
    SDL_GetRendererOutputSize(impl_->renderer, &panel.width, &panel.height);
    panel.diagonalInches = impl_->options.diagonalInches;
    return panel;
}

void Window::wake() {
    SDL_Event event{};
    event.type = wakeType();
    SDL_PushEvent(&event); // a full queue wakes too
}

namespace {

constexpr std::chrono::milliseconds nap{8}; // a finger does not notice

/// SDL sleeps until an event only on a desktop; with KMS (the kiosk's own screen) it looks a thousand times a
/// second, which cost 3 % of a core at rest.
bool waitForEvent(SDL_Event& event, std::chrono::milliseconds wait) {
    const std::string_view driver = SDL_GetCurrentVideoDriver() == nullptr ? "" : SDL_GetCurrentVideoDriver();
    if (driver == "x11" || driver == "wayland")
        return SDL_WaitEventTimeout(&event, static_cast<int>(wait.count())) == 1;
    const auto until = std::chrono::steady_clock::now() + wait;
    for (;;) {
        if (SDL_PollEvent(&event) == 1) return true;
        const auto left = until - std::chrono::steady_clock::now();
        if (left.count() <= 0) return false;
        std::this_thread::sleep_for(std::min<std::chrono::nanoseconds>(left, nap));
    }
}

} // namespace

Window::Input Window::pump(std::chrono::milliseconds wait) {
    auto& gate = impl_->gate;
    Input input;
    SDL_Event event;
    bool any = SDL_PollEvent(&event) == 1;
    if (!any) {
        const auto now = static_cast<std::int64_t>(SDL_GetTicks64());
        gate.idle(now);
        if (const auto due = gate.due())
            wait = std::min(wait, std::chrono::milliseconds(std::max<std::int64_t>(*due - now, 0)));
        any = wait.count() > 0 && waitForEvent(event, wait);
        // The wait ended with this event: nothing had come before.
        if (any) gate.idle(timeOf(event.common.timestamp) - 2 * nap.count());
    }
    for (; any; any = SDL_PollEvent(&event) == 1) impl_->handle(event, input);
    gate.idle(static_cast<std::int64_t>(SDL_GetTicks64()));
    impl_->passKeys(input);
    return input;
}

void Window::forgetKeys() { impl_->gate.clear(); }

void Window::Impl::handle(const SDL_Event& event, Input& input) {
    const auto before = hardwareInput().pointer.size();
    switch (event.type) {
    case SDL_QUIT: // whoever closes the window of a kiosk is not who may end it (reliability.md R17)
        input.quit = !options.fullscreen;
        break;
    case SDL_WINDOWEVENT:
        handleWindow(event.window.event, input);
        break;
    case SDL_RENDER_TARGETS_RESET:
    case SDL_RENDER_DEVICE_RESET:
        painter->forget();
        redraw = true;
        break;
    case SDL_FINGERDOWN:
    case SDL_FINGERMOTION:
    case SDL_FINGERUP:
        handleFinger(event.tfinger, event.type);
        break;
    case SDL_MOUSEMOTION:
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP:
        handleMouse(event);
        break;
    case SDL_TEXTINPUT:
        gateKey(KeyGate::Key::Kind::Text, event.text.text, event.text.timestamp);
        input.touched = true;
        break;
    case SDL_KEYDOWN:
        handleKey(event.key);
        input.touched = true;
        break;
    default:
        break;
    }
    if (hardwareInput().pointer.size() != before) input.touched = true;
}

void Window::Impl::handleWindow(Uint8 what, Input& input) {
    if (what == SDL_WINDOWEVENT_SIZE_CHANGED) input.resized = true;
    if (options.fullscreen && (what == SDL_WINDOWEVENT_MINIMIZED || what == SDL_WINDOWEVENT_HIDDEN)) {
        SDL_ShowWindow(window);
        SDL_RestoreWindow(window);
        SDL_RaiseWindow(window);
    }
    redraw = true;
}

void Window::Impl::handleFinger(const SDL_TouchFingerEvent& event, Uint32 type) {
    lastTouch = std::max<Uint32>(1, SDL_GetTicks());
    if (type == SDL_FINGERDOWN) {
        if (finger) return;
        if (mouseDown) push(PointerEvent::Kind::Cancel); // its echo came first
        mouseDown = false;
        finger = event.fingerId;
        SDL_ShowCursor(SDL_DISABLE);
    }
    if (finger != event.fingerId) return;
    int width = 0, height = 0;
    SDL_GetRendererOutputSize(renderer, &width, &height);
    // A driver may say anything; what is no place would stay in every sum it gets into.
    x = (std::isfinite(event.x) ? std::clamp(event.x, 0.0F, 1.0F) : 0) * static_cast<float>(width);
    y = (std::isfinite(event.y) ? std::clamp(event.y, 0.0F, 1.0F) : 0) * static_cast<float>(height);
    push(type == SDL_FINGERDOWN ? PointerEvent::Kind::Down
         : type == SDL_FINGERUP ? PointerEvent::Kind::Up
                                : PointerEvent::Kind::Move);
    if (type == SDL_FINGERUP) finger.reset();
}

void Window::Impl::handleMouse(const SDL_Event& event) {
    if (event.type == SDL_MOUSEMOTION) {
        if (mouseIsEcho(event.motion.which) || !mouseDown) return;
        x = static_cast<float>(event.motion.x);
        y = static_cast<float>(event.motion.y);
        return push(PointerEvent::Kind::Move);
    }
    if (mouseIsEcho(event.button.which) || event.button.button != SDL_BUTTON_LEFT) return;
    const bool down = event.type == SDL_MOUSEBUTTONDOWN;
    if (down == mouseDown) return;
    mouseDown = down;
    x = static_cast<float>(event.button.x);
    y = static_cast<float>(event.button.y);
    push(down ? PointerEvent::Kind::Down : PointerEvent::Kind::Up);
}

void Window::Impl::handleKey(const SDL_KeyboardEvent& event) {
    using Kind = KeyGate::Key::Kind;
    repeating = event.repeat != 0;
    switch (event.keysym.sym) {
    case SDLK_BACKSPACE:
        return gateKey(Kind::Backspace, {}, event.timestamp);
    case SDLK_TAB:
        return gateKey(Kind::Tab, {}, event.timestamp);
    case SDLK_RETURN:
    case SDLK_KP_ENTER:
        return gateKey(Kind::Enter, {}, event.timestamp);
    case SDLK_UP:
        return gateKey(Kind::Up, {}, event.timestamp);
    case SDLK_DOWN:
        return gateKey(Kind::Down, {}, event.timestamp);
    case SDLK_LEFT:
        return gateKey(Kind::Left, {}, event.timestamp);
    case SDLK_RIGHT:
        return gateKey(Kind::Right, {}, event.timestamp);
    default:
        if (isCommand(event.keysym)) gateKey(Kind::Other, {}, event.timestamp);
        return;
    }
}

void Window::Impl::gateKey(KeyGate::Key::Kind kind, std::string text, Uint32 timestamp) {
    gate.key({kind, std::move(text), repeating}, timeOf(timestamp));
}

namespace {
std::optional<NavKey> arrowOf(KeyGate::Key::Kind kind) {
    using Kind = KeyGate::Key::Kind;
    switch (kind) {
    case Kind::Up:
        return NavKey::Up;
    case Kind::Down:
        return NavKey::Down;
    case Kind::Left:
        return NavKey::Left;
    case Kind::Right:
        return NavKey::Right;
    default:
        return std::nullopt;
    }
}
} // namespace

/// What is a person's goes on to Ui, what is a scanner's to the caller.
void Window::Impl::passKeys(Input& input) {
    using Kind = KeyGate::Key::Kind;
    auto& to = hardwareInput();
    for (const auto& key : gate.takeKeys()) {
        if (key.kind == Kind::Text && text::isUtf8(key.text))
            to.keys.push_back({KeyPress::Kind::Text, text::nfc(key.text)});
        else if (key.kind == Kind::Backspace)
            to.keys.push_back({KeyPress::Kind::Backspace, {}});
        else if (key.kind == Kind::Tab)
            to.keys.push_back({KeyPress::Kind::Next, {}});
        else if (key.kind == Kind::Enter) // Ui makes it Done when nothing has the focus
            to.navigation.push_back(NavKey::Activate);
        else if (const auto arrow = arrowOf(key.kind))
            to.navigation.push_back(*arrow);
    }
    input.keyPad = !to.navigation.empty();
    input.scans = gate.takeScans();
    input.holding = gate.due().has_value();
}

bool Window::present() {
    const auto* data = ImGui::GetCurrentContext() ? ImGui::GetDrawData() : nullptr;
    if (!data || !impl_->painter->draw(*data, impl_->redraw)) return false;
    impl_->redraw = false;
    SDL_RenderPresent(impl_->renderer);
    return true;
}

Result<Window::Pixels> Window::screenshot() {
    if (const auto* data = ImGui::GetCurrentContext() ? ImGui::GetDrawData() : nullptr)
        impl_->painter->draw(*data, true);
    Pixels shot;
    SDL_GetRendererOutputSize(impl_->renderer, &shot.width, &shot.height);
    shot.rgb.resize(static_cast<std::size_t>(shot.width) * static_cast<std::size_t>(shot.height) * 3);
    if (SDL_RenderReadPixels(impl_->renderer, nullptr, SDL_PIXELFORMAT_RGB24, shot.rgb.data(),
                             shot.width * 3) != 0)
        return fail(Code::WindowFailed, SDL_GetError());
    return shot;
}

Result<void> Window::savePng(const Pixels& pixels, const std::string& path) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = static_cast<png_uint_32>(pixels.width);
    image.height = static_cast<png_uint_32>(pixels.height);
    image.format = PNG_FORMAT_RGB;
    if (!png_image_write_to_file(&image, path.c_str(), 0, pixels.rgb.data(), 0, nullptr))
        return fail(Code::SystemFailed, path + ": " + image.message);
    return {};
}

} // namespace kiosk::ui
