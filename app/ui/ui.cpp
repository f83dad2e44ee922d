// A frame from beginFrame to endFrame, its regions and containers.
#include "app/ui/ui.hpp"

#include "app/base/secret.hpp"
#include "app/ui/kit/impl.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace kiosk::ui {

Ui::Ui(const Words& words, const Theme& theme) : impl_(std::make_unique<Impl>(words, theme)) {}
Ui::~Ui() = default;

namespace {
bool same(const Theme& a, const Theme& b) {
    return a.panel.width == b.panel.width && a.panel.height == b.panel.height &&
           a.panel.diagonalInches == b.panel.diagonalInches && a.palette == b.palette &&
           a.textSize == b.textSize && a.lowReach == b.lowReach && a.motion == b.motion;
}
} // namespace

void Ui::setTheme(const Theme& theme) {
    if (same(theme, impl_->theme)) return;
    impl_->theme = theme;
    impl_->canvas.setTheme(theme);
    impl_->forgetPress();
    impl_->targets.clear(); // what was drawn lies elsewhere now
    impl_->extraFrames = 3;
}
const Theme& Ui::theme() const { return impl_->theme; }

void Ui::setLanguage(std::string_view language) {
    if (impl_->language == language) return;
    impl_->language = language;
    impl_->extraFrames = 3;
}

std::string Ui::w(std::string_view key, std::initializer_list<Param> params) const {
    return impl_->word(key, params);
}

bool Ui::has(std::string_view key) const { return impl_->words.has(key); }

void Ui::beginFrame() {
    auto& m = *impl_;
    ++m.frame;
    m.takeInput();
    m.header.reset();
    m.content.reset();
    m.keys.reset();
    m.footer.reset();
    m.overlay.reset();
    m.keyboardShown = false;
    m.black = false;
    m.live.clear();
    m.overlayNow.clear();
    for (auto& [key, used] : m.imagesUsed) used = false;
    m.canvas.begin();
}

void Ui::endFrame() {
    auto& m = *impl_;
    if (m.overlayNow != m.overlayKey) { // what was under the finger belongs to another layer
        m.overlayKey = m.overlayNow;
        m.overlayScroll = {};
        m.forgetPress();
        m.focused.clear();
        m.extraFrames = 3;
    }
    m.nodes.clear();
    m.placed.clear();
    m.targets.clear();
    m.region = Impl::Region::Body;
    m.revealed = std::exchange(m.revealKey, {});
    m.layoutAndPaint();
    m.settleFocus();
    m.revealed.clear();
    m.canvas.end();
    std::erase_if(m.imagesUsed, [&](const auto& entry) {
        if (!entry.second) m.images.erase(entry.first); // camera pictures do not outlive their screen
        return !entry.second;
    });
    for (auto& key : m.typedKeys) wipe(key.text.data(), key.text.size());
    m.typedKeys.clear();
}

const std::vector<Node>& Ui::nodes() const { return impl_->nodes; }
bool Ui::wantsMoreFrames() const {
    return impl_->extraFrames > 0 || impl_->pointerDown || !hardwareInput().pointer.empty();
}
void Ui::reveal(std::string_view fieldKey) { impl_->revealKey = fieldKey; }

namespace {
std::unique_ptr<Box> stack() {
    auto box = std::make_unique<Box>();
    box->kind = Box::Kind::Stack;
    return box;
}
} // namespace

void Ui::blackout() { impl_->black = true; }

void Ui::beginHeader() { impl_->open = {(impl_->header = stack()).get()}; }
void Ui::endHeader() { impl_->open.clear(); }

void Ui::beginBody(std::string_view key) {
    auto& m = *impl_;
    if (m.bodyKey != key) {
        m.bodyKey = key;
        m.body.offset = m.body.target = m.body.speed = 0;
        m.body.gliding = false;
        m.lastActive.clear();
        m.focused.clear();
        m.forgetPress(); // a press begun on another screen is not meant for this one
        m.clicked.clear();
        m.extraFrames = 3;
    }
    m.open = {(m.content = stack()).get()};
}
void Ui::endBody() { impl_->open.clear(); }

void Ui::beginFooter() { impl_->open = {(impl_->footer = stack()).get()}; }
void Ui::endFooter() { impl_->open.clear(); }

void Ui::beginOverlay(std::string_view key) {
    impl_->overlayNow = key;
    impl_->open = {(impl_->overlay = stack()).get()};
}
void Ui::endOverlay() { impl_->open.clear(); }

void Ui::beginColumns(int columns) {
    Box box;
    box.kind = Box::Kind::Grid;
    box.columns = std::max(1, columns);
    auto& placed = impl_->add(std::move(box));
    impl_->open.push_back(&placed);
}
void Ui::endColumns() { impl_->open.pop_back(); }

void Ui::beginPanel(PanelKind kind) {
    Box box;
    box.kind = Box::Kind::Panel;
    box.panel = kind;
    auto& placed = impl_->add(std::move(box));
    impl_->open.push_back(&placed);
}
void Ui::endPanel() { impl_->open.pop_back(); }

void Ui::space(double mm) {
    Box box;
    box.kind = Box::Kind::Space;
    box.measure = [h = impl_->px(mm)](float) { return h; };
    impl_->add(std::move(box));
}

} // namespace kiosk::ui
